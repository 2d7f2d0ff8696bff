package dev.slipway.enterprise.performancemonitoring;

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
import dev.slipway.task.Bench;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** M37 against the stand-in of New Relic, and by another system. */
final class ConfigureAlertsTest {
  private static final String ACCOUNT = "01JTESTONBOARDING-uat";
  private static final String POLICY = "Slipway 01JTESTONBOARDING uat";

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final ConfigureAlerts task =
      new ConfigureAlerts(SANDBOX.context(), SANDBOX.parties().http());
  private final Monitored uat = Monitored.of(control, "performance-monitoring.configure-alerts");
  private final Bench bench = uat.bench();

  @BeforeEach
  void anAccountThatIsSetUp() {
    uat.patch("{\"accounts\":{\"2000500\":{\"name\":\"" + ACCOUNT + "\"}}}");
    uat.reportAll(ACCOUNT);
  }

  private JsonNode table(String name) {
    return uat.account(ACCOUNT).path(name);
  }

  private String received() {
    return done(bench.answer("alert-arrives", "{}").attempt(task));
  }

  @Test
  void usualThresholdsAlertTheAdministrators() {
    Outcome.Waiting arrives = waitsFor("alert-arrives", bench.attempt(task));
    assertEquals(Party.CUSTOMER, arrives.party());
    assertEquals(1, table("policies").size());
    assertEquals(6, table("conditions").size());
    assertEquals(
        "otto@customer.example",
        table("destinations")
            .valueStream()
            .findFirst()
            .orElseThrow()
            .at("/properties/0/value")
            .asText());
    assertEquals(1, table("workflows").size());
    String evidence = received();
    assertTrue(evidence.contains("incident incident-1"), evidence);
    assertEquals(5, table("conditions").size());
    done(bench.attempt(task));
    done(bench.verify(task));
    assertEquals(5, table("conditions").size());
  }

  @Test
  void apdexIsSetAndPutBack() {
    uat.patch("{\"accounts\":{\"2000500\":{\"applications\":{\"MnoHub\":{\"apdex\":1.5}}}}}");
    bench.element("monitoring-targets", targets("error-rate", "", "\"apdex\":{\"impac\":2},"));
    waitsFor("alert-arrives", bench.attempt(task));
    assertEquals(0.5, table("applications").at("/MnoHub/apdex").asDouble());
    assertEquals(2, table("applications").at("/Impac!/apdex").asDouble());
    done(bench.putBack(task));
    assertEquals(1.5, table("applications").at("/MnoHub/apdex").asDouble());
    assertEquals(0.5, table("applications").at("/Impac!/apdex").asDouble());
    for (String gone :
        new String[] {"policies", "conditions", "workflows", "channels", "destinations"}) {
      assertEquals(0, table(gone).size(), gone);
    }
  }

  private static String targets(String metric, String more, String apdex) {
    return """
        {%s"targets":[{"name":"Errors","metric":"%s","threshold":3,"minutes":5,
          "recipients":["eva@customer.example","anna@customer.example"]}%s]}"""
        .formatted(apdex, metric, more);
  }

  @Test
  void eachIsToldOfTheirOwnThresholdsAndOfTheTest() {
    bench.element(
        "monitoring-targets",
        targets(
            "error-rate",
            """
            ,{"name":"Slow","metric":"SELECT average(duration) FROM Transaction","threshold":1,
              "minutes":5,"recipients":["otto@customer.example"]}""",
            ""));
    waitsFor("alert-arrives", bench.attempt(task));
    assertEquals(2, table("workflows").size());
    String filters = table("workflows").toString();
    assertTrue(filters.contains("[\"Errors\",\"Slipway test "), filters);
    assertTrue(filters.contains("[\"Slow\",\"Slipway test "), filters);
    received();
    // Somebody else is told: the old workflows go, and the test alert is sent anew.
    bench.element("monitoring-targets", targets("error-rate", "", ""));
    assertEquals(
        "statement.outdated", waitsFor("alert-arrives", bench.attempt(task)).problem().code());
    assertEquals(1, table("workflows").size());
    assertEquals(1, table("destinations").size());
    assertEquals(2, table("conditions").size());
    assertEquals(2, table("incidents").size());
    received();
  }

  @Test
  void aPolicyThatWasThereKeepsItsOtherConditionsAndGetsTheOldOnesBack() {
    uat.patch(
        """
        {"accounts":{"2000500":{
          "policies":{"9":{"id":"9","name":"%s"}},
          "conditions":{
            "91":{"id":"91","policyId":"9","name":"Errors","nrql":{"query":"SELECT 1 FROM Old"},
              "terms":[{"operator":"BELOW","threshold":9.0,"thresholdDuration":60}]},
            "92":{"id":"92","policyId":"9","name":"Theirs","nrql":{"query":"SELECT 1 FROM Old"},
              "terms":[]}}}}}"""
            .formatted(POLICY));
    bench.element("monitoring-targets", targets("error-rate", "", ""));
    waitsFor("alert-arrives", bench.attempt(task));
    received();
    assertTrue(table("conditions").at("/91/nrql/query").asText().contains("percentage"));
    done(bench.putBack(task));
    assertEquals("SELECT 1 FROM Old", table("conditions").at("/91/nrql/query").asText());
    assertEquals("BELOW", table("conditions").at("/91/terms/0/operator").asText());
    assertEquals(2, table("conditions").size());
    assertEquals(1, table("policies").size());
  }

