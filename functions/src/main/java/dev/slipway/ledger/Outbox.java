package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tasks that are still to be asked to look again, where there are more of them than a transaction
 * takes: {@code SK = OUTBOX#<ulid>}. The first ones are asked by the transaction of the change that
 * concerns them; the others stand in an item which the same transaction writes, and which Wake
 * works off. Each further chunk is one transaction with the note of the remaining tasks, so that a
 * crash in between loses none and asks none twice.
 */
public final class Outbox {
  /** A transaction takes 100 writes. Fewer of them meet fewer others. */
  static final int AT_ONCE = 25;

  /** Of 4 MB, which a transaction takes. */
  private static final int LARGEST = 3_000_000;

  /** Some 100 bytes each, of 400 KB, which an item takes. */
  private static final int MOST_IN_AN_ITEM = 1000;

  private static final int TRIES = 20;

  private final Items items;
  private final Onboardings onboardings;
  private final Tasks taskRecords;

  /** In the table. */
  public Outbox(Items items) {
    this.items = items;
    this.onboardings = new Onboardings(items);
    this.taskRecords = new Tasks(items);
  }

  /** A task that is to be asked. */
  record Look(TaskKey key, Kind kind) {
    enum Kind {
      /** A section's gate: one that was not reached yet, or let its section pass, is left alone. */
      GATE,
      /** A task: one that was not reached yet is left alone. */
      TASK,
      /**
       * A task that rests on another one that is asked. One that waits for other tasks is left
       * alone, too: Wake asks it when they are final, and it looks at all of them then.
       */
      RESTING,
      /** Whether a task that is done still holds: one that is open again is left alone. */
      VERIFICATION
    }

    /** The task as it shall be; empty if it is left alone. */
    Optional<TaskRecord> at(TaskRecord task, Instant now) {
      return switch (kind) {
        case GATE ->
            looksLaterAnyway(task) || task.isSettledFinally()
                ? Optional.empty()
                : Optional.of(task.request(false, now));
        case TASK, RESTING ->
            looksLaterAnyway(task) ? Optional.empty() : Optional.of(task.request(false, now));
        case VERIFICATION ->
            task.isSettledFinally() ? Optional.of(task.requestVerification(now)) : Optional.empty();
      };
    }

    /** Whether the task looks later without being asked, and then at the new values. */
    boolean looksLaterAnyway(TaskRecord task) {
      return switch (kind) {
        case GATE, TASK -> task.version() == 0;
        case RESTING -> task.version() == 0 || task.isLeftToOtherTasks();
        case VERIFICATION -> false;
      };
    }
  }

  /**
   * The remaining tasks of an order to look again.
   *
   * @param outruns the run that has left one of the tasks behind that were asked before; 0: none
   */
  record Order(String id, long version, List<Look> looks, int outruns) {}

  /** Whether tasks are still to be asked: until then they rest on what was before. */
  public boolean isPending(String onboarding) {
    return !orders(onboarding).isEmpty();
  }

  private List<Order> orders(String onboarding) {
    return items.list(Partition.of(onboarding), Partition.OUTBOX, Order.class);
  }

  /** As below, with another run only where a task needs it. */
  List<TaskKey> ask(Transaction change, Onboarding meta, List<Look> looks) {
    return ask(change, meta, looks, false);
  }

  /**
   * Asks tasks to look again, with the change that is the reason for it. A task that is left alone
   * because it was not reached yet, or waits for others, must still be so when the change is
   * written: then it will read the new values.
   *
   * @param outrunsAnyway whether another run has to take over, for any tasks
   * @return those that are asked, now or by Wake
   */
  List<TaskKey> ask(Transaction change, Onboarding meta, List<Look> looks, boolean outrunsAnyway) {
    Map<TaskKey, TaskRecord> tasks =
        taskRecords.of(meta.id(), looks.stream().map(Look::key).toList());
    List<Look> chunk = chunk(looks, tasks);
    chunk.stream()
        .filter(look -> look.looksLaterAnyway(tasks.get(look.key())))
        .map(look -> tasks.get(look.key()))
        .map(task -> Write.check(Partition.of(meta.id()), "TASK#" + task.key(), task.version()))
        .forEach(change::with);
    int added = add(change, meta, chunk, tasks);
    int outruns = outrunsAnyway && meta.isUnderWay() ? meta.run() : added;
    List<Look> rest = looks.subList(chunk.size(), looks.size());
    if (rest.isEmpty()) {
      outrun(change, meta, outruns);
    }
    for (int from = 0; from < rest.size(); from += MOST_IN_AN_ITEM) {
      change.with(
          write(
              meta.id(),
              new Order(
                  items.newUlid(items.now()),
                  0,
                  rest.subList(from, Math.min(rest.size(), from + MOST_IN_AN_ITEM)),
                  outruns)));
    }
    return looks.stream()
        .filter(look -> look.at(tasks.get(look.key()), items.now()).isPresent())
        .map(Look::key)
        .toList();
  }

  /** Works an order off; one that is worked off already is no error. */
  public void workOff(String onboarding, String id) {
    int lost = 0;
    Optional<Order> order = order(onboarding, id);
    while (order.isPresent()) {
      try {
        next(onboardings.find(onboarding).orElseThrow(), order.get());
      } catch (LostRaceException e) {
        // A task or the onboarding moved on, or another call works it off, too: look again.
        if (++lost == TRIES) {
          throw e;
        }
      }
      order = order(onboarding, id);
    }
  }

  private Optional<Order> order(String onboarding, String id) {
    return items.get(Partition.of(onboarding), Partition.OUTBOX + id, Order.class);
  }

  private void next(Onboarding meta, Order order) {
    Transaction change = new Transaction(meta.id());
    // Of one that has ended nothing is looked at any more.
    List<Look> looks = meta.hasEnded() ? List.of() : order.looks();
    Map<TaskKey, TaskRecord> tasks =
        taskRecords.of(
            meta.id(),
            looks.subList(0, Math.min(looks.size(), AT_ONCE)).stream().map(Look::key).toList());
    List<Look> chunk = chunk(looks, tasks);
    int outruns = Math.max(order.outruns(), add(change, meta, chunk, tasks));
    List<Look> rest = looks.subList(chunk.size(), looks.size());
    change.with(write(meta.id(), new Order(order.id(), order.version(), rest, outruns)));
    if (rest.isEmpty() && !meta.hasEnded()) {
      outrun(change, meta, outruns);
    }
    items.write(change.writes());
  }

  /** As many of the first ones as fit. */
  private static List<Look> chunk(List<Look> looks, Map<TaskKey, TaskRecord> tasks) {
    int size = 0;
    int characters = 0;
    while (size < looks.size() && size < AT_ONCE) {
      characters += Json.tree(tasks.get(looks.get(size).key())).toString().length();
      if (characters > LARGEST && size > 0) {
        break;
      }
      size++;
    }
    return looks.subList(0, size);
  }

  private int add(
      Transaction change, Onboarding meta, List<Look> chunk, Map<TaskKey, TaskRecord> tasks) {
    int outruns = 0;
    for (Look look : chunk) {
      TaskRecord before = tasks.get(look.key());
      Optional<TaskRecord> after = look.at(before, items.now());
      if (after.isPresent()) {
        change.task(before, after.get());
        outruns = before.isLeftBehind(meta.run()) ? meta.run() : outruns;
      }
    }
    return outruns;
  }

  /** At the end, so that the run that takes over comes past each of the tasks. */
  private void outrun(Transaction change, Onboarding meta, int outruns) {
    if (outruns == meta.run() && outruns > 0 && !meta.stale()) {
      change.meta(onboardings.write(meta.outrun(), meta.version()));
    }
  }

  /** One of which nothing is left is gone; TTL deletes it, for nobody here may. */
  private Write write(String onboarding, Order order) {
    Write write =
        Write.put(
            Partition.of(onboarding),
            Partition.OUTBOX + order.id(),
            order.version(),
            Json.tree(order));
    return order.looks().isEmpty()
        ? write.expiring(items.now())
        : write.indexed(Signals.index(items.now()));
  }
}
