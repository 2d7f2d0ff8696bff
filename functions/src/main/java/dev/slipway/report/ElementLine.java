package dev.slipway.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.checklist.Requirement;
import dev.slipway.element.ElementRow;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Party;
import java.time.Instant;
import java.util.List;

/**
 * An element row, as plan, progress and report tell it.
 *
 * @param kind {@code element}: what people give, as a task's line is what is accomplished
 * @param row of the guide, such as M05
 * @param element as people name it: {@code tenant-look@acme}, or {@code credential:smtp}
 * @param key under which people decide about it: {@code products.tenant-look@acme}
 * @param outcome where it stands
 * @param reason the rule, the decision, or what is waited for
 * @param step of the section's gate, under which a person or a probe runner answers a look
 * @param findings what is wrong; warnings, and looks that nobody could take, hold nothing up
 * @param evidence by whom and when it was given, and what was seen
 * @param by who gave it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ElementLine(
    String kind,
    String row,
    String element,
    String key,
    String title,
    String section,
    @JsonInclude(JsonInclude.Include.ALWAYS) String instance,
    Requirement requirement,
    Party party,
    ElementRow.State outcome,
    String reason,
    String step,
    List<ElementFinding> findings,
    List<Evidence> evidence,
    String by,
    Instant givenAt,
    Instant finishedAt) {
  public ElementLine {
    // What is empty is left out of a report's JSON.
    findings = findings == null ? List.of() : List.copyOf(findings);
    evidence = evidence == null ? List.of() : List.copyOf(evidence);
  }

  /** The line of a row. */
  public static ElementLine of(ElementRow row) {
    String key = row.key().toString();
    return new ElementLine(
        "element",
        row.element().row(),
        row.field(),
        key,
        row.element().title(),
        key.substring(0, key.indexOf('.')),
        row.key().instance(),
        row.element().requirement(),
        row.party(),
        row.state(),
        row.reason(),
        row.asked() == null ? null : row.asked().step(),
        row.findings(),
        row.evidence(),
        row.by(),
        row.givenAt(),
        row.finalAt());
  }

  /** Whether the row waits for its party. */
  boolean isAsked() {
    boolean isMissed = outcome == ElementRow.State.MISSING && requirement == Requirement.MANDATORY;
    return isMissed || outcome == ElementRow.State.INVALID || step != null;
  }

  /** The same without its evidence. */
  public ElementLine brief() {
    return new ElementLine(
        kind,
        row,
        element,
        key,
        title,
        section,
        instance,
        requirement,
        party,
        outcome,
        reason,
        step,
        findings,
        List.of(),
        by,
        givenAt,
        finishedAt);
  }
}
