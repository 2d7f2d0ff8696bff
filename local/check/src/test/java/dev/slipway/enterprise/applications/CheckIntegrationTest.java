package dev.slipway.enterprise.applications;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantId;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Problem;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.task.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** M22: how an application is integrated, as declared, and as a hub or the vendor sees it. */
final class CheckIntegrationTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final CheckIntegration task =
      new CheckIntegration(SANDBOX.context(), SANDBOX.parties().http());

  private static Bench bench(String nid, String integration) {
    return new Bench("applications.check-integration")
        .at("application", nid)
        .element("application-facts", "{\"integration\":\"%s\"}".formatted(integration));
  }

  private static Bench withCatalogue(Bench bench) {
    return bench.secret(
        "mnohub-catalogue",
        "{\"host\":\"hub.vendor.example\",\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
            .formatted(hubTenantId("catalogue", "vendor"), hubTenantKey("catalogue", "vendor")));
  }

  @Test
  void whatIsNotKnownIsAskedOfTheVendor() {
    assertTrue(
        waitsFor(null, bench("xero", "unknown").attempt(task))
            .instructions()
            .contains("how it is integrated"));
  }

  @ParameterizedTest
  @CsvSource({
    "xero, connec-connector, connector, 'M25, M26'",
    "ranqx, third-party-cloud, cloud, 'M31, M32'",
    "salesforce, cloud-connector, cloud, M27 to M30"
  })
  void aHubSaysTheStackAndTheRowsFollow(String nid, String integration, String stack, String rows) {
    Bench bench = withCatalogue(bench(nid, integration));

    String evidence = done(bench.attempt(task));

    assertTrue(evidence.contains(nid + ": stack " + stack), evidence);
    assertTrue(evidence.contains(integration + ": " + rows), evidence);
    done(bench.verify(task));
  }

  @Test
  void anotherStackIsToldWithWhatTheHubSays() {
    Problem problem =
        failed(
            "application.other-integration",
            "mnohub-tenant",
            "application-facts.xero.integration",
            withCatalogue(bench("xero", "hosted")).attempt(task));

    assertTrue(problem.message().contains("says stack connector"), problem::message);
  }

  @Test
  void theVendorLooksWhereNoHubIsAsked() {
    Bench bench = bench("xero", "connec-connector");
    waitsFor("compare", bench.attempt(task));
    assertEquals(
        "application.other-integration",
        waitsFor("compare", bench.answer("compare", "{\"stack\":\"cube\"}").attempt(task))
            .problem()
            .code());

    done(bench.answer("compare", "{\"stack\":\"connector\"}").attempt(task));
  }

  @Test
  void theVendorLooksWhereTheHubShowsNoSuchApplication() {
    Bench bench = withCatalogue(bench("acme-books", "hosted"));
    waitsFor("compare", bench.attempt(task));

    done(bench.answer("compare", "{\"stack\":\"cube\"}").attempt(task));
  }

  private static Bench at(String host, String nid, String integration) {
    return bench(nid, integration)
        .element(
            "application-facts",
            "{\"integration\":\"%s\",\"host\":\"%s\"}".formatted(integration, host))
        .answer("compare", "{\"stack\":\"cloud\"}");
  }

  @Test
  void aCloudConnectorSaysOnWhichFrameworkItIsBuilt() {
    String evidence = done(at("vend.connectors.example", "vend", "cloud-connector").attempt(task));

    assertTrue(evidence.contains("built on the connector framework 2.3.5"), evidence);
  }

  @Test
  void aConnectorIsNoThirdPartysApplication() {
    failed(
        "application.other-integration",
        "connector",
        "application-facts.vend.integration",
        at("vend.connectors.example", "vend", "third-party-cloud").attempt(task));
  }

  @Test
  void aHostThatIsNotThereYetTellsNothing() {
    String evidence = done(at("developer.maestrano.com", "vend", "cloud-connector").attempt(task));

    assertTrue(evidence.contains("does not tell: not-found"), evidence);
  }

  @Test
  void aHubThatIsOutOfOrderIsTold() {
    SANDBOX.loseAnswerOf("maestrano", "GET apps");

    failed(
        "mnohub-tenant.connection-cut",
        "application-facts.xero.integration",
        withCatalogue(bench("xero", "connec-connector")).attempt(task));
  }
}
