package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.HttpPort;

/**
 * Tests the keys of the tenant whose data moves, in the hub that it comes from (M63–M65). Reads
 * {@code migration.sourceTenant}; secret {@code {"host", "tenantId", "tenantKey"}}.
 */
public final class SourceTenantCredentialTest implements CredentialTest {
  private static final String PROBE = "GET /api/mnoe/v2/tenant, organizations";

  private final HttpPort http;

  /** Tests through this way out. */
  public SourceTenantCredentialTest(HttpPort http) {
    this.http = http;
  }

  @Override
  public String system() {
    return "source-tenant";
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements).choosing("host");
    return Grading.of(PROBE, given.redactor(), () -> grade(given));
  }

  private CredentialTestResult grade(CredentialInput given) {
    String host = given.secret("host");
    if (!host.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,252}")) {
      throw given.missing("\"host\" must be a host name, such as hub.vendor.example.");
    }
    MnoHub hub = new MnoHub(http, host, given.secret("tenantId"), given.secret("tenantKey"));
    String name = hub.tenant().text("name");
    String wanted = given.element("migration", "sourceTenant");
    if (!name.equalsIgnoreCase(wanted)) {
      return Grading.graded(
          Grade.WRONG_REGION_OR_ENV,
          "These are the keys of the tenant %s: give those of %s.".formatted(name, wanted),
          PROBE,
          hub.against(),
          "tenant " + name);
    }
    return Grading.valid(
        "The hub accepts the tenant's keys, and shows its organisations.",
        PROBE,
        hub.against(),
        "tenant %s, %d organisation(s)".formatted(name, hub.organizations().size()));
  }
}
