package dev.slipway.ledger;

import java.util.List;
import java.util.function.UnaryOperator;

/** Many tasks of one onboarding, set at once: one by one, six hundred take seconds. */
public final class ManyTasks {
  private static final int AT_ONCE = 50;

  private ManyTasks() {}

  /** Writes what a change makes of each task. */
  public static void change(
      Items items, String onboarding, List<TaskRecord> tasks, UnaryOperator<TaskRecord> change) {
    for (int from = 0; from < tasks.size(); from += AT_ONCE) {
      var some = new Transaction(onboarding);
      tasks
          .subList(from, Math.min(tasks.size(), from + AT_ONCE))
          .forEach(task -> some.task(task, change.apply(task)));
      items.write(some.writes());
    }
  }
}
