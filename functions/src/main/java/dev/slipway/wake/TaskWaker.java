package dev.slipway.wake;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Instances;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Requests;
import dev.slipway.ledger.Signal;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.ledger.Tasks;
import dev.slipway.log.Log;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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

  private final Onboardings onboardings;
  private final Requests requests;
  private final Elements elements;
  private final Tasks tasks;
  private final InstantSource clock;
  private final Function<Onboarding, Checklist> checklists;
  private final Signaller signaller;
  private final Log log;

  TaskWaker(
      Onboardings onboardings,
      Requests requests,
      Elements elements,
      Tasks tasks,
      InstantSource clock,
      Function<Onboarding, Checklist> checklists,
      Signaller signaller,
      Log log) {
    this.onboardings = onboardings;
    this.requests = requests;
    this.elements = elements;
    this.tasks = tasks;
    this.clock = clock;
    this.checklists = checklists;
    this.signaller = signaller;
    this.log = log;
  }

  /** Looks at a task. A failure is left to the next look: {@code signalDue} stays set. */
  void look(String onboardingId, TaskRecord task) {
    Onboarding onboarding = task.signalDue() ? onboardings.find(onboardingId).orElse(null) : null;
    if (onboarding == null) {
      return;
    }
    if (onboarding.state() != Onboarding.State.SIGNED_OFF) {
      passOn(onboarding, task);
      lookAgainInTime(onboarding, task);
    }
    try {
      decideAndSend(onboarding, task);
    } catch (LostRaceException e) {
      // Another call wrote meanwhile: its change brings us back.
    }
  }

  /** Decides from what was read at first: a decision is written over no later version. */
  private void decideAndSend(Onboarding onboarding, TaskRecord seen) {
    Optional<Signal.Kind> kind =
        onboarding.stale() ? Optional.empty() : seen.decide(onboarding.run());
    if (kind.isEmpty()) {
      settle(onboarding.id(), seen);
      return;
    }
    TaskRecord decided = seen;
    if (!seen.isDecided()) {
      decided = seen.decided(kind.get());
      tasks.save(onboarding.id(), seen, decided);
    }
    signaller.send(decided.token(), kind.get());
    log.with("run", decided.claim().run())
        .with("task", seen.key().toString())
        .with("attempt", decided.claim().attempt())
        .say("told its state " + kind.get());
    clear(onboarding.id(), decided);
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
   * A dependency that became final is passed on to those that wait for it, whichever came first.
   */
  private void passOn(Onboarding onboarding, TaskRecord task) {
    if (task.isSettledFinally()) {
      Checklist checklist = checklists.apply(onboarding);
      List<TaskKey> dependents =
          Instances.named(checklist, () -> elements.values(onboarding.id())).dependents(task.key());
      tasks.of(onboarding.id(), dependents).values().forEach(each -> recheck(onboarding, each));
    } else {
      recheck(onboarding, task);
    }
  }

  /** Asks for another look at a task whose dependencies have all become final meanwhile. */
  private void recheck(Onboarding onboarding, TaskRecord task) {
    request(
        onboarding,
        task,
        "task.dependencies-final",
        now ->
            now.outcome() instanceof Outcome.Waiting waiting
                && !waiting.dependsOn().isEmpty()
                && now.requestedGeneration() == now.handledGeneration()
                && tasks
                    .of(onboarding.id(), waiting.dependsOn().stream().map(TaskKey::parse).toList())
                    .values()
                    .stream()
                    .allMatch(TaskRecord::isSettledFinally));
  }

  private void lookAgainInTime(Onboarding onboarding, TaskRecord task) {
    request(
        onboarding,
        task,
        "task.time-came",
        now -> {
          Instant time = now.outcome() == null ? null : now.outcome().looksAgainAt();
          return time != null
              && !clock.instant().isBefore(time)
              && now.requestedGeneration() == now.handledGeneration();
        });
  }

  /** Asks for another look if that is due, also of the very version that the request is over. */
  private void request(
      Onboarding onboarding, TaskRecord task, String what, Predicate<TaskRecord> due) {
    if (due.test(task)) {
      requests.request(
          onboarding.id(),
          task.key(),
          false,
          (meta, now) -> due.test(now),
          Optional.empty(),
          Optional.empty(),
          ACTOR,
          what,
          null);
    }
  }
}
