package dev.slipway.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.time.Clock;

/** Makes the object that answers the invocations of a function. */
@FunctionalInterface
public interface FunctionFactory {

  /**
   * Called once per function, when it is first invoked (and again after it timed out).
   *
   * @throws Exception what AWS would show as an error of the function's initialisation
   */
  RequestStreamHandler create(FunctionSpec function, Clock clock) throws Exception;
}
