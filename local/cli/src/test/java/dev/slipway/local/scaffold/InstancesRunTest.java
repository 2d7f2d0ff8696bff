package dev.slipway.local.scaffold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Onboarding.State;
import dev.slipway.ledger.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;

/**
 * A checklist whose tasks have instances, written by scaffold, is gone through to its end; and what
 * comes of it when instances come and go, when handlers are killed, and when twins wait.
 */
@Order(2) // Takes long, so it begins early.
final class InstancesRunTest {
  private static final String TENANTS =
      "{'uat': [{'name': 'acme', 'host': 'a'}, {'name': 'beta', 'host': 'b'}],"
          + " 'production': [{'name': 'acme', 'host': 'c'}, {'name': 'solo', 'host': 'd'}]}";
  private static final String APPS =
      "[{'id': 'xero', 'kind': 'open'}, {'id': 'inhouse', 'kind': 'closed'}]";

  private static ScaffoldedProject project;

  @TempDir private Path folder;
  private ShopRun run;

  @BeforeAll
  static void scaffold(@TempDir Path folder) throws IOException {
    project = ShopRun.project(folder);
  }

  @BeforeEach
  void begin() throws IOException {
    run = ShopRun.of(project, folder, Map.of());
  }

  @AfterEach
  void end() {
    run.close();
  }

  @Test
  void comesToItsEndBesideAnotherChecklist() throws Exception {
    String hoster = run.create("hosting-provider");
    run.start(hoster);
    run.give("tenants", TENANTS).give("apps", APPS).start().settle();

    assertEquals(State.COMPLETED, run.onboarding().state());
    assertEquals(State.RUNNING, run.onboarding(hoster).state());
    for (String key :
        List.of(
            "base.provide-account@uat",
            "base.deploy-stack@production.data",
            "tenants.deploy-front@uat.beta",
            "tenants.grant-rights@production.solo",
            "apps.check-app@xero",
            "apps.link-app@production.xero",
            "closing.hand-over")) {
      assertEquals("DONE", run.outcome(key), key);
    }
    assertEquals("NOT_APPLICABLE", run.outcome("apps.check-app@inhouse"));
    assertEquals("PENDING", run.outcome("apps.link-app@uat.inhouse"), "`where` says there is none");
    assertEachDeedOnce(24);
    assertProductionBehindItsTwin();
  }

  @Test
  void groupsOfInstancesRunInChildrenWithShortNames() throws Exception {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 45; i++) {
      many.append(i == 0 ? "" : ", ").append("{'name': 't%d', 'host': 'h'}".formatted(i));
    }
    run.give("tenants", "{'uat': [" + many + "], 'production': []}").give("apps", "[]");
    run.start().settle();

