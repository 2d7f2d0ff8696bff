package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Looks after go-live: their schedule, what they found, and the addenda to the signed report;
 * {@code SK = LOOKS | LOOKED#<task>[@<instance>] | ADDENDUM#<number> | ADDENDUMTEXT#<number>}. They
 * touch nothing that was signed.
 */
public final class Looks {
  private final Items items;
  private final AuditTrail auditTrail;

  /** In the table. */
  public Looks(Items items) {
    this.items = items;
    this.auditTrail = new AuditTrail(items);
  }

  /** The compressed bytes of an addendum. */
  record Content(String base64) {}

  /** When it is looked at again; empty while nobody has chosen. */
  public Optional<LookSchedule> schedule(String onboarding) {
    return items.get(Partition.of(onboarding), Partition.LOOKS, LookSchedule.class);
  }

  /**
   * Writes a schedule over the version that was read.
   *
   * @param what happened, for the audit trail
   * @throws LostRaceException if another call did meanwhile
   */
  public void save(
      String onboarding, LookSchedule schedule, Actor actor, String what, String detail) {
    items.write(
        List.of(
            write(onboarding, schedule),
            auditTrail.line(onboarding, actor, what, null, detail, null)));
  }

  /** All that looks found so far, row by row. */
  public List<LookedAt> looked(String onboarding) {
    return items.list(Partition.of(onboarding), Partition.LOOKED, LookedAt.class);
  }

  /** What looks found of one row; untouched before the first. */
  public LookedAt looked(String onboarding, TaskKey key) {
    return items
        .get(Partition.of(onboarding), Partition.LOOKED + key, LookedAt.class)
        .orElseGet(() -> LookedAt.untouched(key));
  }

  /**
   * Writes what a look found over the version that was read.
   *
   * @throws LostRaceException if another call did meanwhile
   */
  public void save(String onboarding, LookedAt looked) {
    items.write(
        List.of(
            Write.put(
                    Partition.of(onboarding),
                    Partition.LOOKED + looked.key(),
                    looked.version(),
                    Json.tree(looked))
                .indexed(looked.signalAt() == null ? Map.of() : Signals.index(looked.signalAt()))));
  }

  /**
   * Ends a look with its addendum: all or nothing, and once.
   *
   * @param compressed the addendum's content
   * @throws LostRaceException if another call ended it, or the schedule was changed meanwhile
   */
  public void conclude(
      String onboarding, LookSchedule under, AddendumInfo info, byte[] compressed, Actor actor) {
    List<Write> writes = new ArrayList<>();
    writes.add(write(onboarding, under.rests()));
    writes.add(write(onboarding, info));
    writes.add(
        Write.put(
            Partition.of(onboarding),
            text(info.number()),
            0,
            Json.tree(new Content(Base64.getEncoder().encodeToString(compressed)))));
    writes.add(
        auditTrail.line(onboarding, actor, "look.ended", null, "addendum " + info.number(), null));
    items.write(writes);
  }

  /** The addenda, the oldest first. */
  public List<AddendumInfo> addenda(String onboarding) {
    return items.list(Partition.of(onboarding), AddendumInfo.PREFIX, AddendumInfo.class);
  }

  /** One addendum, by its number. */
  public Optional<AddendumInfo> addendum(String onboarding, int number) {
    return items.get(Partition.of(onboarding), sort(number), AddendumInfo.class);
  }

  /** The compressed content of an addendum. */
  public Optional<byte[]> content(String onboarding, int number) {
    return items
        .get(Partition.of(onboarding), text(number), Content.class)
        .map(content -> Base64.getDecoder().decode(content.base64()));
  }

  /**
   * Notes that an addendum was told.
   *
   * @throws LostRaceException if another call did meanwhile
   */
  public void told(String onboarding, AddendumInfo info) {
    items.write(List.of(write(onboarding, info.told(items.now()))));
  }

  private static Write write(String onboarding, LookSchedule schedule) {
    return Write.put(
            Partition.of(onboarding), Partition.LOOKS, schedule.version(), Json.tree(schedule))
        .indexed(schedule.signalAt() == null ? Map.of() : Signals.index(schedule.signalAt()));
  }

  private static Write write(String onboarding, AddendumInfo info) {
    boolean isToTell = info.isNews() && info.toldAt() == null;
    return Write.put(Partition.of(onboarding), sort(info.number()), info.version(), Json.tree(info))
        .indexed(isToTell ? OpenWork.addendumIndex(info.endedAt()) : Map.of());
  }

  private static String sort(int number) {
    return AddendumInfo.PREFIX + padded(number);
  }

  private static String text(int number) {
    return "ADDENDUMTEXT#" + padded(number);
  }

  private static String padded(int number) {
    return String.format(Locale.ROOT, "%06d", number);
  }
}
