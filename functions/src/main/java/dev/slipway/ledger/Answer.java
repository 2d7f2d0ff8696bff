package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;

/**
 * A person's answer to a step: "I did it", with a statement.
 *
 * @param key the task
 * @param step the step of the task
 * @param version counts the writes
 * @param id unique to the answer
 * @param by who said so
 * @param role as what
 * @param at when
 * @param statement in the person's own words
 * @param values further facts that the step asks for; null without
 * @param verdict the machine's judgement
 * @param why it was rejected; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer(
    TaskKey key,
    String step,
    long version,
    String id,
    String by,
    String role,
    Instant at,
    String statement,
    JsonNode values,
    Verdict verdict,
    Problem why) {

  /** The machine's judgement of an answer. */
  public enum Verdict {
    /** Not looked at yet. */
    GIVEN,
    /** Verified, or taken as attested. */
    ACCEPTED,
    /** The machine saw otherwise: the step is asked again. */
    REJECTED
  }

  /** One of the further facts; a missing node if it was not stated. */
  public JsonNode value(String name) {
    return values == null ? MissingNode.getInstance() : values.path(name);
  }

  /** Whether one of the further facts was stated, and as {@code false}. */
  public boolean denies(String name) {
    JsonNode stated = value(name);
    return stated.isBoolean() && !stated.asBoolean();
  }

  /** The answer with a verdict. */
  public Answer judged(Verdict result, Problem problem) {
    return new Answer(key, step, version + 1, id, by, role, at, statement, values, result, problem);
  }
}
