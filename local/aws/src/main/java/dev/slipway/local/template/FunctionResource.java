package dev.slipway.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Lambda function.
 *
 * @param handler {@code package.Class::method} or {@code package.Class}
 * @param memorySize in MiB
 * @param policies the statements of its role
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
    List<PolicyStatement> policies,
    int line) {

  public FunctionResource {
    environment = Map.copyOf(environment);
    policies = List.copyOf(policies);
  }
}
