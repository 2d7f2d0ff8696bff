package dev.slipway.hostingprovider.golive;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_DOMAIN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_HOST;
import static dev.slipway.local.sandbox.world.SandboxDefaults.TEST_CUSTOMER_TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Outcome;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V15 against the stand-ins of the platform and of a portal. */
final class HandOverTest {
  private static final List<String> ONCE =
      List.of(
          "users.registration.CreateAccount",
          "environment.control.CreateEnvironment",
          "storage.uploader.Upload",
          "environment.binder.AttachExtIp",
          "environment.backup.Create",
          "environment.backup.Restore",
          "environment.control.DeleteEnv");

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final FakeDossier dossier = new FakeDossier();
  private final HandOver task =
      new HandOver(SANDBOX.context(), SANDBOX.parties(), dossier, dossier);
  private final Bench bench =
      new Bench("go-live.hand-over")
          .element("platform", "{\"domain\":\"%s\"}".formatted(PLATFORM_DOMAIN))
          .element("test-mailbox", "{\"address\":\"test@hoster.example\"}")
          .element(
              "single-sign-on", "{\"portal\":\"https://billing.hoster.example/clientarea.php\"}")
          .element("currency", "{\"code\":\"EUR\"}")
          .element("contacts", "{\"customer\":[{\"name\":\"Anna\",\"email\":\"anna@a.example\"}]}")
          .element("onboarding-manager", "{\"name\":\"Mia\",\"channel\":\"mia@v.example\"}")
          .secret("test-customer", "{\"token\":\"" + TEST_CUSTOMER_TOKEN + "\"}");

  @BeforeEach
  void prepare() {
    ReadyPlatform.in(SANDBOX);
  }

  /** Whether the journey's environment is there. */
  private boolean environment() {
    return control.world().at("/platform/environments").properties().stream()
        .anyMatch(each -> each.getKey().startsWith("slipway-journey-"));
  }

  private long registered() {
    return control.world().at("/platform/users").properties().stream()
        .filter(each -> each.getKey().contains("+slipway-"))
        .count();
  }

  private void captcha(boolean asked) {
    control.patchWorld("{\"platform\":{\"registration\":{\"captcha\":%s}}}".formatted(asked));
  }

  /** Goes on until somebody other than the test customer's friend is asked. */
  private Outcome attempt() {
    bench.answer("journey-mail").answer("journey-invoice");
    return again();
  }

  private Outcome again() {
    return bench.attempt(task);
  }

  @Test
  void goesTheWholeWayThenHandsOver() {
    waitsFor("journey-mail", bench.attempt(task));
    Outcome.Waiting asked = waitsFor("acknowledge", attempt());
    assertTrue(asked.instructions().contains("The pack is the file 0"), asked::instructions);
    assertEquals(dev.slipway.ledger.Party.VENDOR, asked.party());

    String evidence = done(bench.answer("acknowledge", "manager", "{}").attempt(task));

    ONCE.forEach(call -> assertEquals(1, control.count("platform", call), call));
    assertFalse(environment(), "the environment is removed");
    assertEquals(1, dossier.mails.size());
    String pack = dossier.mails.getFirst();
    assertTrue(pack.startsWith("mia@v.example: Hand-over of Hoster | Example"), pack);
    for (String part :
        List.of(
            "## What was configured",
            "https://" + PLATFORM_HOST,
            "journey-container: 1 container of nginx:alpine",
            "Mia, mia@v.example",
            "customer: Anna, anna@a.example",
            "Hoster \\| Example")) {
      assertTrue(pack.contains(part), part + " in " + pack);
    }
    assertFalse(pack.contains(TEST_CUSTOMER_TOKEN));
    assertFalse(evidence.contains(TEST_CUSTOMER_TOKEN));
    assertTrue(evidence.contains("journey.usage"), evidence);
    assertTrue(evidence.contains("counted 0.012 EUR in 1 entries"), evidence);
    assertTrue(evidence.contains("acknowledged by anna, as manager"), evidence);
    done(bench.verify(task));
  }

