package dev.slipway.ledger;

import java.util.List;

/** What people gave and decided, in one request: their items stand side by side. */
public record IntakeRecord(
    List<ElementRecord> elements, List<CredentialRecord> credentials, List<Decision> decisions) {

  static IntakeRecord read(Items items, String onboarding) {
    Items.Slice slice = items.slice(Partition.of(onboarding), "CREDENTIAL#", "ELEMENT$");
    return new IntakeRecord(
        slice.of("ELEMENT#", ElementRecord.class),
        slice.of("CREDENTIAL#", CredentialRecord.class),
        slice.of("DECISION#", Decision.class));
  }
}
