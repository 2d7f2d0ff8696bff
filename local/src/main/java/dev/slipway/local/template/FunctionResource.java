package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;

/**
 * A Lambda function.
 *
 * @param handler {@code package.Class::method} or {@code package.Class}
 * @param memorySize in MiB
 * @param policies as the template has them, resolved; kept for whoever evaluates them
 * @param line where the resource begins in the template
 */
public record FunctionResource(
    String logicalId,
    String name,
    String arn,
    String handler,
    String runtime,
    int memorySize,
    Duration timeout,
    Map<String, String> environment,
    JsonNode policies,
    int line) {

  public FunctionResource {
    environment = Map.copyOf(environment);
  }
}
