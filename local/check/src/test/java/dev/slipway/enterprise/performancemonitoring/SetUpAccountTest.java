package dev.slipway.enterprise.performancemonitoring;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** M36 against the stand-in of New Relic, and by another system. */
final class SetUpAccountTest {
  private static final String GRANT = "authorizationManagementGrantAccess.accessGrants.id";
  private static final String ACCOUNT = "01JTESTONBOARDING-uat";

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final SetUpAccount task = new SetUpAccount(SANDBOX.context(), SANDBOX.parties().http());
  private final Monitored uat = Monitored.of(control, "performance-monitoring.set-up-account");
  private final Bench bench = uat.bench();

  /** The vendor says that agents are installed; the customer that pings are ignored. */
  private Bench installed() {
    return bench
        .answer("agents", "engineer", "{}")
        .answer("servers", "engineer", "{}")
        .answer("ignore-pings", "engineer", "{}");
  }

  private String finished(String account) {
    uat.reportAll(account);
    uat.signIn("otto@customer.example");
    uat.signIn("anna@customer.example");
    return done(installed().attempt(task));
  }

  @Test
  void aSubAccountIsMadeAndItsUsersComeAndAllReports() {
    Outcome.Waiting agents = waitsFor("agents", bench.attempt(task));
    assertEquals(Party.VENDOR, agents.party());
    assertTrue(agents.instructions().contains("Connec! Jobs"), agents.instructions());
    assertEquals(2, uat.organization("users").size());
    assertEquals(2, uat.organization("groups").size());
    assertEquals(1, uat.account(ACCOUNT).path("keys").size());
    uat.reportAll(ACCOUNT);
    Outcome.Waiting invited = waitsFor("accept", installed().attempt(task));
    assertTrue(invited.instructions().contains("Otto Operator"), invited.instructions());
    assertEquals(Party.CUSTOMER, invited.party());
    String evidence = finished(ACCOUNT);
    assertTrue(evidence.contains("made by this task"), evidence);
    assertTrue(evidence.contains("5 monitor(s), the last run of each a SUCCESS"), evidence);
    assertFalse(evidence.contains("NRAK-"), evidence);
    done(bench.verify(task));
  }

  @Test
  void anExistingAccountIsNamedByItsNumberAndKeptWhenPutBack() {
    bench.element(
        "monitoring",
        """
        {"system":"new-relic","account":"existing",
         "accountId":{"uat":"1000001","production":"1000002"}}""");
    uat.patch(
        """
        {"accounts":{"1000001":{"keys":{"OLD":{"name":"old","ingestType":"LICENSE"}}}},
         "users":{"7":{"email":"anna@customer.example","domain":"domain-1",
           "lastActive":"2026-01-01T00:00:00Z"}}}""");
    String evidence = finishedAfter("1000001");
    assertFalse(evidence.contains("made by this task"), evidence);
    assertTrue(done(bench.putBack(task)).contains("never signed in") == false);
    assertEquals(0, uat.organization("users").path("7").path("groups").size());
    assertEquals(0, uat.organization("groups").size());
    assertEquals(0, uat.organization("accounts").at("/1000001/monitors").size());
    assertTrue(uat.organization("accounts").at("/1000001/keys").has("OLD"));
  }

  private String finishedAfter(String account) {
    waitsFor("agents", bench.attempt(task));
    return finished(account);
  }

  @Test
  void whoNeverSignedInIsDeletedWhenPutBack() {
    waitsFor("agents", bench.attempt(task));
    uat.signIn("otto@customer.example");
    String evidence = done(bench.putBack(task));
    assertTrue(evidence.contains("a user who never signed in is deleted"), evidence);
    assertTrue(evidence.contains("is left over: two people cancel it"), evidence);
    assertEquals(1, uat.organization("users").size());
    assertEquals(0, uat.organization("groups").size());
    assertEquals(0, uat.account(ACCOUNT).path("keys").size());
    assertFalse(uat.account(ACCOUNT).path("isCanceled").asBoolean());
  }

  @Test
  void anAccountThatTheKeyDoesNotSeeIsTold() {
    bench.element(
        "monitoring",
        """
        {"system":"new-relic","account":"existing","accountId":{"uat":"7","production":"8"}}""");
    failed("new-relic.account-missing", "monitoring", bench.attempt(task));
  }

