package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The access of guests: {@code SK = GRANT#<ulid>}. */
public final class Grants {
  private static final String PREFIX = "GRANT#";

  private final Items items;
  private final AuditTrail auditTrail;

  /** In the table. */
  public Grants(Items items) {
    this.items = items;
    this.auditTrail = new AuditTrail(items);
  }

  /** All grants, oldest first. */
  public List<Grant> of(String onboarding) {
    return items.list(Partition.of(onboarding), PREFIX, Grant.class);
  }

  /** A grant. */
  public Optional<Grant> find(String onboarding, String id) {
    return items.get(Partition.of(onboarding), PREFIX + id, Grant.class);
  }

  /**
   * Grants access. The onboarding is written as well, so that of two who grant at once the second
   * one is counted against the first.
   *
   * @throws LostRaceException if the onboarding changed since it was read
   */
  public Grant grant(
      Onboarding meta,
      String name,
      String email,
      Grant.About about,
      Party party,
      String secretHash,
      Instant expiresAt,
      Actor actor) {
    Grant grant =
        new Grant(
            items.newUlid(items.now()),
            0,
            name,
            email,
            about,
            party,
            secretHash,
            actor.name(),
            items.now(),
            expiresAt,
            null,
            List.of(),
            0,
            null,
            null,
            null);
    items.write(
        List.of(
            new Onboardings(items).write(meta, meta.version()),
            write(meta.id(), grant),
            auditTrail.line(meta.id(), actor, "guest.granted", about.subject(), name, null)));
    return grant;
  }

  /**
   * Writes a grant over the version that was read.
   *
   * @throws LostRaceException if another call wrote it meanwhile
   */
  public void save(String onboarding, Grant grant, Actor actor, String what, String why) {
    items.write(
        List.of(
            write(onboarding, grant),
            auditTrail.line(onboarding, actor, what, grant.about().subject(), grant.name(), why)));
  }

  private static Write write(String onboarding, Grant grant) {
    return Write.put(
        Partition.of(onboarding), PREFIX + grant.id(), grant.version(), Json.tree(grant));
  }
}
