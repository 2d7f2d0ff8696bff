package dev.slipway.local.asl.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletionStage;

/**
 * Takes the answer to one attempt of a task. Safe to call from any thread.
 *
 * <p>Each method returns a stage that completes once the execution has taken note, its journal
 * included: with true if the answer counted, with false if the attempt was over already (answered
 * before, timed out, cancelled). The stage never fails.
 */
public interface TaskCompletion {

  /**
   * The request of a {@code .sync} or {@code .waitForTaskToken} task was accepted; the result is to
   * come. Only for the history ({@code TaskSubmitted}).
   */
  CompletionStage<Boolean> submitted(JsonNode answer);

  /** The task's result: becomes {@code $states.result}. */
  CompletionStage<Boolean> succeed(JsonNode result);

  /**
   * The task failed.
   *
   * @param error the error's name, or null where the worker named none
   * @param cause explanation, or null
   */
  CompletionStage<Boolean> fail(String error, String cause);

  /** The worker is alive: {@code HeartbeatSeconds} count anew. */
  CompletionStage<Boolean> heartbeat();
}
