package dev.slipway.systems.rates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;

/** Tests the app id of Open Exchange Rates (M58); secret {@code {"appId"}}. */
public final class OpenExchangeRatesCredentialTest implements CredentialTest {
  private static final String PROBE = "GET /api/usage.json";

  private final HttpPort http;

  /** Tests through this way out. */
  public OpenExchangeRatesCredentialTest(HttpPort http) {
    this.http = http;
  }

  @Override
  public String system() {
    return RatesAccount.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          RatesAccount.Usage usage = new RatesAccount(http, given.secret("appId")).usage();
          return Grading.valid(
              usage.isBaseFree()
                  ? "Open Exchange Rates accepts the app id."
                  : "Open Exchange Rates accepts the app id. The plan %s has rates against the US dollar only, and %d requests left this month."
                      .formatted(usage.plan(), usage.remaining()),
              PROBE,
              usage.against(),
              "plan %s, %d request(s) left".formatted(usage.plan(), usage.remaining()));
        });
  }
}
