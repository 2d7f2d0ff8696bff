package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;
import java.util.List;
import java.util.Map;

/**
 * Tests the keys of an application's environment on the developer platform (M29). Secret {@code
 * {"envName", "envKey", "envSecret"}}.
 */
public final class ConnectorEnvironmentCredentialTest implements CredentialTest {
  private static final String PROBE = "GET /api/config/v1/marketplaces";

  private final HttpPort http;
  private final Map<String, String> at;

  /**
   * @param at axis to value: {@code environment} says which platform knows the keys
   */
  public ConnectorEnvironmentCredentialTest(HttpPort http, Map<String, String> at) {
    this.http = http;
    this.at = at;
  }

  @Override
  public String system() {
    return "connector-environment";
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements).choosing("envName");
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          DeveloperPlatform platform =
              new DeveloperPlatform(
                  http, at.get("environment"), given.secret("envKey"), given.secret("envSecret"));
          List<DeveloperPlatform.Marketplace> linked = platform.marketplaces();
          return Grading.valid(
              "The developer platform accepts the keys.",
              PROBE,
              platform.against(),
              linked.isEmpty() ? "no marketplace yet" : linked.toString());
        });
  }
}
