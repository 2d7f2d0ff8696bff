package dev.slipway.local.cli;

import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.ledger.Tasks;
import java.time.Instant;

/**
 * Gives back the leases of a process that is gone. All functions of a data folder run in the one
 * process that has its lock: the process that holds the lock now knows that no attempt of an
 * earlier process is still at work, and need not wait until its lease ends, as AWS has to.
 */
final class DeadLeases {
  private DeadLeases() {}

  static void release(Onboardings onboardings, Tasks tasks, Instant now) {
    for (Onboarding.State state :
        new Onboarding.State[] {Onboarding.State.STARTING, Onboarding.State.RUNNING}) {
      for (String onboarding : onboardings.in(state)) {
        for (TaskRecord task : tasks.of(onboarding)) {
          if (task.claim() != null && task.claim().isLeased(now)) {
            tasks.save(onboarding, task, task.release());
          }
        }
      }
    }
  }
}
