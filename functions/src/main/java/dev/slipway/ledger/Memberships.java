package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who came into onboardings by invitations: {@code SK = INVITE#<ulid> | MEMBER#<account>}, and for
 * each account {@code PK = PERSON#<account>, SK = MEMBER} with the onboardings that it sees, which
 * names nobody.
 */
public final class Memberships {
  private static final String INVITE = "INVITE#";
  private static final String MEMBER = "MEMBER#";

  private final Items items;
  private final AuditTrail auditTrail;

  /** In the table. */
  public Memberships(Items items) {
    this.items = items;
    this.auditTrail = new AuditTrail(items);
  }

  /** The onboardings that an account sees. */
  record Seen(long version, List<String> onboardings) {}

  /** Names an account by its issuer and its subject there, which may hold any character. */
  public static String account(String issuer, String subject) {
    return Json.hash(Json.tree(Map.of("issuer", issuer, "subject", subject))).substring(0, 32);
  }

  /** The onboardings that an account sees by its memberships. */
  public Set<String> of(String account) {
    return new TreeSet<>(seen(account).onboardings());
  }

  private Seen seen(String account) {
    return items
        .get("PERSON#" + account, "MEMBER", Seen.class)
        .orElseGet(() -> new Seen(0, List.of()));
  }

  /** All who came into an onboarding, also those who are members no longer. */
  public List<Member> members(String onboarding) {
    return items.list(Partition.of(onboarding), MEMBER, Member.class);
  }

  /** A member. */
  public Optional<Member> member(String onboarding, String account) {
    return items.get(Partition.of(onboarding), MEMBER + account, Member.class);
  }

  /** All invitations, oldest first. */
  public List<Invitation> invitations(String onboarding) {
    return items.list(Partition.of(onboarding), INVITE, Invitation.class);
  }

  /** An invitation. */
  public Optional<Invitation> invitation(String onboarding, String id) {
    return items.get(Partition.of(onboarding), INVITE + id, Invitation.class);
  }

  /**
   * Invites a person. The onboarding is written as well, so that of two who invite at once the
   * second one is counted against the first.
   *
   * @param replaced open invitations of the same address, whose place it takes
   * @throws LostRaceException if the onboarding or one of those changed since it was read
   */
  public Invitation invite(
      Onboarding meta,
      String name,
      String email,
      String role,
      String secretHash,
      Instant expiresAt,
      List<Invitation> replaced,
      Actor actor) {
    Invitation invitation =
        new Invitation(
            items.newUlid(items.now()),
            0,
            name,
            email,
            role,
            secretHash,
            actor.name(),
            items.now(),
            expiresAt,
            Invitation.State.OPEN,
            null);
    List<Write> writes = new ArrayList<>();
    writes.add(new Onboardings(items).write(meta, meta.version()));
    replaced.forEach(each -> writes.add(write(meta.id(), each.ended())));
    writes.add(write(meta.id(), invitation));
    writes.add(auditTrail.line(meta.id(), actor, "people.invited", null, name, null));
    items.write(writes);
    return invitation;
  }

  /**
   * Makes whoever redeems an invitation a member: all or nothing.
   *
   * @param meta the onboarding as it was read: it must not have ended meanwhile
   * @param account of the person
   * @throws LostRaceException if any of it changed meanwhile
   */
  public Member redeem(Onboarding meta, Invitation invitation, String account, Actor person) {
    Member before = member(meta.id(), account).orElse(null);
    Member member =
        new Member(
            account,
            before == null ? 0 : before.version(),
            person.name(),
            invitation.name(),
            invitation.email(),
            invitation.role(),
            invitation.invitedBy(),
            items.now(),
            null,
            null);
    Seen seen = seen(account);
    Set<String> onboardings = new TreeSet<>(seen.onboardings());
    onboardings.add(meta.id());
    items.write(
        List.of(
            Write.check(Partition.of(meta.id()), Partition.META, meta.version()),
            write(meta.id(), invitation.redeemedBy(account)),
            write(meta.id(), member),
            write(account, seen, onboardings),
            auditTrail.line(meta.id(), person, "people.joined", null, invitation.name(), null)));
    return member;
  }

  /**
   * Ends a membership.
   *
   * @throws LostRaceException if it was changed meanwhile
   */
  public Member end(String onboarding, Member member, Actor actor, String why) {
    Member ended = member.ended(actor.name(), items.now());
    List<Write> writes = new ArrayList<>();
    writes.add(write(onboarding, ended));
    writes.add(without(member.account(), onboarding));
    writes.add(auditTrail.line(onboarding, actor, "people.ended", null, member.person(), why));
    items.write(writes);
    return ended;
  }

  /**
   * Ends an invitation.
   *
   * @throws LostRaceException if it was changed meanwhile
   */
  public Invitation end(String onboarding, Invitation invitation, Actor actor, String why) {
    Invitation ended = invitation.ended();
    items.write(
        List.of(
            write(onboarding, ended),
            auditTrail.line(
                onboarding, actor, "people.invitation-ended", null, invitation.name(), why)));
    return ended;
  }

  /** Takes an onboarding from all accounts that see it by a membership. */
  public void forget(String onboarding) {
    for (Member member : members(onboarding)) {
      if (of(member.account()).contains(onboarding)) {
        items.write(List.of(without(member.account(), onboarding)));
      }
    }
  }

  private Write without(String account, String onboarding) {
    Seen seen = seen(account);
    Set<String> left = new TreeSet<>(seen.onboardings());
    left.remove(onboarding);
    Write write = write(account, seen, left);
    return left.isEmpty() ? write.expiring(items.now()) : write;
  }

  private static Write write(String account, Seen before, Set<String> onboardings) {
    return Write.put(
        "PERSON#" + account,
        "MEMBER",
        before.version(),
        Json.tree(new Seen(before.version(), List.copyOf(onboardings))));
  }

  private static Write write(String onboarding, Invitation invitation) {
    return Write.put(
        Partition.of(onboarding),
        INVITE + invitation.id(),
        invitation.version(),
        Json.tree(invitation));
  }

  private static Write write(String onboarding, Member member) {
    return Write.put(
        Partition.of(onboarding), MEMBER + member.account(), member.version(), Json.tree(member));
  }
}
