package dev.slipway.systems.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.Regions;
import dev.slipway.systems.intercom.Intercom.Workspace;
import dev.slipway.systems.net.HttpPort;
import java.util.Map;

/**
 * Tests a token of Intercom (M53). Reads {@code intercom} {region, appId?}; secret {@code
 * {"token"}}. The token's workspace has to be that of the credential's environment.
 */
public final class IntercomCredentialTest implements CredentialTest {
  private static final String ELEMENT = "intercom";
  private static final String PROBE = "GET /me";
  private static final Regions REGIONS =
      new Regions(Intercom.SYSTEM, ELEMENT + ".region", Intercom.BASES);

  private final HttpPort http;
  private final String environment;

  /**
   * @param at where the credential stands: {@code environment}
   */
  public IntercomCredentialTest(HttpPort http, Map<String, String> at) {
    this.http = http;
    this.environment = at.getOrDefault("environment", "uat");
  }

  @Override
  public String system() {
    return Intercom.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          String region = given.elementIfAny(ELEMENT, "region").orElse("us");
          String token = given.secret("token");
          Workspace workspace =
              REGIONS.ask(region, base -> new Intercom(http, base, token).workspace());
          String against = Intercom.BASES.get(region).toString();
          String wanted = elements.path(ELEMENT).path("appId").path(environment).asText();
          if (!wanted.isEmpty() && !wanted.equals(workspace.appId())) {
            return Grading.graded(
                Grade.WRONG_REGION_OR_ENV,
                "Intercom accepts the token, but its workspace is %s, and `intercom.appId.%s` is %s: give a token of that workspace, or correct the element."
                    .formatted(workspace.appId(), environment, wanted),
                PROBE,
                against,
                workspace.appId());
          }
          return Grading.valid(
              "Intercom accepts the token.", PROBE, against, "workspace " + workspace.appId());
        });
  }
}
