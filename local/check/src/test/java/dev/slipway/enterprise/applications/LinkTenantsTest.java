package dev.slipway.enterprise.applications;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantId;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M24: each tenant that wants an application has it, enabled by machine where the hub lets it. */
final class LinkTenantsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final LinkTenants task = new LinkTenants(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("applications.link-tenants")
          .at("environment", "uat")
          .at("application", "xero")
          .element("applications", "{\"nid\":\"xero\",\"tenants\":\"all\"}")
          .element("application-facts", "{\"integration\":\"connec-connector\"}")
          .element("component-hosts", "{\"uat\":{\"mnohub\":\"hub.uat.customer.example\"}}")
          .element(
              "tenants",
              """
              {"uat":{"list":[{"name":"acme","host":"acme.uat.customer.example"},
                {"name":"bravo","host":"bravo.uat.customer.example"}]}}""")
          .secret("mnohub-tenant@uat.acme", keys("acme"))
          .secret("mnohub-tenant@uat.bravo", keys("bravo"));

  private static String keys(String tenant) {
    return "{\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
        .formatted(hubTenantId("uat", tenant), hubTenantKey("uat", tenant));
  }

  private void hub(String patch) {
    control.patchWorld("{\"maestrano\":{\"hubs\":{\"uat\":%s}}}".formatted(patch));
  }

  /** What the vendor does in the hub's console. */
  private void enableInConsole(String... tenants) {
    JsonNode apps = control.world().path("maestrano").path("hubs").path("uat").path("apps");
    apps.valueStream()
        .filter(app -> app.path("nid").asText().equals("xero"))
        .forEach(app -> ((ObjectNode) app).set("tenants", Json.texts(List.of(tenants))));
    hub("{\"apps\":" + apps + "}");
  }

  private List<String> tenantsOfXero() {
    return control
        .world()
        .path("maestrano")
        .path("hubs")
        .path("uat")
        .path("apps")
        .valueStream()
        .filter(app -> app.path("nid").asText().equals("xero"))
        .flatMap(app -> Json.strings(app.path("tenants")).stream())
        .toList();
  }

  private long writes() {
    return control.count("maestrano", "PATCH enable");
  }

  @Test
  void eachTenantThatWantsItGetsIt() {
    String evidence = done(bench.attempt(task));

    assertEquals(List.of("acme", "bravo"), tenantsOfXero());
    assertTrue(evidence.contains("acme: enabled; bravo: enabled"), evidence);
    done(bench.attempt(task));
    done(bench.verify(task));
    assertEquals(2, writes());
  }

  @Test
  void whatIsThereStaysAndIsNotPutBack() {
    enableInConsole("acme");

    assertTrue(done(bench.attempt(task)).contains("acme has it; bravo: enabled"));
    assertEquals(1, writes());

    assertTrue(done(bench.putBack(task)).contains("bravo: disabled again"));
    assertEquals(List.of("acme"), tenantsOfXero());
  }

  @Test
  void aTenantThatDoesNotWantItIsToldAsAWarning() {
    bench.element("applications", "{\"nid\":\"xero\",\"tenants\":[\"acme\"]}");
    enableInConsole("bravo");

    String evidence = done(bench.attempt(task));

    assertTrue(evidence.contains("warning: bravo has it and does not want it"), evidence);
  }

  @Test
  void theVendorEnablesItWhereTheHubRefuses() {
    hub("{\"refuses\":[\"PATCH enable\"]}");

    Outcome.Waiting waiting = waitsFor("enable", bench.attempt(task));
    assertTrue(waiting.instructions().contains("Tenants: acme, bravo"), waiting::instructions);
    // Said of both, and done for one.
    enableInConsole("acme");
    Outcome.Waiting again = waitsFor("enable", bench.answer("enable").attempt(task));
    assertEquals("application.not-enabled", again.problem().code());
    assertTrue(again.problem().message().contains("catalogue of bravo"));

    enableInConsole("acme", "bravo");
    done(bench.answer("enable").attempt(task));
  }

  @Test
  void aWriteThatChangesNothingIsNoSuccess() {
    hub("{\"ignores\":[\"enable\"]}");

    Outcome.Waiting waiting = waitsFor("enable", bench.attempt(task));

    assertTrue(waiting.evidence().toString().contains("changed nothing"), waiting::toString);
  }

  @Test
  void theVendorEnablesWhatTheHubDoesNotShow() {
    hub("{\"apps\":[]}");

    waitsFor("enable", bench.attempt(task));
    assertEquals(0, writes());
  }

  @Test
  void anotherStackThanDeclaredIsTold() {
    bench.element("application-facts", "{\"integration\":\"hosted\"}");

    failed(
        "application.other-integration",
        "mnohub-tenant",
        "application-facts.xero.integration",
        bench.attempt(task));
  }

  @Test
  void anApplicationThatATenantLostIsToldByTheSecondLook() {
    done(bench.attempt(task));
    enableInConsole("acme");

    failed("application.not-enabled", "mnohub-tenant", "applications", bench.verify(task));
  }

  /** A frontend keeps for a while that its hub had no application. */
  @Test
  void aFrontendThatSeesItsCatalogueLateIsLookedAtAgainByItself() {
    frontend("{\"unhealthy\":\"MNO-HUB\"}");
    for (int minutes : List.of(5, 15, 60)) {
      Outcome outcome = bench.attempt(task);
      failed("express.unhealthy", "express", "tenants", outcome);
      Duration pause = Duration.ofMinutes(minutes);
      assertEquals(bench.now().plus(pause), ((Outcome.Failed) outcome).retryAt());
      bench.after(pause);
    }
    frontend("{\"unhealthy\":null}");

    assertTrue(done(bench.attempt(task)).contains("success"));
  }

  private void frontend(String json) {
    control.patchWorld("{\"maestrano\":{\"expresses\":{\"uat\":{\"acme\":%s}}}}".formatted(json));
  }

  @Test
  void aHubThatIsOutOfOrderIsTold() {
    SANDBOX.loseAnswerOf("maestrano", "GET apps");

    failed("mnohub-tenant.connection-cut", "applications", bench.attempt(task));
  }

  // --- a connector on premise

  private static final String CONNECTOR = "salesforce.apps.uat.customer.example";

  private void onPremise() {
    bench
        .at("application", "salesforce")
        .element("applications", "{\"nid\":\"salesforce\",\"tenants\":[\"acme\"]}")
        .element("application-facts", "{\"integration\":\"cloud-connector\"}")
        .element("marketplaces", "\"customer-uat\"")
        .element(
            "connector-hosting",
            "{\"connectors\":{\"salesforce\":\"on-premise\"},\"hosts\":{\"salesforce\":{\"uat\":\"%s\"}}}"
                .formatted(CONNECTOR))
        .secret(
            "connector-environment",
            "{\"envName\":\"for-salesforce\",\"envKey\":\"%s\",\"envSecret\":\"%s\"}"
                .formatted(
                    SandboxDefaults.connectorEnvironmentKey("uat", "salesforce"),
                    SandboxDefaults.CONNECTOR_ENVIRONMENT_SECRET));
    control.act(
        "link-application",
        Map.of("environment", "uat", "application", "salesforce", "marketplace", "customer-uat"));
    control.patchWorld(
        """
        {"maestrano":{"hosts":{"%1$s":{"down":null}},"connectors":{"%1$s":{"env":"uat","marketplaces":[{"marketplace":"customer-uat",
          "api":{"id":"salesforce-at-customer-uat","key":"K3y-of-salesforce-at-customer-uat"}}]}}}}"""
            .formatted(CONNECTOR));
  }

  private void synchronise(String organization, String status) {
    control.act(
        "synchronise-connector",
        Map.of(
            "host", CONNECTOR,
            "marketplace", "customer-uat",
            "organization", organization,
            "status", status));
  }

  @Test
  void aConnectorOnPremiseHasToSynchroniseOnce() {
    onPremise();
    waitsFor("first-sync", bench.attempt(task));
    synchronise("org-1", "ERROR");
    Outcome.Waiting again =
        waitsFor(
            "first-sync", bench.answer("first-sync", "{\"organisation\":\"org-1\"}").attempt(task));
    assertEquals("connector.sync-failed", again.problem().code());
    assertTrue(again.problem().message().contains("ERROR"), again.problem()::message);

    synchronise("org-2", "SUCCESS");
    String evidence =
        done(bench.answer("first-sync", "{\"organisation\":\"org-2\"}").attempt(task));

    assertTrue(evidence.contains("org-2: SUCCESS"), evidence);
    assertTrue(!evidence.contains("K3y-of-"), evidence);
  }

  @Test
  void anOrganisationThatTheConnectorDoesNotKnowIsTold() {
    onPremise();

    Outcome.Waiting again = waitsFor("first-sync", bench.answer("first-sync").attempt(task));

    assertTrue(again.problem().message().contains("no such organisation"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void nothingIsDoneTwiceWhereverTheProcessDies(int notes) {
    bench.crashAfterNotes(notes);

    assertInstanceOf(Outcome.Failed.class, bench.attempt(task));
    done(bench.attempt(task));

    assertEquals(2, writes());
    done(bench.putBack(task));
    assertEquals(List.of(), tenantsOfXero());
  }

  @Test
  void aLostAnswerIsLookedUp() {
    SANDBOX.loseAnswerOf("maestrano", "PATCH enable");

    bench.attempt(task);
    done(bench.attempt(task));

    assertEquals(List.of("acme", "bravo"), tenantsOfXero());
    done(bench.putBack(task));
    assertEquals(List.of(), tenantsOfXero());
  }
}
