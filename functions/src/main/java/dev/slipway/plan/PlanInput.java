package dev.slipway.plan;

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
 * The input of a plan, besides the checklist.
 *
 * @param elements those given so far, element id to value; of one with instances, instance to value
 * @param validCredentials the names of the valid credentials: {@code smtp}, {@code
 *     mnohub-tenant@uat.acme}
 * @param decisions to do without a task
 */
public record PlanInput(
    ObjectNode elements, Set<String> validCredentials, Map<TaskKey, Decision> decisions) {
  public PlanInput {
    validCredentials = Set.copyOf(validCredentials);
    decisions = Map.copyOf(decisions);
  }

  /** The input as the ledger has it now. */
  public static PlanInput of(IntakeRecord intake) {
    return new PlanInput(
        intake.values(),
        intake.credentials().stream()
            .filter(credential -> credential.validVersionId() != null)
            .map(CredentialRecord::name)
            .collect(Collectors.toSet()),
        intake.decisions().stream().collect(Collectors.toMap(Decision::key, Function.identity())));
  }
}
