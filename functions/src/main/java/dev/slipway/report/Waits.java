package dev.slipway.report;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.Attempt;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Finds for whom an onboarding waited, from when to when, and why: read from the attempts, each of
 * which names what it had to wait for.
 */
public final class Waits {
  private final Checklist checklist;
  private final Instant now;

  /**
   * @param now until when a wait that goes on is counted
   */
  public Waits(Checklist checklist, Instant now) {
    this.checklist = checklist;
    this.now = now;
  }

  /** The waits of one task, first one first. A look that found nothing new does not end a wait. */
  public List<Wait> of(TaskRecord record, List<Attempt> attempts) {
    List<Attempt> ordered =
        attempts.stream().sorted(Comparator.comparingInt(Attempt::number)).toList();
    Deque<Wait> waits = new ArrayDeque<>();
    for (int i = 0; i < ordered.size(); i++) {
      Attempt attempt = ordered.get(i);
      if (attempt.outcome().isFinal()) {
        continue;
      }
      Instant to = i + 1 < ordered.size() ? ordered.get(i + 1).from() : end(record);
      Party party = party(attempt.outcome());
      String why = why(record.key().task(), attempt.outcome());
      boolean goesOn =
          i > 0
              && !ordered.get(i - 1).outcome().isFinal()
              && waits.getLast().isContinuedBy(party, why);
      Instant from = goesOn ? waits.removeLast().from() : attempt.to();
      waits.add(Wait.of(party, from, to, why, now));
    }
    return List.copyOf(waits);
  }

  /** A task can become final without another attempt: by a decision, or by a rule. */
  private static Instant end(TaskRecord record) {
    return record.outcome() != null && record.outcome().isFinal() ? record.outcomeAt() : null;
  }

  /** Whom an open outcome waits for. */
  public Party party(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Waiting waiting -> waiting.party();
      case Outcome.Failed failed ->
          failed.party() == null
              ? checklist
                  .giver(failed.problem().field())
                  .orElse(failed.retryAt() == null ? Party.VENDOR : Party.MACHINE)
              : failed.party();
      default -> Party.MACHINE;
    };
  }

  /** The reason why an open outcome waits, in a line. */
  public String why(String taskId, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Waiting waiting -> {
        String what =
            waiting.step() == null
                ? named(waiting)
                : checklist
                    .task(taskId)
                    .flatMap(task -> title(task, waiting.step()))
                    .orElse(waiting.step());
        yield waiting.problem() == null ? what : what + ": " + message(waiting.problem());
      }
      case Outcome.Failed failed -> message(failed.problem());
      default -> "";
    };
  }

  /** What it says; where that is only which tasks come first, by their titles. */
  private String named(Outcome.Waiting waiting) {
    String said = waiting.instructions();
    return waiting.dependsOn().isEmpty()
            || !said.equals(Outcome.Waiting.onTasks(waiting.dependsOn()).instructions())
        ? said
        : Outcome.Waiting.onTasks(waiting.dependsOn().stream().map(this::title).distinct().toList())
            .instructions();
  }

  /** The title of a task, with the instance. */
  private String title(String key) {
    TaskKey named = TaskKey.parse(key);
    String title = checklist.task(named.task()).map(Task::title).orElse(named.task());
    return TaskKey.named(title, named.instance());
  }

  private static String message(Problem problem) {
    return problem.message() == null ? problem.code() : problem.message();
  }

  private static java.util.Optional<String> title(Task task, String stepId) {
    return task.steps().stream()
        .filter(step -> step.id().equals(stepId))
        .map(Step::title)
        .findFirst();
  }
}
