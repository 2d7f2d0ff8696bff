package dev.slipway.local.sandbox.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.GraphQlRequest.Asked;
import dev.slipway.local.sandbox.world.GraphQlRequest.Resolver;
import dev.slipway.local.sandbox.world.Json;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Accounts of an organization and what agents and monitors tell them. Each has {@code name}, {@code
 * isCanceled}, {@code keys}, {@code applications} (by name: {@code reporting}, {@code apdex}),
 * {@code hosts}, {@code monitors} (by GUID: {@code name}, {@code uri}, {@code unseen}: how many
 * searches do not find it yet). The organization's {@code indexLag} is what {@code unseen} begins
 * with, its {@code results} are those of monitors by name ({@code ""}: it has not run), a SUCCESS
 * where nothing is said.
 */
final class NewRelicAccounts {
  private static final String NAME = " name = '";
  private static final String ACCOUNT = "accountId = ";

  private final ObjectNode organization;

  NewRelicAccounts(ObjectNode organization) {
    this.organization = organization;
  }

  Map<String, Resolver> resolvers() {
    return Map.ofEntries(
        Map.entry("actor.accounts", asked -> accounts(false)),
        Map.entry("actor.organization.accountManagement.managedAccounts", asked -> accounts(true)),
        Map.entry("accountManagementCreateAccount", this::create),
        Map.entry("actor.apiAccess.keySearch.keys", this::keys),
        Map.entry("apiAccessCreateKeys", this::createKeys),
        Map.entry("apiAccessDeleteKeys", this::deleteKeys),
        Map.entry("actor.entitySearch.results.entities", this::entities),
        Map.entry("actor.entity", this::entity),
        Map.entry("agentApplicationSettingsUpdate", this::updateSettings),
        Map.entry("actor.account.nrql.results", this::nrql),
        Map.entry("syntheticsCreateSimpleMonitor", this::createMonitor),
        Map.entry("syntheticsDeleteMonitor", this::deleteMonitor));
  }

  private ObjectNode all() {
    return organization.withObjectProperty("accounts");
  }

  /** The account that a field is asked of. */
  static ObjectNode account(ObjectNode organization, String id) {
    JsonNode account = organization.path("accounts").path(id);
    if (!(account instanceof ObjectNode found)) {
      throw NewRelic.error(
          200, "Account not found or not authorized", "errorClass", "ACCESS_DENIED");
    }
    return found;
  }

  private ObjectNode account(JsonNode id) {
    return account(organization, id.asText());
  }

  private ArrayNode accounts(boolean withCanceled) {
    ArrayNode list = Json.array();
    all()
        .properties()
        .forEach(
            each -> {
              boolean isCanceled = each.getValue().path("isCanceled").asBoolean();
              if (withCanceled || !isCanceled) {
                list.addObject()
                    .put("id", Long.parseLong(each.getKey()))
                    .put("name", each.getValue().path("name").asText())
                    .put("isCanceled", isCanceled);
              }
            });
    return list;
  }

  private JsonNode create(Asked asked) {
    if (organization.path("severalParents").asBoolean()) {
      throw NewRelic.error(
          200,
          "cannot create subaccount -- multiple parent account ids found. Please use Partnership"
              + " API.",
          "errorClass",
          "SERVER_ERROR");
    }
    String id = NewRelic.nextId(organization);
    all().putObject(id).put("name", asked.argument("managedAccount").path("name").asText());
    ObjectNode answer = Json.object();
    answer.putObject("managedAccount").put("id", Long.parseLong(id));
    return answer;
  }

  // --- keys

  private JsonNode keys(Asked asked) {
    ArrayNode list = Json.array();
    for (JsonNode id : asked.argument("query").at("/scope/accountIds")) {
      account(id)
          .path("keys")
          .properties()
          .forEach(key -> list.add(key.getValue().<ObjectNode>deepCopy().put("id", key.getKey())));
    }
    return list;
  }

  private JsonNode createKeys(Asked asked) {
    ObjectNode answer = Json.object();
    ArrayNode created = answer.putArray("createdKeys");
    for (JsonNode given : asked.argument("keys").path("ingest")) {
      String id = "KEY" + NewRelic.nextId(organization);
      account(given.path("accountId"))
          .withObjectProperty("keys")
          .putObject(id)
          .put("name", given.path("name").asText())
          .put("ingestType", given.path("ingestType").asText());
      created.addObject().put("id", id);
    }
    return answer;
  }

  private JsonNode deleteKeys(Asked asked) {
    ObjectNode answer = Json.object();
    for (JsonNode id : asked.argument("keys").path("ingestKeyIds")) {
      all()
          .forEach(
              account -> ((ObjectNode) account).withObjectProperty("keys").remove(id.asText()));
      answer.withArrayProperty("deletedKeys").addObject().put("id", id.asText());
    }
    return answer;
  }

  // --- entities

