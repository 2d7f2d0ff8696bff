package dev.slipway.systems.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Posts a test alert to an Alertmanager (API v2), reads it back, and resolves it.
 *
 * <pre>{@code
 * alertmanager.post(alert);
 * Optional<ListedAlert> listed = alertmanager.listed(alert.id());
 * alertmanager.resolve(alert, clock.instant());
 * }</pre>
 */
public final class AlertmanagerClient {

  /** The label that carries a test alert's id. */
  public static final String ID_LABEL = "slipway_test";

  private final JsonApi api;

  /** A client of one server, see {@link PrometheusClient}. */
  public AlertmanagerClient(HttpPort http, URI base, Optional<BasicLogin> login) {
    this.api = MonitoringApi.of(http, base, login);
  }

  /** Scheme, host and port of the server. */
  public String against() {
    return api.against();
  }

  /** Posts the alert; one with the same id is the same alert, so this can be repeated. */
  public void post(TestAlert alert) {
    ArrayNode body = JsonNodeFactory.instance.arrayNode();
    ObjectNode json = body.addObject();
    json.putObject("labels")
        .put("alertname", "SlipwayTestAlert")
        .put("severity", "info")
        .put(ID_LABEL, alert.id());
    json.putObject("annotations").put("summary", alert.summary());
    json.put("startsAt", alert.startsAt().toString());
    json.put("endsAt", alert.endsAt().toString());
    api.ask("test alert", "api/v2/alerts", body);
  }

  /**
   * The alert of this id as it is listed; empty when it is not. Alertmanager lists also what nobody
   * is told of: silenced, inhibited, muted for a time, or not processed yet.
   */
  public Optional<ListedAlert> listed(String id) {
    HttpAnswer answer =
        api.get(
            "test alert read back",
            "api/v2/alerts",
            Map.of("filter", ID_LABEL + "=\"" + id + "\""));
    JsonNode alerts = answer.json();
    if (!alerts.isArray()) {
      throw answer.trouble(
          SystemTrouble.Kind.NOT_UNDERSTOOD,
          answer.call().against() + " did not answer as Alertmanager does.");
    }
    for (JsonNode alert : alerts) {
      if (alert.path("labels").path(ID_LABEL).asText("").equals(id)) {
        return Optional.of(ListedAlert.of(alert));
      }
    }
    return Optional.empty();
  }

  /** Ends the alert. */
  public void resolve(TestAlert alert, Instant now) {
    post(new TestAlert(alert.id(), alert.summary(), alert.startsAt(), now));
  }
}
