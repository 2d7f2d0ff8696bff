package dev.slipway.local.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The identity store of IAM Identity Center: users, groups and who belongs to which. */
final class IdentityStore extends JsonService {

  private static final String ID = "IdentityStoreId";

  IdentityStore(World world) {
    super(world, "identitystore", "AWSIdentityStore");
    List<String> identifier = List.of(ID, "AlternateIdentifier");
    on("GetUserId", identifier, (part, input, caller) -> found(part, input, "users", "UserId"));
    on("GetGroupId", identifier, (part, input, caller) -> found(part, input, "groups", "GroupId"));
    on(
        "CreateUser",
        List.of(ID, "UserName", "DisplayName", "Name", "Emails"),
        (part, input, caller) ->
            create(
                part,
                "users",
                "UserId",
                input.path("UserName").asText(),
                input.path("Emails").path(0).path("Value").asText()));
    on(
        "CreateGroup",
        List.of(ID, "DisplayName"),
        (part, input, caller) ->
            create(part, "groups", "GroupId", input.path("DisplayName").asText(), ""));
    on("DeleteUser", List.of(ID, "UserId"), (part, input, caller) -> delete(part, input, "User"));
    on(
        "DeleteGroup",
        List.of(ID, "GroupId"),
        (part, input, caller) -> delete(part, input, "Group"));
    on("CreateGroupMembership", List.of(ID, "GroupId", "MemberId"), this::join);
    on("ListGroupMemberships", List.of(ID, "GroupId"), this::memberships);
    on(
        "DeleteGroupMembership",
        List.of(ID, "MembershipId"),
        (part, input, caller) -> delete(part, input, "Membership"));
  }

  @Override
  String key(JsonNode input) {
    return input
        .path("UserName")
        .asText(
            input
                .path("AlternateIdentifier")
                .path("UniqueAttribute")
                .path("AttributeValue")
                .asText(input.path("DisplayName").asText(input.path("GroupId").asText())));
  }

  private static ArrayNode all(ObjectNode part, String kind) {
    return IdentityCenter.center(part).withArrayProperty(kind);
  }

  private JsonNode found(ObjectNode part, JsonNode input, String kind, String id) {
    JsonNode attribute = input.path("AlternateIdentifier").path("UniqueAttribute");
    String value = attribute.path("AttributeValue").asText();
    String field =
        attribute.path("AttributePath").asText().equals("emails.value") ? "email" : "name";
    return where(all(part, kind), each -> each.path(field).asText().equalsIgnoreCase(value))
        .stream()
        .findFirst()
        .map(each -> Json.object().put(ID, IdentityCenter.STORE).put(id, each.path("id").asText()))
        .orElseThrow(() -> refusal("ResourceNotFoundException", "There is no " + value + "."));
  }

  private JsonNode create(ObjectNode part, String kind, String id, String name, String email) {
    ArrayNode all = all(part, kind);
    if (!where(all, each -> each.path("name").asText().equalsIgnoreCase(name)).isEmpty()) {
      throw refusal("ConflictException", "Duplicate " + name + ".");
    }
    String made = id(kind, name);
    all.addObject().put("id", made).put("name", name).put("email", email);
    return Json.object().put(ID, IdentityCenter.STORE).put(id, made);
  }

  private JsonNode join(ObjectNode part, JsonNode input, AwsCaller caller) {
    ArrayNode all = all(part, "memberships");
    String group = input.path("GroupId").asText();
    String user = input.path("MemberId").path("UserId").asText();
    if (!where(
            all,
            each ->
                each.path("group").asText().equals(group)
                    && each.path("user").asText().equals(user))
        .isEmpty()) {
      throw refusal("ConflictException", "Duplicate membership.");
    }
    String made = id("memberships", group + user);
    all.addObject().put("id", made).put("group", group).put("user", user);
    return Json.object().put(ID, IdentityCenter.STORE).put("MembershipId", made);
  }

  private JsonNode memberships(ObjectNode part, JsonNode input, AwsCaller caller) {
    List<ObjectNode> shown =
        where(
                all(part, "memberships"),
                each -> each.path("group").asText().equals(input.path("GroupId").asText()))
            .stream()
            .map(
                each -> {
                  ObjectNode membership =
                      Json.object()
                          .put(ID, IdentityCenter.STORE)
                          .put("MembershipId", each.path("id").asText())
                          .put("GroupId", each.path("group").asText());
                  membership.putObject("MemberId").put("UserId", each.path("user").asText());
                  return membership;
                })
            .toList();
    return page("GroupMemberships", shown, input);
  }

  private JsonNode delete(ObjectNode part, JsonNode input, String kind) {
    String id = input.path(kind + "Id").asText();
    String list = kind.toLowerCase(Locale.ROOT) + "s";
    if (where(all(part, list), each -> each.path("id").asText().equals(id)).isEmpty()) {
      throw refusal("ResourceNotFoundException", "There is no " + id + ".");
    }
    all(part, list).removeIf(each -> each.path("id").asText().equals(id));
    all(part, "memberships")
        .removeIf(
            each ->
                each.path("user").asText().equals(id) || each.path("group").asText().equals(id));
    return Json.object();
  }

  private static String id(String kind, String name) {
    return UUID.nameUUIDFromBytes((kind + ":" + name).getBytes(StandardCharsets.UTF_8)).toString();
  }
}
