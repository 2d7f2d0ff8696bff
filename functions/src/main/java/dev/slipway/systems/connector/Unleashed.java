package dev.slipway.systems.connector;

import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Unleashed, which knows no OAuth: an id and a key for each company, and a signature over the
 * query. A wrong signature is answered with HTTP 403. By the vendor's page on authentication;
 * unverified against an account.
 */
final class Unleashed {

  private static final URI BASE = URI.create("https://api.unleashedsoftware.com/");

  private final JsonApi api;

  /** Speaks with these keys; every request of this client has an empty query. */
  Unleashed(HttpPort http, String system, String apiId, String apiKey) {
    String signature = signature(apiKey, "");
    this.api =
        new JsonApi(http, system, Destination.VENDOR, BASE)
            .with(
                call ->
                    call.header("Accept", "application/json")
                        .header("api-auth-id", apiId)
                        .header("api-auth-signature", signature)
                        .header("client-type", "maestrano/slipway")
                        .redacting(apiKey, signature))
            .withErrors(Unleashed::refuse);
  }

  /** Lists the company's currencies. */
  HttpAnswer requireAccess() {
    HttpAnswer answer = api.get("currencies", "Currencies");
    if (!answer.json().path("Items").isArray()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Unleashed's answer is no list of currencies.");
    }
    return answer;
  }

  private static void refuse(HttpAnswer answer) {
    if (answer.status() == 403 && answer.text().contains("signature")) {
      throw answer.trouble(Kind.AUTHENTICATION_FAILED, "Unleashed does not accept the signature.");
    }
  }

  static String signature(String apiKey, String query) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(apiKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(query.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
