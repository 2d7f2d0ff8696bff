package dev.slipway.systems.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import java.net.URI;
import java.util.Optional;

/**
 * Tests the login at Prometheus. Reads {@code monitoring} {system, prometheusUrl}; secret {@code
 * {"user", "password"}}, both optional together. Another monitoring system cannot be tested by
 * machine.
 */
public final class MonitoringCredentialTest implements CredentialTest {

  private static final String ELEMENT = "monitoring";
  private static final String PROBE = "GET /api/v1/status/buildinfo";

  private final HttpPort http;

  /** Tests through this way out. */
  public MonitoringCredentialTest(HttpPort http) {
    this.http = http;
  }

  @Override
  public String system() {
    return MonitoringApi.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          String kind = given.elementIfAny(ELEMENT, "system").orElse("prometheus");
          if (!kind.equalsIgnoreCase("prometheus")) {
            return Grading.graded(
                Grade.INCONCLUSIVE,
                "A monitoring system other than Prometheus is attested by a person.",
                PROBE,
                kind,
                "");
          }
          URI url = given.url(ELEMENT, "prometheusUrl");
          Optional<BasicLogin> login =
              given.secretIfAny("user").map(user -> new BasicLogin(user, given.secret("password")));
          PrometheusClient client = new PrometheusClient(http, url, login);
          String version = client.version();
          return Grading.valid(
              login.isPresent() && wantsLogin(url)
                  ? "Prometheus accepts the login."
                  : "Prometheus answers every caller, with any login.",
              PROBE,
              client.against(),
              "version " + version);
        });
  }

  /** A server that answers everybody has not looked at the login. */
  private boolean wantsLogin(URI url) {
    try {
      new PrometheusClient(http, url, Optional.empty()).version();
      return false;
    } catch (SystemTrouble trouble) {
      return true;
    }
  }
}
