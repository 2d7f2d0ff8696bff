package dev.slipway.enterprise.infrastructure;

import static dev.slipway.enterprise.infrastructure.ProvisionAccount.INFRASTRUCTURE;
import static dev.slipway.enterprise.infrastructure.ProvisionAccount.USERS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.NotedAddress;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.aws.AwsSession;
import dev.slipway.systems.aws.IdentityCenter;
import dev.slipway.systems.aws.IdentityCenter.Membership;
import dev.slipway.systems.aws.IdentityCenter.Person;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The users of an environment's AWS account, in IAM Identity Center: two groups of the environment,
 * each with a permission set in the account. Before a user, a group or a membership is made, an
 * intent is noted, so that only what this task made is removed again.
 */
final class AwsUsers {
  private static final String SYSTEM = "aws";
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** A role of the element, with its group and what the group may do. */
  private enum Role {
    ADMIN("admins", "AdministratorAccess", "administrator(s)"),
    USER("users", "ReadOnlyAccess", "simple user(s)");

    private final String group;
    private final String permissionSet;
    private final String people;

    Role(String group, String permissionSet, String people) {
      this.group = group;
      this.permissionSet = permissionSet;
      this.people = people;
    }
  }

  private final Work work;
  private final AwsSession session;
  private final String environment;
  private final String account;

  /**
   * @param session of the organization's management account, where Identity Center is
   * @param account the account that the users work in
   */
  AwsUsers(Work work, AwsSession session, String environment, String account) {
    this.work = work;
    this.session = session;
    this.environment = environment;
    this.account = account;
  }

  /** Makes the users, groups and rights that are missing. */
  Finding ensure() {
    IdentityCenter center = center();
    List<String> seen = new ArrayList<>();
    for (Role role : Role.values()) {
      List<Person> people = people(role);
      String name = group(role);
      if (people.isEmpty() && center.group(name).isEmpty()) {
        continue;
      }
      String group = ensureGroup(center, name);
      Map<String, Membership> members = members(center, group);
      for (Person person : people) {
        String user = ensureUser(center, person);
        if (members.remove(user) == null) {
          intend("member:" + name + ":" + user);
          center.join(group, user);
        }
      }
      // Of a person who is not named any more, or whose role has changed.
      members
          .values()
          .removeIf(
              other -> {
                boolean ours = isIntended("member:" + name + ":" + other.user());
                if (ours) {
                  center.leave(other);
                }
                return ours;
              });
      requireNobodyElse(name, members);
      ensureAssigned(center, group, name, role);
      seen.add(people.size() + " " + role.people + " in " + name + ", " + role.permissionSet);
    }
    return new Finding("identitystore, sso-admin", center.against(), String.join("; ", seen));
  }

  /** Looks whether all is there and nobody else. */
  Finding look() {
    IdentityCenter center = center();
    List<String> seen = new ArrayList<>();
    for (Role role : Role.values()) {
      List<Person> people = people(role);
      String name = group(role);
      Optional<String> group = center.group(name);
      if (group.isEmpty()) {
        if (!people.isEmpty()) {
          throw missing("The group " + name + " is not there.");
        }
        continue;
      }
      Map<String, Membership> members = members(center, group.get());
      long absent =
          people.stream()
              .filter(person -> center.user(person.email()).map(members::remove).isEmpty())
              .count();
      if (absent > 0) {
        throw missing(absent + " of the people named are not in the group " + name + ".");
      }
      requireNobodyElse(name, members);
      if (!center.isAssigned(account, permissionSet(center, role), group.get())) {
        throw missing("The group " + name + " has no rights in the account.");
      }
      seen.add(people.size() + " " + role.people + " in " + name + ", " + role.permissionSet);
    }
    return new Finding("identitystore, sso-admin", center.against(), String.join("; ", seen));
  }

  /** Removes what this task made; answers what was removed. */
  List<String> remove() {
    List<String> removed = new ArrayList<>();
    Optional<IdentityCenter> found = IdentityCenter.in(session, region());
    if (found.isEmpty()) {
      return removed;
    }
    IdentityCenter center = found.get();
    for (Role role : Role.values()) {
      String name = group(role);
      center.group(name).ifPresent(group -> removed.addAll(remove(center, role, name, group)));
      for (Person person : people(role)) {
        Optional<String> user =
            center
                .user(person.email())
                .filter(id -> isIntended("user:" + NotedAddress.of(person.email())));
        user.ifPresent(
            id -> {
              center.deleteUser(id);
              removed.add("user " + id);
            });
      }
    }
    return removed;
  }

