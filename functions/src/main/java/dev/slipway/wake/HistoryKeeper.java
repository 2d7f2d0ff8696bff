package dev.slipway.wake;

import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Claim;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.ledger.Tasks;
import dev.slipway.log.Log;

/**
 * Has a run replaced before the history of a section's execution is full: Step Functions ends an
 * execution at its 25,000th event. What the current run's states have cost follows from how often
 * each was retried, which its claim tells. The next run goes on from the ledger, in seconds.
 */
final class HistoryKeeper {
  /** Leaves room for what is not counted, and for what happens until the run is replaced. */
  static final int MOST = 15_000;

  private static final Actor ACTOR = Actor.system("wake");

  /** Entered, scheduled, started, submitted, succeeded, exited. */
  private static final int EVENTS_OF_A_STATE = 6;

  /** Failed, scheduled, started, submitted. */
  private static final int EVENTS_OF_A_RETRY = 4;

  /** To count reads the whole section: often enough, for lint bounds how many tasks there are. */
  private static final int RETRIES_BETWEEN_COUNTS = 16;

  private final Onboardings onboardings;
  private final Tasks tasks;
  private final int most;
  private final Log log;

  /**
   * @param most as many events as a section may have, by this estimate
   */
  HistoryKeeper(Onboardings onboardings, Tasks tasks, int most, Log log) {
    this.onboardings = onboardings;
    this.tasks = tasks;
    this.most = most;
    this.log = log;
  }

  /** Looks at the section of a task that was just tried again; mostly, nothing is due. */
  void look(String id, TaskRecord task) {
    Claim claim = task.claim();
    if (claim == null || claim.retry() == 0 || claim.retry() % RETRIES_BETWEEN_COUNTS != 0) {
      return;
    }
    Onboarding onboarding = onboardings.find(id).orElse(null);
    if (onboarding == null
        || onboarding.state() != Onboarding.State.RUNNING
        || onboarding.stale()
        || onboarding.run() != claim.run()) {
      return;
    }
    String name = task.key().task();
    String section = name.substring(0, name.indexOf('.'));
    int events = events(id, section, claim.run());
    if (events < most) {
      return;
    }
    String why = "section %s has about %d events of history".formatted(section, events);
    try {
      onboardings.save(onboarding, onboarding.outrun(), ACTOR, "run.history-nearly-full", why);
      log.with("run", claim.run()).say(why + ": another run takes over");
    } catch (LostRaceException e) {
      // Somebody wrote meanwhile: a later retry counts again, long before the history is full.
    }
  }

  private int events(String id, String section, int run) {
    return tasks.ofSection(id, section).stream()
        .map(TaskRecord::claim)
        .filter(claim -> claim != null && claim.run() == run)
        .mapToInt(claim -> EVENTS_OF_A_STATE + EVENTS_OF_A_RETRY * claim.retry())
        .sum();
  }
}
