package dev.slipway.enterprise.performancemonitoring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.NotedAddress;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.systems.newrelic.NerdGraph;
import dev.slipway.systems.newrelic.Users;
import dev.slipway.systems.newrelic.Users.User;
import dev.slipway.task.Acceptance;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The users of an environment's monitoring. Each is in one of two groups of Slipway's, which have
 * their roles on the account; who is in another group with access to it has what is needed, too.
 */
final class MonitoringUsers {
  static final String ELEMENT = "monitoring-users";

  /** The roles of New Relic by ours. */
  private static final Map<String, String> ROLES =
      Map.of("admin", "All product admin", "user", "Standard user");

  /** Access that was given may be on its way for so long (New Relic's documentation, EU). */
  private static final Duration ON_ITS_WAY = Duration.ofMinutes(20);

  private final Work work;
  private final EnvironmentAccount account;
  private final VendorAccount vendor;
  private final Users users;

  MonitoringUsers(Work work, EnvironmentAccount account) {
    this.work = work;
    this.account = account;
    this.vendor = account.vendor();
    this.users = account.users();
  }

  /** Makes the users that are missing, and gives each access to the account. */
  Finding ensure() {
    String id = account.id();
    for (String role : List.of("admin", "user")) {
      if (people().stream().anyMatch(person -> person.path("role").asText().equals(role))) {
        ensureGroup(role, id);
      }
    }
    people().forEach(this::ensureUser);
    return look();
  }

  private void ensureGroup(String role, String id) {
    String group =
        vendor.ensure(
            "group:" + role, () -> users.group(group(role)), () -> users.createGroup(group(role)));
    if (!users.groupsOf(id).contains(group)) {
      work.once("grants:" + role, "granted:" + role, () -> users.grant(group, id, ROLES.get(role)));
    }
  }

  private void ensureUser(JsonNode person) {
    String email = person.path("email").asText();
    String role = person.path("role").asText();
    String user =
        vendor.ensure(
            noted("user:", email),
            () -> users.user(email).map(User::id),
            () -> users.create(email, person.path("name").asText(), role.equals("admin")));
    String group = users.group(group(role)).orElseThrow();
    vendor.ensure(
        noted("member:", email),
        () -> users.user(email).filter(in -> in.groups().contains(group)).map(User::id),
        () -> {
          users.add(group, user);
          return user;
        });
  }

  /** Each has access to the account. */
  Finding look() {
    Set<String> groups = users.groupsOf(account.id());
    List<String> without =
        people().stream()
            .filter(
                person ->
                    users
                        .user(person.path("email").asText())
                        .filter(user -> user.groups().stream().anyMatch(groups::contains))
                        .isEmpty())
            .map(MonitoringUsers::shown)
            .toList();
    if (!without.isEmpty()) {
      throw new UnmetRequirement(
              ELEMENT + ".no-access",
              NerdGraph.SYSTEM,
              ELEMENT,
              "New Relic shows no access to the account of " + String.join(", ", without) + ".",
              "Access takes effect within twenty minutes, and is looked at again by itself. If it"
                  + " does not, put them into a group that has access to the account.")
          .lookedAtAgain(work.now().plus(ON_ITS_WAY.dividedBy(4)));
    }
    return new Finding(
        "NerdGraph: users, groups",
        account.against(),
        people().size() + " user(s) with access to the account");
  }

  /** Who of them has been active. */
  Acceptance signedIn() {
    List<String> times = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (JsonNode person : people()) {
      Optional<String> active =
          users
              .user(person.path("email").asText())
              .map(User::lastActive)
              .filter(at -> !at.isEmpty());
      active.ifPresentOrElse(
          at -> times.add(shown(person) + ": " + at), () -> missing.add(shown(person)));
    }
    return new Acceptance(
        new Finding("NerdGraph: users lastActive", account.against(), String.join("; ", times)),
        missing);
  }

  /** Takes away the access that this task gave, and users of its own who never came. */
  List<String> putBack() {
    List<String> done = new ArrayList<>();
    for (JsonNode person : people()) {
      String email = person.path("email").asText();
      Optional<User> user = users.user(email);
      if (user.isEmpty()) {
        continue;
      }
      if (vendor.made(noted("member:", email)).isPresent()) {
        users
            .group(group(person.path("role").asText()))
            .filter(user.get().groups()::contains)
            .ifPresent(group -> users.remove(group, user.get().id()));
        done.add("a user has no access any more");
      }
      if (vendor.made(noted("user:", email)).isPresent() && user.get().lastActive().isEmpty()) {
        users.delete(user.get().id());
        done.add("a user who never signed in is deleted");
      }
    }
    for (String role : ROLES.keySet()) {
      vendor
          .made("group:" + role)
          .filter(id -> users.group(group(role)).filter(id::equals).isPresent())
          .ifPresent(
              id -> {
                users.deleteGroup(id);
                done.add("a group is deleted");
              });
    }
    return done;
  }

  private String group(String role) {
    return "Slipway %s %s %s".formatted(work.onboarding(), work.at("environment"), role);
  }

  private List<JsonNode> people() {
    return work.element(ELEMENT).valueStream().toList();
  }

  private static String noted(String prefix, String email) {
    return prefix + NotedAddress.of(email);
  }

  private static String shown(JsonNode person) {
    return "%s <%s>".formatted(person.path("name").asText(), person.path("email").asText());
  }
}
