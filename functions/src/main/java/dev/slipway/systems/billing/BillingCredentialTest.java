package dev.slipway.systems.billing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;
import java.util.Optional;

/**
 * Tests the account at the external billing system with a call that changes nothing. Reads {@code
 * external-billing} {system, url}; secret {@code {"identifier", "secret", "accessKey"?}}. A system
 * without a publicly known API cannot be tested.
 */
public final class BillingCredentialTest implements CredentialTest {

  private static final String PROBE = "the billing system's version or balance";

  private final HttpPort http;

  /** Tests through this way out. */
  public BillingCredentialTest(HttpPort http) {
    this.http = http;
  }

  @Override
  public String system() {
    return "billing";
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          Optional<BillingSystem> billing = BillingSystems.of(http, given);
          if (billing.isEmpty()) {
            return Grading.graded(
                Grade.INCONCLUSIVE,
                "No public API of this billing system is known; a person attests the connection,"
                    + " and Slipway needs no credential of it.",
                PROBE,
                given.element("external-billing", "system"),
                "");
          }
          BillingSystem.Contact contact = billing.get().contact();
          return Grading.valid(
              billing.get().name() + " accepts the account.",
              contact.probe(),
              contact.against(),
              given.redactor().answer(contact.answer()));
        });
  }
}
