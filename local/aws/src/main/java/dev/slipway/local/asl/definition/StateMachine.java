package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.OptionalLong;

/** A validated state machine. Immutable; serves any number of executions at once. */
public final class StateMachine {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonNode definition;
  private final StateGroup states;
  private final OptionalLong timeoutSeconds;

  private StateMachine(JsonNode definition) {
    this.definition = definition;
    Problems problems = new Problems();
    Fields fields = new Fields(definition, "", problems);
    fields.allow("Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version");
    if (fields.has("Version") && !fields.raw("Version").asText().equals("1.0")) {
      fields.problem("Value is not one of: 1.0", "Version");
    }
    String language = fields.raw("QueryLanguage").asText("JSONPath");
    if (!List.of("JSONata", "JSONPath").contains(language)) {
      fields.problem("Value should be one of the following: [JSONPath, JSONata]", "QueryLanguage");
    }
    this.timeoutSeconds =
        fields.integer("TimeoutSeconds", 1, Fields.MOST_SECONDS).stream()
            .mapToLong(Long::longValue)
            .findFirst();
    if (fields.raw("States").isEmpty()) {
      fields.problem("A state machine has at least one state", "States");
    }
    this.states = new StateReader(language.equals("JSONata")).group(fields);
    problems.throwIfAny();
  }

  /**
   * Reads a definition; all of its expressions are parsed now.
   *
   * @throws DefinitionException if AWS would not create such a state machine
   * @throws UnsupportedFeatureException if it uses what this interpreter refuses
   */
  public static StateMachine parse(JsonNode definition) {
    return new StateMachine(definition);
  }

  /** As {@link #parse(JsonNode)}, from JSON text; text that is not JSON is a fault as well. */
  public static StateMachine parse(String definition) {
    try {
      return new StateMachine(JSON.readTree(definition));
    } catch (JsonProcessingException e) {
      throw new DefinitionException(
          List.of(new Diagnostic("INVALID_JSON_DESCRIPTION", e.getOriginalMessage(), "")));
    }
  }

  /** The definition as it was read. */
  public JsonNode definition() {
    return definition;
  }

  /** The states of the outermost group. */
  public StateGroup states() {
    return states;
  }

  /** After so many seconds an execution has timed out. */
  public OptionalLong timeoutSeconds() {
    return timeoutSeconds;
  }
}
