package dev.slipway.systems.mailtool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;

/**
 * Mandrill (Mailchimp Transactional). Its key stands in each body, and a wrong one is told by the
 * error's name: by HTTP 401 today, by 500 in former versions. By the vendor's OpenAPI description;
 * unverified against an account.
 */
public final class Mandrill {

  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "mandrill";

  private static final URI BASE = URI.create("https://mandrillapp.com/api/1.4/");

  private final JsonApi api;
  private final String key;

  /** Speaks with this key. */
  public Mandrill(HttpPort http, String key) {
    this.key = key;
    this.api =
        new JsonApi(http, SYSTEM, Destination.VENDOR, BASE)
            .redacting(key)
            .withErrors(Mandrill::refuse);
  }

  /**
   * The account.
   *
   * @param against the host that was asked
   * @param reputation from 0 to 100; 75 and more is good
   * @param backlog mails that wait because of the hourly quota
   */
  public record Account(String against, int reputation, int backlog) {}

  /** The account that the key belongs to. */
  public Account account() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("key", key);
    HttpAnswer answer = api.ask("users/info", "users/info", body);
    JsonNode account = answer.json();
    if (!account.hasNonNull("username") || !account.hasNonNull("reputation")) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Mandrill's answer is no account.");
    }
    return new Account(
        api.against(), account.path("reputation").asInt(), account.path("backlog").asInt());
  }

  private static void refuse(HttpAnswer answer) {
    if (!answer.isSuccess() && answer.text().stripLeading().startsWith("{")) {
      String name = answer.json().path("name").asText();
      if (name.equals("Invalid_Key")) {
        throw answer.trouble(Kind.AUTHENTICATION_FAILED, "Mandrill does not know the key.");
      }
      if (name.equals("PaymentRequired")) {
        throw answer.trouble(
            Kind.NOT_PERMITTED, "Mandrill wants a paid plan before it sends for this account.");
      }
    }
  }
}