  private List<String> remove(IdentityCenter center, Role role, String name, String group) {
    List<String> removed = new ArrayList<>();
    if (isIntended("assignment:" + name)) {
      String set = permissionSet(center, role);
      if (center.isAssigned(account, set, group)) {
        center.unassign(account, set, group);
        removed.add("assignment of " + name);
      }
    }
    for (Membership membership : center.members(group)) {
      if (isIntended("member:" + name + ":" + membership.user())) {
        center.leave(membership);
      }
    }
    if (isIntended("group:" + name) && center.members(group).isEmpty()) {
      center.deleteGroup(group);
      removed.add("group " + name);
    }
    return removed;
  }

  private IdentityCenter center() {
    return IdentityCenter.in(session, region())
        .orElseThrow(
            () -> {
              String message = "IAM Identity Center is not there in " + region() + ".";
              return work.element(INFRASTRUCTURE).path("account").asText().equals("new")
                  ? new UnmetRequirement(
                      "aws.sso-missing",
                      SYSTEM,
                      INFRASTRUCTURE,
                      message,
                      "Switch IAM Identity Center on in the organization's management account, or"
                          + " give its region as identityRegion; then retry.")
                  // An account within an organization does not see the organization's.
                  : new SystemTrouble(
                      SYSTEM, Kind.NOT_FOUND, message, "sso:ListInstances", "AWS", "none");
            });
  }

  private String region() {
    JsonNode infrastructure = work.element(INFRASTRUCTURE);
    return infrastructure
        .path("identityRegion")
        .asText(infrastructure.path(environment).path("region").asText());
  }

  private String ensureGroup(IdentityCenter center, String name) {
    return center
        .group(name)
        .orElseGet(
            () -> {
              intend("group:" + name);
              return center.ensureGroup(name, "Made by Slipway for " + work.onboarding());
            });
  }

  private String ensureUser(IdentityCenter center, Person person) {
    return center
        .user(person.email())
        .orElseGet(
            () -> {
              intend("user:" + NotedAddress.of(person.email()));
              return center.ensureUser(person);
            });
  }

  private void ensureAssigned(IdentityCenter center, String group, String name, Role role) {
    String set = permissionSet(center, role);
    if (center.isAssigned(account, set, group)) {
      return;
    }
    intend("assignment:" + name);
    Optional<String> failure = center.assign(account, set, group);
    if (failure.isPresent()) {
      throw new UnmetRequirement(
          "aws.assignment-failed",
          SYSTEM,
          USERS,
          "AWS could not give the group " + name + " its rights: " + failure.get(),
          "Mend it in IAM Identity Center; then retry.");
    }
    if (!center.isAssigned(account, set, group)) {
      work.waitUntil(work.now().plus(PAUSE), "AWS is giving the group " + name + " its rights.");
    }
  }

  private static String permissionSet(IdentityCenter center, Role role) {
    return center
        .permissionSet(role.permissionSet)
        .orElseThrow(
            () ->
                new UnmetRequirement(
                    "aws.permission-set-missing",
                    SYSTEM,
                    USERS,
                    "IAM Identity Center has no permission set " + role.permissionSet + ".",
                    "Make it there from AWS's predefined one of this name; then retry."));
  }

  private static void requireNobodyElse(String name, Map<String, Membership> others) {
    if (!others.isEmpty()) {
      throw new UnmetRequirement(
          "aws.other-members",
          SYSTEM,
          USERS,
          "The group "
              + name
              + " has members whom the element does not name, with the ids "
              + String.join(", ", others.keySet())
              + ".",
          "Take them out of the group in IAM Identity Center, or name them; then retry.");
    }
  }

  private static UnmetRequirement missing(String message) {
    return new UnmetRequirement(
        "aws.users-missing", SYSTEM, USERS, message, "Retry, so that it is made again.");
  }

  private static Map<String, Membership> members(IdentityCenter center, String group) {
    Map<String, Membership> members = new LinkedHashMap<>();
    center.members(group).forEach(each -> members.put(each.user(), each));
    return members;
  }

  private List<Person> people(Role role) {
    return work.element(USERS)
        .valueStream()
        .filter(each -> each.path("role").asText().equals(role.name().toLowerCase(Locale.ROOT)))
        .map(
            each ->
                new Person(
                    each.path("name").asText(),
                    each.path("surname").asText(),
                    each.path("email").asText()))
        .toList();
  }

  private String group(Role role) {
    return "slipway-" + environment + "-" + role.group;
  }

  private void intend(String name) {
    work.remember(Note.Kind.INTENT, name, Json.tree(work.now()));
  }

  private boolean isIntended(String name) {
    return work.remembered(Note.Kind.INTENT, name).isPresent();
  }
}
