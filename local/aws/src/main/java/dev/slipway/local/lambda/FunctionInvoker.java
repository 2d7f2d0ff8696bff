package dev.slipway.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/** Invokes functions, wherever they run. */
@FunctionalInterface
public interface FunctionInvoker {
  /**
   * Invokes a function and waits for nothing.
   *
   * @param arn the function's, as the template names it
   * @return fails with {@link LambdaServiceException} when the service refuses the invocation; an
   *     error of the function itself is a result
   */
  CompletableFuture<InvocationResult> invoke(String arn, JsonNode payload);
}
