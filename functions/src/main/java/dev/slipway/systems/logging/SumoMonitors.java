package dev.slipway.systems.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.logging.LogSystem.Alert;
import dev.slipway.systems.rest.JsonApi;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Sumo Logic's monitors of logs, in the root folder, told apart by their names. */
final class SumoMonitors {
  private static final String CRITICAL = "Critical";
  private static final String RESOLVED = "ResolvedCritical";

  /** The times that a monitor may look back, by minutes. */
  private static final NavigableMap<Integer, String> RANGES =
      new TreeMap<>(
          Map.of(
              5, "-5m", 10, "-10m", 15, "-15m", 30, "-30m", 60, "-1h", 180, "-3h", 360, "-6h", 720,
              "-12h", 1440, "-24h"));

  private final JsonApi api;

  SumoMonitors(JsonApi api) {
    this.api = api;
  }

  /** The same alert with the next longer time that a monitor may look back. */
  static Alert kept(Alert alert) {
    return new Alert(
        alert.name(),
        alert.query(),
        alert.threshold(),
        RANGES.ceilingKey(alert.minutes()),
        alert.recipients());
  }

  Optional<Alert> alert(String name) {
    return monitor(name).map(SumoMonitors::read);
  }

  private static Alert read(JsonNode monitor) {
    JsonNode trigger =
        monitor
            .path("triggers")
            .valueStream()
            .filter(each -> each.path("triggerType").asText().equals(CRITICAL))
            .findFirst()
            .orElse(JsonNodeFactory.instance.missingNode());
    return new Alert(
        monitor.path("name").asText(),
        monitor.at("/queries/0/query").asText(),
        trigger.path("threshold").asLong(),
        RANGES.entrySet().stream()
            .filter(each -> each.getValue().equals(trigger.path("timeRange").asText()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(0),
        monitor
            .at("/notifications/0/notification/recipients")
            .valueStream()
            .map(JsonNode::asText)
            .toList());
  }

  void put(Alert alert) {
    Optional<JsonNode> present = monitor(alert.name());
    if (present.isEmpty()) {
      String root = api.get("root of the monitors", "v1/monitors/root").json().path("id").asText();
      api.post(
          "new monitor", "v1/monitors?parentId=" + root, body(alert, "MonitorsLibraryMonitor"));
    } else {
      ObjectNode body = body(alert, "MonitorsLibraryMonitorUpdate");
      body.put("version", present.get().path("version").asLong());
      api.send(api.call("monitor", path(present.get())).method("PUT").json(body));
    }
  }

  private static ObjectNode body(Alert alert, String type) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", type)
            .put("name", alert.name())
            .put("description", "Made by Slipway")
            .put("monitorType", "Logs");
    body.putArray("queries").addObject().put("rowId", "A").put("query", alert.query());
    String range = RANGES.get(kept(alert).minutes());
    body.putArray("triggers")
        .add(trigger(CRITICAL, range, alert.threshold(), "GreaterThanOrEqual"))
        .add(trigger(RESOLVED, range, alert.threshold(), "LessThan"));
    ObjectNode notification = body.putArray("notifications").addObject();
    ObjectNode mail =
        notification
            .putObject("notification")
            .put("connectionType", "Email")
            .put("subject", "{{TriggerType}}: {{Name}}")
            .put("messageBody", "{{Name}}: {{Query}} {{QueryURL}}")
            .put("timeZone", "UTC");
    alert.recipients().forEach(mail.putArray("recipients")::add);
    notification.putArray("runForTriggerTypes").add(CRITICAL).add(RESOLVED);
    return body;
  }

  private static ObjectNode trigger(String type, String range, long threshold, String comparison) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("detectionMethod", "LogsStaticCondition")
        .put("triggerType", type)
        .put("timeRange", range)
        .put("threshold", threshold)
        .put("thresholdType", comparison);
  }

  void remove(String name) {
    monitor(name).ifPresent(found -> api.send(api.call("monitor", path(found)).method("DELETE")));
  }

  boolean hasFired(String name) {
    return monitor(name).stream()
        .flatMap(found -> found.path("status").valueStream())
        .anyMatch(status -> status.asText().equals(CRITICAL));
  }

  /** The search takes words of the name, in which a colon would be a filter's: the first one. */
  private Optional<JsonNode> monitor(String name) {
    List<JsonNode> items =
        api.get("monitors by name", "v1/monitors/search", Map.of("query", name.split(" ", 2)[0]))
            .json()
            .valueStream()
            .map(each -> each.path("item"))
            .filter(each -> each.path("name").asText().equals(name))
            .toList();
    return items.stream().findFirst().map(each -> api.get("monitor", path(each)).json());
  }

  private static String path(JsonNode monitor) {
    return "v1/monitors/" + monitor.path("id").asText();
  }
}
