package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The audit trail: who did which thing when, in the order in which it happened; {@code SK =
 * EVENT#<ulid>}. A change's line is written in the change's own transaction.
 *
 * <pre>{@code
 * auditTrail.record(onboarding, actor, "file.kept", sha256, name, null);
 * }</pre>
 */
public final class AuditTrail {
  /** How many tasks a line of the audit trail names. */
  private static final int MOST_NAMED = 20;

  /** More than are written while clocks differ. */
  private static final int MARKED = 25;

  private final Items items;

  /** In the table. */
  public AuditTrail(Items items) {
    this.items = items;
  }

  /** Events in their order, at most {@code limit}, from after the event {@code after} (or null). */
  public List<Event> events(String onboarding, String after, int limit) {
    return page(onboarding, after, limit, false);
  }

  /** The newest first, at most {@code limit}, from before the event {@code before} (or null). */
  public List<Event> latest(String onboarding, String before, int limit) {
    return page(onboarding, before, limit, true);
  }

  /**
   * A mark of the newest events, which moves with each that is written. It holds several, for the
   * clocks of two functions differ: an event that is written later may stand before the newest one.
   */
  public String mark(String onboarding) {
    return Json.hash(Json.tree(latest(onboarding, null, MARKED).stream().map(Event::id).toList()));
  }

  private List<Event> page(String onboarding, String from, int limit, boolean newestFirst) {
    return items.page(
        Partition.of(onboarding),
        "EVENT#",
        from == null ? null : "EVENT#" + from,
        limit,
        newestFirst,
        Event.class);
  }

  /** Adds a line to the audit trail by itself. */
  public void record(
      String onboarding, Actor actor, String what, String subject, String detail, String why) {
    items.write(List.of(line(onboarding, actor, what, subject, detail, why)));
  }

  Write line(
      String onboarding, Actor actor, String what, String subject, String detail, String why) {
    Instant now = items.now();
    Event event =
        new Event(items.newUlid(now), now, actor.name(), actor.role(), what, subject, detail, why);
    return Write.put(Partition.of(onboarding), "EVENT#" + event.id(), 0, Json.tree(event));
  }

  static String named(List<TaskKey> tasks) {
    String first =
        tasks.stream().limit(MOST_NAMED).map(TaskKey::toString).collect(Collectors.joining(", "));
    return tasks.size() <= MOST_NAMED
        ? first
        : first + " and " + (tasks.size() - MOST_NAMED) + " more";
  }
}
