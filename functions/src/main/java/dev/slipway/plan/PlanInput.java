package dev.slipway.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.IntakeRecord;
import dev.slipway.ledger.TaskKey;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a plan is made from, besides the checklist.
 *
 * @param elements those given so far, element id to value
 * @param validCredentials the systems with a valid credential
 * @param decisions to do without a task
 */
public record PlanInput(
    ObjectNode elements, Set<String> validCredentials, Map<TaskKey, Decision> decisions) {
  public PlanInput {
    validCredentials = Set.copyOf(validCredentials);
    decisions = Map.copyOf(decisions);
  }

  /** What the ledger knows now. */
  public static PlanInput of(IntakeRecord intake) {
    ObjectNode elements = JsonNodeFactory.instance.objectNode();
    intake.elements().forEach(element -> elements.set(element.id(), element.value()));
    return new PlanInput(
        elements,
        intake.credentials().stream()
            .filter(credential -> credential.validVersionId() != null)
            .map(CredentialRecord::system)
            .collect(Collectors.toSet()),
        intake.decisions().stream().collect(Collectors.toMap(Decision::key, Function.identity())));
  }
}