  /** Of a search; empty: it names none. */
  private static String name(String query) {
    int named = query.indexOf(NAME);
    String rest = named < 0 ? "'" : query.substring(named + NAME.length());
    int end = rest.indexOf("' AND ");
    return rest.substring(0, end < 0 ? rest.lastIndexOf('\'') : end);
  }

  private static String guid(String account, String name) {
    return account + "|APM|" + name;
  }

  private JsonNode entities(Asked asked) {
    String query = asked.argument("query").asText();
    String id = query.substring(query.lastIndexOf(ACCOUNT) + ACCOUNT.length());
    ObjectNode account = account(organization, id);
    ArrayNode list = Json.array();
    if (query.contains("domain = 'APM'")) {
      account
          .path("applications")
          .properties()
          .forEach(
              each ->
                  list.addObject()
                      .put("guid", guid(id, each.getKey()))
                      .put("name", each.getKey())
                      .put("reporting", each.getValue().path("reporting").asBoolean()));
      return list;
    }
    String wanted = name(query);
    account
        .withObjectProperty("monitors")
        .properties()
        .forEach(
            each -> {
              ObjectNode monitor = (ObjectNode) each.getValue();
              int unseen = monitor.path("unseen").asInt();
              monitor.put("unseen", Math.max(0, unseen - 1));
              if (unseen == 0 && monitor.path("name").asText().equals(wanted)) {
                list.addObject()
                    .put("guid", each.getKey())
                    .put("name", wanted)
                    .put("reporting", true);
              }
            });
    return list;
  }

  private Optional<ObjectNode> application(JsonNode guid) {
    return all()
        .propertyStream()
        .flatMap(
            account ->
                account
                    .getValue()
                    .path("applications")
                    .propertyStream()
                    .filter(each -> guid(account.getKey(), each.getKey()).equals(guid.asText())))
        .map(each -> (ObjectNode) each.getValue())
        .findFirst();
  }

  private JsonNode entity(Asked asked) {
    ObjectNode answer = Json.object();
    Optional<ObjectNode> application = application(asked.argument("guid"));
    if (application.isEmpty()) {
      return answer.nullNode();
    }
    answer
        .putObject("apmSettings")
        .putObject("apmConfig")
        .put("apdexTarget", application.get().path("apdex").asDouble(0.5));
    return answer;
  }

  private JsonNode updateSettings(Asked asked) {
    ObjectNode answer = Json.object();
    answer.putArray("errors");
    application(asked.argument("guid"))
        .ifPresentOrElse(
            found ->
                found.put(
                    "apdex", asked.argument("settings").at("/apmConfig/apdexTarget").asDouble()),
            () ->
                answer
                    .withArrayProperty("errors")
                    .addObject()
                    .put("description", "Entity not found")
                    .put("errorClass", "NOT_FOUND")
                    .put("field", "guid"));
    return answer;
  }

  // --- what was reported

  private JsonNode nrql(Asked asked) {
    String query = asked.argument("query").asText();
    ObjectNode account = account(asked.argument("id"));
    ArrayNode results = Json.array();
    if (query.contains(" FROM SystemSample")) {
      results.addObject().set("uniques.hostname", account.withArrayProperty("hosts").deepCopy());
    } else if (query.contains(" FROM SyntheticCheck")) {
      account.path("monitors").forEach(monitor -> result(results, monitor.path("name").asText()));
    } else if (query.contains(" FROM NrAiIncident")) {
      ObjectNode row = results.addObject();
      row.set("latest.incidentId", NewRelicAlerts.incident(account, query));
    } else {
      throw NewRelic.error(200, "NRQL Syntax Error", "errorClass", "BAD_USER_INPUT");
    }
    return results;
  }

  private void result(ArrayNode results, String name) {
    String result = organization.path("results").path(name).asText("SUCCESS");
    if (!result.isEmpty()) {
      results.addObject().put("facet", name).put("latest.result", result).put("monitorName", name);
    }
  }

  // --- monitors

  private JsonNode createMonitor(Asked asked) {
    JsonNode given = asked.argument("monitor");
    String guid = "SYNTH" + NewRelic.nextId(organization);
    account(asked.argument("accountId"))
        .withObjectProperty("monitors")
        .putObject(guid)
        .put("name", given.path("name").asText())
        .put("uri", given.path("uri").asText())
        .put("unseen", organization.path("indexLag").asInt());
    ObjectNode answer = Json.object();
    answer.putArray("errors");
    answer.putObject("monitor").put("guid", guid);
    return answer;
  }

  private JsonNode deleteMonitor(Asked asked) {
    String guid = asked.argument("guid").asText();
    Stream<JsonNode> having = all().valueStream().filter(each -> each.path("monitors").has(guid));
    having.forEach(each -> ((ObjectNode) each).withObjectProperty("monitors").remove(guid));
    return Json.object().put("deletedGuid", guid);
  }
}
