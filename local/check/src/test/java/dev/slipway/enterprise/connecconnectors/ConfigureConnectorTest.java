package dev.slipway.enterprise.connecconnectors;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.CONNEC_SECRET;
import static dev.slipway.local.sandbox.world.SandboxDefaults.connecKey;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantId;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantKey;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.task.Bench;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** M26 against the stand-ins of the hub and of Connec!. */
final class ConfigureConnectorTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final ConfigureConnector task = new ConfigureConnector(SANDBOX.context());
  private final Bench bench = at("uat");

  private static Bench at(String environment) {
    return new Bench("connec-connectors.configure-connector")
        .at("environment", environment)
        .at("application", "xero")
        .element("connec-keys", "{\"partnerApproval\":\"granted\"}")
        .element("applications", "{\"items\":[]}")
        .element(
            "component-hosts",
            """
            {"uat":{"mnohub":"hub.uat.customer.example","connec":"connec.uat.customer.example"},
             "production":{"mnohub":"hub.customer.example","connec":"connec.customer.example"}}""")
        .element(
            "tenants",
            """
            {"uat":{"list":[{"name":"acme"},{"name":"bravo"}]},
             "production":{"list":[{"name":"bravo"}]}}""")
        .element("test-company", "{\"name\":\"Demo Company\"}")
        .secret("connec-app", "{\"provider\":\"xero\",\"clientId\":\"c\",\"clientSecret\":\"s\"}")
        .secret(
            "mnohub-tenant@" + environment + ".bravo",
            "{\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
                .formatted(hubTenantId(environment, "bravo"), hubTenantKey(environment, "bravo")));
  }

  @BeforeEach
  void theHostsAreKnown() {
    for (String host : new String[] {"hub", "connec"}) {
      control.dns(host + ".uat.customer.example", "A", "203.0.113.202");
    }
  }

  private void connect(boolean keys, boolean data) {
    control.act(
        "connect-company",
        JsonNodeFactory.instance
            .objectNode()
            .put("environment", "uat")
            .put("tenant", "bravo")
            .put("application", "xero")
            .put("company", "Demo Company")
            .put("keys", keys)
            .put("data", data));
  }

  private void connecKeys() {
    bench.secret(
        "connec-tenant",
        "{\"key\":\"%s\",\"secret\":\"%s\"}".formatted(connecKey("uat"), CONNEC_SECRET));
  }

  @Test
  void peopleRegisterConfigureAndConnectAndMachinesLook() {
    connecKeys();
    Outcome.Waiting register = waitsFor("registered", bench.attempt(task));
    assertTrue(
        register.instructions().contains("Callback domain: hub.uat.customer.example"),
        register::instructions);
    waitsFor("configure", bench.answer("registered").attempt(task));
    waitsFor("consent", bench.answer("configure").attempt(task));

    connect(true, true);
    String evidence = done(bench.answer("consent").attempt(task));

    assertTrue(evidence.contains("VALID: ok"), evidence);
    assertTrue(evidence.contains("connected at the tenant bravo"), evidence);
    assertTrue(evidence.contains("at least 1 record(s) of accounts"), evidence);
    done(bench.verify(task));
  }

  @Test
  void aCompanyThatIsConnectedAlreadyIsNotAskedFor() {
    connecKeys();
    connect(true, true);

    done(bench.answer("registered").answer("configure").attempt(task));

    assertFalse(bench.judged("consent").isPresent());
  }

  @Test
  void keysThatWereNotPutIntoTheHubAreTold() {
    connect(false, false);

    Problem problem =
        failed(
            "connector.not-connected",
            "mnohub-tenant",
            "test-company",
            bench.answer("registered").answer("configure").answer("consent").attempt(task));

    assertTrue(problem.nextStep().contains("put into the hub"), problem::nextStep);
  }

  @Test
  void dataThatDoesNotArriveIsTold() {
    connecKeys();
    connect(true, false);
    control.patchWorld(
        """
        {"maestrano":{"connec":{"uat":{"organizations":{"org-bravo":{"accounts":[]}}}}}}""");

    Problem problem =
        failed(
            "connec.no-data",
            "connec-tenant",
            "test-company",
            bench.answer("registered").answer("configure").attempt(task));

    assertTrue(problem.nextStep().contains("private key"), problem::nextStep);
  }

  @Test
  void theVendorLooksWhereNoKeysOfConnecWereGiven() {
    connect(true, true);

    waitsFor("data-flows", bench.answer("registered").answer("configure").attempt(task));
    done(bench.answer("data-flows").attempt(task));
  }

  @Test
  void newKeysAreConfiguredAnew() {
    connecKeys();
    connect(true, true);
    done(bench.answer("registered").answer("configure").attempt(task));

    bench.secret("connec-app", "{\"provider\":\"xero\",\"clientId\":\"d\",\"clientSecret\":\"t\"}");

    waitsFor("configure", bench.attempt(task));
  }

  @Test
  void productionWaitsForTheProvidersApproval() {
    Bench production = at("production").element("connec-keys", "{\"partnerApproval\":\"applied\"}");

    failed(
        "connec-keys.approval-open",
        "connec-app",
        "connec-keys.partnerApproval",
        production.answer("registered").attempt(task));
    waitsFor(
        "registered",
        production.element("connec-keys", "{\"partnerApproval\":\"granted\"}").attempt(task));
  }

  @Test
  void onlyPeoplePutTheKeysBack() {
    failed("put-back.by-person", "slipway", null, bench.putBack(task));
  }
}
