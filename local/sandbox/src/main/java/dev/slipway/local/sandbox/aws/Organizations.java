package dev.slipway.local.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.World;
import java.util.List;

/**
 * Organizations, of the management account only. {@code CreateAccount} is asynchronous: it answers
 * {@code IN_PROGRESS}, and the account is there after {@code creation.looks} looks at its status (0
 * if nothing is said). It fails with {@code creation.failure} if the world says one of AWS's
 * reasons, and with {@code EMAIL_ALREADY_EXISTS} if an account here or one of {@code takenEmails}
 * has the address.
 */
final class Organizations extends JsonService {

  Organizations(World world) {
    super(world, "organizations", "AWSOrganizationsV20161128");
    on("ListAccounts", List.of(), this::list);
    on("DescribeAccount", List.of("AccountId"), this::describe);
    on("CreateAccount", List.of("Email", "AccountName"), this::create);
    on(
        "DescribeCreateAccountStatus",
        List.of("CreateAccountRequestId"),
        (part, input, caller) -> status(part, input));
    on("ListCreateAccountStatus", List.of(), this::statuses);
    on("TagResource", List.of("ResourceId", "Tags"), (part, input, caller) -> Json.object());
  }

  static void defaults(ObjectNode part) {
    part.put("management", SandboxDefaults.AWS_MANAGEMENT);
    part.putArray("accounts")
        .add(account(SandboxDefaults.AWS_MANAGEMENT, "aws@customer.example", "Customer", "ACTIVE"));
    part.putArray("takenEmails");
    part.putArray("creations");
    part.putObject("creation").put("looks", 0);
  }

  @Override
  String key(JsonNode input) {
    return input.path("Email").asText(input.path("AccountId").asText());
  }

  private static ObjectNode account(String id, String email, String name, String status) {
    return Json.object()
        .put("Id", id)
        .put(
            "Arn",
            "arn:aws:organizations::" + SandboxDefaults.AWS_MANAGEMENT + ":account/o-1/" + id)
        .put("Email", email)
        .put("Name", name)
        .put("Status", status)
        .put("State", status)
        .put("JoinedMethod", "CREATED");
  }

  private void requireManagement(ObjectNode part, AwsCaller caller) {
    if (!caller.account().equals(part.path("management").asText())) {
      throw refusal("AccessDeniedException", "You don't have permissions to access this resource.");
    }
  }

  private JsonNode list(ObjectNode part, JsonNode input, AwsCaller caller) {
    requireManagement(part, caller);
    return page("Accounts", part.path("accounts"), input);
  }

  private JsonNode describe(ObjectNode part, JsonNode input, AwsCaller caller) {
    requireManagement(part, caller);
    return where(
            part.path("accounts"),
            each -> each.path("Id").asText().equals(input.path("AccountId").asText()))
        .stream()
        .findFirst()
        .map(found -> Json.object().<ObjectNode>set("Account", found.deepCopy()))
        .orElseThrow(() -> refusal("AccountNotFoundException", "The account was not found."));
  }

  private JsonNode create(ObjectNode part, JsonNode input, AwsCaller caller) {
    requireManagement(part, caller);
    int number = part.path("creations").size() + 1;
    ObjectNode creation =
        Json.object()
            .put("Id", "car-%032d".formatted(number))
            .put("AccountName", input.path("AccountName").asText())
            .put("State", "IN_PROGRESS")
            .put("email", input.path("Email").asText())
            .put("looks", part.path("creation").path("looks").asInt());
    part.withArrayProperty("creations").add(creation);
    return Json.object().set("CreateAccountStatus", shown(creation));
  }

  private JsonNode statuses(ObjectNode part, JsonNode input, AwsCaller caller) {
    requireManagement(part, caller);
    List<String> states = Json.strings(input.path("States"));
    return page(
        "CreateAccountStatuses",
        where(
                part.path("creations"),
                each -> states.isEmpty() || states.contains(each.path("State").asText()))
            .stream()
            .map(Organizations::shown)
            .toList(),
        input);
  }

  private JsonNode status(ObjectNode part, JsonNode input) {
    String id = input.path("CreateAccountRequestId").asText();
    for (JsonNode each : part.path("creations")) {
      ObjectNode creation = (ObjectNode) each;
      if (creation.path("Id").asText().equals(id)) {
        goOn(part, creation);
        return Json.object().set("CreateAccountStatus", shown(creation));
      }
    }
    throw refusal("CreateAccountStatusNotFoundException", "There is no such request.");
  }

  private static void goOn(ObjectNode part, ObjectNode creation) {
    int looks = creation.path("looks").asInt();
    if (!creation.path("State").asText().equals("IN_PROGRESS") || looks > 0) {
      creation.put("looks", looks - 1);
      return;
    }
    String email = creation.path("email").asText();
    boolean taken =
        Json.strings(part.path("takenEmails")).stream().anyMatch(email::equalsIgnoreCase)
            || !where(
                    part.path("accounts"),
                    each -> each.path("Email").asText().equalsIgnoreCase(email))
                .isEmpty();
    String failure =
        taken ? "EMAIL_ALREADY_EXISTS" : part.path("creation").path("failure").asText();
    if (!failure.isEmpty()) {
      creation.put("State", "FAILED").put("FailureReason", failure);
      return;
    }
    String id = "2000%08d".formatted(part.path("accounts").size());
    part.withArrayProperty("accounts")
        .add(account(id, email, creation.path("AccountName").asText(), "ACTIVE"));
    creation.put("State", "SUCCEEDED").put("AccountId", id);
  }

  private static ObjectNode shown(JsonNode creation) {
    return creation.<ObjectNode>deepCopy().without(List.of("email", "looks"));
  }
}