    assertEquals(State.COMPLETED, run.onboarding().state());
    assertEquals("DONE", run.outcome("tenants.grant-rights@uat.t44"));
    List<String> names =
        run.executions("ShopEnvironmentTenantsTenant").stream()
            .map(ExecutionListItem::name)
            .toList();
    assertEquals(2, names.size(), names::toString);
    assertTrue(names.stream().allMatch(name -> name.length() <= 74), names::toString);
    assertEquals(2, new HashSet<>(names).size(), names::toString);
  }

  @Test
  void anInstanceThatIsAddedAfterTheGateFansOut() throws Exception {
    run.give("tenants", TENANTS).start().settle();
    assertEquals("DONE", run.outcome("tenants.grant-rights@uat.acme"));
    assertEquals(State.RUNNING, run.onboarding().state(), "the applications are not given yet");
    int before = run.onboarding().run();

    run.give(
            "tenants",
            TENANTS.replace("{'name': 'beta'", "{'name': 'new', 'host': 'n'}, {'name': 'beta'"))
        .settle();

    assertEquals("DONE", run.outcome("tenants.grant-rights@uat.new"));
    assertEquals(before + 1, run.onboarding().run());
    assertEquals(1, run.record("tenants.deploy-front@uat.acme").attempts());
    run.give("apps", APPS).settle();
    assertEquals(State.COMPLETED, run.onboarding().state());
    assertEachDeedOnce(27);
  }

  @Test
  void oneThatIsRemovedKeepsItsLinesAndHoldsNothingUp() throws Exception {
    Deeds.refuse("tenants.deploy-front@uat.beta do");
    run.give("tenants", TENANTS).give("apps", APPS).start().settle();
    assertEquals("FAILED", run.outcome("tenants.deploy-front@uat.beta"));
    assertEquals("WAITING", run.outcome("tenants.grant-rights@uat.beta"));
    assertEquals("DONE", run.outcome("tenants.deploy-front@production.solo"));
    assertEquals(State.RUNNING, run.onboarding().state());

    run.give(
            "tenants",
            "{'uat': [{'name': 'acme', 'host': 'a'}],"
                + " 'production': [{'name': 'acme', 'host': 'c'}]}")
        .settle();

    assertEquals(State.COMPLETED, run.onboarding().state());
    assertEquals("DONE", run.outcome("tenants.deploy-front@production.solo"), "keeps its line");
    for (String gone : List.of("tenants.deploy-front@uat.beta", "tenants.grant-rights@uat.beta")) {
      assertEquals(
          new Outcome.NotApplicable("is no longer part of the onboarding"),
          run.record(gone).outcome());
    }
  }

  @Test
  void oneThatIsRenamedIsANewOne() throws Exception {
    run.give("tenants", TENANTS).give("apps", APPS).start().settle();
    run.give("tenants", TENANTS.replace("acme", "acme-2")).settle();

    assertEquals(State.COMPLETED, run.onboarding().state());
    assertEquals("DONE", run.outcome("tenants.deploy-front@production.acme-2"));
    assertEquals("DONE", run.outcome("tenants.deploy-front@production.acme"), "keeps its line");
    assertEquals(1, run.record("tenants.deploy-front@production.solo").attempts());
    assertProductionBehindItsTwin();
  }

  @Test
  void aHandlerThatIsKilledAtEachStepDoesNothingTwice() throws Exception {
    Deeds.killEach();
    run.give("tenants", TENANTS).give("apps", APPS).start().settle();

    assertEquals(State.COMPLETED, run.onboarding().state());
    assertEachDeedOnce(24);
    assertProductionBehindItsTwin();
  }

  @Test
  void productionStartsAfterAWaiverOfItsTwin() throws Exception {
    Deeds.refuse("base.deploy-stack@uat.data do");
    Deeds.refuse("tenants.deploy-front@uat.acme publish");
    run.give("tenants", TENANTS).give("apps", APPS).start().settle();
    assertEquals("WAITING", run.outcome("base.deploy-stack@production.data"));
    assertEquals("WAITING", run.outcome("tenants.deploy-front@production.acme"));
    assertTrue(Deeds.all().contains("tenants.deploy-front@production.acme do"), "up to its step");

    run.waive("base.deploy-stack@uat.data").waive("tenants.deploy-front@uat.acme").settle();

    assertEquals("WAIVED", run.outcome("base.deploy-stack@uat.data"));
    assertEquals("DONE", run.outcome("base.deploy-stack@production.data"));
    assertEquals("DONE", run.outcome("tenants.deploy-front@production.acme"));
    assertEquals(State.COMPLETED, run.onboarding().state());
  }

  @Test
  void aFailedIterationWaitsByItselfToBeResumed() throws Exception {
    Deeds.breakFunction("apps.check-app");
    run.give("tenants", TENANTS).give("apps", APPS).start().settle();
    assertEquals("FAILED", run.outcome("apps.resume@app.xero"));
    assertEquals("FAILED", run.outcome("apps.resume@app.inhouse"));
    assertEquals("WAITING", run.outcome("apps.link-app@uat.xero"));
    assertEquals("PENDING", run.outcome("apps.resume"), "the section goes on");

    Deeds.breakFunction("");
    run.retry("apps.resume@app.xero").settle();
    assertEquals("DONE", run.outcome("apps.link-app@production.xero"));
    assertEquals("FAILED", run.outcome("apps.resume@app.inhouse"));

    // Another run goes through the iteration anew: nothing is left to resume.
    run.give("apps", APPS.replace("inhouse", "inhouse-2")).settle();
    assertEquals("DONE", run.outcome("apps.resume@app.inhouse"));
    assertEquals(State.COMPLETED, run.onboarding().state());
  }

  @Test
  void aRunIsReplacedBeforeItsHistoryIsFullAndRepeatsNothing() throws Exception {
    run.close();
    run = ShopRun.of(project, folder, Map.of("SLIPWAY_HISTORY_EVENTS", "100"));
    String refused = "tenants.deploy-front@uat.acme";
    Deeds.refuse(refused + " do");
    run.give("tenants", TENANTS).give("apps", APPS).start().settle();
    assertEquals("FAILED", run.outcome(refused));
    assertEquals(1, run.onboarding().run());
    List<String> before = Deeds.all();

    for (int retries = 0; run.onboarding().run() == 1 && retries < 40; retries++) {
      run.retry(refused).pass();
    }
    run.settle();

    assertEquals(2, run.onboarding().run());
    assertEquals(State.RUNNING, run.onboarding().state());
    assertEquals(before, Deeds.all());
    assertEquals(1, run.record("tenants.deploy-front@uat.beta").attempts());

    Deeds.allow(refused + " do");
    run.retry(refused).settle();
    assertEquals(State.COMPLETED, run.onboarding().state());
    assertEquals(2, run.onboarding().run());
    assertEachDeedOnce(24);
  }

  @Test
  void theCredentialOfAnInstanceIsUsedByItAloneAndToldNowhere() throws Exception {
    run.give("tenants", TENANTS).give("apps", APPS);
    assertEquals(
        "WRONG_REGION_OR_ENV", run.giveKey("uat.acme", "marker-1 of b"), "it is another tenant's");
    assertEquals("VALID", run.giveKey("uat.acme", "marker-2 of a"));
    assertEquals("VALID", run.giveKey("production.acme", "marker-3 of c"));
    run.start().settle();

    assertEquals(State.COMPLETED, run.onboarding().state());
    for (String deed :
        List.of(
            "tenants.deploy-front@uat.acme do with marker-2 of a",
            "tenants.deploy-front@production.acme publish with marker-3 of c",
            "tenants.deploy-front@uat.beta do")) {
      assertTrue(Deeds.all().contains(deed), () -> deed + " of " + Deeds.all());
    }
    int deeds = Deeds.all().size();
    run.giveKey("uat.acme", "marker-4 of a");
    run.settle();
    assertEquals(
        List.of("tenants.deploy-front@uat.acme look with marker-4 of a"),
        Deeds.all().subList(deeds, Deeds.all().size()),
        "the instance is verified by its new key, and no other");

    String told = run.told();
    assertTrue(told.contains("shop-key@uat.acme"), "its name is told");
    assertFalse(told.contains("marker-"), () -> around(told, "marker-"));
  }

  @Test
  void oneStatementAnswersTheInstancesThatItNamesOrAllThatWait() throws Exception {
    run.give("tenants", TENANTS).give("apps", APPS).start().settleUnanswered();
    String[] answer = {"answer", run.id(), "S4", "sign-in", "--statement", "Seen.", "--instances"};

    String wrong = run.command(with(answer, "uat.acme,uat.nobody"));
    assertTrue(wrong.startsWith("2\n") && wrong.contains("one of uat.acme, uat.beta"), wrong);
    assertEquals(
        """
        0
        tenants.grant-rights@uat.acme, step sign-in: GIVEN
        tenants.grant-rights@uat.beta, step sign-in: GIVEN
        """,
        run.command(with(answer, "uat.acme,uat.beta")));
    run.settleUnanswered();
    assertEquals("DONE", run.outcome("tenants.grant-rights@uat.acme"));
    assertEquals("WAITING", run.outcome("tenants.grant-rights@production.acme"));

    assertEquals(
        """
        0
        tenants.grant-rights@production.acme, step sign-in: GIVEN
        tenants.grant-rights@production.solo, step sign-in: GIVEN
        """,
        run.command(with(answer, "all")));
    run.settleUnanswered();
    assertEquals(State.COMPLETED, run.onboarding().state());
    String none = run.command(with(answer, "all"));
    assertTrue(none.startsWith("1\n") && none.contains("waits for no instance"), none);
  }

  private static String[] with(String[] words, String last) {
    return Stream.concat(Stream.of(words), Stream.of(last)).toArray(String[]::new);
  }

  @Test
  void thePlanTellsInstancesOfTheSameFateInOneLine() throws Exception {
    run.give("tenants", TENANTS).give("apps", "[]");
    String plan = run.command("plan", run.id());
    for (String line :
        List.of(
            "  S1   runs           Provide the accounts @uat, production",
            "  S3   runs           Deploy the front end @uat.acme, uat.beta",
            "  S3   runs           Deploy the front end @production.solo",
            "         is tried nowhere before: there is no uat of it",
            "  S5   not applicable Check the application (no application is named)")) {
      assertTrue(plan.lines().anyMatch(line::equals), () -> line + " in\n" + plan);
    }
  }

  private static String around(String text, String found) {
    int at = text.indexOf(found);
    return text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200));
  }

  private static void assertEachDeedOnce(int deeds) {
    assertEquals(deeds, Deeds.all().size(), () -> Deeds.all().toString());
    assertEquals(deeds, new HashSet<>(Deeds.all()).size(), () -> Deeds.all().toString());
  }

  /** Of a step that is promoted, no deed in production is before the last one of its twin. */
  private static void assertProductionBehindItsTwin() {
    List<String> deeds = Deeds.all();
    Stream.of("base.deploy-stack@%s.data do", "tenants.deploy-front@%s.acme publish")
        .forEach(
            deed ->
                assertTrue(
                    deeds.indexOf(deed.formatted("uat"))
                        < deeds.indexOf(deed.formatted("production")),
                    deeds::toString));
  }
}
