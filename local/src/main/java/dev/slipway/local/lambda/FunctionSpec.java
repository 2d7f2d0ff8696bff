package dev.slipway.local.lambda;

import java.time.Duration;
import java.util.Map;

/**
 * A function as the host runs it.
 *
 * @param handler {@code package.Class::handleRequest} or {@code package.Class}
 * @param memorySize in MiB; only told to the function, not enforced
 * @param timeout in real time, whatever the runtime's clock does
 * @param environment everything the function may know of its surroundings
 */
public record FunctionSpec(
    String name,
    String arn,
    String handler,
    int memorySize,
    Duration timeout,
    Map<String, String> environment) {

  public FunctionSpec {
    environment = Map.copyOf(environment);
  }

  /** The class that {@link #handler} names. */
  public String handlerClass() {
    int colons = handler.indexOf("::");
    return colons < 0 ? handler : handler.substring(0, colons);
  }
}
