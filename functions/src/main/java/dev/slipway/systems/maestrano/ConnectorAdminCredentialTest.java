package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.maestrano.Connector.Organization;
import dev.slipway.systems.net.HttpPort;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tests the source's keys of a connector (M62, M66). Secret {@code {"host", "marketplace", "apiId",
 * "apiKey"}}, and once the target's marketplace is linked {@code {"targetApiId", "targetApiKey"}}.
 */
public final class ConnectorAdminCredentialTest implements CredentialTest {
  private static final String PROBE = "GET /maestrano/api/organizations";

  private final HttpPort http;

  /** Tests through this way out. */
  public ConnectorAdminCredentialTest(HttpPort http) {
    this.http = http;
  }

  @Override
  public String system() {
    return "connector-admin";
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given =
        new CredentialInput(system(), secret, elements).choosing("host", "marketplace");
    return Grading.of(PROBE, given.redactor(), () -> grade(given, secret));
  }

  private CredentialTestResult grade(CredentialInput given, JsonNode secret) {
    String host = given.secret("host");
    if (!host.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,252}")) {
      throw given.missing("\"host\" must be a host name, such as salesforce.connectors.example.");
    }
    Connector connector = new Connector(http, host);
    List<Organization> found =
        connector.organizations(given.secret("apiId"), given.secret("apiKey"));
    Set<String> marketplaces =
        found.stream()
            .map(Organization::tenant)
            .filter(each -> !each.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    String wanted = given.secret("marketplace");
    if (!marketplaces.isEmpty() && !marketplaces.contains(wanted)) {
      return Grading.graded(
          Grade.WRONG_REGION_OR_ENV,
          "These are the keys of the marketplace %s: give those of %s."
              .formatted(String.join(", ", marketplaces), wanted),
          PROBE,
          connector.against(),
          "marketplace " + String.join(", ", marketplaces));
    }
    boolean hasTarget = secret.hasNonNull("targetApiId") && secret.hasNonNull("targetApiKey");
    if (hasTarget) {
      connector.organizations(given.secret("targetApiId"), given.secret("targetApiKey"));
    }
    return Grading.valid(
        hasTarget
            ? "The connector accepts the keys of both marketplaces."
            : "The connector accepts the keys.",
        PROBE,
        connector.against(),
        "%d organisation(s) of %s".formatted(found.size(), wanted));
  }
}
