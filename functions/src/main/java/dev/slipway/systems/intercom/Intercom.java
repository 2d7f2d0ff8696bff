package dev.slipway.systems.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A workspace of Intercom, by its REST API 2.14 (intercom/Intercom-OpenAPI). Its regions are
 * separate. No call makes a workspace or invites a teammate: people do.
 *
 * <pre>{@code
 * Intercom intercom = new Intercom(http, Intercom.BASES.get("eu"), token);
 * intercom.workspace().appId();
 * }</pre>
 */
public final class Intercom {
  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "intercom";

  /** Its address by region. */
  public static final Map<String, URI> BASES =
      Map.of(
          "us", URI.create("https://api.intercom.io/"),
          "eu", URI.create("https://api.eu.intercom.io/"),
          "au", URI.create("https://api.au.intercom.io/"));

  private static final String VERSION = "2.14";
  private static final String CONTACTS = "contacts";
  private static final String EVENTS = "events";

  private final JsonApi api;

  /**
   * The workspace that a token belongs to.
   *
   * @param appId by which a frontend names it
   * @param region in lower case: {@code us}, {@code eu} or {@code au}
   * @param verifiesIdentities whether users are told apart by a hash; empty if it does not tell
   */
  public record Workspace(
      String appId, String name, String region, Optional<Boolean> verifiesIdentities) {}

  /**
   * Somebody who has joined the workspace.
   *
   * @param hasSeat whether the person answers users in the inbox
   */
  public record Teammate(String email, boolean hasSeat) {}

  /** Speaks with this token at this address. */
  public Intercom(HttpPort http, URI base, String token) {
    this.api =
        new JsonApi(http, SYSTEM, Destination.VENDOR, base)
            .with(Authentication.bearer(token))
            .with(call -> call.header("Intercom-Version", VERSION));
  }

  /** The host that is asked. */
  public String against() {
    return api.against();
  }

  /** The workspace that the token belongs to. */
  public Workspace workspace() {
    HttpAnswer answer = api.get("GET /me", "me");
    JsonNode app = answer.json().path("app");
    if (app.path("id_code").asText().isEmpty()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Intercom's answer names no workspace.");
    }
    JsonNode verifies = app.path("identity_verification");
    return new Workspace(
        app.path("id_code").asText(),
        app.path("name").asText(),
        app.path("region").asText().toLowerCase(Locale.ROOT),
        verifies.isBoolean() ? Optional.of(verifies.booleanValue()) : Optional.empty());
  }

  /** Those who have joined; who was only invited is not among them. */
  public List<Teammate> teammates() {
    HttpAnswer answer = api.get("GET /admins", "admins");
    JsonNode admins = answer.json().path("admins");
    if (!admins.isArray()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Intercom's answer holds no list of teammates.");
    }
    return admins
        .valueStream()
        .map(
            each ->
                new Teammate(
                    each.path("email").asText().toLowerCase(Locale.ROOT),
                    each.path("has_inbox_seat").asBoolean()))
        .toList();
  }

  /** Intercom's id of the contact that we call by this id. */
  public Optional<String> contact(String externalId) {
    ObjectNode search = JsonNodeFactory.instance.objectNode();
    search
        .putObject("query")
        .put("field", "external_id")
        .put("operator", "=")
        .put("value", externalId);
    return api.ask("search of a contact", CONTACTS + "/search", search)
        .json()
        .path("data")
        .valueStream()
        .filter(each -> each.path("external_id").asText().equals(externalId))
        .map(each -> each.path("id").asText())
        .findFirst();
  }

  /** Makes a contact; answers Intercom's id. */
  public String createContact(String externalId, String name) {
    ObjectNode contact =
        JsonNodeFactory.instance
            .objectNode()
            .put("role", "user")
            .put("external_id", externalId)
            .put("name", name);
    return api.post("new contact", CONTACTS, contact).json().path("id").asText();
  }

  /** Removes a contact. */
  public void deleteContact(String id) {
    api.send(api.call("removal of a contact", CONTACTS + "/" + id).method("DELETE"));
  }

  /** Sends an event of a contact. Intercom takes it with 202, and takes a second one alike. */
  public void send(String event, Instant at, String externalId) {
    api.post(
        "event",
        EVENTS,
        JsonNodeFactory.instance
            .objectNode()
            .put("event_name", event)
            .put("created_at", at.getEpochSecond())
            .put("user_id", externalId));
  }

  /** Whether the summary of a contact's events has one of this name. */
  public boolean lists(String event, String externalId) {
    return api.get(
            "events of a contact",
            EVENTS,
            Map.of("type", "user", "user_id", externalId, "summary", "true"))
        .json()
        .path(EVENTS)
        .valueStream()
        .anyMatch(each -> each.path("name").asText().equals(event));
  }
}
