package dev.slipway.systems.newrelic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The users of an organization of New Relic and their groups, by which they have access to its
 * accounts. Users of an authentication domain that another system provisions (SCIM) are made there.
 */
public final class Users {
  private static final String ID = "id";

  private final NerdGraph newRelic;

  /**
   * A user.
   *
   * @param lastActive as New Relic tells it (ISO 8601); empty: never signed in
   * @param groups ids
   */
  public record User(String id, String lastActive, Set<String> groups) {
    public User {
      groups = Set.copyOf(groups);
    }

    private static User of(JsonNode user) {
      return new User(
          user.path(ID).asText(),
          user.path("lastActive").asText(""),
          user.at("/groups/groups")
              .valueStream()
              .map(group -> group.path(ID).asText())
              .collect(Collectors.toSet()));
    }
  }

  Users(NerdGraph newRelic) {
    this.newRelic = newRelic;
  }

  /** The user with this address, in whichever domain. */
  public Optional<User> user(String email) {
    return domains(email)
        .valueStream()
        .flatMap(domain -> domain.at("/users/users").valueStream())
        .filter(user -> user.path("email").asText().equalsIgnoreCase(email))
        .map(User::of)
        .findFirst();
  }

  /**
   * Creates a user, whom New Relic invites by mail, and answers the id.
   *
   * @param isFull with a full seat, which costs money; else with a basic one
   */
  public String create(String email, String name, boolean isFull) {
    Map<String, String> options =
        Map.of(
            "authenticationDomainId",
            domain(),
            "email",
            email.toLowerCase(Locale.ROOT),
            "name",
            name,
            "userType",
            isFull ? "FULL_USER_TIER" : "BASIC_USER_TIER");
    return newRelic
        .ask(Operation.CREATE_USER, Map.of("createUserOptions", options))
        .at("/createdUser/id")
        .asText();
  }

  /** Deletes a user. */
  public void delete(String id) {
    newRelic.ask(Operation.DELETE_USER, Map.of("deleteUserOptions", Map.of(ID, id)));
  }

  /** The id of the group of this name. */
  public Optional<String> group(String name) {
    return groups()
        .filter(group -> group.path("displayName").asText().equals(name))
        .map(group -> group.path(ID).asText())
        .findFirst();
  }

  /** The ids of the groups that have access to an account. */
  public Set<String> groupsOf(String account) {
    return groups()
        .filter(
            group ->
                group
                    .at("/roles/roles")
                    .valueStream()
                    .anyMatch(role -> role.path("accountId").asText().equals(account)))
        .map(group -> group.path(ID).asText())
        .collect(Collectors.toSet());
  }

  private Stream<JsonNode> groups() {
    List<JsonNode> groups = new ArrayList<>();
    for (JsonNode domain : newRelic.ask(Operation.GROUPS, Map.of())) {
      JsonNode page = domain.path("groups");
      page.path("groups").forEach(groups::add);
      while (page.hasNonNull("nextCursor")) {
        Map<String, ?> next =
            Map.of("id", List.of(domain.path(ID)), "cursor", page.path("nextCursor"));
        page = newRelic.ask(Operation.GROUPS, next).path(0).path("groups");
        page.path("groups").forEach(groups::add);
      }
    }
    return groups.stream();
  }

  /** Creates a group, and answers its id. */
  public String createGroup(String name) {
    return newRelic
        .ask(
            Operation.CREATE_GROUP,
            Map.of(
                "createGroupOptions",
                Map.of("authenticationDomainId", domain(), "displayName", name)))
        .at("/group/id")
        .asText();
  }

  /** Deletes a group. */
  public void deleteGroup(String id) {
    newRelic.ask(Operation.DELETE_GROUP, Map.of("groupOptions", Map.of(ID, id)));
  }

  /** Adds a user to a group. */
  public void add(String group, String user) {
    newRelic.ask(Operation.ADD_TO_GROUP, Map.of("addUsersToGroupsOptions", both(group, user)));
  }

  /** Takes a user out of a group. */
  public void remove(String group, String user) {
    newRelic.ask(
        Operation.REMOVE_FROM_GROUP, Map.of("removeUsersFromGroupsOptions", both(group, user)));
  }

  /**
   * Gives a group access to an account; New Relic says that this takes up to twenty minutes in the
   * EU.
   *
   * @param role as New Relic shows it, such as {@code Standard user}
   */
  public void grant(String group, String account, String role) {
    String id =
        newRelic
            .ask(Operation.ROLES, Map.of())
            .valueStream()
            .filter(each -> each.path("displayName").asText().equalsIgnoreCase(role))
            .map(each -> each.path(ID).asText())
            .findFirst()
            .orElseThrow(() -> trouble("roles", "The organization has no role \"" + role + "\"."));
    newRelic.ask(
        Operation.GRANT,
        Map.of(
            "grantAccessOptions",
            Map.of(
                "groupId",
                group,
                "accountAccessGrants",
                List.of(Map.of("accountId", Long.parseLong(account), "roleId", id)))));
  }

  private static Map<String, List<String>> both(String group, String user) {
    return Map.of("groupIds", List.of(group), "userIds", List.of(user));
  }

  private JsonNode domains(String email) {
    return newRelic.ask(
        Operation.USERS,
        Map.of("filter", Map.of("email", Map.of("eq", email.toLowerCase(Locale.ROOT)))));
  }

  /** The first domain whose users are made in New Relic itself. */
  private String domain() {
    return domains("nobody@invalid")
        .valueStream()
        .filter(domain -> domain.path("provisioningType").asText().equalsIgnoreCase("MANUAL"))
        .map(domain -> domain.path(ID).asText())
        .findFirst()
        .orElseThrow(
            () ->
                trouble(
                    "authenticationDomains",
                    "Users of the organization are provisioned from another system (SCIM), and made"
                        + " there."));
  }

  private SystemTrouble trouble(String asked, String message) {
    return new SystemTrouble(
        NerdGraph.SYSTEM, Kind.NOT_PERMITTED, message, asked, newRelic.against(), "");
  }
}
