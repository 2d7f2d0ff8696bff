package dev.slipway.task;

import dev.slipway.checklist.Element;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether elements are still missing that decide whether a task applies, or which tasks come
 * before it. Then it neither runs nor is passed over.
 */
record Undecided(Instances instances, Task task, TaskKey key) {
  private static final Duration DUE = Duration.ofDays(3);

  /**
   * The wait for those elements; empty if there are none.
   *
   * @param before the outcome so far: the due date stays while the same is waited for
   */
  Optional<Outcome> wait(Outcome before, Instant now) {
    Set<String> awaited = new LinkedHashSet<>(instances.awaited(task));
    awaited.addAll(instances.rules().awaited(task.condition()));
    awaited.addAll(instances.rules().awaited(task.chosenBy()));
    awaited.addAll(instances.awaitedByDependencies(key));
    return awaited.stream()
        .findFirst()
        .flatMap(instances.checklist()::element)
        .map(element -> waiting(element, awaited, before, now));
  }

  private static Outcome waiting(Element first, Set<String> awaited, Outcome before, Instant now) {
    String instructions =
        "Give what decides whether this task applies and what comes before it: `"
            + String.join("`, `", awaited)
            + "`.";
    boolean isTheSame =
        before instanceof Outcome.Waiting waiting && waiting.instructions().equals(instructions);
    return new Outcome.Waiting(
        first.party(),
        null,
        List.of(),
        instructions,
        "Each value is checked as it is saved.",
        isTheSame ? ((Outcome.Waiting) before).due() : now.plus(DUE),
        null,
        null,
        List.of());
  }
}
