package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import dev.slipway.systems.rest.ResourceApi;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connector that is built on the vendor's framework (maestrano-connector-rails, {@code
 * config/routes.rb} and {@code app/controllers}). It lets a marketplace in by the id and the key
 * that the developer platform gave to both, which it reads at its start.
 *
 * <pre>{@code
 * Connector connector = new Connector(http, "salesforce.apps.uat.customer.example");
 * connector.version();                              // 2.3.5, environment uat
 * connector.organizations(apiId, apiKey);           // those that it knows of the marketplace
 * connector.synchronization(apiId, apiKey, "customer-uat", "cld-1"); // SUCCESS
 * }</pre>
 */
public final class Connector {
  /** The system's name in problems. */
  public static final String SYSTEM = "connector";

  private static final String ORGANIZATIONS = "maestrano/api/organizations";
  private static final String UNLINK = "maestrano/api/account/unlink_account";

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
  public record Synchronization(String status, String message) {
    /** Whether it is under way, or about to begin. */
    public boolean isUnderWay() {
      return status.equals("RUNNING") || status.equals("ENQUEUED");
    }
  }

  /**
   * An organisation that a connector knows.
   *
   * @param uid of its group, such as {@code cld-9p3}
   * @param tenant the marketplace that it is known under; empty if the connector does not tell
   * @param isLinked whether an account of the application is linked
   * @param isSynchronised whether it is synchronised by itself
   */
  public record Organization(String uid, String tenant, boolean isLinked, boolean isSynchronised) {
    /** Whether anything would have to be ended. */
    public boolean isConnected() {
      return isLinked || isSynchronised;
    }
  }

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
   * The organisations that it knows of a marketplace.
   *
   * @throws SystemTrouble of kind {@code AUTHENTICATION_FAILED} if it does not know the marketplace
   */
  public List<Organization> organizations(String apiId, String apiKey) {
    return new ResourceApi(as(apiId, apiKey))
        .list("GET /" + ORGANIZATIONS, ORGANIZATIONS, Map.of()).stream()
            .map(
                found ->
                    new Organization(
                        found.text("uid"),
                        found.text("tenant"),
                        found.attributes().path("has_account_linked").asBoolean(),
                        found.attributes().path("sync_enabled").asBoolean()))
            .toList();
  }

  /**
   * Turns an organisation's synchronisation off if it is on, and on if it is off: read first which
   * it is. Sent once.
   *
   * @param marketplace the marketplace's name
   */
  public void toggleSynchronisation(
      String apiId, String apiKey, String marketplace, String organization) {
    JsonApi api = as(apiId, apiKey);
    api.send(
        api.call(
                "PUT /maestrano/{marketplace}/synchronizations/toggle_sync",
                "maestrano/" + JsonApi.segment(marketplace) + "/synchronizations/toggle_sync")
            .method("PUT")
            .json(body().put("group_id", organization)));
  }

  /**
   * Unlinks an organisation's account, and ends its synchronisation. The connector finds it by uid
   * <b>in whichever marketplace</b>, and answers HTTP 500 for one that it does not know.
   */
  public void unlink(String apiId, String apiKey, String organization) {
    as(apiId, apiKey).post("POST /" + UNLINK, UNLINK, body().put("uid", organization));
  }

  private JsonApi as(String apiId, String apiKey) {
    return api.with(Authentication.basic(apiId, apiKey)).redacting(apiId, apiKey);
  }

  private static ObjectNode body() {
    return JsonNodeFactory.instance.objectNode();
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
    return as(apiId, apiKey)
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
