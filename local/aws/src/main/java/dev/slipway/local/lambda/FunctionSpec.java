package dev.slipway.local.lambda;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * A function as the host runs it.
 *
 * @param handler {@code package.Class::handleRequest} or {@code package.Class}
 * @param memorySize in MiB; only told to the function, not enforced
 * @param timeout in real time, whatever the runtime's clock does
 * @param environment everything the function may know of its surroundings
 * @param aws how it reaches AWS's services, if not over the network
 */
public record FunctionSpec(
    String name,
    String arn,
    String handler,
    int memorySize,
    Duration timeout,
    Map<String, String> environment,
    Optional<SdkHttpClient> aws) {

  public FunctionSpec {
    environment = Map.copyOf(environment);
  }

  /** A function that reaches AWS's services over the network. */
  public FunctionSpec(
      String name,
      String arn,
      String handler,
      int memorySize,
      Duration timeout,
      Map<String, String> environment) {
    this(name, arn, handler, memorySize, timeout, environment, Optional.empty());
  }

  /** The class that {@link #handler} names. */
  public String handlerClass() {
    int colons = handler.indexOf("::");
    return colons < 0 ? handler : handler.substring(0, colons);
  }
}
