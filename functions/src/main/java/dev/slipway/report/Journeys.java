package dev.slipway.report;

import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.Evidence;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads a test customer's journey out of a task's evidence: the steps whose ids begin with {@code
 * journey-}, in their order.
 */
final class Journeys {
  private static final String PREFIX = "journey-";
  private static final String LEFT_OUT = "left out: ";

  private Journeys() {}

  /** The journey of a task; empty if it has none, or has not begun it. */
  static Optional<Report.JourneyLine> of(Task task, Report.TaskLine line) {
    List<Report.JourneyStep> steps =
        task.steps().stream()
            .filter(step -> step.id().startsWith(PREFIX))
            .map(step -> step(step, line.evidence()))
            .toList();
    return steps.stream().allMatch(step -> step.outcome().equals("PENDING"))
        ? Optional.empty()
        : Optional.of(
            new Report.JourneyLine(line.row(), line.key().toString(), line.name(), steps));
  }

  private static Report.JourneyStep step(Step step, List<Evidence> evidence) {
    String byMachine = step.id().replaceFirst("-", ".");
    String byPerson = Evidence.statement(step.id());
    Optional<Evidence> found =
        evidence.stream()
            .filter(proof -> proof.probe().equals(byMachine) || proof.probe().equals(byPerson))
            .reduce((earlier, later) -> later);
    if (found.isEmpty()) {
      return new Report.JourneyStep(
          step.id(), step.title(), "PENDING", null, null, null, null, null, false);
    }
    Evidence proof = found.get();
    boolean leftOut = proof.began() == null && proof.answer().startsWith(LEFT_OUT);
    return new Report.JourneyStep(
        step.id(),
        step.title(),
        leftOut ? "LEFT_OUT" : "DONE",
        proof.began(),
        proof.began() == null
            ? null
            : BigDecimal.valueOf(Duration.between(proof.began(), proof.at()).toMillis(), 3),
        leftOut ? null : proof.where(),
        proof.by(),
        leftOut ? proof.answer().substring(LEFT_OUT.length()) : proof.answer(),
        proof.standIn() && !leftOut);
  }
}
