package dev.slipway.systems.payment;

import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.Map;

/**
 * eWAY's Rapid API. Only HTTP 401 and 403 mean that the login is wrong. By the paths of the
 * vendor's libraries; the answer to a transaction that is not there is unverified, so any list of
 * transactions or of errors counts.
 */
public final class Eway {

  /** Its address by environment. */
  public static final Map<String, URI> BASES =
      Map.of(
          "sandbox", URI.create("https://api.sandbox.ewaypayments.com/"),
          "production", URI.create("https://api.ewaypayments.com/"));

  private final JsonApi api;

  /** Speaks with this login at this address. */
  public Eway(HttpPort http, URI base, String apiKey, String password) {
    this.api =
        new JsonApi(http, PaymentGatewayCredentialTest.SYSTEM, Destination.VENDOR, base)
            .with(Authentication.basic(apiKey, password))
            .redacting(apiKey);
  }

  /** The host that is asked. */
  public String against() {
    return api.against();
  }

  /** Asks for a transaction that nobody has made: eWAY looks at the login first. */
  public void requireAccess() {
    HttpAnswer answer = api.get("transaction 0", "Transaction/0");
    if (!answer.json().path("Transactions").isArray() && !answer.json().has("Errors")) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "eWAY's answer is no list of transactions.");
    }
  }
}
