package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.task.TaskCompletion;
import dev.slipway.local.aws.AwsException;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens that somebody may still answer. A token works once. */
final class OpenTokens {
  private final TokenSigner signer;
  private final Map<String, TaskCompletion> open = new ConcurrentHashMap<>();

  OpenTokens(TokenSigner signer) {
    this.signer = signer;
  }

  void add(String token, TaskCompletion completion) {
    open.put(token, completion);
  }

  void remove(String token) {
    open.remove(token);
  }

  /** The task succeeds; returns when that is recorded. */
  void succeed(String token, JsonNode output) {
    answer(token, find(token).succeed(output));
  }

  /** The task fails; returns when that is recorded. Error and cause may be null. */
  void fail(String token, String error, String cause) {
    answer(token, find(token).fail(error, cause));
  }

  void heartbeat(String token) {
    if (!find(token).heartbeat().toCompletableFuture().join()) {
      remove(token);
      throw Failures.taskGone();
    }
  }

  private void answer(String token, CompletionStage<Boolean> accepted) {
    boolean counted = accepted.toCompletableFuture().join();
    remove(token);
    if (!counted) {
      throw Failures.taskGone();
    }
  }

  private TaskCompletion find(String token) throws AwsException {
    var completion = open.get(token);
    if (completion == null) {
      throw signer.made(token) ? Failures.taskGone() : Failures.invalidToken();
    }
    return completion;
  }
}
