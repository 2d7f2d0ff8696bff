package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.definition.StateMachine;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One run of a state machine. Safe to use from any thread; nothing here blocks for long.
 *
 * <p>Its answers are those that the journal has recorded or is about to record.
 */
public interface Execution {

  ExecutionInfo info();

  StateMachine stateMachine();

  JsonNode input();

  ExecutionStatus status();

  /** The output, if it succeeded. */
  Optional<JsonNode> output();

  /** The error's name, if it failed, timed out or was aborted and there is one. */
  Optional<String> error();

  /** An explanation of the error, if there is one. */
  Optional<String> cause();

  /** When it ended. */
  Optional<Instant> stopTime();

  /** How often it was redriven. */
  int redriveCount();

  /** Id of the newest event of the history. */
  long lastEventId();

  /** Completes with this execution when it ends (again, after a redrive: ask anew then). */
  CompletionStage<Execution> ended();

  /**
   * Ends it as {@code ABORTED}; open tasks are cancelled. Both arguments may be null.
   *
   * @return completes when recorded; false if it had ended already
   */
  CompletionStage<Boolean> stop(String error, String cause);

  /**
   * Continues an execution that ended without success: states that did not succeed run again with
   * the input that they had, with new retry counts; states that succeeded stay.
   *
   * @return completes when recorded; false if it is running or has succeeded
   */
  CompletionStage<Boolean> redrive();

  /**
   * Everything needed to continue elsewhere: positions, inputs, variables, retry counts, open waits
   * with tokens and absolute deadlines, the event counter. To be called from {@link
   * ExecutionJournal#record}, or when the execution does not move.
   */
  JsonNode snapshot();
}
