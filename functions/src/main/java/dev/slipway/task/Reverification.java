package dev.slipway.task;

import dev.slipway.checklist.Task;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of a second look at a task that was done. The earlier evidence stays beside the new,
 * which is marked {@code again:}; a problem says that the task's row does not hold any more.
 */
final class Reverification {
  private static final String AGAIN = "again: ";

  private final Task task;
  private final List<Evidence> earlier;
  private final Instant began;

  /**
   * @param earlier the evidence of the task when it was last done
   * @param began when the second look began: older evidence is of the first look
   */
  Reverification(Task task, List<Evidence> earlier, Instant began) {
    this.task = task;
    this.earlier = earlier;
    this.began = began;
  }

  /** The task's outcome, made of the look's. */
  Outcome of(Outcome look) {
    return switch (look) {
      case Outcome.Done done -> new Outcome.Done(with(done.evidence()));
      case Outcome.Failed failed ->
          new Outcome.Failed(reopened(failed.problem()), failed.retryAt(), with(failed.evidence()));
      case Outcome.Waiting waiting ->
          new Outcome.Waiting(
              waiting.party(),
              waiting.step(),
              waiting.dependsOn(),
              waiting.text(),
              waiting.check(),
              waiting.due(),
              waiting.until(),
              waiting.problem() == null ? null : reopened(waiting.problem()),
              with(waiting.evidence()),
              waiting.asked(),
              waiting.facts(),
              waiting.snippets());
      default -> look;
    };
  }

  /** A probe runner's evidence is always of this look, for which the probe was asked anew. */
  private boolean isOfThisLook(Evidence proof) {
    return switch (proof.where()) {
      case PERSON -> false;
      case PROBE_RUNNER -> true;
      case HANDLER -> !proof.at().isBefore(began);
    };
  }

  private Problem reopened(Problem problem) {
    return new Problem(
        problem.code(),
        problem.system(),
        problem.field(),
        task.row() + " was done, and does not hold any more: " + problem.message(),
        problem.nextStep());
  }

  private List<Evidence> with(List<Evidence> found) {
    List<Evidence> all =
        new ArrayList<>(
            earlier.stream().filter(proof -> !proof.probe().startsWith(AGAIN)).toList());
    found.stream()
        .filter(this::isOfThisLook)
        .map(
            proof ->
                new Evidence(
                    AGAIN + proof.probe(),
                    proof.where(),
                    proof.at(),
                    proof.against(),
                    proof.answer(),
                    proof.by(),
                    proof.standIn(),
                    proof.began()))
        .forEach(all::add);
    return all;
  }
}
