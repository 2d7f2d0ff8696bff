package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Tests the keys of Connec! of an environment. Reads {@code component-hosts}; secret {@code {"key",
 * "secret"}}. Connec! answers per organization, and there is none at first: that it finds none
 * proves nothing, and the keys count until they are used.
 */
public final class ConnecCredentialTest implements CredentialTest {
  private static final String SYSTEM = "connec-tenant";
  private static final String PROBE = "GET /api/v2/{organization}/company";

  private final HttpPort http;
  private final Map<String, String> at;

  /**
   * @param at where the credential stands: {@code environment}
   */
  public ConnecCredentialTest(HttpPort http, Map<String, String> at) {
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
    return Grading.of(PROBE, given.redactor(), () -> grade(given, elements));
  }

  private CredentialTestResult grade(CredentialInput given, JsonNode elements) {
    EnvironmentHosts hosts =
        EnvironmentHosts.of(SYSTEM, elements, at.getOrDefault("environment", "uat"), "connec");
    Optional<HttpAnswer> answer =
        hosts.ask(host -> api(host, given).find("company", "org-slipway-probe/company"));
    if (answer.isEmpty()) {
      return CredentialTestResult.unproved(
          "Connec! did not turn the keys away, and has no organization yet: reading the first one"
              + " will prove them.",
          PROBE,
          "https://" + hosts.own(),
          "HTTP 404");
    }
    if (!answer.get().json().path("company").isContainerNode()) {
      throw answer.get().trouble(Kind.NOT_UNDERSTOOD, "Connec!'s answer holds no company.");
    }
    return Grading.valid("Connec! accepts the keys.", PROBE, "https://" + hosts.own(), "a company");
  }

  private JsonApi api(String host, CredentialInput given) {
    String key = given.secret("key");
    String secret = given.secret("secret");
    return new JsonApi(
            http, SYSTEM, Destination.CUSTOMER, URI.create("https://" + host + "/api/v2/"))
        .with(Authentication.basic(key, secret))
        .redacting(key, secret);
  }
}
