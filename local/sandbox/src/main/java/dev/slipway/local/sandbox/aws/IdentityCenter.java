package dev.slipway.local.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.util.List;
import java.util.function.Predicate;

/**
 * IAM Identity Center ({@code sso-admin}): its instance in one region, permission sets, and
 * assignments of groups to accounts, which are asynchronous. Without {@code identityCenter.region}
 * it is not switched on.
 */
final class IdentityCenter extends JsonService {

  static final String REGION = "eu-central-1";
  static final String INSTANCE = "arn:aws:sso:::instance/ssoins-1111222233334444";
  static final String STORE = "d-1111222233";

  IdentityCenter(World world) {
    super(world, "sso", "SWBExternalService");
    on("ListInstances", List.of(), this::instances);
    on("ListPermissionSets", List.of("InstanceArn"), this::permissionSets);
    on("DescribePermissionSet", List.of("InstanceArn", "PermissionSetArn"), this::permissionSet);
    List<String> assignment =
        List.of(
            "InstanceArn",
            "TargetId",
            "TargetType",
            "PermissionSetArn",
            "PrincipalType",
            "PrincipalId");
    on("CreateAccountAssignment", assignment, this::assign);
    on("DeleteAccountAssignment", assignment, this::unassign);
    List<String> request = List.of("InstanceArn", "AccountAssignmentCreationRequestId");
    on("DescribeAccountAssignmentCreationStatus", request, this::status);
    on(
        "ListAccountAssignments",
        List.of("InstanceArn", "AccountId", "PermissionSetArn"),
        this::assignments);
  }

  static void defaults(ObjectNode part) {
    ObjectNode center = part.putObject("identityCenter").put("region", REGION);
    ArrayNode sets = center.putArray("permissionSets");
    List.of("AdministratorAccess", "ReadOnlyAccess").forEach(sets::add);
    List.of("assignments", "users", "groups", "memberships").forEach(center::putArray);
  }

  /** The part of the world that is its own, and the identity store's. */
  static ObjectNode center(ObjectNode part) {
    return part.withObjectProperty("identityCenter");
  }

  @Override
  String key(JsonNode input) {
    return input.path("TargetId").asText();
  }

  private JsonNode instances(ObjectNode part, JsonNode input, AwsCaller caller) {
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("Instances");
    if (center(part).path("region").asText().equals(caller.region())) {
      all.addObject()
          .put("InstanceArn", INSTANCE)
          .put("IdentityStoreId", STORE)
          .put("OwnerAccountId", part.path("management").asText())
          .put("Status", "ACTIVE");
    }
    return answer;
  }

  private JsonNode permissionSets(ObjectNode part, JsonNode input, AwsCaller caller) {
    List<String> arns =
        Json.strings(center(part).path("permissionSets")).stream()
            .map(name -> INSTANCE.replace("instance", "permissionSet") + "/ps-" + name)
            .toList();
    return page("PermissionSets", Json.texts(arns), input);
  }

  private JsonNode permissionSet(ObjectNode part, JsonNode input, AwsCaller caller) {
    String arn = input.path("PermissionSetArn").asText();
    ObjectNode answer = Json.object();
    answer
        .putObject("PermissionSet")
        .put("PermissionSetArn", arn)
        .put("Name", arn.substring(arn.indexOf("/ps-") + 4));
    return answer;
  }

  private JsonNode assign(ObjectNode part, JsonNode input, AwsCaller caller) {
    ArrayNode all = center(part).withArrayProperty("assignments");
    if (where(all, same(input)).isEmpty()) {
      all.addObject()
          .put("AccountId", input.path("TargetId").asText())
          .put("PermissionSetArn", input.path("PermissionSetArn").asText())
          .put("PrincipalType", input.path("PrincipalType").asText())
          .put("PrincipalId", input.path("PrincipalId").asText());
    }
    ObjectNode answer = Json.object();
    answer
        .putObject("AccountAssignmentCreationStatus")
        .put("Status", "IN_PROGRESS")
        .put("RequestId", "00000000-0000-4000-8000-%012d".formatted(all.size()));
    return answer;
  }

  private JsonNode unassign(ObjectNode part, JsonNode input, AwsCaller caller) {
    center(part).withArrayProperty("assignments").removeIf(same(input));
    ObjectNode answer = Json.object();
    answer.putObject("AccountAssignmentDeletionStatus").put("Status", "IN_PROGRESS");
    return answer;
  }

  private static Predicate<JsonNode> same(JsonNode input) {
    return each ->
        each.path("AccountId").equals(input.path("TargetId"))
            && each.path("PermissionSetArn").equals(input.path("PermissionSetArn"))
            && each.path("PrincipalId").equals(input.path("PrincipalId"));
  }

  private JsonNode status(ObjectNode part, JsonNode input, AwsCaller caller) {
    ObjectNode answer = Json.object();
    answer
        .putObject("AccountAssignmentCreationStatus")
        .put("Status", "SUCCEEDED")
        .put("RequestId", input.path("AccountAssignmentCreationRequestId").asText());
    return answer;
  }

  private JsonNode assignments(ObjectNode part, JsonNode input, AwsCaller caller) {
    return page(
        "AccountAssignments",
        where(
            center(part).path("assignments"),
            each ->
                each.path("AccountId").equals(input.path("AccountId"))
                    && each.path("PermissionSetArn").equals(input.path("PermissionSetArn"))),
        input);
  }
}
