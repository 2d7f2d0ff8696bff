package dev.slipway.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Requests to look at tasks again: each counts up the task's requested generation, and makes it due
 * for Wake. A person's answer or decision is written in the same transaction.
 *
 * <pre>{@code
 * requests.request(
 *     onboarding, key, true, Requests.Check.unchanged(seen), Optional.empty(), Optional.empty(),
 *     actor, "task.retry", reason);
 * }</pre>
 */
public final class Requests {
  private final Items items;
  private final AuditTrail auditTrail;
  private final Onboardings onboardings;
  private final Tasks tasks;
  private final Outbox outbox;

  /** In the table. */
  public Requests(Items items) {
    this.items = items;
    this.auditTrail = new AuditTrail(items);
    this.onboardings = new Onboardings(items);
    this.tasks = new Tasks(items);
    this.outbox = new Outbox(items);
  }

  /** As below, without a check. */
  public void request(
      String onboarding,
      TaskKey key,
      boolean again,
      Optional<Answer> answer,
      Optional<Decision> decision,
      Actor actor,
      String what,
      String why) {
    request(onboarding, key, again, (meta, task) -> true, answer, decision, actor, what, why);
  }

  /**
   * As below, of a task that was just read and checked. If it or the onboarding was written over
   * meanwhile, they are read and checked again.
   */
  public void request(
      Onboarding onboarding,
      TaskRecord task,
      Check still,
      Optional<Answer> answer,
      Actor actor,
      String what,
      String why) {
    Transaction change = requested(onboarding, task, false, still);
    answer.ifPresent(a -> change.with(Answers.write(onboarding.id(), a, a.version())));
    change.with(auditTrail.line(onboarding.id(), actor, what, task.key().toString(), null, why));
    try {
      items.write(change.writes());
    } catch (LostRaceException e) {
      request(
          onboarding.id(), task.key(), false, still, answer, Optional.empty(), actor, what, why);
    }
  }

  /** As below, with no other task looked at. */
  public void request(
      String onboarding,
      TaskKey key,
      boolean again,
      Check still,
      Optional<Answer> answer,
      Optional<Decision> decision,
      Actor actor,
      String what,
      String why) {
    request(onboarding, key, List.of(), again, still, answer, decision, actor, what, why);
  }

  /**
   * Asks for a task to be looked at again, and writes the reason with it, such as a person's
   * answer. If the current run has left the task behind, the run is marked stale, so that Wake
   * starts the next one.
   *
   * @param others looked at because of it in the same transaction, such as the gates that wait for
   *     what only this task uses
   * @param again whether the task shall be performed even if nothing changed
   * @param still the check of the versions that are written over; if it fails, nothing is written
   * @param answer what a person said; empty without
   * @param decision what a person decided; empty without
   * @throws LostRaceException if the answer or decision was changed by another person meanwhile
   */
  public void request(
      String onboarding,
      TaskKey key,
      List<TaskKey> others,
      boolean again,
      Check still,
      Optional<Answer> answer,
      Optional<Decision> decision,
      Actor actor,
      String what,
      String why) {
    String changedByPerson = answer.map(a -> Answers.key(a.key(), a.step())).orElse(null);
    for (int attempt = 0; ; attempt++) {
      Optional<Transaction> asked = requested(onboarding, key, again, still);
      if (asked.isEmpty()) {
        return;
      }
      Transaction change = asked.get();
      for (TaskKey other : others) {
        TaskRecord waiting = tasks.of(onboarding, other);
        if (waiting.isOpen()) {
          change.task(waiting, waiting.request(false, items.now()));
        }
      }
      answer.ifPresent(a -> change.with(Answers.write(onboarding, a, a.version())));
      decision.ifPresent(d -> change.with(Decisions.write(onboarding, d)));
      change.with(auditTrail.line(onboarding, actor, what, key.toString(), null, why));
      try {
        items.write(change.writes());
        return;
      } catch (LostRaceException e) {
        boolean byPerson =
            e.getMessage().startsWith("DECISION#")
                || (changedByPerson != null && e.getMessage().startsWith(changedByPerson));
        if (byPerson || attempt >= 20) {
          throw e;
        }
      }
    }
  }

