package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.enterprise.NotedAddress;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import dev.slipway.systems.rest.ResourceApi.Resource;
import dev.slipway.task.Acceptance;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * People with a role on a tenant, as its hub has them. Whether a tenant's key may give a role is
 * unverified: what the hub refuses, or takes and leaves as it was, is left to a person. No password
 * is chosen for anybody: a user who is made here chooses one by "forgot password".
 *
 * <p>An intent is noted before a user is made, and the old role before it is changed; both by the
 * hash of the address.
 */
final class TenantUsers {
  /** The troubles after which a person gives the roles in the admin panel. */
  static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.REJECTED);

  private final Work work;
  private final MnoHub hub;
  private final List<Member> members;
  private final String field;

  /** A person who is to have a role. */
  record Member(String name, String surname, String email, String role) {
    /** From an entry of {@code tenant-admins}. */
    static Member of(JsonNode entry) {
      return new Member(
          entry.path("name").asText(),
          entry.path("surname").asText(),
          entry.path("email").asText(),
          entry.path("role").asText());
    }

    /** For people. */
    String shown() {
      return name + " " + surname + " <" + email + ">";
    }
  }

  /**
   * @param field the element that names them
   */
  TenantUsers(Work work, MnoHub hub, List<Member> members, String field) {
    this.work = work;
    this.hub = hub;
    this.members = List.copyOf(members);
    this.field = field;
  }

  /**
   * Makes the users that are missing, and gives each the role.
   *
   * @throws SystemTrouble of kind {@code NOT_PERMITTED} too if the hub leaves a role as it was
   */
  Finding ensure() {
    for (Member member : members) {
      Optional<Resource> known = hub.user(member.email());
      if (known.isEmpty()) {
        make(member);
      } else if (!hasRole(known.get(), member)) {
        work.remember(
            Note.Kind.PREVIOUS,
            "role:" + NotedAddress.of(member.email()),
            Json.tree(known.get().text(MnoHub.ROLE)));
        hub.changeRole(known.get(), member.role());
      }
    }
    List<String> without = without();
    if (!without.isEmpty()) {
      throw new SystemTrouble(
          MnoHub.SYSTEM,
          Kind.NOT_PERMITTED,
          "The hub took the role of %d user(s) with success, and left it as it was."
              .formatted(without.size()),
          "read-back of the users",
          hub.against(),
          "");
    }
    return new Finding(
        "GET, POST, PATCH users",
        hub.against(),
        "%d user(s) with their roles: %d made by this task, %d changed"
            .formatted(
                members.size(),
                noted(Note.Kind.INTENT, "user:"),
                noted(Note.Kind.PREVIOUS, "role:")));
  }

  private long noted(Note.Kind kind, String prefix) {
    return members.stream()
        .filter(
            member -> work.remembered(kind, prefix + NotedAddress.of(member.email())).isPresent())
        .count();
  }

  private void make(Member member) {
    work.remember(
        Note.Kind.INTENT, "user:" + NotedAddress.of(member.email()), Json.tree(work.now()));
    ObjectNode attributes = Json.MAPPER.createObjectNode();
    attributes
        .put("email", member.email())
        .put("name", member.name())
        .put("surname", member.surname())
        .put(MnoHub.ROLE, member.role());
    JsonApi.ensure(() -> hub.user(member.email()), () -> hub.createUser(attributes));
  }

  /** Looks whether each is there with the role. */
  Finding look() {
    List<String> without = without();
    if (!without.isEmpty()) {
      throw new UnmetRequirement(
          "mnohub.role-missing",
          MnoHub.SYSTEM,
          field,
          "The hub shows no such role of " + String.join(", ", without) + ".",
          "Give it in the admin panel under Settings, Staff; then say so again.");
    }
    return new Finding(
        "GET users", hub.against(), "%d user(s), each with the role".formatted(members.size()));
  }

  private List<String> without() {
    return members.stream()
        .filter(member -> hub.user(member.email()).filter(user -> hasRole(user, member)).isEmpty())
        .map(member -> member.shown() + " (" + member.role() + ")")
        .toList();
  }

  private static boolean hasRole(Resource user, Member member) {
    return user.text(MnoHub.ROLE).equals(member.role());
  }

  /**
   * Who of them has confirmed the address and signed in.
   *
   * @param since when; the beginning of time for whenever
   */
  Acceptance signedIn(Instant since) {
    List<String> times = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Member member : members) {
      Optional<Instant> signedIn =
          hub.user(member.email())
              .filter(user -> !user.text("confirmed_at").isEmpty())
              .map(user -> user.text("last_sign_in_at"))
              .filter(text -> !text.isEmpty())
              .map(TenantUsers::time)
              .filter(at -> !at.isBefore(since));
      signedIn.ifPresentOrElse(
          at -> times.add(member.shown() + ": " + at), () -> missing.add(member.shown()));
    }
    return new Acceptance(
        new Finding(
            "confirmed_at, last_sign_in_at",
            hub.against(),
            times.isEmpty() ? "nobody" : String.join("; ", times)),
        missing);
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new SystemTrouble(
          MnoHub.SYSTEM,
          Kind.NOT_UNDERSTOOD,
          "The hub tells a time in a form that is not ISO 8601.",
          "last_sign_in_at",
          "",
          "");
    }
  }

  /** The other users of the tenant who have a role. */
  List<Resource> others(Set<String> known) {
    return hub.users().stream()
        .filter(user -> !user.text(MnoHub.ROLE).isEmpty())
        .filter(user -> known.stream().noneMatch(user.text("email")::equalsIgnoreCase))
        .toList();
  }

  /** Gives old roles back, and removes users who were made here and never signed in. */
  Finding putBack() {
    List<String> done = new ArrayList<>();
    for (Member member : members) {
      String noted = NotedAddress.of(member.email());
      Optional<Resource> user = hub.user(member.email());
      if (user.isEmpty()) {
        continue;
      }
      Optional<JsonNode> previous = work.remembered(Note.Kind.PREVIOUS, "role:" + noted);
      if (work.remembered(Note.Kind.INTENT, "user:" + noted).isPresent()) {
        if (user.get().text("last_sign_in_at").isEmpty()) {
          hub.deleteUser(user.get());
          done.add("user " + user.get().id() + " is removed");
        } else {
          requireRole(user.get(), "");
          done.add("user " + user.get().id() + " has signed in, stays, and has no role any more");
        }
      } else if (previous.isPresent()) {
        requireRole(user.get(), previous.get().asText());
        done.add("user " + user.get().id() + " has the old role");
      }
    }
    return new Finding(
        "put back",
        hub.against(),
        done.isEmpty() ? "nothing had been changed by machine" : String.join("; ", done));
  }

  private void requireRole(Resource user, String role) {
    if (!user.text(MnoHub.ROLE).equals(role)
        && !hub.changeRole(user, role).text(MnoHub.ROLE).equals(role)) {
      throw new UnmetRequirement(
          "mnohub.role-refused",
          MnoHub.SYSTEM,
          field,
          "The hub left the role of the user " + user.id() + " as it was.",
          "Change it in the admin panel under Settings, Staff; then retry.");
    }
  }
}
