package dev.slipway.local.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.slipway.json.Json;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.samples.Sample;
import dev.slipway.local.samples.SampleStory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each function in a container of SAM's, with its sample event, working for a Slipway that {@code
 * slipway serve} keeps up: its answer and what it left in the ledger are those of the table.
 */
@Needs({Need.SAM, Need.DOCKER, Need.CONTAINERS_REACH_THIS_MACHINE, Need.LAMBDA_IMAGE})
class SamLocalInvokeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private static Path folder;
  private static Checkout project;
  private static ServedSlipway served;

  @BeforeAll
  static void serve() throws Exception {
    project = Checkout.built();
    served = ServedSlipway.start(folder.resolve("data"), ContainerHost.address());
  }

  @AfterAll
  static void stop() {
    if (served != null) {
      served.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> eachFunctionAnswersAsTheTableSays() throws IOException {
    SlipwayApi manager = served.manager();
    assertEquals(1, manager.all().size());
    String prepared = manager.all().getFirst().path("id").asText();
    var story =
        new SampleStory(project.folder(), manager, prepared, SamLocalInvokeIT::samLocalInvoke);
    return Sample.table().stream()
        .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> story.play(sample)));
  }

  private static JsonNode samLocalInvoke(String function, JsonNode event) {
    try {
      Path file = Files.createTempFile(folder, function, ".json");
      Files.writeString(file, event.toString());
      Command.Result result =
          Command.of(
                  project.folder(),
                  "bash",
                  "-c",
                  "source \"$0\" && sam local invoke \"$1\" --event \"$2\" --skip-pull-image",
                  served.exports().toString(),
                  function,
                  file.toString())
              .succeed(PATIENCE);
      String answer = result.out().strip();
      JsonNode tree = answer.isEmpty() ? NullNode.getInstance() : Json.MAPPER.readTree(answer);
      if (tree.has("errorType")) {
        throw new AssertionError(function + ": " + result);
      }
      return tree;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
