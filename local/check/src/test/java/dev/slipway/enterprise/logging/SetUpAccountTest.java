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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** M39 at each of the systems. */
class SetUpAccountTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String TASK = "logging.set-up-account";

  private final SandboxControl control = SANDBOX.control();
  private final SetUpAccount task = new SetUpAccount(SANDBOX.context(), SANDBOX.parties().http());

  private JsonNode users(String system) {
    return control.world().path(system).path("users");
  }

  private void signIn(String email) {
    control.act("sign-in-to-sumo-logic", Map.of("email", email));
  }

  @Test
  void atSumoLogicUsersAreInvitedAndSeenToHaveSignedIn() {
    Bench bench = LoggingBench.of(TASK, SUMO_LOGIC);
    Outcome.Waiting waiting = waitsFor("accept", bench.attempt(task));
    assertTrue(waiting.instructions().contains("Otto <otto@customer.example>"), waiting::toString);
    assertEquals("", users(SUMO_LOGIC).at("/otto@customer.example/lastName").asText("?"));
    signIn("anna@customer.example");
    waitsFor("accept", bench.attempt(task));
    signIn("otto@customer.example");
    String evidence = done(bench.attempt(task));
    assertTrue(evidence.contains("plan Paid"), evidence);
    assertTrue(evidence.contains("2 user(s), active, each with the role"), evidence);
    assertEquals(2, control.count(SUMO_LOGIC, "POST /api/v1/users"));
    assertFalse(bench.notes().contains("customer.example"), bench.notes());
  }

  @Test
  void anAccountInAnotherDeploymentIsFoundThereAndATrialIsTold() {
    control.patchWorld(
        """
        {"sumo-logic":{"deployment":"us2","status":{"planType":"Trial","planExpirationDays":9}}}""");
    Bench bench = LoggingBench.of(TASK, SUMO_LOGIC);
    waitsFor("accept", bench.attempt(task));
    signIn("anna@customer.example");
    signIn("otto@customer.example");
    String evidence = done(bench.attempt(task));
    assertTrue(evidence.contains("a trial, which ends in 9 days"), evidence);
    assertTrue(evidence.contains("found at https://api.us2.sumologic.com, not in"), evidence);
    assertEquals(2, users(SUMO_LOGIC).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {SPLUNK_CLOUD, SPLUNK_ENTERPRISE})
  void atSplunkUsersAreMadeAndTheirSignInsStated(String system) {
    Bench bench = LoggingBench.of(TASK, system);
    assertEquals(Party.CUSTOMER, waitsFor("accept", bench.attempt(task)).party());
    assertEquals(2, users(system).size());
    assertFalse(users(system).toString().contains("password"));
    String evidence = done(bench.answer("accept").attempt(task));
    assertTrue(evidence.contains("2 user(s), active, each with the role"), evidence);
    done(bench.verify(task));
    done(bench.putBack(task));
    assertEquals(2, users(system).size());
  }

  @Test
  void aServersWholeListIsRead() {
    for (int i = 10; i < 45; i++) {
      control.patchWorld(
          """
          {"splunk-enterprise":{"users":{"user%d":{"name":"user%1$d","content":{
            "email":"%s","roles":["user"]}}}}}"""
              .formatted(i, i == 44 ? "OTTO@customer.example" : "x"));
    }
    waitsFor("accept", LoggingBench.of(TASK, SPLUNK_ENTERPRISE).attempt(task));
    assertEquals(36, users(SPLUNK_ENTERPRISE).size());
  }

  @Test
  void aStackThatIsBusyWithAnotherChangeIsWaitedForButNotForever() {
    Bench bench = LoggingBench.of(TASK, SPLUNK_CLOUD);
    control.patchWorld("{\"splunk-cloud\":{\"busy\":1}}");
    Outcome.Waiting waiting = assertInstanceOf(Outcome.Waiting.class, bench.attempt(task));
    assertEquals(Party.MACHINE, waiting.party());
    assertTrue(waiting.instructions().contains("another change"), waiting::toString);
    waitsFor("accept", bench.after(Duration.ofSeconds(31)).attempt(task));
    control.patchWorld("{\"splunk-cloud\":{\"busy\":9,\"users\":null}}");
    failed(
        "splunk.rate-limited",
        "monitoring-users",
        bench.after(Duration.ofMinutes(20)).attempt(task));
  }

  @Test
  void aTrialStackWithoutItsServiceIsTold() {
    control.patchWorld("{\"splunk-cloud\":{\"trial\":true}}");
    var problem =
        failed("splunk.not-found", "logging", LoggingBench.of(TASK, SPLUNK_CLOUD).attempt(task));
    assertTrue(problem.message().contains("A trial stack has none"), problem.message());
  }

  @ParameterizedTest
  @CsvSource({
    "sumo-logic, POST /api/v1/users",
    "splunk-cloud, POST users",
    "splunk-enterprise, POST /services/authentication/users"
  })
  void whatTheKeyMayNotDoAPersonDoes(String system, String route) {
    control.patchWorld("{\"%s\":{\"denied\":[\"%s\"]}}".formatted(system, route));
    Bench bench = LoggingBench.of(TASK, system);
    waitsFor("users", bench.attempt(task));
    Outcome.Waiting again = waitsFor("users", bench.answer("users").attempt(task));
    assertEquals("logging-users.not-as-wanted", again.problem().code());
  }

  @Test
  void whoHasALoginIsAdoptedWithItsRoleLookedAtAndNeverRemoved() {
    control.patchWorld(
        """
        {"sumo-logic":{"users":{"otto@customer.example":{"id":"7","email":"otto@customer.example",
          "firstName":"Otto","lastName":"","isActive":true,"roleIds":["0000000000000001"]}}}}""");
    Bench bench = LoggingBench.of(TASK, SUMO_LOGIC);
    var problem = failed("logging-users.not-as-wanted", "monitoring-users", bench.attempt(task));
    assertTrue(problem.message().contains("another role"), problem.message());
    control.patchWorld(
        """
        {"sumo-logic":{"users":{"otto@customer.example":{"roleIds":["0000000000000002"]}}}}""");
    waitsFor("accept", bench.attempt(task));
    assertTrue(done(bench.putBack(task)).contains("1 login(s) removed"));
    assertEquals(1, users(SUMO_LOGIC).size());
  }

  @Test
  void whoHasSignedInIsNotRemoved() {
    Bench bench = LoggingBench.of(TASK, SUMO_LOGIC);
    waitsFor("accept", bench.attempt(task));
    signIn("anna@customer.example");
    done(bench.putBack(task));
    assertEquals(1, users(SUMO_LOGIC).size());
    assertTrue(users(SUMO_LOGIC).has("anna@customer.example"));
  }

  @Test
  void aNewAccountIsThePartysThatMakesItAndItsTermsAreTheCustomers() {
    Bench bench = LoggingBench.of(TASK, SUMO_LOGIC);
    String logging = bench.given("logging").toString();
    bench.element("logging", logging.replace("existing", "new"));
    assertEquals(Party.VENDOR, waitsFor("account", bench.attempt(task)).party());
    bench.element("logging", logging.replace("\"existing\"", "\"new\",\"createdBy\":\"customer\""));
    assertEquals(Party.CUSTOMER, waitsFor("account", bench.attempt(task)).party());
    Outcome.Waiting owner = waitsFor("owner", bench.answer("account").attempt(task));
    assertEquals(Party.CUSTOMER, owner.party());
    waitsFor("accept", bench.answer("owner").attempt(task));
  }

  @Test
  void anotherSystemIsStatedWithALink() {
    Bench bench = LoggingBench.other(TASK);
    waitsFor("other", bench.attempt(task));
    Outcome.Waiting again = waitsFor("other", bench.answer("other").attempt(task));
    assertEquals("statement.no-link", again.problem().code());
    String link = "{\"link\":\"https://graylog.customer.example/users\"}";
    String evidence = done(bench.answer("other", link).attempt(task));
    assertTrue(evidence.contains("graylog.customer.example/users"), evidence);
    done(bench.verify(task));
    done(bench.putBack(task));
  }

  @ParameterizedTest
  @CsvSource({
    "sumo-logic, GET /api/v1/account/status",
    "splunk-cloud, GET status",
    "splunk-enterprise, GET /services/authentication/current-context"
  })
  void aPageForPeopleIsNotUnderstood(String system, String call) {
    control.fault(Fault.of(system, call, 1, Fault.Kind.HTML));
    String name = system.startsWith("splunk") ? "splunk" : system;
    failed(name + ".not-understood", "logging", LoggingBench.of(TASK, system).attempt(task));
  }

  @ParameterizedTest
  @CsvSource({"sumo-logic", "splunk-cloud", "splunk-enterprise"})
  void whereverTheProcessDiesNobodyIsMadeTwice(String system) {
    String create =
        switch (system) {
          case SUMO_LOGIC -> "POST /api/v1/users";
          case SPLUNK_CLOUD -> "POST users";
          default -> "POST /services/authentication/users";
        };
    for (int notes = 0; notes < 4; notes++) {
      control.reset();
      Bench bench = LoggingBench.of(TASK, system).crashAfterNotes(notes);
      SANDBOX.loseAnswerOf(system, create);
      for (int again = 0; again < 3; again++) {
        bench.attempt(task);
      }
      waitsFor("accept", bench.attempt(task));
      assertEquals(2, users(system).size());
      assertTrue(done(bench.putBack(task)).contains("2 login(s) removed"));
      assertEquals(0, users(system).size());
    }
  }
}
