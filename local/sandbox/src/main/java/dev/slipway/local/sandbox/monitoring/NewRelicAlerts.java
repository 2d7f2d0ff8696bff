package dev.slipway.local.sandbox.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.local.sandbox.world.GraphQlRequest.Asked;
import dev.slipway.local.sandbox.world.GraphQlRequest.Resolver;
import dev.slipway.local.sandbox.world.Json;
import java.util.Map;
import java.util.Optional;

/**
 * The alerts of accounts: {@code policies}, {@code conditions}, {@code destinations}, {@code
 * channels} and {@code workflows} by id, {@code incidents} by the name of their condition. A
 * condition on hosts that always holds opens an incident at once, unless the organization is {@code
 * silent}; every other opens by the act {@code fire-alert}.
 */
final class NewRelicAlerts {
  private final ObjectNode organization;

  NewRelicAlerts(ObjectNode organization) {
    this.organization = organization;
  }

  Map<String, Resolver> resolvers() {
    return Map.ofEntries(
        Map.entry("actor.account.alerts.policiesSearch.policies", this::policies),
        Map.entry(
            "alertsPolicyCreate",
            asked -> Json.object().put("id", add(asked, "policies", "policy"))),
        Map.entry("alertsPolicyDelete", this::deletePolicy),
        Map.entry("actor.account.alerts.nrqlConditionsSearch.nrqlConditions", this::conditions),
        Map.entry("alertsNrqlConditionStaticCreate", this::createCondition),
        Map.entry("alertsNrqlConditionStaticUpdate", this::updateCondition),
        Map.entry("alertsConditionDelete", asked -> deleted(asked, "conditions", "id")),
        Map.entry(
            "actor.account.aiNotifications.destinations.entities",
            asked -> listed(asked, "destinations")),
        Map.entry(
            "aiNotificationsCreateDestination",
            asked -> made("destination", add(asked, "destinations", "destination"))),
        Map.entry("aiNotificationsDeleteDestination", this::deleteDestination),
        Map.entry(
            "actor.account.aiNotifications.channels.entities", asked -> listed(asked, "channels")),
        Map.entry(
            "aiNotificationsCreateChannel",
            asked -> made("channel", add(asked, "channels", "channel"))),
        Map.entry(
            "actor.account.aiWorkflows.workflows.entities", asked -> listed(asked, "workflows")),
        Map.entry(
            "aiWorkflowsCreateWorkflow",
            asked -> {
              ObjectNode made = made("workflow", add(asked, "workflows", "createWorkflowData"));
              made.putArray("errors");
              return made;
            }),
        Map.entry("aiWorkflowsDeleteWorkflow", this::deleteWorkflow));
  }

  private ObjectNode account(Asked asked) {
    String argument = asked.arguments().containsKey("accountId") ? "accountId" : "id";
    return NewRelicAccounts.account(organization, asked.argument(argument).asText());
  }

  private ObjectNode table(Asked asked, String name) {
    return account(asked).withObjectProperty(name);
  }

  private String add(Asked asked, String table, String argument) {
    String id = NewRelic.nextId(organization);
    table(asked, table).set(id, asked.argument(argument).<ObjectNode>deepCopy().put("id", id));
    return id;
  }

  private static ObjectNode made(String name, String id) {
    ObjectNode answer = Json.object();
    answer.putObject(name).put("id", id);
    return answer;
  }

  private ArrayNode listed(Asked asked, String table) {
    ArrayNode list = Json.array();
    table(asked, table).forEach(list::add);
    return list;
  }

  private ObjectNode deleted(Asked asked, String table, String argument) {
    String id = asked.argument(argument).asText();
    if (table(asked, table).remove(id) == null) {
      throw NewRelic.error(200, "Not Found", "errorClass", "BAD_USER_INPUT");
    }
    return Json.object().put("id", id);
  }

  // --- policies and conditions

  private JsonNode policies(Asked asked) {
    String name = asked.argument("searchCriteria").path("name").asText();
    ArrayNode list = Json.array();
    table(asked, "policies")
        .valueStream()
        .filter(policy -> policy.path("name").asText().equalsIgnoreCase(name))
        .forEach(list::add);
    return list;
  }

  private JsonNode deletePolicy(Asked asked) {
    table(asked, "conditions").removeIf(each -> each.path("policyId").equals(asked.argument("id")));
    return deleted(asked, "policies", "id");
  }

  private JsonNode conditions(Asked asked) {
    ArrayNode list = Json.array();
    table(asked, "conditions")
        .valueStream()
        .filter(
            each -> each.path("policyId").equals(asked.argument("searchCriteria").path("policyId")))
        .forEach(list::add);
    return list;
  }

  private JsonNode createCondition(Asked asked) {
    requireQuery(asked.argument("condition"));
    String id = add(asked, "conditions", "condition");
    ObjectNode condition = table(asked, "conditions").withObjectProperty(id);
    condition.set("policyId", asked.argument("policyId"));
    boolean alwaysHolds =
        condition.at("/nrql/query").asText().contains("uniqueCount(hostname) FROM SystemSample")
            && !account(asked).path("hosts").isEmpty();
    if (alwaysHolds && !organization.path("silent").asBoolean()) {
      open(account(asked), condition.path("name").asText());
    }
    return Json.object().put("id", id);
  }

  private JsonNode updateCondition(Asked asked) {
    requireQuery(asked.argument("condition"));
    String id = asked.argument("id").asText();
    ObjectNode condition = table(asked, "conditions").withObjectProperty(id);
    JsonNode policy = condition.path("policyId");
    condition.removeAll();
    condition.setAll((ObjectNode) asked.argument("condition").deepCopy());
    condition.put("id", id).set("policyId", policy);
    return Json.object().put("id", id);
  }

  private static void requireQuery(JsonNode condition) {
    if (!condition.at("/nrql/query").asText().contains(" FROM ")) {
      throw NewRelic.error(200, "NRQL Syntax Error: no FROM", "errorClass", "BAD_USER_INPUT");
    }
  }

  /** Opens an incident by the condition of this name. */
  static JsonNode open(ObjectNode account, String condition) {
    ObjectNode incidents = account.withObjectProperty("incidents");
    incidents.put(condition, "incident-" + (incidents.size() + 1));
    return incidents.deepCopy();
  }

  /** The latest incident of the condition that a query names; null if there is none. */
  static JsonNode incident(ObjectNode account, String query) {
    Optional<JsonNode> found =
        account
            .path("incidents")
            .propertyStream()
            .filter(each -> query.contains("conditionName = '" + each.getKey() + "'"))
            .map(each -> (JsonNode) TextNode.valueOf(each.getValue().asText()))
            .findFirst();
    return found.orElseGet(() -> account.nullNode());
  }

  // --- notifications

  private JsonNode deleteDestination(Asked asked) {
    ObjectNode answer = Json.object();
    answer.putArray("ids").add(deleted(asked, "destinations", "destinationId").path("id"));
    return answer;
  }

  private JsonNode deleteWorkflow(Asked asked) {
    JsonNode workflow = table(asked, "workflows").path(asked.argument("id").asText());
    workflow
        .path("destinationConfigurations")
        .forEach(each -> table(asked, "channels").remove(each.path("channelId").asText()));
    ObjectNode answer = deleted(asked, "workflows", "id");
    answer.putArray("errors");
    return answer;
  }
}
