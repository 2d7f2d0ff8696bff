package dev.slipway.systems.newrelic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The alerts of one account of New Relic: a policy has conditions, and workflows tell people of its
 * incidents. The inputs of destinations, channels and workflows are those of New Relic's Go client;
 * unverified against an account.
 */
public final class Alerts {
  private static final String ACCOUNT = "accountId";
  private static final String ID = "id";
  private static final String POLICIES = "labels.policyIds";

  private final NerdGraph newRelic;
  private final long account;

  /**
   * When an incident opens.
   *
   * @param query NRQL
   * @param operator {@link #FROM} the threshold on, or {@link #BELOW} it
   * @param seconds for which it is so
   * @param silence the seconds without a signal after which an incident opens, too; 0 for none
   */
  public record Rule(String query, String operator, double threshold, int seconds, int silence) {
    /** Alerts from the threshold on. */
    public static final String FROM = "ABOVE_OR_EQUALS";

    /** Alerts below the threshold. */
    public static final String BELOW = "BELOW";

    private static Rule of(JsonNode condition) {
      JsonNode term = condition.path("terms").path(0);
      return new Rule(
          condition.at("/nrql/query").asText(),
          term.path("operator").asText(),
          term.path("threshold").asDouble(),
          term.path("thresholdDuration").asInt(),
          condition.at("/expiration/expirationDuration").asInt());
    }

    /** As it can be noted. */
    public JsonNode toJson() {
      return Json.tree(input(""));
    }

    /** Reads what {@link #toJson} wrote. */
    public static Rule fromJson(JsonNode json) {
      return of(json);
    }

    private Map<String, Object> input(String name) {
      Map<String, Object> input = new HashMap<>();
      input.put("name", name);
      input.put("enabled", true);
      input.put("nrql", Map.of("query", query));
      input.put(
          "terms",
          List.of(
              Map.of(
                  "operator",
                  operator,
                  "priority",
                  "CRITICAL",
                  "threshold",
                  threshold,
                  "thresholdDuration",
                  seconds,
                  "thresholdOccurrences",
                  "ALL")));
      input.put(
          "signal",
          Map.of(
              "aggregationWindow",
              60,
              "aggregationMethod",
              "EVENT_FLOW",
              "aggregationDelay",
              120,
              "fillOption",
              "NONE"));
      input.put("violationTimeLimitSeconds", 86_400);
      if (silence > 0) {
        input.put(
            "expiration",
            Map.of(
                "expirationDuration",
                silence,
                "openViolationOnExpiration",
                true,
                "closeViolationsOnExpiration",
                false));
      }
      return input;
    }
  }

  /** A condition of a policy. */
  public record Condition(String id, Rule rule) {}

  Alerts(NerdGraph newRelic, long account) {
    this.newRelic = newRelic;
    this.account = account;
  }

  /** The id of the policy with exactly this name. */
  public Optional<String> policy(String name) {
    return named(
        newRelic.ask(
            Operation.POLICIES, Map.of(ACCOUNT, account, "criteria", Map.of("name", name))),
        name);
  }

  /** Creates a policy whose incidents are one for each condition and target; answers its id. */
  public String createPolicy(String name) {
    Map<String, ?> policy = Map.of("name", name, "incidentPreference", "PER_CONDITION_AND_TARGET");
    return newRelic
        .ask(Operation.CREATE_POLICY, Map.of(ACCOUNT, account, "policy", policy))
        .path(ID)
        .asText();
  }

  /** Deletes a policy with its conditions. */
  public void deletePolicy(String id) {
    newRelic.ask(Operation.DELETE_POLICY, Map.of(ACCOUNT, account, ID, id));
  }

  /** The conditions of a policy by their names. */
  public Map<String, Condition> conditions(String policy) {
    Map<String, Condition> conditions = new TreeMap<>();
    newRelic
        .ask(Operation.CONDITIONS, Map.of(ACCOUNT, account, "criteria", Map.of("policyId", policy)))
        .forEach(
            each ->
                conditions.put(
                    each.path("name").asText(),
                    new Condition(each.path(ID).asText(), Rule.of(each))));
    return conditions;
  }

  /** Creates a condition, and answers its id. */
  public String createCondition(String policy, String name, Rule rule) {
    return newRelic
        .ask(
            Operation.CREATE_CONDITION,
            Map.of(ACCOUNT, account, "policyId", policy, "condition", rule.input(name)))
        .path(ID)
        .asText();
  }

  /** Changes a condition. */
  public void updateCondition(String id, String name, Rule rule) {
    newRelic.ask(
        Operation.UPDATE_CONDITION,
        Map.of(ACCOUNT, account, ID, id, "condition", rule.input(name)));
  }

