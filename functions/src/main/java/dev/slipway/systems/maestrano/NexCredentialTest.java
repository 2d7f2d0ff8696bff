package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/**
 * Tests the key of an environment's Nex!. Secret {@code {"endpoint", "apiKey"}}; reads {@code
 * component-hosts.<environment>.nex}, which the endpoint has to be.
 */
public final class NexCredentialTest implements CredentialTest {
  private static final String PROBE = "GET /api/v1/apps";

  private final HttpPort http;
  private final Map<String, String> at;

  /**
   * @param at axis to value: {@code environment} says whose Nex! it is
   */
  public NexCredentialTest(HttpPort http, Map<String, String> at) {
    this.http = http;
    this.at = at;
  }

  @Override
  public String system() {
    return Nex.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements).choosing("endpoint");
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          URI endpoint = endpoint(given);
          String wanted =
              elements.path("component-hosts").path(at.get("environment")).path("nex").asText();
          if (!wanted.isEmpty() && !wanted.equalsIgnoreCase(endpoint.getHost())) {
            return Grading.graded(
                Grade.WRONG_REGION_OR_ENV,
                "The endpoint is "
                    + endpoint.getHost()
                    + ", and Nex! of "
                    + at.get("environment")
                    + " is "
                    + wanted
                    + ". Give the key of that one.",
                "comparison",
                endpoint.getHost(),
                "");
          }
          Nex nex = new Nex(http, endpoint, given.secret("apiKey"));
          int apps = nex.requireAccess();
          return Grading.valid("Nex! accepts the key.", PROBE, nex.against(), apps + " app(s)");
        });
  }

  private static URI endpoint(CredentialInput given) {
    try {
      URI endpoint = new URI(given.secret("endpoint"));
      if ("https".equals(endpoint.getScheme()) && endpoint.getHost() != null) {
        return endpoint;
      }
    } catch (URISyntaxException e) {
      throw noEndpoint(given);
    }
    throw noEndpoint(given);
  }

  private static RuntimeException noEndpoint(CredentialInput given) {
    return given.missing("\"endpoint\" must be of the form https://host.");
  }
}
