package dev.slipway.enterprise.applications;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Outcome;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.task.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** M21: what is declared, and what the developer platform or the vendor's people see. */
final class CheckDeveloperPlatformTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String PAGE =
      "{\"link\":\"https://developers.maestrano.com/apps/salesforce\"}";

  private final CheckDeveloperPlatform task =
      new CheckDeveloperPlatform(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("applications.check-developer-platform").at("application", "salesforce");

  private Bench facts(String managed, String integration) {
    return bench.element(
        "application-facts",
        "{\"managed\":\"%s\",\"integration\":\"%s\"}".formatted(managed, integration));
  }

  private void keys(String environment) {
    bench.secret(
        "connector-environment@" + environment + ".salesforce",
        "{\"envName\":\"for-salesforce\",\"envKey\":\"%s\",\"envSecret\":\"%s\"}"
            .formatted(
                SandboxDefaults.connectorEnvironmentKey(environment, "salesforce"),
                SandboxDefaults.CONNECTOR_ENVIRONMENT_SECRET));
  }

  @Test
  void whatIsNotKnownIsAskedOfTheVendorWithTheApplicationsName() {
    Outcome.Waiting waiting = waitsFor(null, facts("unknown", "cloud-connector").attempt(task));

    assertTrue(waiting.instructions().contains("whether the developer platform manages it"));
    assertTrue(waiting.instructions().contains("`salesforce`"), waiting::instructions);
  }

  @Test
  void theVendorLooksAndGivesThePage() {
    facts("yes", "cloud-connector");
    waitsFor("look", bench.attempt(task));
    Outcome.Waiting again = waitsFor("look", bench.answer("look").attempt(task));
    assertEquals("statement.no-link", again.problem().code());

    String evidence = done(bench.answer("look", PAGE).attempt(task));

    assertTrue(evidence.contains("developers.maestrano.com/apps/salesforce"), evidence);
    done(bench.verify(task));
  }

  @Test
  void withTheApplicationsKeysThePlatformIsAsked() {
    facts("yes", "cloud-connector");
    keys("production");

    String evidence = done(bench.attempt(task));

    assertTrue(evidence.contains("developer.maestrano.com"), evidence);
    assertFalse(evidence.contains(SandboxDefaults.CONNECTOR_ENVIRONMENT_SECRET), evidence);
    assertEquals(1, SANDBOX.control().count("maestrano", "GET marketplaces"));
  }

  @Test
  void whatThePlatformKnowsIsManagedWhateverIsDeclared() {
    facts("no", "third-party-cloud");
    keys("uat");

    failed(
        "application.other-than-declared",
        "developer-platform",
        "application-facts.salesforce.managed",
        bench.attempt(task));
  }

  @Test
  void aConnectorThatIsNotManagedHasToBeRegistered() {
    failed(
        "application.not-managed",
        "developer-platform",
        "application-facts.salesforce.managed",
        facts("no", "cloud-connector").attempt(task));
  }

  @Test
  void aThirdPartysApplicationGoesOnWithItsMigration() {
    facts("no", "third-party-cloud");
    waitsFor("look", bench.attempt(task));

    String evidence = done(bench.answer("look").attempt(task));

    assertTrue(evidence.contains("not managed yet"), evidence);
    // Once it is migrated, what was said is about another fact.
    facts("yes", "third-party-cloud");
    assertEquals("statement.outdated", waitsFor("look", bench.attempt(task)).problem().code());
  }
}