  /**
   * Decides whether a section is stopped or goes on, and has Wake look. The section's {@code
   * resume} is asked again only where it waits: its earlier outcome is over, and no reason to
   * replace the run.
   *
   * @param decision about the section's {@code resume}
   * @param again whether it shall go on, regardless of how the section ended
   * @throws LostRaceException if another person decided meanwhile
   */
  public void decideSection(
      String onboarding, Decision decision, boolean again, Actor actor, String what) {
    for (int attempt = 0; ; attempt++) {
      Onboarding meta = onboardings.find(onboarding).orElseThrow();
      if (meta.hasEnded()) {
        throw new LostRaceException(Partition.META);
      }
      TaskRecord before = tasks.of(onboarding, decision.key());
      TaskRecord after =
          before.isOpen() ? before.request(again, items.now()) : before.due(items.now());
      try {
        items.write(
            new Transaction(onboarding)
                .over(onboardings.write(meta, meta.version()))
                .task(before, after)
                .with(Decisions.write(onboarding, decision))
                .with(
                    auditTrail.line(
                        onboarding,
                        actor,
                        what,
                        decision.key().toString(),
                        null,
                        decision.reason()))
                .writes());
        return;
      } catch (LostRaceException e) {
        if (e.getMessage().startsWith("DECISION#") || attempt >= 20) {
          throw e;
        }
      }
    }
  }

  /**
   * Asks to look whether tasks that are done still hold: all at once, so that the run that looks
   * comes past each of them. Of very many the outbox asks the rest, and only then another run takes
   * over.
   *
   * @param why as the audit trail tells it
   */
  public void requestVerification(String onboarding, List<TaskKey> tasks, Actor actor, String why) {
    List<Outbox.Look> looks =
        tasks.stream().map(key -> new Outbox.Look(key, Outbox.Look.Kind.VERIFICATION)).toList();
    for (int attempt = 0; ; attempt++) {
      Transaction change = new Transaction(onboarding);
      outbox.ask(change, onboardings.notSignedOff(onboarding), looks);
      change.with(
          auditTrail.line(
              onboarding,
              actor,
              "tasks.verification-requested",
              null,
              AuditTrail.named(tasks),
              why));
      try {
        items.write(change.writes());
        return;
      } catch (LostRaceException e) {
        if (attempt >= 20) {
          throw e;
        }
        // A task or the onboarding moved on: look again.
      }
    }
  }

  /**
   * A check before a request is written, made at every try: it sees the very versions that are
   * written over, so that no checked item can change before the write.
   */
  @FunctionalInterface
  public interface Check {
    /** Whether the request is still to be written; may throw what tells a person why not. */
    boolean holds(Onboarding onboarding, TaskRecord task);

    /** Whether the onboarding must not change between the check and the write. */
    default boolean isOverOnboarding() {
      return false;
    }

    /**
     * Checks that the task is still as the caller read it, and that the onboarding goes on.
     *
     * @throws LostRaceException if not: read again, check again, decide anew
     */
    static Check unchanged(TaskRecord seen) {
      return new Check() {
        @Override
        public boolean holds(Onboarding onboarding, TaskRecord task) {
          if (task.version() != seen.version()) {
            throw new LostRaceException("TASK#" + seen.key());
          }
          return true;
        }

        @Override
        public boolean isOverOnboarding() {
          return true;
        }
      };
    }
  }

  /** Nothing if the check does not hold. */
  Optional<Transaction> requested(String onboarding, TaskKey key, boolean again, Check still) {
    Onboarding meta =
        still.isOverOnboarding()
            ? onboardings.open(onboarding)
            : onboardings.notSignedOff(onboarding);
    TaskRecord before = tasks.of(onboarding, key);
    if (!still.holds(meta, before)) {
      return Optional.empty();
    }
    return Optional.of(requested(meta, before, again, still));
  }

  private Transaction requested(Onboarding meta, TaskRecord before, boolean again, Check still) {
    Transaction change =
        new Transaction(meta.id()).task(before, before.request(again, items.now()));
    if (before.isLeftBehind(meta.run()) && !meta.stale()) {
      change.meta(onboardings.write(meta.outrun(), meta.version()));
    } else if (still.isOverOnboarding() && meta.isToBeStarted()) {
      // A person who starts it meanwhile has seen a plan without this change.
      change.meta(onboardings.write(meta, meta.version()));
    } else if (still.isOverOnboarding()) {
      change.over(onboardings.write(meta, meta.version()));
    }
    return change;
  }
}
