package dev.slipway.systems.payment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.Regions;
import dev.slipway.systems.net.HttpPort;
import java.net.URI;
import java.util.Map;

/**
 * Tests the keys of the payment gateway (M55). Reads {@code payment} {system}; secret {@code
 * {"environment", "merchantId", "publicKey", "privateKey"}} for Braintree, {@code {"environment",
 * "apiKey", "password"}} for eWAY. No public API of another gateway is known.
 */
public final class PaymentGatewayCredentialTest implements CredentialTest {

  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "payment-gateway";

  private final HttpPort http;
  private final boolean forProduction;

  /**
   * Tests through this way out.
   *
   * @param forProduction whether the keys are given for Production, where those of a sandbox do not
   *     do
   */
  public PaymentGatewayCredentialTest(HttpPort http, boolean forProduction) {
    this.http = http;
    this.forProduction = forProduction;
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(SYSTEM, secret, elements).choosing("environment");
    String gateway = given.elementIfAny("payment", "system").orElse("");
    if (forProduction && given.secretIfAny("environment").orElse("").equals("sandbox")) {
      return Grading.sandboxForProduction(gateway);
    }
    return switch (gateway) {
      case "braintree" -> braintree(given);
      case "eway" -> eway(given);
      default ->
          Grading.graded(
              Grade.INCONCLUSIVE,
              "Slipway speaks to Braintree and eWAY only: keys of another gateway stay with you, and"
                  + " a person attests the connection.",
              "nothing",
              gateway,
              "");
    };
  }

  private CredentialTestResult braintree(CredentialInput given) {
    String probe = "GraphQL: viewer { merchant }";
    return Grading.of(
        probe,
        given.redactor(),
        () -> {
          Braintree.Merchant merchant =
              environments(Braintree.BASES)
                  .ask(
                      given.secret("environment"),
                      base ->
                          new Braintree(
                                  http, base, given.secret("publicKey"), given.secret("privateKey"))
                              .merchant());
          if (!merchant.id().equals(given.secret("merchantId"))) {
            return Grading.graded(
                Grade.WRONG_REGION_OR_ENV,
                "Braintree accepts the keys, but they belong to another merchant than merchantId"
                    + " says: give the keys of that merchant, or its id.",
                probe,
                merchant.against(),
                given.redactor().redact(merchant.status()));
          }
          return Grading.valid(
              "Braintree accepts the keys.", probe, merchant.against(), merchant.status());
        });
  }

  private CredentialTestResult eway(CredentialInput given) {
    String probe = "GET /Transaction/0";
    return Grading.of(
        probe,
        given.redactor(),
        () ->
            environments(Eway.BASES)
                .ask(
                    given.secret("environment"),
                    base -> {
                      Eway eway =
                          new Eway(http, base, given.secret("apiKey"), given.secret("password"));
                      eway.requireAccess();
                      return Grading.valid(
                          "eWAY accepts the login.", probe, eway.against(), "HTTP 200");
                    }));
  }

  private static Regions environments(Map<String, URI> bases) {
    return new Regions(SYSTEM, "environment of the credential", bases);
  }
}
