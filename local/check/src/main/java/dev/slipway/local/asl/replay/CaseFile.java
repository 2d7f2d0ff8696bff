package dev.slipway.local.asl.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * One recorded case.
 *
 * @param name unique
 * @param kind {@code execution}, {@code createError}, {@code validation} or {@code testState}
 * @param json all of it
 */
record CaseFile(String name, String kind, JsonNode json) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Set<String> KINDS =
      Set.of("execution", "createError", "validation", "testState");
  private static final Set<String> STATUSES = Set.of("SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED");

  /** A file that is no case, or cannot be read. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(Path file, String why) {
      super(file + ": " + why);
    }
  }

  static CaseFile read(Path file) throws Malformed {
    JsonNode json;
    try {
      json = JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new Malformed(file, "not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new Malformed(file, "cannot be read: " + e.getMessage());
    }
    String why = fault(json);
    if (why != null) {
      throw new Malformed(file, why);
    }
    return new CaseFile(json.get("name").textValue(), json.get("kind").textValue(), json);
  }

  /** The missing part of a case; null if it is complete. */
  private static String fault(JsonNode json) {
    if (!json.path("name").isTextual()) {
      return "not a case: no name";
    }
    String kind = json.path("kind").asText("");
    if (!KINDS.contains(kind)) {
      return "not a case: kind '" + kind + "'";
    }
    if (!json.path("definition").isObject() || !json.path("expect").isObject()) {
      return "not a case: no definition or nothing expected";
    }
    if (kind.equals("execution")) {
      return faultOfExecution(json);
    }
    JsonNode expect = json.path("expect");
    boolean told = expect.path("createError").isTextual();
    if (kind.equals("validation") && !told && !expect.path("valid").asBoolean()) {
      return "not a case: neither valid nor createError expected";
    }
    return kind.equals("createError") && !told ? "not a case: no createError expected" : null;
  }

  private static String faultOfExecution(JsonNode json) {
    if (!STATUSES.contains(json.path("expect").path("status").asText(""))) {
      return "not a case: no status expected";
    }
    if (json.has("tasks") && !json.path("tasks").isArray()) {
      return "not a case: tasks is not an array";
    }
    for (JsonNode task : json.path("tasks")) {
      if (!task.path("state").isTextual() || !task.path("attempts").isArray()) {
        return "not a case: a task without state or attempts";
      }
    }
    return null;
  }

  JsonNode definition() {
    return json.get("definition");
  }

  /** The input; an empty object where none was recorded. */
  JsonNode input() {
    return json.has("input") ? json.get("input") : JsonNodeFactory.instance.objectNode();
  }

  JsonNode tasks() {
    return json.path("tasks");
  }

  JsonNode expect() {
    return json.get("expect");
  }
}
