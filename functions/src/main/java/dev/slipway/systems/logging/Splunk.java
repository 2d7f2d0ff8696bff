package dev.slipway.systems.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.Sleeper;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Splunk Cloud and Splunk Enterprise have in common: searches, saved searches and fired alerts
 * by the REST API on port 8089, which takes forms, and lines by the HTTP Event Collector.
 */
abstract sealed class Splunk implements LogSystem permits SplunkCloud, SplunkEnterprise {

  static final String JSON = "?output_mode=json";
  static final String WHOLE = JSON + "&count=0";
  private static final String JOBS = "services/search/jobs";
  private static final String SAVED = "servicesNS/nobody/search/saved/searches";

  private final JsonApi rest;
  private final JsonApi collector;
  private final Polling polling = new Polling(Sleeper.REAL, SplunkEnterprise.SYSTEM);

  /**
   * @param rest the management port, with the login
   * @param collector the HTTP Event Collector, without one
   */
  Splunk(JsonApi rest, JsonApi collector) {
    this.rest = rest.withErrors(Splunk::refuse);
    this.collector = collector;
  }

  /** The management port. */
  final JsonApi rest() {
    return rest;
  }

  /** The secret token of the environment's endpoint. */
  abstract Optional<String> token(String environment);

  @Override
  public final String system() {
    return SplunkEnterprise.SYSTEM;
  }

  @Override
  public final boolean tellsSignIns() {
    return false;
  }

  /** The source that the endpoint gives to lines without one, and its name. */
  static String source(String environment) {
    return "slipway-" + environment;
  }

  @Override
  public final String endpointName(String environment) {
    return "the token " + source(environment) + " of the HTTP Event Collector";
  }

  @Override
  public final Optional<String> endpoint(String environment) {
    return token(environment).map(present -> source(environment));
  }

  @Override
  public final void send(String environment, String line) {
    String token = token(environment).orElseThrow();
    HttpAnswer answer =
        collector
            .with(call -> call.header("Authorization", "Splunk " + token).redacting(token))
            .post(
                "a line to the HTTP Event Collector",
                "services/collector/event",
                JsonNodeFactory.instance.objectNode().put("event", line));
    if (answer.json().path("code").asInt(-1) != 0) {
      throw answer.trouble(Kind.REJECTED, "Splunk's collector did not take the line.");
    }
  }

  @Override
  public final boolean hasLine(String environment, String word) {
    return !results(within(environment, List.of(), "\"" + word + "\" | head 1")).isEmpty();
  }

  @Override
  public final Optional<String> collectorKey(String environment) {
    return entries(rest.get("receiving ports", "services/data/inputs/tcp/cooked" + WHOLE))
        .filter(each -> !each.at("/content/disabled").asBoolean())
        .map(each -> "port " + each.path("name").asText() + " receives from forwarders")
        .findFirst();
  }

  @Override
  public final List<Machine> machines(List<String> names) {
    Map<String, Set<String>> heard = new HashMap<>();
    results(
            "index=* "
                + Query.within(
                    Query.machines("host", names), " OR ", "| stats count by host, source"))
        .forEach(
            row ->
                heard
                    .computeIfAbsent(lower(row.path("host").asText()), key -> new TreeSet<>())
                    .add(row.path("source").asText()));
    return names.stream()
        .map(
            name -> {
              Set<String> kinds = heard.getOrDefault(lower(name), Set.of());
              return new Machine(name, !kinds.isEmpty(), kinds, Set.of());
            })
        .toList();
  }

  @Override
  public final String within(String environment, List<String> machines, String query) {
    Stream<String> endpoint = Stream.of("source=\"" + source(environment) + "\"");
    return "index=* "
        + Query.within(Stream.concat(endpoint, Query.machines("host", machines)), " OR ", query);
  }

  /** The rows that a search of the last hour finds. */
  private List<JsonNode> results(String query) {
    HttpAnswer begun =
        rest.ask(
            "new search",
            JOBS + JSON,
            Map.of("search", "search " + query, "earliest_time", "-1h", "latest_time", "now"));
    String job = begun.json().path("sid").asText();
    if (job.isEmpty()) {
      throw begun.trouble(Kind.NOT_UNDERSTOOD, "Splunk's answer names no search job.");
    }
    return polling.until(
        () -> {
          HttpAnswer answer =
              rest.get(
                  "results of a search", JOBS + "/" + JsonApi.segment(job) + "/results" + WHOLE);
          // Not done yet.
          return answer.status() == 204
              ? Optional.empty()
              : Optional.of(answer.json().path("results").valueStream().toList());
        },
        rest::against);
  }

  // --- alerts

  @Override
  public final Optional<Alert> alert(String name) {
    return rest.find("saved search", saved(name))
        .map(
            answer -> {
              JsonNode content = answer.json().at("/entry/0/content");
              return new Alert(
                  name,
                  content.path("search").asText(),
                  content.path("alert_threshold").asLong() + 1,
                  minutes(content.path("dispatch.earliest_time").asText()),
                  Stream.of(content.path("action.email.to").asText().split(",", -1))
                      .map(String::strip)
                      .filter(each -> !each.isEmpty())
                      .toList());
            });
  }

  private static int minutes(String earliest) {
    return earliest.matches("-\\d{1,6}m")
        ? Integer.parseInt(earliest.substring(1, earliest.length() - 1))
        : 0;
  }

  @Override
  public final void putAlert(Alert alert) {
    Map<String, String> form = new TreeMap<>();
    form.put("search", alert.query());
    form.put("is_scheduled", "1");
    form.put("cron_schedule", "*/5 * * * *");
    form.put("alert_type", "number of events");
    form.put("alert_comparator", "greater than");
    form.put("alert_threshold", String.valueOf(alert.threshold() - 1));
    form.put("alert.track", "1");
    form.put("actions", "email");
    form.put("action.email.to", alert.recipients().stream().collect(Collectors.joining(",")));
    form.put("dispatch.earliest_time", "-" + alert.minutes() + "m");
    form.put("dispatch.latest_time", "now");
    boolean isThere = rest.find("saved search", saved(alert.name())).isPresent();
    if (!isThere) {
      form.put("name", alert.name());
    }
    rest.post(
        isThere ? "saved search" : "new saved search",
        isThere ? saved(alert.name()) : SAVED + JSON,
        form);
  }

  @Override
  public final void removeAlert(String name) {
    if (rest.find("saved search", saved(name)).isPresent()) {
      rest.send(rest.call("saved search", saved(name)).method("DELETE"));
    }
  }

  @Override
  public final boolean hasFired(String name) {
    return rest.find(
            "fired alerts", "services/alerts/fired_alerts/" + JsonApi.segment(name) + WHOLE)
        .map(answer -> entries(answer).findAny().isPresent())
        .orElse(false);
  }

  private static String saved(String name) {
    return SAVED + "/" + JsonApi.segment(name) + JSON;
  }

  /** The entries of a list. */
  static Stream<JsonNode> entries(HttpAnswer answer) {
    return answer.json().path("entry").valueStream();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static void refuse(HttpAnswer answer) {
    if (answer.status() == 400 || answer.status() == 409) {
      String said = said(answer);
      if (!said.isEmpty()) {
        throw answer.trouble(
            Kind.REJECTED, "Splunk did not accept " + answer.call().asked() + ": " + said);
      }
    }
  }

  private static String said(HttpAnswer answer) {
    try {
      return answer.json().at("/messages/0/text").asText();
    } catch (SystemTrouble notJson) {
      return "";
    }
  }
}
