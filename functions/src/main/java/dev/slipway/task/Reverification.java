package dev.slipway.task;

import dev.slipway.checklist.Task;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a second look at a task that was done comes to. What proved it before stays beside what is
 * found now; what does not hold any more is told as a problem of its row.
 */
final class Reverification {
  private static final String AGAIN = "again: ";

  private final Task task;
  private final List<Evidence> earlier;
  private final Instant began;

  /**
   * @param earlier what proved the task when it was last done
   * @param began when the second look began: what is older than that was found by the first one
   */
  Reverification(Task task, List<Evidence> earlier, Instant began) {
    this.task = task;
    this.earlier = earlier;
    this.began = began;
  }

  /** The outcome of a look, as the task's. */
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
              waiting.instructions(),
              waiting.check(),
              waiting.due(),
              waiting.until(),
              waiting.problem() == null ? null : reopened(waiting.problem()),
              with(waiting.evidence()));
      default -> look;
    };
  }

  /** What a probe runner saw counts only if it was asked for this look: it came before the rest. */
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
