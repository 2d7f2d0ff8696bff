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

  /** Codes of the field Errors, by the list in the vendor's library for PHP. */
  private static final String RATE_LIMIT = "S5029";

  private static final String SYSTEM_ERROR = "S5";

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

  /**
   * Asks for a transaction that nobody has made: eWAY looks at the login first. A code S5… says
   * that eWAY itself is in trouble, also with HTTP 200, so it proves nothing of the login.
   */
  public void requireAccess() {
    HttpAnswer answer = api.get("transaction 0", "Transaction/0");
    String errors = answer.json().path("Errors").asText();
    if (errors.contains(RATE_LIMIT)) {
      throw answer.trouble(Kind.RATE_LIMITED, "eWAY limits the rate of requests.");
    }
    if (errors.contains(SYSTEM_ERROR)) {
      throw answer.trouble(Kind.OUT_OF_ORDER, "eWAY reports an error of its own: " + errors + ".");
    }
    if (!answer.json().path("Transactions").isArray() && !answer.json().has("Errors")) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "eWAY's answer is no list of transactions.");
    }
  }
}
