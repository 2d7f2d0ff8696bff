package dev.slipway.local.samples;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.StatusReader;
import dev.slipway.local.run.TaskStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Gives each function its sample event and looks at what comes of it, wherever the functions run.
 *
 * <p>The API's samples are one story: what the first one creates, the others speak of. The tasks'
 * samples are about an onboarding that was given everything, and not started yet: so its run is 0,
 * and nobody but the sample performs its tasks.
 */
public final class SampleStory {
  private static final String SAMPLE_ID = "example-hosting-7h3k9m2p";
  private static final String ENTERPRISE_ID = "example-enterprise-7h3k9m2p";

  private final Path root;
  private final SlipwayApi manager;
  private final BiFunction<String, JsonNode, JsonNode> functions;
  private final String prepared;
  private final String enterprise;
  private String created = SAMPLE_ID;

  /**
   * @param root the project
   * @param manager the API of a Slipway that runs
   * @param prepared an onboarding there that was given what the profile hosting-provider gives
   * @param enterprise one of enterprise-environment, which was given nothing
   * @param functions invokes a function, named by its logical id, that works for that Slipway;
   *     answers its answer, or null
   */
  public SampleStory(
      Path root,
      SlipwayApi manager,
      String prepared,
      String enterprise,
      BiFunction<String, JsonNode, JsonNode> functions) {
    this.root = root;
    this.manager = manager;
    this.prepared = prepared;
    this.enterprise = enterprise;
    this.functions = functions;
  }

  /**
   * Invokes a sample's function with its event.
   *
   * @throws AssertionError if something else comes of it than the table says
   */
  public void play(Sample sample) {
    if (sample.isOfTheApi()) {
      playApi(sample);
    } else if (sample.isOfATask()) {
      JsonNode answer = functions.apply(sample.function(), event(sample, prepared));
      assertTrue(isNothing(answer), () -> sample + ": " + answer);
      assertEquals(sample.outcome(), outcome(event(sample, prepared)), sample::toString);
    } else {
      JsonNode answer = functions.apply(sample.function(), event(sample, prepared));
      assertTrue(contains(answer, sample.answer()), () -> sample + ": " + answer);
    }
  }

  private void playApi(Sample sample) {
    JsonNode answer = functions.apply(sample.function(), event(sample, created));
    assertEquals(sample.status(), answer.path("statusCode").asInt(), () -> sample + ": " + answer);
    // A file comes as it is.
    JsonNode body =
        tree(answer.path("isBase64Encoded").asBoolean() ? "" : answer.path("body").asText());
    String code = sample.status() < 400 ? "" : body.path("code").asText("");
    assertEquals(sample.code(), code, () -> sample + ": " + body);
    if (sample.status() == 201 && body.path("onboarding").has("id")) {
      created = body.at("/onboarding/id").asText();
    }
  }

  private JsonNode event(Sample sample, String onboarding) {
    try {
      JsonNode event =
          Json.MAPPER.readTree(
              Files.readString(root.resolve(sample.event()))
                  .replace(SAMPLE_ID, onboarding)
                  .replace(ENTERPRISE_ID, enterprise));
      if (event instanceof ObjectNode object && object.has("run")) {
        object.put("run", 0);
      }
      return event;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Such as {@code DONE}, or {@code WAITING for customer: confirm-receipt}. */
  private String outcome(JsonNode event) {
    String key =
        event.path("task").asText()
            + (event.has("instance") ? "@" + event.path("instance").asText() : "");
    String onboarding = event.path("onboardingId").asText();
    Optional<TaskStatus> found = StatusReader.read(manager.onboarding(onboarding)).task(key);
    if (found.isEmpty()) {
      return committed(onboarding, key);
    }
    TaskStatus task = found.get();
    if (!task.outcome().equals("WAITING")) {
      return task.problem() == null
          ? task.outcome()
          : task.outcome() + ": " + task.problem().code();
    }
    if (!task.dependsOn().isEmpty()) {
      boolean several = task.dependsOn().size() > 1;
      return "WAITING for " + task.dependsOn().getFirst() + (several ? " and more" : "");
    }
    return "WAITING for " + task.party() + (task.step().isEmpty() ? "" : ": " + task.step());
  }

  /** A gate that was passed has no row: what its function committed is in the audit trail. */
  private String committed(String onboarding, String key) {
    String state = "nothing committed";
    String after = null;
    do {
      JsonNode page = manager.events(onboarding, after);
      for (JsonNode event : page.path("events")) {
        if (event.path("what").asText().equals("task.committed")
            && event.path("subject").asText().equals(key)) {
          state = event.path("detail").asText();
        }
      }
      after = page.path("next").textValue();
    } while (after != null);
    return state;
  }

  private static boolean isNothing(JsonNode answer) {
    return answer == null
        || answer.isNull()
        || answer.isMissingNode()
        || (answer.isTextual() && answer.asText().isEmpty());
  }

  /** Whether every field of {@code part} is in {@code whole}, with that value; null: any value. */
  private static boolean contains(JsonNode whole, JsonNode part) {
    if (part.isMissingNode()) {
      return isNothing(whole);
    }
    if (whole == null) {
      return false;
    }
    if (part.isObject()) {
      return part.properties().stream()
          .allMatch(
              field ->
                  whole.has(field.getKey())
                      && (field.getValue().isNull()
                          || contains(whole.get(field.getKey()), field.getValue())));
    }
    return part.equals(whole);
  }

  private static JsonNode tree(String text) {
    try {
      return Json.MAPPER.readTree(text.isEmpty() ? "{}" : text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Plays the whole table; answers how many samples that were. */
  public int playAll() {
    List<Sample> samples = Sample.table();
    assertAll(samples.stream().map(sample -> () -> play(sample)));
    return samples.size();
  }
}
