package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.maestrano.HubPermissions.Refused;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.rest.ResourceApi.Resource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tests a tenant's keys of the hub. Reads {@code component-hosts} and {@code tenants} {name, title,
 * host}; secret {@code {"tenantId", "tenantKey"}}.
 *
 * <p>The hub of the other environment, and another tenant of the same hub, are told apart. Then
 * each operation that tasks use is tried without changing anything. One that reads and is refused
 * makes the permission insufficient; those that write are told, and people take their steps.
 */
public final class MnoHubCredentialTest implements CredentialTest {
  private static final String PROBE = "GET /api/mnoe/v2/tenant, and each operation on nothing";

  private final HttpPort http;
  private final Map<String, String> at;

  /**
   * @param at where the credential stands: {@code environment} and {@code tenant}
   */
  public MnoHubCredentialTest(HttpPort http, Map<String, String> at) {
    this.http = http;
    this.at = Map.copyOf(at);
  }

  @Override
  public String system() {
    return MnoHub.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(PROBE, given.redactor(), () -> grade(given, elements));
  }

  private CredentialTestResult grade(CredentialInput given, JsonNode elements) {
    String id = given.secret("tenantId");
    String key = given.secret("tenantKey");
    EnvironmentHosts hosts =
        EnvironmentHosts.of(system(), elements, at.getOrDefault("environment", "uat"), "mnohub");
    Resource tenant = hosts.ask(host -> new MnoHub(http, host, id, key).tenant());
    MnoHub hub = new MnoHub(http, hosts.own(), id, key);
    String seen =
        "tenant %s, domain %s".formatted(tenant.text("name"), orNone(tenant.text("domain")));
    if (isAnother(tenant, given)) {
      return Grading.graded(
          Grade.WRONG_REGION_OR_ENV,
          "These are the keys of another tenant of this hub (%s): give those of %s."
              .formatted(seen, given.element("tenants", "name")),
          PROBE,
          hub.against(),
          seen);
    }
    List<Refused> refused = new HubPermissions(hub, tenant).refused();
    List<Refused> reads = refused.stream().filter(each -> !each.isWrite()).toList();
    if (!reads.isEmpty()) {
      return Grading.graded(
          Grade.INSUFFICIENT_PERMISSION,
          "The hub accepts the keys, but does not let the tenant see %s: have it permitted."
              .formatted(words(reads)),
          PROBE,
          hub.against(),
          seen);
    }
    return Grading.valid(
        refused.isEmpty()
            ? "The hub accepts the tenant's keys, and refuses no operation."
            : "The hub accepts the tenant's keys. It refuses %s: people will take these steps."
                .formatted(words(refused)),
        PROBE,
        hub.against(),
        seen);
  }

  /** A tenant with a domain of its own and another name; one without a domain gets it by M16. */
  private static boolean isAnother(Resource tenant, CredentialInput given) {
    String domain = tenant.text("domain");
    String name = tenant.text("name");
    return !domain.isEmpty()
        && !domain.equalsIgnoreCase(given.element("tenants", "host"))
        && !name.equalsIgnoreCase(given.element("tenants", "name"))
        && !name.equalsIgnoreCase(given.elementIfAny("tenants", "title").orElse(""));
  }

  private static String words(List<Refused> refused) {
    return refused.stream().map(Refused::operation).collect(Collectors.joining(", "));
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "not set" : text;
  }
}