  @ParameterizedTest
  @CsvSource({
    "cpu, monitoring-targets.unknown",
    "SELECT nothing, new-relic.bad-query",
  })
  void aThresholdThatCannotBeIsTold(String metric, String code) {
    bench.element("monitoring-targets", targets(metric, "", ""));
    failed(code, "monitoring-targets.targets.0", bench.attempt(task));
  }

  @Test
  void twoThresholdsOfOneNameAreTold() {
    String twice = targets("error-rate", "", "");
    String one = twice.substring(twice.indexOf('[') + 1, twice.lastIndexOf(']'));
    bench.element("monitoring-targets", twice.replace("]}]}", "]}," + one + "]}"));
    failed("monitoring-targets.twice", "monitoring-targets.targets.1", bench.attempt(task));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aiNotificationsCreateDestination", "aiWorkflows"})
  void whatNewRelicRefusesOfNotificationsIsAPersons(String denied) {
    uat.patch(
        "{\"keys\":{\"NRAK-S4NDB0X00000000000000000000\":{\"denied\":[\"" + denied + "\"]}}}");
    Outcome.Waiting asked = waitsFor("recipients", bench.attempt(task));
    assertTrue(asked.instructions().contains("otto@customer.example: "), asked.instructions());
    bench.answer("recipients", "{}");
    if (denied.equals("aiNotificationsCreateDestination")) {
      assertEquals(
          "new-relic.no-workflow", waitsFor("recipients", bench.attempt(task)).problem().code());
      String policy = table("policies").fieldNames().next();
      uat.patch(
          """
          {"accounts":{"2000500":{"workflows":{"5":{"id":"5","name":"By hand",
            "workflowEnabled":true,"issuesFilter":{"predicates":[
              {"attribute":"labels.policyIds","values":["%s"]}]}}}}}}"""
              .formatted(policy));
      bench.answer("recipients", "{}");
    }
    waitsFor("alert-arrives", bench.attempt(task));
    received();
  }

  @Test
  void anAlertThatDoesNotFireOrArriveIsTold() {
    uat.patch("{\"silent\":true}");
    assertEquals(
        Party.MACHINE, assertInstanceOf(Outcome.Waiting.class, bench.attempt(task)).party());
    bench.after(Duration.ofMinutes(16));
    failed("new-relic.no-incident", "monitoring-targets", bench.attempt(task));
    String test =
        table("conditions")
            .valueStream()
            .map(condition -> condition.path("name").asText())
            .filter(name -> name.startsWith("Slipway test"))
            .findFirst()
            .orElseThrow();
    control.act("fire-alert", java.util.Map.of("account", ACCOUNT, "condition", test));
    waitsFor("alert-arrives", bench.attempt(task));
    bench.answer("alert-arrives", "{\"received\":false}");
    assertEquals(
        "monitoring.alert-not-received",
        waitsFor("alert-arrives", bench.attempt(task)).problem().code());
    assertEquals(6, table("conditions").size());
    received();
  }

  @Test
  void aThresholdThatAPersonChangesIsFoundAndSetAgain() {
    waitsFor("alert-arrives", bench.attempt(task));
    received();
    String id =
        table("conditions")
            .propertyStream()
            .filter(each -> each.getValue().path("name").asText().equals("error-rate"))
            .findFirst()
            .orElseThrow()
            .getKey();
    uat.patch(
        "{\"accounts\":{\"2000500\":{\"conditions\":{\"%s\":{\"nrql\":{\"query\":\"SELECT 1 FROM Other\"}}}}}}"
            .formatted(id));
    failed("new-relic.threshold-differs", "monitoring-targets", bench.verify(task));
    done(bench.attempt(task));
    done(bench.verify(task));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 7, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
  void whereverTheProcessDiesNothingIsMadeTwice(int notes) {
    bench.crashAfterNotes(notes);
    SANDBOX.loseAnswerOf("new-relic", "alertsPolicyCreate");
    for (int again = 0; again < 3; again++) {
      bench.attempt(task);
    }
    waitsFor("alert-arrives", bench.attempt(task));
    received();
    assertEquals(1, table("policies").size());
    assertEquals(5, table("conditions").size());
    assertEquals(1, table("destinations").size());
    assertEquals(1, table("channels").size());
    assertEquals(1, table("workflows").size());
    assertEquals(1, table("incidents").size());
    done(bench.putBack(task));
    assertEquals(0, table("policies").size());
    assertEquals(0, table("workflows").size());
    assertEquals(0, table("destinations").size());
  }

  @Test
  void anotherSystemsAlertsAreStatedWithLinks() {
    bench.element("monitoring", "{\"system\":\"other\",\"name\":\"Zabbix\"}");
    waitsFor("other", bench.attempt(task));
    bench.answer(
        "other",
        """
        {"thresholds":"https://watch.customer.example/1",
         "recipients":"https://watch.customer.example/2"}""");
    assertEquals(Party.CUSTOMER, waitsFor("alert-arrives", bench.attempt(task)).party());
    assertFalse(received().isEmpty());
    assertTrue(done(bench.putBack(task)).contains("nothing was changed by machine"));
  }
}
