package dev.slipway.enterprise.jobmonitoring;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.CONNEC_JOBS_PASSWORD;
import static dev.slipway.local.sandbox.world.SandboxDefaults.CONNEC_JOBS_USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.task.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** M44 against the stand-in of Connec!. */
final class SetUpAccountsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String SEEN =
      """
      {"seen":[{"email":"anna@customer.example","views":["jobs"]},
        {"email":"otto@customer.example","views":["jobs"]}]}""";
  private static final String KEPT =
      "{\"path\":\"ops/connec-jobs\",\"readers\":[\"Anna@customer.example\"]}";

  private final SetUpAccounts task = new SetUpAccounts(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("job-monitoring.set-up-accounts")
          .at("environment", "uat")
          .element("component-hosts", "{\"uat\":{\"connec\":\"connec.uat.customer.example\"}}")
          .element(
              "platform-admins",
              """
              [{"name":"Anna Example","email":"anna@customer.example"},
               {"name":"Otto Operator","email":"otto@customer.example"}]""")
          .secret(
              "connec-sidekiq",
              "{\"user\":\"%s\",\"password\":\"%s\"}"
                  .formatted(CONNEC_JOBS_USER, CONNEC_JOBS_PASSWORD));

  @Test
  void eachAdministratorSeesTheHubsJobsAndReadsTheLoginOfConnec() {
    assertEquals(Party.CUSTOMER, waitsFor("hub", bench.attempt(task)).party());
    assertEquals(
        "platform-admins.not-seen",
        waitsFor("hub", bench.answer("hub", "{\"seen\":[]}").attempt(task)).problem().code());
    assertEquals(
        Party.CUSTOMER, waitsFor("connec", bench.answer("hub", SEEN).attempt(task)).party());
    String evidence = done(bench.answer("connec", KEPT).attempt(task));
    assertTrue(evidence.contains("ops/connec-jobs"), evidence);
    assertTrue(evidence.contains("the login is taken; 1 process(es)"), evidence);
    done(bench.verify(task));
    done(bench.putBack(task));
  }

  @Test
  void aReaderWhoIsNoAdministratorIsRefused() {
    bench.answer("hub", SEEN).answer("connec", KEPT.replace("Anna", "mallory"));
    var again = waitsFor("connec", bench.attempt(task)).problem();
    assertEquals("platform-admins.unknown-reader", again.code());
    assertTrue(again.message().contains("mallory@customer.example"), again::message);
    assertEquals(
        "platform-admins.no-vault",
        waitsFor("connec", bench.answer("connec").attempt(task)).problem().code());
  }

  @Test
  void aLoginThatWasChangedIsTold() {
    bench.answer("hub", SEEN).answer("connec", KEPT);
    SANDBOX
        .control()
        .patchWorld(
            "{\"maestrano\":{\"connec\":{\"uat\":{\"jobs\":{\"password\":\"another-one\"}}}}}");
    failed("connec.jobs-login", "credential:connec-sidekiq@uat", bench.attempt(task));
  }
}
