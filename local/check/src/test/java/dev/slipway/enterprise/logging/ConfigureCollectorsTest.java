package dev.slipway.enterprise.logging;

import static dev.slipway.enterprise.logging.LoggingBench.SPLUNK_CLOUD;
import static dev.slipway.enterprise.logging.LoggingBench.SPLUNK_ENTERPRISE;
import static dev.slipway.enterprise.logging.LoggingBench.SUMO_LOGIC;
import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.task.Bench;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M41 at each of the systems. */
class ConfigureCollectorsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String TASK = "logging.configure-collectors";

  private final SandboxControl control = SANDBOX.control();
  private final ConfigureCollectors task =
      new ConfigureCollectors(SANDBOX.context(), SANDBOX.parties().http());

  private static Bench bench(String system) {
    return LoggingBench.of(TASK, system)
        .at("environment", "uat")
        .element(
            "hosts",
            """
            [{"name":"uat-mnohub-1","roles":["mnohub"]},{"name":"uat-connec-1","roles":["connec"]}]""");
  }

  private void report(String host, String... kinds) {
    ObjectNode details = Json.object().put("host", host);
    details.set("kinds", Json.texts(List.of(kinds)));
    control.act("report-host", details);
  }

  @ParameterizedTest
  @ValueSource(strings = {SUMO_LOGIC, SPLUNK_CLOUD, SPLUNK_ENTERPRISE})
  void eachMachineIsHeard(String system) {
    control.act("make-sumo-logic-key", Map.of("label", "slipway-uat"));
    Bench bench = bench(system);
    assertEquals(Party.VENDOR, waitsFor("install", bench.attempt(task)).party());
    report("UAT-mnohub-1", "NGINX", "APP");
    var problem = failed("logging.host-silent", "hosts", bench.answer("install").attempt(task));
    assertTrue(problem.message().contains("from uat-mnohub-1, uat-connec-1"), problem.message());
    control.reset();
    control.act("make-sumo-logic-key", Map.of("label", "slipway-uat"));
    report("uat-mnohub-1", "NGINX", "APP");
    report("uat-connec-1", "JOBS");
    String evidence = done(bench.attempt(task));
    assertTrue(evidence.contains("uat-mnohub-1: APP, NGINX; uat-connec-1: JOBS"), evidence);
    done(bench.verify(task));
  }

  @Test
  void aDeadCollectorAndAKindWithoutALineAreNamed() {
    control.act("make-sumo-logic-key", Map.of("label", "slipway-uat"));
    report("uat-mnohub-1", "NGINX", "APP");
    report("uat-connec-1", "JOBS");
    control.patchWorld(
        """
        {"logs":{"hosts":{"uat-connec-1":{"alive":false},
          "uat-mnohub-1":{"kinds":["NGINX","APP","ANSIBLE"]}}}}""");
    Bench bench = bench(SUMO_LOGIC).answer("install");
    var problem = failed("logging.host-silent", "hosts", bench.attempt(task));
    assertTrue(
        problem.message().contains("from uat-mnohub-1 (ANSIBLE), uat-connec-1."),
        problem.message());
    control.patchWorld("{\"logs\":{\"hosts\":{\"uat-connec-1\":{\"alive\":true}}}}");
    // What logs at a deployment only is not asked for again.
    done(bench.verify(task));
  }

  @Test
  void theKeyOfTheCollectorsIsTheCustomersToMake() {
    Bench bench = bench(SUMO_LOGIC);
    Outcome.Waiting waiting = waitsFor("key", bench.attempt(task));
    assertEquals(Party.CUSTOMER, waiting.party());
    assertTrue(waiting.instructions().contains("Its name: slipway-uat"), waiting::toString);
    Outcome.Waiting again = waitsFor("key", bench.answer("key").attempt(task));
    assertEquals("logging.no-key", again.problem().code());
    control.act("make-sumo-logic-key", Map.of("label", "slipway-uat"));
    waitsFor("install", bench.answer("key").attempt(task));
  }

  @Test
  void aServerThatTakesNoForwardersIsTold() {
    control.patchWorld("{\"splunk-enterprise\":{\"closed\":true}}");
    waitsFor("key", bench(SPLUNK_ENTERPRISE).attempt(task));
  }

  @Test
  void anotherSystemIsStatedWithALink() {
    Bench bench = LoggingBench.other(TASK).at("environment", "uat");
    waitsFor("other", bench.attempt(task));
    done(
        bench
            .answer("other", "{\"link\":\"https://graylog.customer.example/hosts\"}")
            .attempt(task));
  }
}