  @Test
  void ofANewOrganisationItsCreatorSignsUpAndTheOwnerAcceptsTerms() {
    bench.element("monitoring", "{\"system\":\"new-relic\",\"account\":\"new\"}");
    assertEquals(Party.VENDOR, waitsFor("account", bench.attempt(task)).party());
    bench.answer("account", "engineer", "{}");
    assertEquals(
        "new-relic.account-missing", waitsFor("account", bench.attempt(task)).problem().code());
    uat.patch("{\"accounts\":{\"2000500\":{\"name\":\"" + ACCOUNT + "\"}}}");
    bench.answer("account", "engineer", "{}");
    assertEquals(Party.CUSTOMER, waitsFor("owner", bench.attempt(task)).party());
    bench.answer("owner");
    waitsFor("agents", bench.attempt(task));
    bench.element(
        "monitoring", "{\"system\":\"new-relic\",\"account\":\"new\",\"createdBy\":\"customer\"}");
    assertEquals(Party.CUSTOMER, waitsFor("account", bench.attempt(task)).party());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"severalParents\":true}",
        "{\"keys\":{\"NRAK-S4NDB0X00000000000000000000\":{\"denied\":[\"accountManagementCreateAccount\"]}}}"
      })
  void whereTheMachineMayNotMakeTheAccountTheVendorDoes(String world) {
    uat.patch(world);
    Outcome.Waiting asked = waitsFor("account", bench.attempt(task));
    assertEquals(Party.VENDOR, asked.party());
    assertTrue(asked.instructions().contains(ACCOUNT), asked.instructions());
    uat.patch("{\"accounts\":{\"2000500\":{\"name\":\"" + ACCOUNT + "\"}}}");
    bench.answer("account", "engineer", "{}");
    waitsFor("agents", bench.attempt(task));
    assertFalse(finished(ACCOUNT).contains("made by this task"));
  }

  @Test
  void usersOfADirectoryAreThePersonsToInvite() {
    uat.patch("{\"domains\":{\"domain-1\":{\"provisioningType\":\"SCIM\"}}}");
    Outcome.Waiting asked = waitsFor("users", bench.attempt(task));
    assertEquals(Party.VENDOR, asked.party());
    assertEquals(
        "monitoring-users.no-access",
        waitsFor("users", bench.answer("users", "engineer", "{}").attempt(task)).problem().code());
    String id = uat.organization("accounts").propertyStream().toList().getLast().getKey();
    uat.patch(
        """
        {"groups":{"9":{"displayName":"Directory","domain":"domain-1","accounts":[%s]}},
         "users":{"1":{"email":"otto@customer.example","domain":"domain-1","groups":["9"]},
                  "2":{"email":"anna@customer.example","domain":"domain-1","groups":["9"]}}}"""
            .formatted(id));
    waitsFor("agents", bench.answer("users", "engineer", "{}").attempt(task));
  }

  @Test
  void accessThatIsOnItsWayIsLookedAtAgain() {
    uat.patch("{\"slowAccess\":true}");
    Outcome.Failed slow = assertInstanceOf(Outcome.Failed.class, bench.attempt(task));
    assertEquals("monitoring-users.no-access", slow.problem().code());
    assertEquals(bench.now().plus(Duration.ofMinutes(5)), slow.retryAt());
    uat.patch("{\"slowAccess\":null}");
    waitsFor("agents", bench.attempt(task));
    assertEquals(2, control.performed("new-relic", "POST api.newrelic.com/graphql", GRANT));
  }

  @Test
  void whatHasNotReportedYetIsNoFailureAndThenIsTold() {
    waitsFor("agents", bench.attempt(task));
    Outcome.Waiting first = assertInstanceOf(Outcome.Waiting.class, installed().attempt(task));
    assertEquals(Party.MACHINE, first.party());
    bench.after(Duration.ofMinutes(11));
    assertEquals(
        "new-relic.not-reporting", waitsFor("agents", bench.attempt(task)).problem().code());
    uat.report(ACCOUNT, Monitored.AGENTS, List.of("uat-hub-1"));
    installed().after(Duration.ofMinutes(11));
    Outcome.Waiting servers = waitsFor("servers", bench.attempt(task));
    assertEquals("new-relic.host-missing", servers.problem().code());
    assertTrue(servers.problem().message().contains("uat-connec-1"), servers.problem().message());
    assertFalse(servers.problem().message().contains("uat-hub-1"), servers.problem().message());
  }

  @Test
  void aMonitorThatFailsOrHasNotRunIsTold() {
    waitsFor("agents", bench.attempt(task));
    uat.reportAll(ACCOUNT);
    uat.patch("{\"results\":{\"uat hub.uat.customer.example\":\"\"}}");
    assertEquals(
        Party.MACHINE, assertInstanceOf(Outcome.Waiting.class, installed().attempt(task)).party());
    bench.after(Duration.ofMinutes(31));
    failed("new-relic.check-missing", "component-hosts", bench.attempt(task));
    uat.patch("{\"results\":{\"uat hub.uat.customer.example\":\"FAILED\"}}");
    failed("new-relic.check-failed", "component-hosts", bench.attempt(task));
  }

  @Test
  void inAPrivateNetworkTheVendorMakesTheMonitors() {
    bench.element("infrastructure", "{\"reach\":\"private\"}");
    waitsFor("agents", bench.attempt(task));
    uat.reportAll(ACCOUNT);
    Outcome.Waiting asked = waitsFor("synthetics", installed().attempt(task));
    assertTrue(
        asked.instructions().contains("https://acme.uat.customer.example/mnoe/ping"),
        asked.instructions());
  }

  @Test
  void whileTheIndexLagsNoMonitorIsMadeTwice() {
    uat.patch("{\"indexLag\":1}");
    waitsFor("agents", bench.attempt(task));
    uat.reportAll(ACCOUNT);
    SANDBOX.loseAnswerOf("new-relic", "syntheticsCreateSimpleMonitor");
    assertInstanceOf(Outcome.Failed.class, installed().attempt(task));
    assertInstanceOf(Outcome.Waiting.class, bench.attempt(task));
    bench.after(Duration.ofMinutes(6));
    bench.attempt(task);
    bench.after(Duration.ofMinutes(6));
    waitsFor("accept", bench.attempt(task));
    assertEquals(5, uat.account(ACCOUNT).path("monitors").size());
  }

  @ParameterizedTest
  @CsvSource({
    "STATUS_429,, new-relic.rate-limited, monitoring",
    "OK_WITH_ERROR, TOO_MANY_REQUESTS, new-relic.rate-limited, monitoring",
    "OK_WITH_ERROR, BAD_API_KEY, new-relic.authentication-failed, credential:new-relic",
    "HTML,, new-relic.not-understood, monitoring"
  })
  void troubleIsTold(Fault.Kind kind, String message, String code, String field) {
    Fault fault = Fault.of("new-relic", "accounts", 1, kind);
    control.fault(message == null ? fault : fault.withMessage(message));
    failed(code, field, bench.attempt(task));
    waitsFor("agents", bench.attempt(task));
  }

  @Test
  void aKeyOfAnotherRegionIsTurnedAway() {
    bench.element(
        "monitoring",
        "{\"system\":\"new-relic\",\"account\":\"new-sub-account\",\"region\":\"eu\"}");
    failed("new-relic.authentication-failed", "credential:new-relic", bench.attempt(task));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31})
  void whereverTheProcessDiesNothingIsMadeTwice(int notes) {
    bench.crashAfterNotes(notes);
    bench.attempt(task);
    bench.attempt(task);
    uat.reportAll(ACCOUNT);
    for (int again = 0; again < 3; again++) {
      installed().attempt(task);
      bench.after(Duration.ofMinutes(6));
    }
    waitsFor("accept", bench.attempt(task));
    assertEquals(3, uat.organization("accounts").size());
    assertEquals(2, uat.organization("users").size());
    assertEquals(2, uat.organization("groups").size());
    assertEquals(1, uat.account(ACCOUNT).path("keys").size());
    assertEquals(5, uat.account(ACCOUNT).path("monitors").size());
    done(bench.putBack(task));
    assertEquals(0, uat.organization("users").size());
    assertEquals(0, uat.organization("groups").size());
    assertEquals(0, uat.account(ACCOUNT).path("monitors").size());
  }

  // --- another system

  private void other(String name, String link) {
    bench.element(
        "monitoring",
        "{\"system\":\"other\",\"name\":\"%s\",\"link\":\"%s\"}".formatted(name, link));
  }

  private static String links(String one, String two) {
    return "{\"%s\":\"https://watch.customer.example/1\",\"%s\":\"https://watch.customer.example/2\"}"
        .formatted(one, two);
  }

  @Test
  void aPrometheusIsLookedAtAndPingsAreOurOwn() {
    control.patchWorld("{\"prometheus\":{\"auth\":null}}");
    other("Prometheus", "https://prometheus.hoster.example/");
    waitsFor("other", bench.attempt(task));
    assertEquals(
        "monitoring.link-missing",
        waitsFor("other", bench.answer("other", "{}").attempt(task)).problem().code());
    bench.answer("other", links("account", "users"));
    String evidence = done(bench.attempt(task));
    assertTrue(evidence.contains("3 target(s) up"), evidence);
    assertTrue(evidence.contains("5 host(s) answer their ping"), evidence);
    control.patchWorld("{\"prometheus\":{\"sampleAgeSeconds\":3600}}");
    failed("monitoring.no-samples", "monitoring", bench.attempt(task));
    control.patchWorld("{\"prometheus\":{\"targets\":[]}}");
    failed("monitoring.targets-down", "monitoring", bench.attempt(task));
  }

  @Test
  void whatIsNoPrometheusOrWantsALoginIsStatedWithLinks() {
    other("Prometheus", "https://prometheus.hoster.example/");
    bench.answer("other", links("account", "users"));
    assertEquals(Party.CUSTOMER, waitsFor("agents", bench.attempt(task)).party());
    other("Zabbix", "https://zabbix.customer.example/");
    bench.answer("other", links("account", "users"));
    assertEquals(Party.CUSTOMER, waitsFor("agents", bench.attempt(task)).party());
    bench.answer("agents", links("agents", "servers"));
    done(bench.attempt(task));
    bench.element("component-hosts", "{\"uat\":{\"mnohub\":\"nothing.customer.example\"}}");
    failed("monitoring.no-ping", "component-hosts", bench.attempt(task));
    assertTrue(done(bench.putBack(task)).contains("nothing was changed by machine"));
  }
}
