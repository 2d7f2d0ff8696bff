package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;

/**
 * Tests the access to a hub that has the vendor's whole catalogue (M22). Secret {@code {"host",
 * "tenantId", "tenantKey"}}.
 */
public final class CatalogueCredentialTest implements CredentialTest {
  private static final String PROBE = "GET /api/mnoe/v2/apps";

  private final HttpPort http;

  /** Tests through this way out. */
  public CatalogueCredentialTest(HttpPort http) {
    this.http = http;
  }

  @Override
  public String system() {
    return "mnohub-catalogue";
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements).choosing("host");
    return Grading.of(
        PROBE,
        given.redactor(),
        () -> {
          String host = given.secret("host");
          if (!host.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,252}")) {
            throw given.missing("\"host\" must be a host name, such as hub.vendor.example.");
          }
          MnoHub hub = new MnoHub(http, host, given.secret("tenantId"), given.secret("tenantKey"));
          return Grading.valid(
              "The hub shows its applications.",
              PROBE,
              hub.against(),
              hub.apps().size() + " application(s) enabled");
        });
  }
}
