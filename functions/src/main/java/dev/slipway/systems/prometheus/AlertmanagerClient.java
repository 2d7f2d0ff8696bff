package dev.slipway.systems.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Posts a test alert to an Alertmanager (API v2), reads it back, and resolves it. */
public final class AlertmanagerClient {

  /** The label that carries a test alert's id. */
  public static final String ID_LABEL = "slipway_test";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiCalls calls;

  /** A client of one server, see {@link PrometheusClient}. */
  public AlertmanagerClient(HttpPort http, URI base, Optional<BasicLogin> login) {
    this.calls = new ApiCalls(http, base, login);
  }

  /** Scheme, host and port of the server. */
  public String against() {
    return calls.against();
  }

  /** Posts the alert; one with the same id is the same alert, so this can be repeated. */
  public void post(TestAlert alert) {
    ObjectNode json = JSON.createObjectNode();
    json.putObject("labels")
        .put("alertname", "SlipwayTestAlert")
        .put("severity", "info")
        .put(ID_LABEL, alert.id());
    json.putObject("annotations").put("summary", alert.summary());
    json.put("startsAt", alert.startsAt().toString());
    json.put("endsAt", alert.endsAt().toString());
    ArrayNode body = JSON.createArrayNode().add(json);
    calls.send(
        calls
            .get("test alert", "api/v2/alerts")
            .method("POST")
            .changingNothing()
            .body("application/json", Bytes.of(body.toString())));
  }

  /**
   * The alert of this id as it is listed; empty when it is not. Alertmanager lists also what nobody
   * is told of: silenced, inhibited, muted for a time, or not processed yet.
   */
  public Optional<ListedAlert> listed(String id) {
    String filter = URLEncoder.encode(ID_LABEL + "=\"" + id + "\"", StandardCharsets.UTF_8);
    HttpAnswer answer =
        calls.send(calls.get("test alert read back", "api/v2/alerts?filter=" + filter));
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
