package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.Map;

/**
 * Connec!, the platform's shared business data, asked with a tenant's keys, which see the data of
 * all its organisations (http://maestrano.github.io/connec/).
 *
 * <pre>{@code
 * new Connec(http, "connec.uat.customer.example", key, secret).records("cld-1", "accounts");
 * }</pre>
 */
public final class Connec {
  /** The system's name in problems: that of its keys. */
  public static final String SYSTEM = "connec-tenant";

  private final JsonApi api;

  public Connec(HttpPort http, String host, String key, String secret) {
    this.api =
        new JsonApi(http, SYSTEM, Destination.CUSTOMER, URI.create("https://" + host + "/api/v2/"))
            .with(Authentication.basic(key, secret));
  }

  /** Scheme and host, which a report may name. */
  public String against() {
    return api.against();
  }

  /**
   * The number of records of an organisation: all of them where Connec! counts them, else one if
   * there is any.
   *
   * @param organization the organisation's uid
   * @param collection such as {@code accounts}
   */
  public int records(String organization, String collection) {
    HttpAnswer answer =
        api.get(
            "GET /api/v2/{organization}/" + collection,
            organization + "/" + collection,
            Map.of("$top", "1"));
    JsonNode found = answer.json();
    if (!found.path(collection).isArray()) {
      throw answer.trouble(
          Kind.NOT_UNDERSTOOD, "The answer of Connec! is no list of " + collection + ".");
    }
    return found.path("pagination").path("count").asInt(found.path(collection).size());
  }
}
