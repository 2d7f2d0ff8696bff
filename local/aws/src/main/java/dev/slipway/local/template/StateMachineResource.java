package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/**
 * A Step Functions state machine.
 *
 * @param definition the text in Amazon States Language, substitutions made
 * @param definitionFile the file it came from, or the template where it stands inline
 * @param type {@code STANDARD} or {@code EXPRESS}
 * @param logging the logging configuration, or an empty object
 * @param policies the statements of its role
 */
public record StateMachineResource(
    String logicalId,
    String name,
    String arn,
    String definition,
    Path definitionFile,
    String type,
    JsonNode logging,
    List<PolicyStatement> policies,
    int line) {

  public StateMachineResource {
    policies = List.copyOf(policies);
  }
}
