package dev.slipway.local.sandbox.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.GraphQlRequest.Asked;
import dev.slipway.local.sandbox.world.GraphQlRequest.Resolver;
import dev.slipway.local.sandbox.world.Json;
import java.util.List;
import java.util.Map;

/**
 * Users of an organization and their groups: {@code domains} (by id: {@code name}, {@code
 * provisioningType} MANUAL or SCIM), {@code users} (by id: {@code email}, {@code name}, {@code
 * userType}, {@code domain}, {@code lastActive}, {@code groups}), {@code groups} (by id: {@code
 * displayName}, {@code domain}, {@code accounts}). {@code slowAccess}: access that was given is not
 * shown yet.
 */
final class NewRelicUsers {
  private static final String DOMAINS = ".authenticationDomains.authenticationDomains";
  private static final String USERS = "users";
  private static final String GROUPS = "groups";
  private static final int PAGE = 100;

  private final ObjectNode organization;

  NewRelicUsers(ObjectNode organization) {
    this.organization = organization;
  }

  Map<String, Resolver> resolvers() {
    return Map.ofEntries(
        Map.entry("actor.organization.userManagement" + DOMAINS, asked -> domains()),
        Map.entry("actor.organization.userManagement" + DOMAINS + ".users.users", this::users),
        Map.entry("actor.organization.authorizationManagement" + DOMAINS, asked -> domains()),
        Map.entry("actor.organization.authorizationManagement" + DOMAINS + ".groups", this::groups),
        Map.entry("actor.organization.authorizationManagement.roles.roles", asked -> roles()),
        Map.entry("userManagementCreateUser", this::createUser),
        Map.entry("userManagementDeleteUser", this::deleteUser),
        Map.entry("userManagementCreateGroup", this::createGroup),
        Map.entry("userManagementDeleteGroup", this::deleteGroup),
        Map.entry("userManagementAddUsersToGroups", asked -> change(asked, true)),
        Map.entry("userManagementRemoveUsersFromGroups", asked -> change(asked, false)),
        Map.entry("authorizationManagementGrantAccess", this::grant));
  }

  private ObjectNode part(String name) {
    return organization.withObjectProperty(name);
  }

  /** With the domain's id in what its fields are asked of. */
  private ArrayNode domains() {
    ArrayNode list = Json.array();
    organization
        .path("domains")
        .properties()
        .forEach(
            each -> {
              ObjectNode domain = each.getValue().deepCopy();
              list.add(domain);
              domain.put("id", each.getKey()).putObject(USERS).put("domain", each.getKey());
            });
    return list;
  }

  private JsonNode users(Asked asked) {
    String email = asked.argument("filter").at("/email/eq").asText();
    ArrayNode list = Json.array();
    part(USERS)
        .properties()
        .forEach(
            each -> {
              JsonNode user = each.getValue();
              if (user.path("email").asText().equalsIgnoreCase(email)
                  && user.path("domain").equals(asked.parent().path("domain"))) {
                ObjectNode shown =
                    list.addObject()
                        .put("id", each.getKey())
                        .put("email", user.path("email").asText());
                shown.set("lastActive", user.get("lastActive"));
                ArrayNode groups = shown.putObject(GROUPS).putArray(GROUPS);
                user.path(GROUPS).forEach(id -> groups.addObject().put("id", id.asText()));
              }
            });
    return list;
  }

  private JsonNode groups(Asked asked) {
    List<ObjectNode> all =
        part(GROUPS)
            .propertyStream()
            .filter(each -> each.getValue().path("domain").equals(asked.parent().path("id")))
            .map(each -> shown(each.getKey(), each.getValue()))
            .toList();
    int from = asked.argument("cursor").asInt();
    int to = Math.min(all.size(), from + organization.path("groupsPerPage").asInt(PAGE));
    ObjectNode answer = Json.object();
    answer.putArray(GROUPS).addAll(all.subList(from, to));
    return answer.put("nextCursor", to < all.size() ? String.valueOf(to) : null);
  }

