package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.task.TaskCompletion;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens that may still be answered. A token works once. */
final class OpenTokens {
  private final TokenSigner signer;
  private final Map<String, Waiting> open = new ConcurrentHashMap<>();

  /**
   * An attempt that waits.
   *
   * @param afterwards once it is answered
   */
  private record Waiting(TaskCompletion completion, Runnable afterwards) {}

  OpenTokens(TokenSigner signer) {
    this.signer = signer;
  }

  void add(String token, TaskCompletion completion, Runnable afterwards) {
    open.put(token, new Waiting(completion, afterwards));
  }

  void remove(String token) {
    open.remove(token);
  }

  /** The task succeeds; returns when that is recorded. */
  void succeed(String token, JsonNode output) {
    var waiting = find(token);
    answer(token, waiting, waiting.completion().succeed(output));
  }

  /** The task fails; returns when that is recorded. Error and cause may be null. */
  void fail(String token, String error, String cause) {
    var waiting = find(token);
    answer(token, waiting, waiting.completion().fail(error, cause));
  }

  void heartbeat(String token) {
    if (!find(token).completion().heartbeat().toCompletableFuture().join()) {
      remove(token);
      throw Failures.taskGone();
    }
  }

  private void answer(String token, Waiting waiting, CompletionStage<Boolean> accepted) {
    boolean counted = accepted.toCompletableFuture().join();
    remove(token);
    waiting.afterwards().run();
    if (!counted) {
      throw Failures.taskGone();
    }
  }

  private Waiting find(String token) {
    var waiting = open.get(token);
    if (waiting == null) {
      throw signer.made(token) ? Failures.taskGone() : Failures.invalidToken();
    }
    return waiting;
  }
}
