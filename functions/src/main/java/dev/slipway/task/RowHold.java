package dev.slipway.task;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.element.ElementRow;
import dev.slipway.element.ElementRows;
import dev.slipway.ledger.IntakeRecord;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The wait of a task's instance for an element row that holds up no gate: for the instance of it
 * that the task reads, or for one that is asked for when it is reached. The gate's verification
 * asks the task again.
 */
record RowHold(Checklist checklist, Task task, TaskKey key) {

  /**
   * The wait for such a row; empty if there is none.
   *
   * @param before the outcome so far: the due date stays while the same is waited for
   */
  Optional<Outcome> wait(IntakeRecord intake, Outcome before, Instant now) {
    return ElementRows.of(checklist, () -> intake)
        .holding(task, key)
        .map(row -> waiting(row, due(row, before).orElseGet(() -> now.plus(Step.usualTime()))));
  }

  private static Optional<Instant> due(ElementRow row, Outcome before) {
    return before instanceof Outcome.Waiting waiting && waiting.instructions().equals(row.line())
        ? Optional.ofNullable(waiting.due())
        : Optional.empty();
  }

  private static Outcome waiting(ElementRow row, Instant due) {
    boolean isBeingVerified = row.state() == ElementRow.State.GIVEN && row.asked() == null;
    return new Outcome.Waiting(
        isBeingVerified ? Party.MACHINE : row.party(),
        null,
        List.of(),
        row.line(),
        "It is verified as it is saved.",
        isBeingVerified ? null : due,
        null,
        row.problem().orElse(null),
        List.of());
  }
}
