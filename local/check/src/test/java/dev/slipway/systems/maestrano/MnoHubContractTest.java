package dev.slipway.systems.maestrano;

import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantId;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.ResourceApi.Resource;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client of the hub and its stand-in, each request and answer held against JSON:API. */
final class MnoHubContractTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String HUB = "hub.uat.customer.example";
  private static final String TINA = "tina@customer.example";

  private final MnoHub hub = hub("uat", "acme");

  private static MnoHub hub(String environment, String tenant) {
    return new MnoHub(
        new JsonApiShape(SANDBOX.parties().http()),
        HUB,
        hubTenantId(environment, tenant),
        hubTenantKey(environment, tenant));
  }

  private static ObjectNode user(String email, String role) {
    return Json.object()
        .put("email", email)
        .put("name", "Tina")
        .put("surname", "Tenant")
        .put("admin_role", role);
  }

  private static void uat(String patch) {
    SANDBOX.control().patchWorld("{\"maestrano\":{\"hubs\":{\"uat\":%s}}}".formatted(patch));
  }

  @Test
  void theTenantIsReadAndChangedWithoutItsKeys() {
    Resource tenant = hub.tenant();
    assertEquals("acme", tenant.text("name"));
    assertFalse(tenant.attributes().toString().contains(hubTenantKey("uat", "acme")));

    Resource changed = hub.changeTenant(tenant, Json.object().put("domain", "acme.example"));

    assertEquals("acme.example", changed.text("domain"));
    assertEquals("acme.example", hub.tenant().text("domain"));
    assertEquals("", hub("uat", "bravo").tenant().text("domain"));
  }

  @Test
  void aUserIsMadeOnceGetsARoleSignsInAndIsRemoved() {
    assertTrue(hub.user(TINA).isEmpty());
    Resource made = hub.createUser(user(TINA, "staff"));
    SystemTrouble twice =
        assertThrows(SystemTrouble.class, () -> hub.createUser(user(TINA, "admin")));
    assertEquals(Kind.REJECTED, twice.kind());
    assertTrue(twice.getMessage().contains("already been taken"), twice::getMessage);

    assertEquals("admin", hub.changeRole(made, "admin").text(MnoHub.ROLE));
    assertEquals("", hub.user("TINA@customer.example").orElseThrow().text("last_sign_in_at"));
    SANDBOX.control().act("sign-in", Map.of("environment", "uat", "tenant", "acme", "email", TINA));
    assertFalse(hub.user(TINA).orElseThrow().text("last_sign_in_at").isEmpty());

    assertEquals(1, hub.seenAs(made, "users"));
    assertEquals(1, hub.seenAs(made, "organizations"));
    assertEquals("", hub.changeRole(made, "").text(MnoHub.ROLE));
    assertThrows(SystemTrouble.class, () -> hub.seenAs(made, "users"));

    hub.deleteUser(made);
    assertTrue(hub.user(TINA).isEmpty());
  }

  @Test
  void allPagesAreRead() {
    String users =
        IntStream.rangeClosed(1, 61)
            .mapToObj(
                "{\"id\":\"%1$d\",\"email\":\"u%1$d@a.example\",\"tenant\":\"acme\"}"::formatted)
            .collect(Collectors.joining(","));
    uat("{\"users\":[" + users + "]}");

    assertEquals(61, hub.users().size());
    assertEquals(3, SANDBOX.control().count("maestrano", "GET users"));
  }

  @Test
  void appsAreEnabledForATenantAndProvisioned() {
    Resource app = hub.app("xero").orElseThrow();
    assertTrue(hub.enabledApp("xero").isEmpty());
    Resource organization = hub.organizations().getFirst();
    assertThrows(SystemTrouble.class, () -> hub.provision("xero", organization));

    hub.enable(app, true);
    hub.provision("xero", organization);

    assertTrue(hub.enabledApp("xero").isPresent());
    assertTrue(hub("uat", "bravo").enabledApp("xero").isEmpty());
    Resource instance = hub.instances(organization).getFirst();
    assertEquals("running", instance.text("status"));
    hub.terminate(instance);
    assertEquals("terminated", hub.instances(organization).getFirst().text("status"));
    hub.enable(app, false);
    assertTrue(hub.enabledApp("xero").isEmpty());
  }

  @Test
  void anOrganizationIsFrozenAndAskedForItsSynchronizations() {
    Resource organization = hub.organizations().getFirst();

    hub.freeze(organization, true);
    assertEquals("true", hub.organizations().getFirst().text("account_frozen"));
    hub.freeze(organization, false);

    assertEquals("false", hub.organizations().getFirst().text("account_frozen"));
    assertTrue(hub.synchronizations(organization).attributes().path("connectors").isArray());
  }

  @Test
  void aHubMayRefuseAnOperationAndIgnoreAnAttribute() {
    uat("{\"refuses\":[\"PATCH tenant\"],\"ignores\":[\"admin_role\"]}");

    Resource tenant = hub.tenant();
    SystemTrouble refused =
        assertThrows(SystemTrouble.class, () -> hub.changeTenant(tenant, Json.object()));
    assertEquals(Kind.NOT_PERMITTED, refused.kind());
    assertEquals("", hub.createUser(user(TINA, "admin")).text(MnoHub.ROLE));
  }

  @Test
  void aHostWithoutAnInstanceIsOutOfOrderUntilItIsDeployed() {
    SANDBOX
        .control()
        .patchWorld("{\"maestrano\":{\"hosts\":{\"%s\":{\"down\":true}}}}".formatted(HUB));
    MnoHub plain =
        new MnoHub(
            SANDBOX.parties().http(), HUB, hubTenantId("uat", "acme"), hubTenantKey("uat", "acme"));
    assertEquals(Kind.OUT_OF_ORDER, assertThrows(SystemTrouble.class, plain::tenant).kind());

    SANDBOX.control().act("deploy-component", Map.of("host", HUB));

    assertEquals("acme", plain.tenant().text("name"));
  }

  // --- the credential

  private static CredentialTestResult graded(Map<String, String> secret) {
    JsonNode elements =
        Json.parse(
            """
            {"component-hosts":{"uat":{"mnohub":"hub.uat.customer.example"},
              "production":{"mnohub":"hub.customer.example"}},
             "tenants":{"name":"acme","title":"Acme","host":"acme.uat.customer.example"}}""");
    return new MnoHubCredentialTest(
            new JsonApiShape(SANDBOX.parties().http()),
            Map.of("environment", "uat", "tenant", "acme"))
        .test(Json.of(secret), elements);
  }

  private static Map<String, String> keys(String environment, String tenant) {
    return Map.of(
        "tenantId", hubTenantId(environment, tenant),
        "tenantKey", hubTenantKey(environment, tenant));
  }

  private static void assertGrade(Grade grade, String said, CredentialTestResult result) {
    assertEquals(grade, result.grade(), result::message);
    assertTrue(result.message().contains(said), result::message);
    assertFalse(result.toString().contains("K3y-0f"), result::toString);
  }

  @Test
  void keysOfTheOtherEnvironmentAndOfAnotherTenantAreToldApart() {
    assertGrade(Grade.VALID, "refuses no operation", graded(keys("uat", "acme")));
    assertGrade(Grade.WRONG_REGION_OR_ENV, "give those of uat", graded(keys("production", "acme")));
    uat(
        "{\"tenants\":[{\"id\":\"9\",\"name\":\"other\",\"domain\":\"b.example\",\"tenantId\":\"t-1\",\"tenantKey\":\"K3y-0f\"}]}");
    assertGrade(
        Grade.WRONG_REGION_OR_ENV,
        "keys of another tenant",
        graded(Map.of("tenantId", "t-1", "tenantKey", "K3y-0f")));
    assertGrade(
        Grade.INVALID_CREDENTIALS,
        "turned the credential away",
        graded(Map.of("tenantId", "t-2", "tenantKey", "K3y-0f-none")));
  }

  @Test
  void refusedWritesAreToldAndRefusedReadsAreNotEnough() {
    JsonNode before = SANDBOX.control().world().path("maestrano");
    uat("{\"refuses\":[\"PATCH user\",\"PATCH tenant\"]}");
    assertGrade(
        Grade.VALID,
        "It refuses changes of the tenant, changes of users",
        graded(keys("uat", "acme")));
    uat("{\"refuses\":[\"GET users\"]}");
    assertGrade(
        Grade.INSUFFICIENT_PERMISSION,
        "does not let the tenant see the users",
        graded(keys("uat", "acme")));
    uat("{\"refuses\":null}");
    assertEquals(before, SANDBOX.control().world().path("maestrano"));
  }
}
