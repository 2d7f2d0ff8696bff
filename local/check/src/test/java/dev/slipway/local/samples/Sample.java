package dev.slipway.local.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of the table of samples ({@code samples/table.json}): a function, the event of it, and
 * what comes of it.
 *
 * @param function the function's logical id
 * @param event the file in {@code events/}
 * @param status of an API function's answer; 0 for other functions
 * @param code of an API function's problem; empty for none
 * @param answer what the answer of another function contains; missing for a function that answers
 *     nothing
 * @param outcome what the ledger holds of the task afterwards, as {@link SampleStory} words it;
 *     empty for what is no task
 */
public record Sample(
    String function, String event, int status, String code, JsonNode answer, String outcome) {

  /** The whole table, in the order of its story. */
  public static List<Sample> table() {
    try (InputStream in = Sample.class.getResourceAsStream("/samples/table.json")) {
      List<Sample> samples = new ArrayList<>();
      for (JsonNode line : Json.MAPPER.readTree(in)) {
        samples.add(
            new Sample(
                line.path("function").asText(),
                line.path("event").asText(),
                line.path("status").asInt(),
                line.path("code").asText(""),
                line.has("answer") ? line.get("answer") : MissingNode.getInstance(),
                line.path("outcome").asText("")));
      }
      return samples;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  boolean isOfTheApi() {
    return status != 0;
  }

  boolean isOfATask() {
    return !outcome.isEmpty();
  }

  @Override
  public String toString() {
    return function + " with " + event;
  }
}