  @Test
  void timesEachStep() {
    bench.attempt(task);
    bench.after(Duration.ofSeconds(90));
    bench.answer("journey-mail");
    Outcome outcome = bench.attempt(task);
    var mail =
        outcome.evidence().stream()
            .filter(proof -> proof.probe().equals("statement.journey-mail"))
            .findFirst()
            .orElseThrow();
    assertEquals(Duration.ofSeconds(90), Duration.between(mail.began(), mail.at()));
    bench.after(Duration.ofHours(5));
    var signUp =
        bench.attempt(task).evidence().stream()
            .filter(proof -> proof.probe().equals("journey.sign-up"))
            .findFirst()
            .orElseThrow();
    assertEquals(Duration.ZERO, Duration.between(signUp.began(), signUp.at()));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23})
  void nothingIsMadeTwiceAfterACrash(int notes) {
    bench.answer("journey-mail").answer("journey-invoice").crashAfterNotes(notes);
    again();
    again();

    waitsFor("acknowledge", again());

    // What has no natural key may be repeated: the archive, the backup, and what its restore needs.
    for (String call :
        List.of(
            "environment.control.CreateEnvironment",
            "environment.binder.AttachExtIp",
            "environment.control.DeleteEnv")) {
      assertEquals(1, control.count("platform", call), call);
    }
    assertEquals(1, registered());
    assertFalse(environment());
    assertTrue(dossier.mails.size() <= 2, "at least once, and hardly ever twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users.registration.CreateAccount",
        "environment.control.CreateEnvironment",
        "environment.binder.AttachExtIp",
        "environment.control.DeleteEnv",
        "storage.uploader.Upload"
      })
  void aLostAnswerIsNoReasonToRepeat(String call) {
    SANDBOX.loseAnswerOf("platform", call);
    attempt();

    waitsFor("acknowledge", again());

    assertEquals(1, registered());
    assertEquals(1, control.count("platform", "environment.control.CreateEnvironment"));
  }

  @Test
  void leavesOutWhatWasNotTakenAndNamesTheRule() {
    dossier.outcomes.put("technical-configuration.add-external-ips", "SKIPPED");
    dossier.outcomes.put("billing-integration.set-up-single-sign-on", "SKIPPED");

    Outcome outcome = attempt();

    waitsFor("acknowledge", outcome);
    assertEquals(0, control.count("platform", "environment.binder.AttachExtIp"));
    assertEquals(0, control.count("platform", "billing.integration.GetSSOUrl"));
    assertTrue(
        outcome.evidence().stream()
            .anyMatch(
                proof ->
                    proof.probe().equals("journey.address")
                        && proof.answer().contains("SKIPPED (intake: not chosen")),
        outcome::toString);
  }

  @Test
  void aPersonGoesWhereAMachineMayNot() {
    captcha(true);
    waitsFor("journey-sign-up", bench.attempt(task));
    bench.answer("journey-sign-up").answer("journey-mail");
    SANDBOX.deny(TEST_CUSTOMER_TOKEN, "environment.control.CreateEnvironment");
    waitsFor("journey-container", bench.attempt(task));
    bench.answer("journey-container");
    waitsFor("journey-address", bench.attempt(task));
    bench.answer("journey-address").answer("journey-restore").answer("journey-usage");
    bench.answer("journey-invoice");
    waitsFor("journey-clean-up", bench.attempt(task));
    bench.answer("journey-clean-up");
    // What a person was asked for, a machine does not begin meanwhile.
    captcha(false);
    SANDBOX.deny(TEST_CUSTOMER_TOKEN);
    waitsFor("acknowledge", again());

    assertEquals(1, control.count("platform", "users.registration.CreateAccount"));
    assertFalse(environment());
  }

  @Test
  void withoutATestCustomerAPersonGoesAllTheWay() {
    Bench person =
        new Bench("go-live.hand-over")
            .element("platform", "{\"domain\":\"%s\"}".formatted(PLATFORM_DOMAIN))
            .element("test-mailbox", "{\"address\":\"test@hoster.example\"}")
            .element("onboarding-manager", "{\"name\":\"Mia\",\"channel\":\"mia@v.example\"}");
    waitsFor("journey-sign-up", person.attempt(task));
    assertTrue(control.calls().stream().allMatch(call -> call.system().equals("person")));
  }

  @Test
  void waitsUntilUsageIsCountedAndComplainsAfterwards() {
    control.patchWorld("{\"platform\":{\"usage\":{\"counted\":false}}}");
    Outcome.Waiting waiting =
        org.junit.jupiter.api.Assertions.assertInstanceOf(Outcome.Waiting.class, attempt());
    assertTrue(waiting.instructions().contains("once an hour"), waiting::instructions);
    assertEquals(java.time.Instant.parse("2026-11-24T11:20:00Z"), waiting.until());

    failed(
        "journey.nothing-counted",
        "platform",
        "pricing",
        bench.after(Duration.ofMinutes(90)).attempt(task));
  }

  @ParameterizedTest
  @ValueSource(strings = {"environment.control.CreateEnvironment", "environment.control.DeleteEnv"})
  void aPageInsteadOfAnAnswerIsATrouble(String call) {
    control.fault(Fault.of("platform", call, 0, Fault.Kind.HTML));

    Outcome outcome = attempt();

    failed("test-customer.not-understood", "test-customer", "credential:test-customer", outcome);
  }

  @Test
  void anOverloadedPlatformIsTriedAgain() {
    control.fault(Fault.of("platform", "environment.control.GetEnvInfo", 0, Fault.Kind.STATUS_429));

    Outcome outcome = attempt();

    failed("test-customer.rate-limited", "test-customer", "credential:test-customer", outcome);
    assertTrue(((Outcome.Failed) outcome).retryAt() != null);
  }

  @Test
  void onlyAManagerAcknowledges() {
    attempt();

    Outcome.Waiting again =
        waitsFor("acknowledge", bench.answer("acknowledge", "engineer", "{}").attempt(task));

    assertEquals("hand-over.not-a-manager", again.problem().code());
  }

  @Test
  void whatTheManagerMissesIsTold() {
    attempt();

    Outcome.Waiting again =
        waitsFor(
            "acknowledge",
            bench.answer("acknowledge", "manager", "{\"accepted\":false}").attempt(task));

    assertEquals("hand-over.incomplete", again.problem().code());
    assertTrue(again.problem().message().contains("I did it"));
    done(bench.answer("acknowledge", "manager", "{\"accepted\":true}").attempt(task));
    assertEquals(1, dossier.mails.size());
  }

  @Test
  void aChannelThatIsNoAddressIsAPersons() {
    bench.element(
        "onboarding-manager", "{\"name\":\"Mia\",\"channel\":\"ticket system, queue 7\"}");

    Outcome.Waiting asked = waitsFor("deliver-pack", attempt());

    assertTrue(asked.instructions().contains("For Mia, by ticket system, queue 7"));
    assertTrue(asked.instructions().contains("# Hand-over"));
    waitsFor("acknowledge", bench.answer("deliver-pack").attempt(task));
    assertTrue(dossier.mails.isEmpty());
  }

  @Test
  void aMailThatIsRefusedIsAPersonsToo() {
    dossier.mailRefused = true;

    Outcome outcome = attempt();

    waitsFor("deliver-pack", outcome);
    assertTrue(outcome.toString().contains("not verified"), outcome::toString);
  }

  @Test
  void otherValuesNeedAnotherJourneyAndAnotherAcknowledgement() {
    attempt();
    bench.answer("acknowledge", "manager", "{}").attempt(task);

    bench.element("currency", "{\"code\":\"USD\"}");

    Outcome.Waiting asked = waitsFor("journey-mail", bench.attempt(task));
    assertEquals("statement.outdated", asked.problem().code());
  }
}
