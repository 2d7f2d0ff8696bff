package dev.slipway.task;

import dev.slipway.checklist.Step;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Evidence;
import dev.slipway.systems.net.Redactor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The evidence that one attempt collects, in order, with time and place. It knows every secret that
 * the attempt has read, and masks each in all evidence.
 */
final class EvidenceLog {
  private final AttemptContext surroundings;
  private final List<Evidence> entries = new ArrayList<>();
  private final List<Evidence> unproven = new ArrayList<>();
  private Redactor redactor = Redactor.none();

  EvidenceLog(AttemptContext surroundings) {
    this.surroundings = surroundings;
  }

  /** Masks these secrets in everything that is recorded from now on. */
  void hide(List<String> secrets) {
    redactor = redactor.and(secrets.toArray(String[]::new));
  }

  /** Masks every secret that was read so far. */
  Redactor redactor() {
    return redactor;
  }

  /**
   * Records a finding.
   *
   * @param began when the step was first begun, if it is timed; otherwise null
   */
  void add(Finding finding, Instant began) {
    boolean byMachine = finding.by() == null;
    add(
        new Evidence(
            finding.probe(),
            byMachine ? Evidence.Place.HANDLER : Evidence.Place.PERSON,
            finding.at() == null ? surroundings.now() : finding.at(),
            redactor.redact(finding.against()),
            redactor.answer(finding.answer()),
            finding.by(),
            byMachine && surroundings.standIns(),
            began));
  }

  /** Records a finding of what was asked and not answered; parameters as of any. */
  void addUnproven(Finding finding, Instant began) {
    add(finding, began);
    unproven.add(entries.getLast());
  }

  /** Whether a machine has seen something since then, rather than told again what it saw before. */
  boolean hasSeenSince(Instant time) {
    return entries.stream()
        .anyMatch(
            entry ->
                entry.where() == Evidence.Place.HANDLER
                    && !entry.at().isBefore(time)
                    && !unproven.contains(entry));
  }

  /** Records a person's statement of a step; parameters as in {@link #add(Finding, Instant)}. */
  void add(Step step, Answer statement, Instant began) {
    // A statement may be older than the attempt that reached the step: then it took no time.
    boolean early = began != null && !began.isBefore(statement.at());
    add(
        new Evidence(
            Evidence.statement(step.id()),
            Evidence.Place.PERSON,
            statement.at(),
            step.title(),
            statement.statement(),
            statement.by(),
            false,
            early ? statement.at() : began));
  }

  /** Records evidence. The same evidence found again in one attempt counts once, the later time. */
  void add(Evidence found) {
    entries.removeIf(
        earlier ->
            earlier.probe().equals(found.probe())
                && earlier.against().equals(found.against())
                && earlier.answer().equals(found.answer()));
    entries.add(found);
  }

  /** The evidence recorded so far. */
  List<Evidence> entries() {
    return List.copyOf(entries);
  }
}
