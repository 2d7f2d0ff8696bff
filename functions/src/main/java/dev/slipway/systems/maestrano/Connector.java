package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.Optional;

/**
 * A connector that is built on the vendor's framework (maestrano-connector-rails, {@code
 * config/routes.rb} and {@code app/controllers}). It lets a marketplace in by the id and the key
 * that the developer platform gave to both, which it reads at its start.
 *
 * <pre>{@code
 * Connector connector = new Connector(http, "salesforce.apps.uat.customer.example");
 * connector.version();                              // 2.3.5, environment uat
 * connector.organizations(apiId, apiKey);           // how many it knows of the marketplace
 * connector.synchronization(apiId, apiKey, "customer-uat", "cld-1"); // SUCCESS
 * }</pre>
 */
public final class Connector {
  /** The system's name in problems. */
  public static final String SYSTEM = "connector";

  private static final String ORGANIZATIONS = "maestrano/api/organizations";

  private final JsonApi api;

  /**
   * What a connector tells of itself.
   *
   * @param framework the version of the framework
   * @param environment of Rails, such as {@code production}
   */
  public record Version(String framework, String environment) {}

  /**
   * The state of an organisation's last synchronisation.
   *
   * @param status {@code DISABLED} (none yet), {@code ENQUEUED}, {@code RUNNING}, {@code SUCCESS},
   *     {@code PARTIAL} or {@code ERROR}
   * @param message why it failed; empty otherwise
   */
  public record Synchronization(String status, String message) {}

  public Connector(HttpPort http, String host) {
    this.api = new JsonApi(http, SYSTEM, Destination.CUSTOMER, URI.create("https://" + host + "/"));
  }

  /** Scheme and host, which a report may name. */
  public String against() {
    return api.against();
  }

  /** Its version, which it tells everybody. */
  public Version version() {
    HttpAnswer answer = api.get("GET /version.json", "version.json");
    JsonNode version = answer.json();
    if (!version.path("framework_version").isTextual()) {
      throw answer.trouble(
          Kind.NOT_UNDERSTOOD, "The answer names no version of the connectors' framework.");
    }
    return new Version(version.path("framework_version").asText(), version.path("env").asText());
  }

  /**
   * The number of organisations on the first page of those that it knows of a marketplace.
   *
   * @throws SystemTrouble of kind {@code AUTHENTICATION_FAILED} if it does not know the marketplace
   */
  public int organizations(String apiId, String apiKey) {
    HttpAnswer answer =
        api.with(Authentication.basic(apiId, apiKey)).get("GET /" + ORGANIZATIONS, ORGANIZATIONS);
    JsonNode data = answer.json().path("data");
    if (!data.isArray()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "The answer is no list of organisations.");
    }
    return data.size();
  }

  /** Whether it turns away who asks for organisations without a marketplace's keys. */
  public boolean isClosed() {
    try {
      api.get("GET /" + ORGANIZATIONS + " without keys", ORGANIZATIONS);
      return false;
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == Kind.AUTHENTICATION_FAILED) {
        return true;
      }
      throw trouble;
    }
  }

  /**
   * The state of an organisation's last synchronisation; empty if the connector knows no such
   * organisation.
   *
   * @param marketplace the marketplace's name
   * @param organization the organisation's uid
   */
  public Optional<Synchronization> synchronization(
      String apiId, String apiKey, String marketplace, String organization) {
    return api.with(Authentication.basic(apiId, apiKey))
        .find(
            "GET /maestrano/{marketplace}/synchronizations/{organization}",
            "maestrano/"
                + JsonApi.segment(marketplace)
                + "/synchronizations/"
                + JsonApi.segment(organization))
        .map(
            answer -> {
              JsonNode last = answer.json();
              if (!last.path("status").isTextual()) {
                throw answer.trouble(
                    Kind.NOT_UNDERSTOOD, "The answer names no status of a synchronisation.");
              }
              return new Synchronization(
                  last.path("status").asText(), last.path("message").asText(""));
            });
  }
}
