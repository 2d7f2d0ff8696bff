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
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.systems.logging.LogSystem;
import dev.slipway.systems.logging.SplunkCloud;
import dev.slipway.systems.logging.SplunkEnterprise;
import dev.slipway.systems.logging.SumoLogic;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M42 at each of the systems. */
class ConfigureAlertsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String TASK = "logging.configure-alerts";
  private static final String ERRORS = "slipway-uat Errors";

  private final SandboxControl control = SANDBOX.control();
  private final ConfigureAlerts task =
      new ConfigureAlerts(SANDBOX.context(), SANDBOX.parties().http());

  /** The system, whose endpoint is there since M40. */
  private LogSystem logs(String system) {
    var http = SANDBOX.parties().http();
    LogSystem logs =
        switch (system) {
          case SUMO_LOGIC ->
              SumoLogic.following(
                  http,
                  InstantSource.system(),
                  "eu",
                  SandboxDefaults.SUMO_LOGIC_ID,
                  SandboxDefaults.SUMO_LOGIC_KEY);
          case SPLUNK_CLOUD ->
              new SplunkCloud(http, SandboxDefaults.SPLUNK_STACK, SandboxDefaults.SPLUNK_TOKEN);
          default ->
              new SplunkEnterprise(
                  http,
                  SandboxDefaults.SPLUNK_HOST,
                  Authentication.basic(
                      SandboxDefaults.SPLUNK_USER, SandboxDefaults.SPLUNK_PASSWORD));
        };
    if (logs.endpoint("uat").isEmpty()) {
      logs.makeEndpoint("uat");
    }
    return logs;
  }

  private Bench bench(String system) {
    logs(system);
    return LoggingBench.of(TASK, system)
        .at("environment", "uat")
        .element("hosts", "[{\"name\":\"uat-mnohub-1\",\"roles\":[\"mnohub\"]}]")
        .element(
            "log-alerts",
            """
            [{"name":"Errors","query":"error | where 1 = 1","threshold":5,"minutes":20,
              "recipients":["otto@customer.example","lea@customer.example"]}]""");
  }

  private int alerts(String system) {
    JsonNode part = control.world().path(system);
    return part.path(system.equals(SUMO_LOGIC) ? "monitors" : "saved").size();
  }

  @ParameterizedTest
  @ValueSource(strings = {SUMO_LOGIC, SPLUNK_CLOUD, SPLUNK_ENTERPRISE})
  void alertsAreMadeAndOneIsRaisedByALine(String system) {
    Bench bench = bench(system);
    Outcome.Waiting waiting = waitsFor("fires", bench.attempt(task));
    assertEquals(Party.CUSTOMER, waiting.party());
    LogSystem.Alert made = logs(system).alert(ERRORS).orElseThrow();
    assertEquals(5, made.threshold());
    assertEquals(system.equals(SUMO_LOGIC) ? 30 : 20, made.minutes());
    assertTrue(made.query().endsWith("(error) | where 1 = 1"), made.query());
    assertTrue(made.query().contains("uat-mnohub-1"), made.query());
    assertEquals(2, made.recipients().size());
    assertEquals(2, alerts(system));
    String evidence = done(bench.answer("fires").attempt(task));
    assertTrue(evidence.contains("slipway-uat test was raised"), evidence);
    assertTrue(evidence.contains("slipway-uat test is removed"), evidence);
    assertEquals(1, alerts(system));
    assertEquals(1, control.world().path("logs").path("lines").size());
    assertFalse(bench.notes().contains("otto@"), bench.notes());
    done(bench.verify(task));
    assertTrue(done(bench.putBack(task)).contains("slipway-uat Errors is removed"));
    assertEquals(0, alerts(system));
  }

  @Test
  void withoutAWordOfTheCustomerErrorsGoToTheAdministrators() {
    Bench bench =
        LoggingBench.of(TASK, SUMO_LOGIC)
            .at("environment", "uat")
            .element("hosts", "[{\"name\":\"uat-mnohub-1\",\"roles\":[\"mnohub\"]}]");
    logs(SUMO_LOGIC);
    waitsFor("fires", bench.attempt(task));
    assertEquals(
        "[Anna@customer.example]",
        logs(SUMO_LOGIC).alert(ERRORS).orElseThrow().recipients().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {SUMO_LOGIC, SPLUNK_CLOUD, SPLUNK_ENTERPRISE})
  void anAlertThatWasThereIsChangedAndPutBack(String system) {
    LogSystem logs = logs(system);
    logs.putAlert(
        new LogSystem.Alert(
            ERRORS, logs.within("uat", List.of(), "fatal"), 1, 60, List.of("x@customer.example")));
    Bench bench = bench(system);
    done(bench.answer("fires").attempt(task));
    assertEquals(5, logs.alert(ERRORS).orElseThrow().threshold());
    String evidence = done(bench.putBack(task));
    assertTrue(evidence.contains("as before, but for its recipients"), evidence);
    LogSystem.Alert before = logs.alert(ERRORS).orElseThrow();
    assertEquals(1, before.threshold());
    assertEquals(60, before.minutes());
    assertTrue(before.query().contains("(fatal)"), before.query());
  }

  @ParameterizedTest
  @ValueSource(strings = {SUMO_LOGIC, SPLUNK_CLOUD, SPLUNK_ENTERPRISE})
  void aQueryThatTheSystemRefusesIsToldWithItsPlace(String system) {
    Bench bench = bench(system);
    bench.element(
        "log-alerts", bench.given("log-alerts").toString().replace("error |", "(error |"));
    failed("logging.query-refused", "log-alerts[0].query", bench.attempt(task));
  }

  @Test
  void anAlertThatIsNotRaisedIsToldAndTriedAgain() {
    Bench bench = bench(SPLUNK_ENTERPRISE);
    control.patchWorld("{\"logs\":{\"lost\":true}}");
    Outcome.Waiting waiting = assertInstanceOf(Outcome.Waiting.class, bench.attempt(task));
    assertEquals(Party.MACHINE, waiting.party());
    failed(
        "logging.alert-not-fired", "log-alerts", bench.after(Duration.ofMinutes(21)).attempt(task));
    control.patchWorld("{\"logs\":{\"lost\":false}}");
    waitsFor("fires", bench.attempt(task));
    assertEquals(2, alerts(SPLUNK_ENTERPRISE));
  }

  @Test
  void anotherSystemIsStatedWithALink() {
    Bench bench = LoggingBench.other(TASK).at("environment", "uat");
    waitsFor("other", bench.attempt(task));
    done(
        bench
            .answer("other", "{\"link\":\"https://graylog.customer.example/alerts\"}")
            .attempt(task));
  }

  @ParameterizedTest
  @ValueSource(strings = {SUMO_LOGIC, SPLUNK_ENTERPRISE})
  void whereverTheProcessDiesEachAlertIsMadeOnce(String system) {
    String create =
        system.equals(SUMO_LOGIC)
            ? "POST /api/v1/monitors"
            : "POST /servicesNS/nobody/search/saved/searches";
    for (int notes = 0; notes < 7; notes++) {
      control.reset();
      Bench bench = bench(system).crashAfterNotes(notes);
      SANDBOX.loseAnswerOf(system, create);
      for (int again = 0; again < 3; again++) {
        bench.attempt(task);
      }
      waitsFor("fires", bench.attempt(task));
      assertEquals(2, alerts(system), "notes " + notes);
      done(bench.putBack(task));
      assertEquals(0, alerts(system));
    }
  }
}
