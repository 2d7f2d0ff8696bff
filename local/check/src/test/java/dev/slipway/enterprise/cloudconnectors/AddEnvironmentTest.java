package dev.slipway.enterprise.cloudconnectors;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.CONNECTOR_ENVIRONMENT_SECRET;
import static dev.slipway.local.sandbox.world.SandboxDefaults.connectorEnvironmentKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Outcome;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.task.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** M29 against the developer platform's stand-in. */
final class AddEnvironmentTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final AddEnvironment task = new AddEnvironment(SANDBOX.context());
  private final Bench bench =
      new Bench("cloud-connectors.add-environment")
          .at("environment", "uat")
          .at("application", "salesforce")
          .element(
              "connector-hosting",
              "{\"hosts\":{\"salesforce\":{\"uat\":\"salesforce.apps.uat.customer.example\"}}}");

  private void keys(String environment) {
    bench.secret(
        "connector-environment",
        "{\"envName\":\"customer\",\"envKey\":\"%s\",\"envSecret\":\"%s\"}"
            .formatted(
                connectorEnvironmentKey(environment, "salesforce"), CONNECTOR_ENVIRONMENT_SECRET));
  }

  @Test
  void theVendorMakesTheEnvironmentAndGivesItsKeys() {
    Outcome.Waiting asked = waitsFor("create", bench.attempt(task));
    assertTrue(
        asked.instructions().contains("https://salesforce.apps.uat.customer.example"),
        asked::instructions);

    Outcome.Waiting forKeys = waitsFor(null, bench.answer("create").attempt(task));
    assertTrue(forKeys.instructions().contains("connector-environment"), forKeys::instructions);

    keys("uat");
    String evidence = done(bench.attempt(task));
    assertTrue(evidence.contains("it takes the keys"), evidence);
    done(bench.verify(task));
  }

  @Test
  void nobodyIsAskedWhereTheKeysAreThereAlready() {
    keys("uat");

    done(bench.attempt(task));

    assertNull(bench.judged("create").orElse(null));
    assertEquals(1, SANDBOX.control().count("maestrano", "GET marketplaces"));
  }

  @Test
  void keysOfTheOtherEnvironmentAreTold() {
    keys("production");

    failed(
        "developer-platform.wrong-place",
        "developer-platform",
        "credential:connector-environment@uat.salesforce",
        bench.attempt(task));
  }

  @Test
  void onlyThePersonWhoMadeItPutsItBack() {
    keys("uat");
    done(bench.attempt(task));

    failed("put-back.by-person", "slipway", null, bench.putBack(task));
  }
}