  /** Deletes a condition. */
  public void deleteCondition(String id) {
    newRelic.ask(Operation.DELETE_CONDITION, Map.of(ACCOUNT, account, ID, id));
  }

  /** The id of the mail destination with this name. */
  public Optional<String> destination(String name) {
    return named(
        newRelic.ask(
            Operation.DESTINATIONS, Map.of(ACCOUNT, account, "filters", Map.of("exactName", name))),
        name);
  }

  /** Creates a destination for mails to these addresses, and answers its id. */
  public String createDestination(String name, List<String> emails) {
    Map<String, ?> destination =
        Map.of(
            "name",
            name,
            "type",
            "EMAIL",
            "properties",
            List.of(Map.of("key", "email", "value", String.join(",", emails))));
    return newRelic
        .ask(Operation.CREATE_DESTINATION, Map.of(ACCOUNT, account, "destination", destination))
        .at("/destination/id")
        .asText();
  }

  /** Deletes a destination. */
  public void deleteDestination(String id) {
    newRelic.ask(Operation.DELETE_DESTINATION, Map.of(ACCOUNT, account, "destinationId", id));
  }

  /** The id of the channel with this name. */
  public Optional<String> channel(String name) {
    return named(
        newRelic.ask(Operation.CHANNELS, Map.of(ACCOUNT, account, "filters", Map.of("name", name))),
        name);
  }

  /** Creates a channel to a destination for mails, and answers its id. */
  public String createChannel(String name, String destination) {
    Map<String, ?> channel =
        Map.of(
            "name",
            name,
            "type",
            "EMAIL",
            "product",
            "IINT",
            "destinationId",
            destination,
            "properties",
            List.of(Map.of("key", "subject", "value", "{{ issueTitle }}")));
    return newRelic
        .ask(Operation.CREATE_CHANNEL, Map.of(ACCOUNT, account, "channel", channel))
        .at("/channel/id")
        .asText();
  }

  /** The workflows that are on and tell of a policy: ids by names. */
  public Map<String, String> workflows(String policy) {
    Map<String, String> workflows = new TreeMap<>();
    newRelic
        .ask(
            Operation.WORKFLOWS,
            Map.of(ACCOUNT, account, "filters", Map.of("workflowEnabled", true)))
        .valueStream()
        .filter(workflow -> tellsOf(policy, workflow))
        .forEach(
            workflow -> workflows.put(workflow.path("name").asText(), workflow.path(ID).asText()));
    return workflows;
  }

  private static boolean tellsOf(String policy, JsonNode workflow) {
    return workflow
        .at("/issuesFilter/predicates")
        .valueStream()
        .filter(each -> each.path("attribute").asText().equals(POLICIES))
        .flatMap(each -> each.path("values").valueStream())
        .anyMatch(value -> value.asText().equals(policy));
  }

  /** Creates a workflow that tells a channel of some conditions of a policy; answers its id. */
  public String createWorkflow(
      String name, String policy, List<String> conditions, String channel) {
    Map<String, ?> filter =
        Map.of(
            "name",
            name,
            "type",
            "FILTER",
            "predicates",
            List.of(
                predicate(POLICIES, List.of(policy)),
                predicate("accumulations.conditionName", conditions)));
    Map<String, ?> workflow =
        Map.of(
            "name",
            name,
            "workflowEnabled",
            true,
            "destinationsEnabled",
            true,
            "enrichmentsEnabled",
            false,
            "mutingRulesHandling",
            "NOTIFY_ALL_ISSUES",
            "issuesFilter",
            filter,
            "destinationConfigurations",
            List.of(Map.of("channelId", channel, "notificationTriggers", List.of("ACTIVATED"))));
    return newRelic
        .ask(Operation.CREATE_WORKFLOW, Map.of(ACCOUNT, account, "createWorkflowData", workflow))
        .at("/workflow/id")
        .asText();
  }

  /** Deletes a workflow with its channels. */
  public void deleteWorkflow(String id) {
    newRelic.ask(
        Operation.DELETE_WORKFLOW, Map.of(ACCOUNT, account, "deleteChannels", true, ID, id));
  }

  private static Map<String, ?> predicate(String attribute, List<String> values) {
    return Map.of("attribute", attribute, "operator", "EXACTLY_MATCHES", "values", values);
  }

  private static Optional<String> named(JsonNode list, String name) {
    return list.valueStream()
        .filter(each -> each.path("name").asText().equals(name))
        .map(each -> each.path(ID).asText())
        .findFirst();
  }
}
