package dev.slipway.systems.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;
import java.time.InstantSource;
import java.util.List;

/**
 * Tests the key of a service account for Google Analytics (M57); secret {@code {"serviceAccount"}}.
 * The key may be right and nothing be shared with the account, which is told apart.
 */
public final class GoogleAnalyticsCredentialTest implements CredentialTest {
  private static final String PROBE = "a token, GET /v1beta/accountSummaries";

  private final HttpPort http;
  private final InstantSource clock;

  /** Tests through this way out. */
  public GoogleAnalyticsCredentialTest(HttpPort http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  @Override
  public String system() {
    return GoogleAnalytics.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          GoogleAnalytics google =
              GoogleAnalytics.open(http, clock, given.secret("serviceAccount"));
          List<GoogleAnalytics.Account> accounts = google.accounts();
          return accounts.isEmpty()
              ? Grading.graded(
                  Grade.INSUFFICIENT_PERMISSION,
                  "Google accepts the key, but no account of Analytics is shared with it: add %s as an Editor under Admin, Account access management."
                      .formatted(google.email()),
                  PROBE,
                  google.against(),
                  "0 account(s)")
              : Grading.valid(
                  "Google accepts the key.",
                  PROBE,
                  google.against(),
                  accounts.size() + " account(s)");
        });
  }
}
