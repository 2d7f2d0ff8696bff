package dev.slipway.enterprise.performancemonitoring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.newrelic.Alerts.Rule;
import dev.slipway.systems.newrelic.NerdGraph;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * From which values on whom an alert reaches: the element {@code monitoring-targets}, or the usual
 * thresholds and the administrators of the monitoring.
 *
 * <p>Metrics that are known by name: {@code error-rate} (percent), {@code response-time} (seconds),
 * {@code apdex} (alerts below), {@code host-down} and {@code ping-failed}. Any other is NRQL, which
 * alerts from its threshold on.
 */
final class AlertRules {
  static final String ELEMENT = "monitoring-targets";
  static final double APDEX = 0.5;

  private final Work work;
  private final String applications;

  /** A threshold with a name. */
  record Target(int number, String name, Rule rule, List<String> recipients) {
    /** Where the element names it. */
    String field() {
      return ELEMENT + ".targets." + number;
    }
  }

  /**
   * @param applications the names under which agents report
   */
  AlertRules(Work work, List<String> applications) {
    this.work = work;
    this.applications =
        applications.stream()
            .map(name -> "'" + name + "'")
            .collect(Collectors.joining(", ", "appName IN (", ")"));
  }

  /** The thresholds, in the order of the element. */
  List<Target> targets() {
    JsonNode given = work.optionalElement(ELEMENT).map(e -> e.path("targets")).orElse(null);
    if (given == null) {
      return usual();
    }
    List<Target> targets = new ArrayList<>();
    for (JsonNode target : given) {
      String name = target.path("name").asText();
      if (targets.stream().anyMatch(other -> other.name().equals(name))) {
        throw unmet(
            "twice", targets.size(), "Two thresholds are called " + name + ".", "Rename one.");
      }
      targets.add(
          new Target(
              targets.size(),
              name,
              rule(
                  targets.size(),
                  target.path("metric").asText(),
                  target.path("threshold").asDouble(),
                  target.path("minutes").asInt()),
              target.path("recipients").valueStream().map(JsonNode::asText).toList()));
    }
    return targets;
  }

  private List<Target> usual() {
    List<String> admins =
        work.element(MonitoringUsers.ELEMENT)
            .valueStream()
            .filter(person -> person.path("role").asText().equals("admin"))
            .map(person -> person.path("email").asText())
            .toList();
    List<Target> targets = new ArrayList<>();
    Map.of(
            "error-rate",
            5.0,
            "response-time",
            2.0,
            "apdex",
            0.7,
            "host-down",
            1.0,
            "ping-failed",
            1.0)
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            usual ->
                targets.add(
                    new Target(
                        targets.size(),
                        usual.getKey(),
                        rule(targets.size(), usual.getKey(), usual.getValue(), 10),
                        admins)));
    return targets;
  }

  private Rule rule(int number, String metric, double threshold, int minutes) {
    int seconds = minutes * 60;
    return switch (metric) {
      case "error-rate" ->
          ofTransactions(
              "percentage(count(*), WHERE error IS true)", Rule.FROM, threshold, seconds);
      case "response-time" -> ofTransactions("average(duration)", Rule.FROM, threshold, seconds);
      case "apdex" ->
          ofTransactions("apdex(duration, t: " + APDEX + ")", Rule.BELOW, threshold, seconds);
      case "host-down" ->
          new Rule(
              "SELECT count(*) FROM SystemSample FACET hostname",
              Rule.BELOW,
              threshold,
              seconds,
              seconds);
      case "ping-failed" ->
          new Rule(
              "SELECT filter(count(*), WHERE result = 'FAILED') FROM SyntheticCheck FACET"
                  + " monitorName",
              Rule.FROM,
              threshold,
              seconds,
              0);
      default -> ofQuery(number, metric, threshold, seconds);
    };
  }

  private Rule ofTransactions(String what, String operator, double threshold, int seconds) {
    return new Rule(
        "SELECT " + what + " FROM Transaction WHERE " + applications,
        operator,
        threshold,
        seconds,
        0);
  }

  private static Rule ofQuery(int number, String metric, double threshold, int seconds) {
    if (!metric.toUpperCase(Locale.ROOT).startsWith("SELECT ")) {
      throw unmet(
          "unknown",
          number,
          "There is no metric " + metric + ".",
          "Name error-rate, response-time, apdex, host-down or ping-failed, or give a query in NRQL"
              + " that begins with SELECT.");
    }
    return new Rule(metric, Rule.FROM, threshold, seconds, 0);
  }

  private static UnmetRequirement unmet(String code, int number, String message, String next) {
    return new UnmetRequirement(
        ELEMENT + "." + code, NerdGraph.SYSTEM, ELEMENT + ".targets." + number, message, next);
  }

  /** The names of thresholds by those whom they alert: people who get the same are one entry. */
  Map<List<String>, List<String>> recipients() {
    Map<List<String>, List<String>> recipients = new LinkedHashMap<>();
    targets()
        .forEach(
            target ->
                recipients
                    .computeIfAbsent(
                        List.copyOf(new TreeSet<>(target.recipients())), each -> new ArrayList<>())
                    .add(target.name()));
    return recipients;
  }

  /** The response time that satisfies users of a component. */
  double apdex(String component) {
    return work.optionalElement(ELEMENT)
        .map(element -> element.path("apdex").path(component))
        .filter(JsonNode::isNumber)
        .map(JsonNode::asDouble)
        .orElse(APDEX);
  }
}
