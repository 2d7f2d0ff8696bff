package dev.slipway.systems.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import java.util.List;
import java.util.Optional;

/**
 * AWS IAM Identity Center: the people of an organization, their groups, and what groups may do in
 * accounts (IAM Identity Center API Reference; Identity Store API Reference). Users are found by
 * their e-mail address, groups by their name.
 */
public final class IdentityCenter {

  private static final String STORE = "IdentityStoreId";

  private final AwsJson center;
  private final AwsJson store;
  private final String instance;
  private final String storeId;

  private IdentityCenter(AwsJson center, AwsJson store, String instance, String storeId) {
    this.center = center;
    this.store = store;
    this.instance = instance;
    this.storeId = storeId;
  }

  /**
   * A user to be.
   *
   * @param email the address, which is the user's name too
   */
  public record Person(String name, String surname, String email) {}

  /** A user's membership in a group. */
  public record Membership(String id, String user) {}

  /** The instance that this session's organization has in a region; empty if there is none. */
  public static Optional<IdentityCenter> in(AwsSession session, String region) {
    AwsJson center = session.json(AwsJson.Service.IDENTITY_CENTER, region);
    AwsJson store = session.json(AwsJson.Service.IDENTITY_STORE, region);
    return center.list("ListInstances", input(), "Instances").stream()
        .findFirst()
        .map(
            found ->
                new IdentityCenter(
                    center,
                    store,
                    found.path("InstanceArn").asText(""),
                    found.path(STORE).asText("")));
  }

  /** Scheme and host, which a report may name. */
  public String against() {
    return center.against();
  }

  /** The id of the store that holds its people. */
  String storeId() {
    return storeId;
  }

  // --- people

  /** The id of the user with this e-mail address. */
  public Optional<String> user(String email) {
    return store
        .find("GetUserId", identified("emails.value", email))
        .map(found -> found.path("UserId").asText(""));
  }

  /** Makes a user, or answers the one who is there. */
  public String ensureUser(Person person) {
    ObjectNode input =
        stored()
            .put("UserName", person.email())
            .put("DisplayName", person.name() + " " + person.surname());
    input.putObject("Name").put("GivenName", person.name()).put("FamilyName", person.surname());
    input
        .putArray("Emails")
        .addObject()
        .put("Value", person.email())
        .put("Type", "work")
        .put("Primary", true);
    return JsonApi.ensure(
        () -> user(person.email()),
        () -> store.change("CreateUser", input).path("UserId").asText(""));
  }

  /** Deletes a user, and with it the memberships; no harm if there is none. */
  public void deleteUser(String id) {
    gone(() -> store.change("DeleteUser", stored().put("UserId", id)));
  }

  // --- groups

  /** The id of the group of this name. */
  public Optional<String> group(String name) {
    return store
        .find("GetGroupId", identified("displayName", name))
        .map(found -> found.path("GroupId").asText(""));
  }

  /** Makes a group, or answers the one that is there. */
  public String ensureGroup(String name, String description) {
    ObjectNode input = stored().put("DisplayName", name).put("Description", description);
    return JsonApi.ensure(
        () -> group(name), () -> store.change("CreateGroup", input).path("GroupId").asText(""));
  }

  /** Deletes a group, and with it the memberships; no harm if there is none. */
  public void deleteGroup(String id) {
    gone(() -> store.change("DeleteGroup", stored().put("GroupId", id)));
  }

  /** Who belongs to a group. */
  public List<Membership> members(String group) {
    return store
        .list("ListGroupMemberships", stored().put("GroupId", group), "GroupMemberships")
        .stream()
        .map(
            each ->
                new Membership(
                    each.path("MembershipId").asText(""),
                    each.path("MemberId").path("UserId").asText("")))
        .toList();
  }

  /** Lets a user belong to a group; no harm if the user does. */
  public void join(String group, String user) {
    ObjectNode input = stored().put("GroupId", group);
    input.putObject("MemberId").put("UserId", user);
    JsonApi.ensure(
        () -> members(group).stream().filter(each -> each.user().equals(user)).findFirst(),
        () ->
            new Membership(
                store.change("CreateGroupMembership", input).path("MembershipId").asText(""),
                user));
  }

  /** Ends a membership; no harm if there is none. */
  public void leave(Membership membership) {
    gone(
        () -> store.change("DeleteGroupMembership", stored().put("MembershipId", membership.id())));
  }

  // --- what groups may do

  /** The ARN of the permission set of this name. */
  public Optional<String> permissionSet(String name) {
    return center.list("ListPermissionSets", centred(), "PermissionSets").stream()
        .map(arn -> arn.asText(""))
        .filter(
            arn ->
                center
                    .read("DescribePermissionSet", centred().put("PermissionSetArn", arn))
                    .path("PermissionSet")
                    .path("Name")
                    .asText("")
                    .equals(name))
        .findFirst();
  }

  /** Whether a group has a permission set in an account. */
  public boolean isAssigned(String account, String permissionSet, String group) {
    ObjectNode input = centred().put("AccountId", account).put("PermissionSetArn", permissionSet);
    return center.list("ListAccountAssignments", input, "AccountAssignments").stream()
        .anyMatch(each -> each.path("PrincipalId").asText("").equals(group));
  }

  /**
   * Gives a group a permission set in an account, which AWS does in the background.
   *
   * @return empty once it is there, or while AWS is at work; why it failed otherwise
   */
  public Optional<String> assign(String account, String permissionSet, String group) {
    JsonNode begun =
        center
            .change("CreateAccountAssignment", assignment(account, permissionSet, group))
            .path("AccountAssignmentCreationStatus");
    JsonNode now =
        center
            .read(
                "DescribeAccountAssignmentCreationStatus",
                centred()
                    .put("AccountAssignmentCreationRequestId", begun.path("RequestId").asText("")))
            .path("AccountAssignmentCreationStatus");
    return now.path("Status").asText("").equals("FAILED")
        ? Optional.of(now.path("FailureReason").asText("no reason given"))
        : Optional.empty();
  }

  /** Takes a permission set from a group. */
  public void unassign(String account, String permissionSet, String group) {
    gone(() -> center.change("DeleteAccountAssignment", assignment(account, permissionSet, group)));
  }

  private ObjectNode assignment(String account, String permissionSet, String group) {
    return centred()
        .put("TargetId", account)
        .put("TargetType", "AWS_ACCOUNT")
        .put("PermissionSetArn", permissionSet)
        .put("PrincipalType", "GROUP")
        .put("PrincipalId", group);
  }

  private ObjectNode identified(String attribute, String value) {
    ObjectNode input = stored();
    input
        .putObject("AlternateIdentifier")
        .putObject("UniqueAttribute")
        .put("AttributePath", attribute)
        .put("AttributeValue", value);
    return input;
  }

  private ObjectNode centred() {
    return input().put("InstanceArn", instance);
  }

  private ObjectNode stored() {
    return input().put(STORE, storeId);
  }

  private static ObjectNode input() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static void gone(Runnable deletion) {
    try {
      deletion.run();
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.NOT_FOUND) {
        throw trouble;
      }
    }
  }
}
