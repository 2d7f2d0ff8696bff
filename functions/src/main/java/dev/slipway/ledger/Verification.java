package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * The verification of one element row by a section's gate; {@code SK =
 * CHECKED#<section>.<element>[@<instance>]}. It stands apart from the element, whose version
 * editors save over. A verification of anything but the present fingerprint says nothing: so a
 * change of the value, or of a value that its checks read, makes it void without another write.
 *
 * @param row the row: {@code infrastructure.certificates}, or {@code products.tenant-look@acme}
 * @param version counts the writes
 * @param of the fingerprint of the value and of what its checks read beside it
 * @param by the checks and looks with their versions
 * @param round the second look that it answers; 0: none
 * @param asked what a person or a probe runner has to answer first; null: nothing
 * @param at when
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verification(
    TaskKey row,
    long version,
    String of,
    String by,
    long round,
    List<ElementFinding> findings,
    List<Evidence> evidence,
    Asked asked,
    Instant at) {
  public Verification {
    findings = List.copyOf(findings);
    evidence = List.copyOf(evidence);
  }

  /**
   * A request of a look to a person or to a probe runner.
   *
   * @param step of the section's gate, as it is answered: {@code support-offer.ConfirmOffer}
   * @param due when it should be answered
   */
  public record Asked(String step, Party party, String instructions, String check, Instant due) {}

  /** Whether the value cannot stay as it is. */
  public boolean isInvalid() {
    return findings.stream().anyMatch(ElementFinding::isError);
  }
}
