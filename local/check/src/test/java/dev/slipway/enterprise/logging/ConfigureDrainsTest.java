package dev.slipway.enterprise.logging;

import static dev.slipway.enterprise.logging.LoggingBench.SPLUNK_CLOUD;
import static dev.slipway.enterprise.logging.LoggingBench.SPLUNK_ENTERPRISE;
import static dev.slipway.enterprise.logging.LoggingBench.SUMO_LOGIC;
import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M40 at each of the systems. */
class ConfigureDrainsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String TASK = "logging.configure-drains";

  private final SandboxControl control = SANDBOX.control();
  private final ConfigureDrains task =
      new ConfigureDrains(SANDBOX.context(), SANDBOX.parties().http());

  private static Bench bench(String system) {
    return LoggingBench.of(TASK, system)
        .at("environment", "uat")
        .element("component-hosts", "{\"uat\":{\"nex\":\"nex.uat.customer.example\"}}")
        .secret(
            "nex",
            """
            {"endpoint":"https://nex.uat.customer.example","apiKey":"nex-K3y-0f-uat-000000000001"}""");
  }

  private void deploy(String app) {
    control.act(
        "deploy-on-nex",
        Map.of(
            "environment", "uat",
            "app", app,
            "image", "connector",
            "tag", "1",
            "host", app + ".apps.uat.customer.example"));
  }

  private void log(String line) {
    control.act("write-log", Map.of("environment", "uat", "line", line));
  }

  private JsonNode lines() {
    return control.world().path("logs").path("lines");
  }

  /** What stands for the endpoint in the world. */
  private int endpoints(String system) {
    JsonNode part = control.world().path(system);
    return system.equals(SUMO_LOGIC) ? part.path("collectors").size() : part.path("tokens").size();
  }

  @ParameterizedTest
  @ValueSource(strings = {SUMO_LOGIC, SPLUNK_CLOUD, SPLUNK_ENTERPRISE})
  void aLineComesThroughTheEndpointAndEachApplicationIsHeard(String system) {
    deploy("salesforce-uat");
    deploy("vend-uat");
    Bench bench = bench(system);
    Outcome.Waiting waiting = waitsFor("drain", bench.attempt(task));
    assertEquals(Party.VENDOR, waiting.party());
    assertTrue(waiting.instructions().contains("slipway-uat"), waiting::toString);
    log("app=salesforce-uat status=200");
    Outcome.Waiting again = waitsFor("drain", bench.answer("drain").attempt(task));
    assertEquals("logging.no-lines", again.problem().code());
    assertTrue(again.problem().message().contains("of vend-uat."), again::toString);
    log("app=vend-uat status=200");
    String evidence = done(bench.answer("drain").attempt(task));
    assertTrue(evidence.contains("lines of salesforce-uat, vend-uat"), evidence);
    assertTrue(evidence.contains("found after 0 s"), evidence);
    assertEquals(3, lines().size());
    done(bench.verify(task));
    String secret = system.equals(SUMO_LOGIC) ? "5andb0xS0urce" : "5P1UNK";
    assertFalse((evidence + bench.notes()).contains(secret), evidence);
    assertTrue(done(bench.putBack(task)).contains("the endpoint is removed"));
    assertEquals(0, endpoints(system));
  }

  @ParameterizedTest
  @ValueSource(strings = {SUMO_LOGIC, SPLUNK_CLOUD, SPLUNK_ENTERPRISE})
  void aLineThatDoesNotArriveIsToldAfterTenMinutesAndSentAgain(String system) {
    control.patchWorld("{\"logs\":{\"lost\":true}}");
    Bench bench = bench(system);
    Outcome.Waiting waiting = assertInstanceOf(Outcome.Waiting.class, bench.attempt(task));
    assertEquals(Party.MACHINE, waiting.party());
    failed("logging.not-found", "logging", bench.after(Duration.ofMinutes(11)).attempt(task));
    control.patchWorld("{\"logs\":{\"lost\":false}}");
    waitsFor("drain", bench.attempt(task));
    assertEquals(1, lines().size());
  }

  @Test
  void aTokenThatSplunkCloudIsMakingIsWaitedForAndMadeOnce() {
    control.patchWorld("{\"splunk-cloud\":{\"slow\":3}}");
    Bench bench = bench(SPLUNK_CLOUD);
    for (int i = 0; i < 3; i++) {
      Outcome.Waiting waiting = assertInstanceOf(Outcome.Waiting.class, bench.attempt(task));
      assertEquals(Party.MACHINE, waiting.party());
    }
    waitsFor("drain", bench.attempt(task));
    assertEquals(1, control.count(SPLUNK_CLOUD, "POST inputs/http-event-collectors"));
  }

  @Test
  void aSearchThatIsNotDoneYetIsAskedForAgain() {
    control.patchWorld("{\"sumo-logic\":{\"slow\":1},\"splunk-enterprise\":{\"slow\":1}}");
    waitsFor("drain", bench(SUMO_LOGIC).attempt(task));
    waitsFor("drain", bench(SPLUNK_ENTERPRISE).attempt(task));
  }

  @ParameterizedTest
  @ValueSource(strings = {SUMO_LOGIC, SPLUNK_CLOUD, SPLUNK_ENTERPRISE})
  void anEndpointThatWasThereIsUsedAndKept(String system) {
    waitsFor("drain", bench(system).attempt(task));
    Bench another = bench(system);
    waitsFor("drain", another.attempt(task));
    assertEquals(1, endpoints(system));
    assertTrue(done(another.putBack(task)).contains("nothing was made"));
    assertEquals(1, endpoints(system));
  }

  @Test
  void aSumoLogicAccountThatLimitsCallsIsWaitedFor() {
    control.fault(Fault.of(SUMO_LOGIC, "POST /api/v1/collectors", 1, Fault.Kind.STATUS_429));
    waitsFor("drain", bench(SUMO_LOGIC).attempt(task));
  }

  @Test
  void anEndpointsAddressIsQuotedNowhere() {
    control.patchWorld(
        """
        {"sumo-logic":{"collectors":{"9":{"id":"9","name":"slipway-uat","sources":{"1":{
          "id":"1","name":"drain-uat","url":"https://endpoint1.collection.eu.sumologic.com/receiver/v1/http/Wr0ngT0ken"}}}}}}""");
    control.fault(
        Fault.of(SUMO_LOGIC, "POST /receiver/v1/http/{token}", 1, Fault.Kind.STATUS_5XX)
            .withMessage("no Wr0ngT0ken here"));
    Outcome outcome = bench(SUMO_LOGIC).attempt(task);
    failed("sumo-logic.out-of-order", "logging", outcome);
    assertFalse(outcome.toString().contains("Wr0ngT0ken"), outcome::toString);
  }

  @Test
  void anotherSystemIsStatedWithALink() {
    Bench bench = LoggingBench.other(TASK).at("environment", "uat");
    waitsFor("other", bench.attempt(task));
    done(
        bench.answer("other", "{\"link\":\"https://graylog.customer.example/uat\"}").attempt(task));
  }

  @ParameterizedTest
  @ValueSource(strings = {SUMO_LOGIC, SPLUNK_CLOUD, SPLUNK_ENTERPRISE})
  void whereverTheProcessDiesTheEndpointIsMadeOnce(String system) {
    String create =
        switch (system) {
          case SUMO_LOGIC -> "POST /api/v1/collectors";
          case SPLUNK_CLOUD -> "POST inputs/http-event-collectors";
          default -> "POST /servicesNS/nobody/splunk_httpinput/data/inputs/http";
        };
    for (int notes = 0; notes < 6; notes++) {
      control.reset();
      Bench bench = bench(system).crashAfterNotes(notes);
      SANDBOX.loseAnswerOf(system, create);
      for (int again = 0; again < 3; again++) {
        bench.attempt(task);
      }
      waitsFor("drain", bench.attempt(task));
      assertEquals(1, endpoints(system), "notes " + notes);
      // Sent a second time only if it is not known whether it was sent.
      assertTrue(lines().size() <= 2, lines()::toString);
      assertTrue(done(bench.putBack(task)).contains("the endpoint is removed"));
      assertEquals(0, endpoints(system));
    }
  }
}
