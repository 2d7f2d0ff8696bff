package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * The proof of an outcome.
 *
 * @param probe the name of the probe, such as {@code smtp.authenticate}
 * @param where where it ran
 * @param at when
 * @param against the system and address it looked at
 * @param answer the answer, without secrets; for a person, the statement
 * @param by who stated it, when a person did; otherwise null
 * @param standIn whether the other side was a stand-in, not the real system
 * @param began when it was begun, of what is timed; otherwise null
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Evidence(
    String probe,
    Place where,
    Instant at,
    String against,
    String answer,
    String by,
    boolean standIn,
    Instant began) {

  /** Of what is not timed. */
  public Evidence(
      String probe,
      Place where,
      Instant at,
      String against,
      String answer,
      String by,
      boolean standIn) {
    this(probe, where, at, against, answer, by, standIn, null);
  }

  /** How the probe of a person's statement is called, before the id of the step. */
  private static final String STATEMENT = "statement.";

  /** How the probe of a person's statement of a step is called. */
  public static String statement(String step) {
    return STATEMENT + step;
  }

  /** The step, if the proof is a person's statement of one. */
  public Optional<String> statedStep() {
    return probe.startsWith(STATEMENT)
        ? Optional.of(probe.substring(STATEMENT.length()))
        : Optional.empty();
  }

  /** The place where a probe ran. */
  public enum Place {
    /** In the Lambda handler. */
    HANDLER,
    /** In a probe runner inside the customer's network. */
    PROBE_RUNNER,
    /** A person looked. */
    PERSON
  }
}
