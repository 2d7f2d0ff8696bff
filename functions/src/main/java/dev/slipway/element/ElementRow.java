package dev.slipway.element;

import dev.slipway.checklist.Element;
import dev.slipway.checklist.Requirement;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An element as a line of the report, or one of its instances.
 *
 * @param key as it is named where people decide about it: {@code infrastructure.certificates}, or
 *     {@code products.tenant-look@acme}
 * @param state where it stands
 * @param reason the rule, the decision, or what is waited for; null where the state says all
 * @param findings what was found wrong, warnings included
 * @param evidence by whom and when it was given, and what was seen
 * @param asked what a person or a probe runner has to answer first; null: nothing
 * @param decision to do without it; null without
 * @param by who gave it; null before
 * @param givenAt when it was given; null before
 * @param finalAt when it became final; null before
 */
public record ElementRow(
    Element element,
    TaskKey key,
    State state,
    String reason,
    List<ElementFinding> findings,
    List<Evidence> evidence,
    Verification.Asked asked,
    Decision decision,
    String by,
    Instant givenAt,
    Instant finalAt) {
  public ElementRow {
    findings = List.copyOf(findings);
    evidence = List.copyOf(evidence);
  }

  /** The state of an element row. */
  public enum State {
    /** Nobody gave it yet, or nobody can say yet whether it is asked for. */
    MISSING,
    /** It was given, and will be verified. */
    GIVEN,
    /** It cannot stay as it is. */
    INVALID,
    /** Given and verified. */
    DONE,
    /** A rule says that it is not asked of this customer. */
    NOT_APPLICABLE,
    /** Optional, and a person decided to do without it. */
    SKIPPED,
    /** Mandatory, and two people agreed to do without it. */
    WAIVED;

    /** Whether nothing is left to be done about it. */
    public boolean isFinal() {
      return compareTo(DONE) >= 0;
    }
  }

  /** Whether work is left to be done about it, and has to be. */
  public boolean isOpen() {
    return element.requirement() == Requirement.MANDATORY && !state.isFinal();
  }

  /** Whether it counts among the rows: one that is optional does not before it is given. */
  public boolean counts() {
    return element.requirement() == Requirement.MANDATORY || state != State.MISSING;
  }

  /** The same with what its pure checks find before its section's gate has looked. */
  ElementRow foreseen(List<ElementFinding> found) {
    boolean isInvalid = found.stream().anyMatch(ElementFinding::isError);
    return new ElementRow(
        element,
        key,
        isInvalid ? State.INVALID : state,
        isInvalid ? null : reason,
        found,
        evidence,
        asked,
        decision,
        by,
        givenAt,
        finalAt);
  }

  /** Warnings, and looks that nobody could take: they hold nothing up. */
  public List<ElementFinding> told() {
    return findings.stream().filter(finding -> !finding.isError()).toList();
  }

  /** The problem to be mended; empty if there is none. */
  public Optional<Problem> problem() {
    return findings.stream()
        .filter(ElementFinding::isError)
        .findFirst()
        .map(
            error ->
                new Problem(
                    error.code(),
                    "slipway",
                    field() + error.field().replace('/', '.'),
                    error.message(),
                    error.nextStep()));
  }

  /** As problems name it: {@code tenant-look@acme}, or {@code credential:smtp}. */
  public String field() {
    String name = element.id() + (key.instance().isEmpty() ? "" : "@" + key.instance());
    return element.kind() == Element.Kind.CREDENTIAL ? "credential:" + name : name;
  }

  /** The step of the section's gate under which people and runners answer a look. */
  public String step(String look) {
    return element.id() + (key.instance().isEmpty() ? "" : "@" + key.instance()) + "." + look;
  }

  /** The work on an open row, in one line: row, problem, next step. */
  public String line() {
    return "%s %s: %s"
        .formatted(element.row(), TaskKey.named(element.title(), key.instance()), toDo());
  }

  /** The party that the row waits for. */
  public Party party() {
    return asked == null ? element.party() : asked.party();
  }

  private String toDo() {
    return switch (state) {
      case MISSING -> reason == null ? "Give it." : reason;
      case INVALID ->
          problem().map(problem -> problem.message() + " " + problem.nextStep()).orElse("");
      case GIVEN -> asked == null ? "Nothing to do: it is being verified." : asked.instructions();
      case DONE, NOT_APPLICABLE, SKIPPED, WAIVED -> "Nothing to do.";
    };
  }
}
