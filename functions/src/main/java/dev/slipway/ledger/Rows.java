package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.util.List;
import java.util.Optional;

/** Rows that people added to an onboarding's checklist; {@code SK = ROW#<task>}. */
public final class Rows {
  private final Items items;
  private final AuditTrail auditTrail;
  private final Onboardings onboardings;
  private final Outbox outbox;

  /** In the table. */
  public Rows(Items items) {
    this.items = items;
    this.auditTrail = new AuditTrail(items);
    this.onboardings = new Onboardings(items);
    this.outbox = new Outbox(items);
  }

  /** The rows that were added, in their order; asks nothing where the onboarding has none. */
  public List<AddedRow> of(Onboarding onboarding) {
    return onboarding.rowsAdded()
        ? AddedRow.inOrder(items.list(Partition.of(onboarding.id()), "ROW#", AddedRow.class))
        : List.of();
  }

  /**
   * Adds a row, which waits for its party from now on. The onboarding is written as well, so that
   * it cannot be signed off over a row that its report does not tell.
   *
   * @param meta the onboarding as it was read
   * @param first what the row waits for
   * @param dependents looked at again if they were reached: they wait for the row now
   * @throws LostRaceException if the onboarding changed or another row was added meanwhile
   */
  public void add(
      Onboarding meta, AddedRow row, Outcome first, List<TaskKey> dependents, Actor actor) {
    String id = meta.id();
    TaskRecord untouched = TaskRecord.untouched(row.key());
    TaskRecord waiting = untouched.stated(first, items.now());
    Transaction change = new Transaction(id).task(untouched, waiting);
    Onboarding after = meta.withRow();
    outbox.ask(
        change,
        after,
        dependents.stream().map(key -> new Outbox.Look(key, Outbox.Look.Kind.TASK)).toList());
    if (!change.writesMeta()) {
      change.meta(onboardings.write(after, meta.version()));
    }
    change.with(Write.put(Partition.of(id), "ROW#" + row.task(), 0, Json.tree(row)));
    change.with(Tasks.attempt(id, stated(meta, waiting)));
    change.with(auditTrail.line(id, actor, "row.added", row.task(), row.title(), row.reason()));
    items.write(change.writes());
  }

  /**
   * Writes a person's statement about an added row, and its outcome: all or nothing.
   *
   * @param meta the onboarding as it was read and checked
   * @param before the row as it was read and checked
   * @throws LostRaceException if either changed meanwhile, or another person made a statement about
   *     it
   */
  public void state(
      Onboarding meta,
      TaskRecord before,
      Optional<Outcome> outcome,
      Optional<Answer> answer,
      Optional<Decision> decision,
      Actor actor,
      String what,
      String why) {
    String id = meta.id();
    Transaction change = new Transaction(id).over(onboardings.write(meta, meta.version()));
    outcome.ifPresentOrElse(
        result -> {
          TaskRecord after = before.stated(result, items.now());
          change.task(before, after);
          change.with(Tasks.attempt(id, stated(meta, after)));
        },
        () -> change.with(Tasks.asSeen(id, before)));
    answer.ifPresent(a -> change.with(Answers.write(id, a, a.version())));
    decision.ifPresent(d -> change.with(Decisions.write(id, d)));
    change.with(
        auditTrail.line(
            id,
            actor,
            what,
            before.key().toString(),
            outcome.map(Outcome::state).orElse(null),
            why));
    items.write(change.writes());
  }

  private Attempt stated(Onboarding meta, TaskRecord after) {
    return new Attempt(
        after.key(), after.attempts(), meta.run(), items.now(), items.now(), after.outcome());
  }
}
