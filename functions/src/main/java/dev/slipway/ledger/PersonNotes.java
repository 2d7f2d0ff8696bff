package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The notes that people write about tasks, and who is blocked: {@code SK = POSTED#<ulid> |
 * STUCK#<task>#<step>#<person>}. Both are personal, and no line of the audit trail repeats a text.
 */
public final class PersonNotes {
  private static final String PREFIX = "POSTED#";

  private final Items items;
  private final AuditTrail auditTrail;

  /** In the table. */
  public PersonNotes(Items items) {
    this.items = items;
    this.auditTrail = new AuditTrail(items);
  }

  /** A note by its id. */
  public Optional<PersonNote> find(String onboarding, String id) {
    return items.get(Partition.of(onboarding), PREFIX + id, PersonNote.class);
  }

  /** The newest first, at most {@code limit}, from before the note {@code before} (or null). */
  public List<PersonNote> latest(String onboarding, String before, int limit) {
    return items.page(
        Partition.of(onboarding),
        PREFIX,
        before == null ? null : PREFIX + before,
        limit,
        true,
        PersonNote.class);
  }

  /** What the person is blocked by at what a task asks. */
  public Optional<Blocked> blocked(String onboarding, TaskKey key, String step, Identity who) {
    return items.get(Partition.of(onboarding), Blocked.sort(key, step, who), Blocked.class);
  }

  /**
   * Posts a note.
   *
   * @param meta the onboarding as it was read: it must not have ended meanwhile
   * @return the note as it is kept
   * @throws LostRaceException if the onboarding changed
   */
  public PersonNote post(Onboarding meta, TaskKey key, String step, String text, Actor actor) {
    PersonNote note = note(key, step, text, null, actor);
    items.write(List.of(seen(meta), put(meta.id(), note), line(meta, note, actor, "note.posted")));
    return note;
  }

  /**
   * Posts a note by which a person is blocked.
   *
   * @param asking the task as it was read, asking for the step
   * @return who is blocked, since when and why
   * @throws LostRaceException if the onboarding or the task changed, or, with a message that begins
   *     as {@link #isAboutBlocked} says, if the person is blocked there already
   */
  public Blocked block(
      Onboarding meta, TaskRecord asking, String step, String text, Actor actor, Identity who) {
    String sort = Blocked.sort(asking.key(), step, who);
    PersonNote note = note(asking.key(), step.isEmpty() ? null : step, text, sort, actor);
    Blocked blocked =
        new Blocked(asking.key(), step, 0, note.id(), note.by(), who, note.at(), text);
    items.write(
        List.of(
            seen(meta),
            Tasks.asSeen(meta.id(), asking),
            Write.put(Partition.of(meta.id()), sort, 0, Json.tree(blocked))
                .indexed(OpenWork.blockedIndex(note.at())),
            put(meta.id(), note),
            line(meta, note, actor, "task.blocked")));
    return blocked;
  }

  /** Whether a lost race was against the same person's own word. */
  public static boolean isAboutBlocked(LostRaceException lost) {
    return lost.getMessage().startsWith(Blocked.PREFIX);
  }

  /**
   * Settles what a note says: the person is blocked no longer.
   *
   * @return the note as it is kept
   * @throws LostRaceException if another person settled it meanwhile
   */
  public PersonNote settle(String onboarding, PersonNote open, String text, Actor actor) {
    PersonNote settled = open.with(new PersonNote.Settled(actor.name(), items.now(), text));
    List<Write> writes = new ArrayList<>();
    writes.add(
        Write.put(
            Partition.of(onboarding), PREFIX + open.id(), open.version(), Json.tree(settled)));
    items
        .get(Partition.of(onboarding), open.blocking(), Blocked.class)
        .filter(blocked -> blocked.note().equals(open.id()))
        .ifPresent(
            blocked ->
                writes.add(
                    Write.put(
                            Partition.of(onboarding),
                            blocked.sort(),
                            blocked.version(),
                            Json.tree(blocked))
                        .expiring(items.now())));
    writes.add(
        auditTrail.line(
            onboarding, actor, "note.settled", open.key().toString(), open.step(), null));
    items.write(writes);
    return settled;
  }

  private PersonNote note(TaskKey key, String step, String text, String blocking, Actor actor) {
    return new PersonNote(
        items.newUlid(items.now()),
        0,
        key,
        step,
        actor.name(),
        actor.role(),
        items.now(),
        text,
        blocking,
        null);
  }

  private static Write seen(Onboarding meta) {
    return Write.check(Partition.of(meta.id()), Partition.META, meta.version());
  }

  private static Write put(String onboarding, PersonNote note) {
    return Write.put(Partition.of(onboarding), PREFIX + note.id(), 0, Json.tree(note));
  }

  private Write line(Onboarding meta, PersonNote note, Actor actor, String what) {
    return auditTrail.line(meta.id(), actor, what, note.key().toString(), note.step(), null);
  }
}
