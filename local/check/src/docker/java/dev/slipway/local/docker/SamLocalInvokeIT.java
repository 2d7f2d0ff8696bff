package dev.slipway.local.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.slipway.json.Json;
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
  private static final int MOST_TRIES = 3;

  /**
   * On a busy machine SAM asks the container before it listens, which Docker's proxy takes for an
   * answer; SAM then waits for the function's timeout, with nothing to come, and says that all is
   * well.
   */
  private static final String TOO_EARLY = "No response from invoke container";

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
    var story =
        new SampleStory(
            project.folder(),
            served.manager(),
            served.onboarding(),
            served
                .manager()
                .create("enterprise-environment", "Example", "enterprise-sample")
                .at("/onboarding/id")
                .asText(),
            SamLocalInvokeIT::samLocalInvoke);
    return Sample.table().stream()
        .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> story.play(sample)));
  }

  private static JsonNode samLocalInvoke(String function, JsonNode event) {
    try {
      Path file = Files.createTempFile(folder, function, ".json");
      Files.writeString(file, event.toString());
      Command.Result result = samLocalInvoke(function, file);
      for (int tries = 1; tries < MOST_TRIES && result.err().contains(TOO_EARLY); tries++) {
        result = samLocalInvoke(function, file);
      }
      if (result.exit() != 0) {
        throw new AssertionError(function + ": " + result);
      }
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

  private static Command.Result samLocalInvoke(String function, Path event) throws IOException {
    return Command.of(
            project.folder(),
            "bash",
            "-c",
            "source \"$0\" && exec sam local invoke \"$1\" --event \"$2\" --skip-pull-image",
            served.exports().toString(),
            function,
            event.toString())
        .run(PATIENCE, TOO_EARLY);
  }
}
