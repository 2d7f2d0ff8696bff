package dev.slipway.wake;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Instances;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Requests;
import dev.slipway.ledger.Signal;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.ledger.Tasks;
import dev.slipway.log.Log;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Looks at one task and sends its token the answer that is due.
 *
 * <p>Level-triggered: the caller only says which task to look at; the next step follows from the
 * ledger. The decision for a token is recorded before it is sent and never changes, so a signal can
 * be late or double, never lost and never contradicted. The protocol was model-checked; change it
 * only together with the model (docs/architecture.md).
 */
final class TaskWaker {
  private static final Actor ACTOR = Actor.system("wake");

  /** Longer than sending takes. After it the sweep looks whether a decision was sent. */
  private static final Duration TO_SEND = Duration.ofMinutes(1);

  private final Standing standing;
  private final Requests requests;
  private final Tasks tasks;
  private final InstantSource clock;
  private final Function<Onboarding, Checklist> checklists;
  private final Signaller signaller;
  private final Log log;

  TaskWaker(
      Standing standing,
      Requests requests,
      Tasks tasks,
      InstantSource clock,
      Function<Onboarding, Checklist> checklists,
      Signaller signaller,
      Log log) {
    this.standing = standing;
    this.requests = requests;
    this.tasks = tasks;
    this.clock = clock;
    this.checklists = checklists;
    this.signaller = signaller;
    this.log = log;
  }

  /**
   * Looks at a task. A failure is left to the next look: {@code signalDue} stays set.
   *
   * @param task as it was read, or as the stream tells it. It may be an old version: what follows
   *     from it is written over no later one
   */
  void look(String onboardingId, TaskRecord task) {
    Onboarding onboarding =
        task.signalDue() ? standing.onboarding(onboardingId).orElse(null) : null;
    if (onboarding == null) {
      return;
    }
    if (onboarding.state() != Onboarding.State.SIGNED_OFF && isAskedAgain(onboarding, task)) {
      // The change that asks for the look brings us back.
      return;
    }
    try {
      decideAndSend(onboarding, task);
    } catch (LostRaceException e) {
      sendDecided(onboarding, task.key());
    }
  }

  /**
   * Another call wrote meanwhile, and its change brings us back; unless it decided, and may have
   * ended before it sent.
   */
  private void sendDecided(Onboarding onboarding, TaskKey key) {
    TaskRecord now = tasks.of(onboarding.id(), key);
    if (now.signalDue() && now.isDecided()) {
      try {
        decideAndSend(standing.anew().onboarding(onboarding.id()).orElseThrow(), now);
      } catch (LostRaceException e) {
        // As above.
      }
    }
  }

  /** Decides from what was read at first: a decision is written over no later version. */
  private void decideAndSend(Onboarding onboarding, TaskRecord seen) {
    Optional<Signal.Kind> kind =
        isLeft(onboarding, seen) ? Optional.empty() : seen.decide(onboarding.run());
    if (kind.isEmpty()) {
      settle(onboarding.id(), seen);
      return;
    }
    TaskRecord decided = seen;
    if (!seen.isDecided()) {
      decided = seen.decided(kind.get(), clock.instant().plus(TO_SEND));
      tasks.save(onboarding.id(), seen, decided);
    }
    boolean isAwaited = signaller.send(decided.token(), kind.get());
    log.with("run", decided.claim().run())
        .with("task", seen.key().toString())
        .with("attempt", decided.claim().attempt())
        .say("told its state " + kind.get());
    // The state calls again now, and the claim of that attempt clears it.
    if (!isAwaited || kind.get() == Signal.Kind.SUCCESS) {
      clear(onboarding.id(), decided);
    }
  }

  /**
   * Whether only another run could look at the task, or the run is about to be stopped for good.
   * Everything else of a run that is to be replaced goes on until then.
   */
  private static boolean isLeft(Onboarding onboarding, TaskRecord task) {
    return onboarding.stale() && (onboarding.hasEnded() || task.isLeftBehind(onboarding.run()));
  }

  /** Clears {@code signalDue}, only if token and request are still those that were seen. */
  private void clear(String onboardingId, TaskRecord seen) {
    try {
      settle(onboardingId, seen);
    } catch (LostRaceException e) {
      TaskRecord now = tasks.of(onboardingId, seen.key());
      if (now.isAsSeen(seen)) {
        settle(onboardingId, now);
      }
    }
  }

  private void settle(String onboardingId, TaskRecord task) {
    if (!task.isSettled()) {
      tasks.save(onboardingId, task, task.settled());
    }
  }

  /**
   * Asks for the looks that are due: of those that wait for the task, and of the task itself.
   *
   * @return whether the task itself is asked
   */
  private boolean isAskedAgain(Onboarding onboarding, TaskRecord task) {
    if (task.isSettledFinally()) {
      passOn(onboarding, task);
      return false;
    }
    if (waitsForTasks(task) && recheck(onboarding, List.of(task))) {
      return true;
    }
    if (isTime(task)) {
      request(onboarding, task, this::isTime, "task.time-came");
      return true;
    }
    return false;
  }

  /**
   * A dependency that became final is passed on to those that wait for it, whichever came first.
   */
  private void passOn(Onboarding onboarding, TaskRecord task) {
    List<TaskKey> dependents =
        Instances.dependents(
            checklists.apply(onboarding), task.key(), () -> standing.values(onboarding.id()));
    recheck(
        onboarding,
        tasks.of(onboarding.id(), dependents).values().stream()
            .filter(TaskWaker::waitsForTasks)
            .toList());
  }

  /**
   * Asks for another look at tasks that wait for others, if these have all become final meanwhile.
   *
   * @return whether any was asked
   */
  private boolean recheck(Onboarding onboarding, List<TaskRecord> waiting) {
    Map<TaskKey, TaskRecord> awaited =
        tasks.of(
            onboarding.id(),
            waiting.stream().flatMap(each -> awaited(each).stream()).distinct().toList());
    List<TaskRecord> due =
        waiting.stream()
            .filter(
                each ->
                    awaited(each).stream().map(awaited::get).allMatch(TaskRecord::isSettledFinally))
            .toList();
    due.forEach(
        each ->
            request(onboarding, each, now -> isDue(onboarding, now), "task.dependencies-final"));
    return !due.isEmpty();
  }

  private void request(
      Onboarding onboarding, TaskRecord task, Predicate<TaskRecord> still, String what) {
    requests.request(
        onboarding, task, (meta, now) -> still.test(now), Optional.empty(), ACTOR, what, null);
  }

  private boolean isDue(Onboarding onboarding, TaskRecord task) {
    return waitsForTasks(task)
        && tasks.of(onboarding.id(), awaited(task)).values().stream()
            .allMatch(TaskRecord::isSettledFinally);
  }

  private static boolean waitsForTasks(TaskRecord task) {
    return isHandled(task) && !awaited(task).isEmpty();
  }

  private boolean isTime(TaskRecord task) {
    Instant time = task.outcome() == null ? null : task.outcome().looksAgainAt();
    return isHandled(task) && time != null && !clock.instant().isBefore(time);
  }

  /** Of one that was asked already, nothing more is asked. */
  private static boolean isHandled(TaskRecord task) {
    return task.requestedGeneration() == task.handledGeneration();
  }

  private static List<TaskKey> awaited(TaskRecord task) {
    return task.outcome() instanceof Outcome.Waiting waiting
        ? waiting.dependsOn().stream().map(TaskKey::parse).toList()
        : List.of();
  }
}