  private ObjectNode shown(String id, JsonNode group) {
    ObjectNode shown =
        Json.object().put("id", id).put("displayName", group.path("displayName").asText());
    ArrayNode roles = shown.putObject("roles").putArray("roles");
    if (!organization.path("slowAccess").asBoolean()) {
      group.path("accounts").forEach(each -> roles.addObject().put("accountId", each.asLong()));
    }
    return shown;
  }

  private static ArrayNode roles() {
    ArrayNode list = Json.array();
    list.addObject().put("id", "1254").put("displayName", "All product admin");
    list.addObject().put("id", "1255").put("displayName", "Standard user");
    return list;
  }

  private JsonNode createUser(Asked asked) {
    JsonNode given = asked.argument("createUserOptions");
    String domain = manual(given);
    boolean isThere =
        part(USERS)
            .valueStream()
            .anyMatch(
                user -> user.path("email").asText().equalsIgnoreCase(given.path("email").asText()));
    if (isThere) {
      throw NewRelic.error(
          200,
          "User with email: %s and authentication domain: %s already exists."
              .formatted(given.path("email").asText(), domain),
          "errorClass",
          "BAD_USER_INPUT");
    }
    String id = NewRelic.nextId(organization);
    ObjectNode user = part(USERS).putObject(id).put("email", given.path("email").asText());
    user.put("name", given.path("name").asText()).put("domain", domain);
    user.put("userType", given.path("userType").asText());
    return made("createdUser", id);
  }

  private JsonNode deleteUser(Asked asked) {
    String id = asked.argument("deleteUserOptions").path("id").asText();
    there(USERS, id);
    part(USERS).remove(id);
    return made("deletedUser", id);
  }

  private JsonNode createGroup(Asked asked) {
    JsonNode given = asked.argument("createGroupOptions");
    String id = NewRelic.nextId(organization);
    part(GROUPS)
        .putObject(id)
        .put("displayName", given.path("displayName").asText())
        .put("domain", manual(given));
    return made("group", id);
  }

  private JsonNode deleteGroup(Asked asked) {
    String id = asked.argument("groupOptions").path("id").asText();
    there(GROUPS, id);
    part(GROUPS).remove(id);
    return made("group", id);
  }

  private JsonNode change(Asked asked, boolean add) {
    JsonNode given =
        asked.argument(add ? "addUsersToGroupsOptions" : "removeUsersFromGroupsOptions");
    ObjectNode answer = Json.object();
    for (String group : Json.strings(given.path("groupIds"))) {
      there(GROUPS, group);
      for (String user : Json.strings(given.path("userIds"))) {
        ArrayNode groups = there(USERS, user).withArrayProperty(GROUPS);
        groups.removeIf(each -> each.asText().equals(group));
        if (add) {
          groups.add(group);
        }
      }
      answer.withArrayProperty(GROUPS).addObject().put("id", group);
    }
    return answer;
  }

  private JsonNode grant(Asked asked) {
    JsonNode given = asked.argument("grantAccessOptions");
    ObjectNode answer = Json.object();
    for (JsonNode each : given.path("accountAccessGrants")) {
      NewRelicAccounts.account(organization, each.path("accountId").asText());
      there(GROUPS, given.path("groupId").asText())
          .withArrayProperty("accounts")
          .add(each.path("accountId").asText());
      answer.withArrayProperty("accessGrants").addObject().put("id", NewRelic.nextId(organization));
    }
    return answer;
  }

  /** The domain that was given, in which users are made by hand. */
  private String manual(JsonNode given) {
    String domain = given.path("authenticationDomainId").asText();
    if (!part("domains").path(domain).path("provisioningType").asText().equals("MANUAL")) {
      throw NewRelic.error(
          200,
          "This API can only be used to create users within Authentication Domains set for manually"
              + " provisioned users.",
          "errorClass",
          "BAD_USER_INPUT");
    }
    return domain;
  }

  private ObjectNode there(String table, String id) {
    if (part(table).path(id) instanceof ObjectNode found) {
      return found;
    }
    throw NewRelic.error(200, "Not Found", "errorClass", "BAD_USER_INPUT");
  }

  private static ObjectNode made(String name, String id) {
    ObjectNode answer = Json.object();
    answer.putObject(name).put("id", id);
    return answer;
  }
}
