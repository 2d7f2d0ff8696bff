package dev.slipway.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What people gave and decided, in one request: their items stand side by side. */
public record IntakeRecord(
    List<ElementRecord> elements, List<CredentialRecord> credentials, List<Decision> decisions) {

  /** The values by element id; of an element with instances, by instance below it. */
  public ObjectNode values() {
    return Elements.values(elements);
  }

  static IntakeRecord read(Items items, String onboarding) {
    Items.Slice slice = items.slice(Partition.of(onboarding), "CREDENTIAL#", "ELEMENT$");
    return new IntakeRecord(
        slice.of("ELEMENT#", ElementRecord.class),
        slice.of("CREDENTIAL#", CredentialRecord.class),
        slice.of("DECISION#", Decision.class));
  }
}
