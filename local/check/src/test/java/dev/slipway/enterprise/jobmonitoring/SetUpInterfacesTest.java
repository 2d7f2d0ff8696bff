package dev.slipway.enterprise.jobmonitoring;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.CONNEC_JOBS_PASSWORD;
import static dev.slipway.local.sandbox.world.SandboxDefaults.CONNEC_JOBS_USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.probe.Probe;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** M43 against the stand-ins of the hub and of Connec!. */
final class SetUpInterfacesTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SetUpInterfaces task =
      new SetUpInterfaces(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("job-monitoring.set-up-interfaces")
          .at("environment", "uat")
          .element(
              "component-hosts",
              """
              {"uat":{"mnohub":"hub.uat.customer.example",
                "connec":"connec.uat.customer.example"}}""");

  private Bench connec() {
    return bench
        .at("component", "connec")
        .secret(
            "connec-sidekiq",
            "{\"user\":\"%s\",\"password\":\"%s\"}"
                .formatted(CONNEC_JOBS_USER, CONNEC_JOBS_PASSWORD));
  }

  private static void jobs(String component, String json) {
    SANDBOX
        .control()
        .patchWorld("{\"maestrano\":{\"%s\":{\"uat\":{\"jobs\":%s}}}}".formatted(component, json));
  }

  @Test
  void connecsPageIsClosedToStrangersAndShowsAWorker() {
    connec();
    assertEquals(Party.VENDOR, waitsFor("set", bench.attempt(task)).party());
    jobs("connec", "{\"dead\":3}");

    String evidence = done(bench.answer("set", "engineer", "{}").attempt(task));

    assertTrue(evidence.contains("HTTP 401"), evidence);
    assertTrue(evidence.contains("1 process(es)"), evidence);
    assertTrue(evidence.contains("3 dead; warning"), evidence);
    assertFalse(evidence.contains(CONNEC_JOBS_PASSWORD), evidence);
    done(bench.verify(task));
    assertTrue(done(bench.putBack(task)).contains("nothing was changed by machine"));
  }

  @Test
  void aPageThatEverybodySeesIsSeriousAndLookedAtAgain() {
    connec().answer("set", "engineer", "{}");
    jobs("connec", "{\"open\":true}");
    Outcome outcome = bench.attempt(task);
    var told = failed("connec.jobs-open", "component-hosts.uat.connec", outcome);
    assertTrue(told.message().contains("HTTP 200 \"Sidekiq\""), told::message);
    assertEquals(bench.now().plus(Duration.ofMinutes(15)), ((Outcome.Failed) outcome).retryAt());
    jobs("connec", "{\"open\":null}");
    done(bench.attempt(task));
  }

  @Test
  void aPageWithoutAWorkerAndALoginThatIsTurnedAwayAreTold() {
    connec().answer("set", "engineer", "{}");
    jobs("connec", "{\"processes\":0}");
    failed("connec.no-worker", "component-hosts.uat.connec", bench.attempt(task));
    jobs("connec", "{\"password\":\"another-one\"}");
    failed("connec.jobs-login", "credential:connec-sidekiq@uat", bench.attempt(task));
  }

  @Test
  void theHubLeadsStrangersToItsLoginAndAPlatformAdministratorSeesThePage() {
    bench.at("component", "mnohub").answer("set", "engineer", "{}");
    assertEquals(Party.CUSTOMER, waitsFor("open", bench.attempt(task)).party());
    String evidence = done(bench.answer("open").attempt(task));
    assertTrue(evidence.contains("HTTP 302"), evidence);
    jobs("hubs", "{\"open\":true}");
    failed("mnohub.jobs-open", "component-hosts.uat.mnohub", bench.attempt(task));
  }

  @Test
  void aProbeRunnerLooksWhereOnlyTheInsideReachesThePage() {
    SetUpInterfaces inside =
        new SetUpInterfaces(
            SANDBOX.context(),
            call -> {
              throw new SystemTrouble(
                  call.system(), Kind.ADDRESS_REFUSED, "It is inside.", call.asked(), "", "");
            });
    connec().answer("set", "engineer", "{}");
    bench.seesFromInside(
        probe -> {
          assertEquals("https://connec.uat.customer.example/sidekiq", probe.against());
          assertEquals("http-status", ((Probe.HttpStatus) probe).kind());
          return Map.of("status", "401", "title", "");
        });
    assertEquals(Party.VENDOR, waitsFor("open", bench.attempt(inside)).party());
    done(bench.answer("open", "engineer", "{}").attempt(inside));
    bench.seesFromInside(probe -> Map.of("status", "200", "title", "[production] Sidekiq"));
    failed("connec.jobs-open", "component-hosts.uat.connec", bench.attempt(inside));
    bench.seesFromInside(probe -> Map.of("status", "404", "title", ""));
    failed("connec.no-jobs-page", "component-hosts.uat.connec", bench.attempt(inside));
  }
}
