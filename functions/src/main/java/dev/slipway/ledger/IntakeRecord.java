package dev.slipway.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * The elements, credentials and decisions of an onboarding, and the gates' verifications, in one
 * request: their items stand side by side.
 */
public record IntakeRecord(
    List<ElementRecord> elements,
    List<CredentialRecord> credentials,
    List<Decision> decisions,
    List<Verification> verifications) {

  /** Nothing given yet. */
  public static IntakeRecord none() {
    return new IntakeRecord(List.of(), List.of(), List.of(), List.of());
  }

  /** The values by element id; of an element with instances, by instance below it. */
  public ObjectNode values() {
    return Elements.values(elements);
  }

  /** The same with another value of an element. */
  public IntakeRecord with(ElementRecord element) {
    List<ElementRecord> others =
        elements.stream().filter(each -> !each.name().equals(element.name())).toList();
    return new IntakeRecord(
        Stream.concat(others.stream(), Stream.of(element)).toList(),
        credentials,
        decisions,
        verifications);
  }

  static IntakeRecord read(Items items, String onboarding) {
    return of(items.slice(Partition.of(onboarding), Elements.CHECKED, "ELEMENT$"));
  }

  /** Out of items that are a partition's from {@link Elements#CHECKED} to its elements' end. */
  static IntakeRecord of(Items.Slice slice) {
    return new IntakeRecord(
        slice.of("ELEMENT#", ElementRecord.class),
        slice.of("CREDENTIAL#", CredentialRecord.class),
        slice.of("DECISION#", Decision.class),
        slice.of(Elements.CHECKED, Verification.class));
  }
}
