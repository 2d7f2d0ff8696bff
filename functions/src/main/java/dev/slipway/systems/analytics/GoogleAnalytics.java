package dev.slipway.systems.analytics;

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
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Google Analytics Admin API v1beta, as a service account, by its discovery document. Names are
 * not unique there: a property is found by account and name, a data stream by its address. An
 * account cannot be made, since a person has to accept its terms.
 *
 * <pre>{@code
 * GoogleAnalytics google = GoogleAnalytics.open(http, clock, keyFile);
 * String property = google.ensureProperty("accounts/123", "acme-uat");
 * String measurementId = google.ensureStream(property, "https://acme.uat.customer.example");
 * }</pre>
 */
public final class GoogleAnalytics {
  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "google-analytics";

  private static final URI BASE = URI.create("https://analyticsadmin.googleapis.com/v1beta/");
  private static final String SCOPE = "https://www.googleapis.com/auth/analytics.edit";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String PAGE = "200";
  private static final String WEB = "WEB_DATA_STREAM";

  private final JsonApi api;
  private final String email;

  /**
   * An account of Analytics.
   *
   * @param name such as {@code accounts/123}
   */
  public record Account(String name, String displayName) {}

  private GoogleAnalytics(JsonApi api, String email) {
    this.api = api;
    this.email = email;
  }

  /**
   * Opens a session.
   *
   * @param keyFile the JSON text of the service account's key
   * @throws SystemTrouble of kind {@code AUTHENTICATION_FAILED} when Google does not know account
   *     or key
   */
  public static GoogleAnalytics open(HttpPort http, InstantSource clock, String keyFile) {
    ServiceAccount account = ServiceAccount.read(keyFile);
    String assertion = account.assertion(SCOPE, clock.instant());
    HttpAnswer answer =
        new JsonApi(http, SYSTEM, Destination.VENDOR, ServiceAccount.TOKENS)
            .redacting(assertion)
            .withErrors(GoogleAnalytics::refuseToken)
            .ask("a token", "token", Map.of("grant_type", GRANT, "assertion", assertion));
    String token = answer.json().path("access_token").asText("");
    if (token.isEmpty()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Google answered without a token.");
    }
    return new GoogleAnalytics(
        new JsonApi(http, SYSTEM, Destination.VENDOR, BASE).with(Authentication.bearer(token)),
        account.email());
  }

  /** Scheme and host. */
  public String against() {
    return api.against();
  }

  /** The address of the service account, which an account of Analytics is shared with. */
  public String email() {
    return email;
  }

  /** The accounts that are shared with the service account. */
  public List<Account> accounts() {
    return pages("accounts", "accountSummaries", "accountSummaries", Map.of()).stream()
        .map(each -> new Account(each.path("account").asText(), each.path("displayName").asText()))
        .toList();
  }

  /** A property of this name, such as {@code properties/1000}. */
  public Optional<String> property(String account, String displayName) {
    return pages("properties", "properties", "properties", Map.of("filter", "parent:" + account))
        .stream()
        .filter(each -> each.path("displayName").asText().equals(displayName))
        .map(each -> each.path("name").asText())
        .findFirst();
  }

  /** A property of this name, made if there is none. */
  public String ensureProperty(String account, String displayName) {
    ObjectNode property = JsonNodeFactory.instance.objectNode();
    property.put("parent", account).put("displayName", displayName).put("timeZone", "Etc/UTC");
    return JsonApi.ensure(
        () -> property(account, displayName),
        () -> name(api.post("new property", "properties", property)));
  }

  /** The measurement id of the web data stream of an address. */
  public Optional<String> measurementId(String property, String address) {
    return pages("data streams", property + "/dataStreams", "dataStreams", Map.of()).stream()
        .map(each -> each.path("webStreamData"))
        .filter(each -> each.path("defaultUri").asText().equals(address))
        .map(each -> each.path("measurementId").asText())
        .findFirst();
  }

  /** The measurement id of the web data stream of an address, made if there is none. */
  public String ensureStream(String property, String address) {
    ObjectNode stream = JsonNodeFactory.instance.objectNode();
    stream.put("type", WEB).put("displayName", address);
    stream.putObject("webStreamData").put("defaultUri", address);
    return JsonApi.ensure(
        () -> measurementId(property, address),
        () ->
            api.post("new data stream", property + "/dataStreams", stream)
                .json()
                .at("/webStreamData/measurementId")
                .asText());
  }

  /** The measurement ids of all web data streams of an account. */
  public List<String> measurementIds(String account) {
    return pages("properties", "properties", "properties", Map.of("filter", "parent:" + account))
        .stream()
        .flatMap(
            each ->
                pages(
                    "data streams",
                    each.path("name").asText() + "/dataStreams",
                    "dataStreams",
                    Map.of())
                    .stream())
        .map(each -> each.at("/webStreamData/measurementId").asText())
        .filter(id -> !id.isEmpty())
        .toList();
  }

  /** Whether a property is there, and not in the trash. */
  public boolean hasProperty(String property) {
    return api.find("property", property)
        .filter(answer -> !answer.json().has("deleteTime"))
        .isPresent();
  }

  /** Puts a property into the trash, from which it goes for good after 35 days. */
  public void trash(String property) {
    api.send(api.call("property to the trash", property).method("DELETE"));
  }

  private static String name(HttpAnswer answer) {
    return answer.json().path("name").asText();
  }

  private List<JsonNode> pages(String asked, String path, String list, Map<String, String> query) {
    List<JsonNode> found = new ArrayList<>();
    String next = "";
    do {
      Map<String, String> fields = new TreeMap<>(query);
      fields.put("pageSize", PAGE);
      if (!next.isEmpty()) {
        fields.put("pageToken", next);
      }
      HttpAnswer answer = api.get(asked, path, fields);
      JsonNode page = answer.json();
      // Google leaves out an empty list, and then answers {}.
      if (!page.isObject() || !(page.path(list).isArray() || page.isEmpty())) {
        throw answer.trouble(Kind.NOT_UNDERSTOOD, "Google's answer is no list of " + asked + ".");
      }
      page.path(list).forEach(found::add);
      next = page.path("nextPageToken").asText("");
    } while (!next.isEmpty());
    return found;
  }

  /** RFC 6749, 5.2: {@code invalid_grant} for a key or an account that Google does not know. */
  private static void refuseToken(HttpAnswer answer) {
    if (answer.status() == 400 && answer.text().contains("\"invalid_grant\"")) {
      throw answer.trouble(
          Kind.AUTHENTICATION_FAILED,
          "Google does not know the service account or its key: it may be deleted or disabled.");
    }
  }
}
