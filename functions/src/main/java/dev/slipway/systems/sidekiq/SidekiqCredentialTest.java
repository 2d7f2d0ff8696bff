package dev.slipway.systems.sidekiq;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.maestrano.EnvironmentHosts;
import dev.slipway.systems.net.HttpPort;
import java.util.Map;

/**
 * Tests the login to the page of jobs of an environment's Connec! (M43). Reads {@code
 * component-hosts}; secret {@code {"user", "password"}}.
 */
public final class SidekiqCredentialTest implements CredentialTest {
  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "connec-sidekiq";

  private static final String PROBE = "GET /sidekiq/stats";

  private final HttpPort http;
  private final Map<String, String> at;

  /**
   * @param at where the credential stands: {@code environment}
   */
  public SidekiqCredentialTest(HttpPort http, Map<String, String> at) {
    this.http = http;
    this.at = Map.copyOf(at);
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(SYSTEM, secret, elements);
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          EnvironmentHosts hosts =
              EnvironmentHosts.of(
                  SYSTEM, elements, at.getOrDefault("environment", "uat"), "connec");
          SidekiqWeb.Stats stats =
              hosts.ask(
                  host ->
                      new SidekiqWeb(http, SYSTEM, host)
                          .stats(given.secret("user"), given.secret("password")));
          return Grading.valid(
              "Connec!'s page of jobs accepts the login.",
              PROBE,
              "https://" + hosts.own(),
              stats.toString());
        });
  }
}
