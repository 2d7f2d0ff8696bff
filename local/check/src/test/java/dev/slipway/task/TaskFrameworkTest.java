package dev.slipway.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.context.FunctionContext;
import dev.slipway.credentials.Grade;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Answers;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Decisions;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.ledger.Probes;
import dev.slipway.ledger.Requests;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.ledger.Tasks;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestLambdaContext;
import dev.slipway.testing.TestTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every task does around its own steps. */
class TaskFrameworkTest {
  private static final Actor ANN = new Actor("ann", "manager");
  private static final String FIRST = "section.first";
  private static final String SECOND = "section.second";

  private final TestClock clock = new TestClock();
  private final TestTable table = new TestTable();
  private final Items items = new Items(table.client(), table.name(), clock);
  private final Answers answers = new Answers(items);
  private final Decisions decisions = new Decisions(items);
  private final Elements elements = new Elements(items);
  private final Onboardings onboardings = new Onboardings(items);
  private final Probes probes = new Probes(items);
  private final Requests requests = new Requests(items);
  private final Tasks tasks = new Tasks(items);
  private final FunctionContext context =
      FunctionContext.of(Map.of("SLIPWAY_TABLE", table.name()), clock)
          .with(
              items,
              new Checklists(
                  List.of(
                      ChecklistSource.parse(
                          """
                          name: framework
                          version: "1"
                          title: Framework
                          sections:
                            - id: section
                              title: Section
                              elements:
                                - {id: thing, title: Thing, schema: {type: string}}
                              tasks:
                                - id: first
                                  row: X1
                                  title: First
                                  requirement: mandatory
                                  condition: wanted
                                  mode: automatic
                                  inputs: [thing]
                                  credentials: [key]
                                  steps: [{id: act, title: Act, mode: automatic}]
                                - id: second
                                  row: X2
                                  title: Second
                                  requirement: optional
                                  chosenBy: chosen
                                  mode: verified
                                  dependsOn: [section.first]
                                  steps:
                                    - id: by-hand
                                      title: By hand
                                      mode: verified
                                      party: VENDOR
                                      due: P2D
                                      instructions: Turn the key.
                                      check: The light is looked at.
                          """))));
  private final Onboarding onboarding;
  private FunctionContext place = context;
  private int entered;
  private int performed;
  private Consumer<Work> verifying = work -> {};
  private String overForGood;

  TaskFrameworkTest() {
    Onboarding created =
        onboardings.create(UUID.randomUUID().toString(), "", "F", "framework", "1", ANN);
    onboardings.save(created, created.starting("plan", clock.instant()), ANN, "start", null);
    onboarding = onboardings.find(created.id()).orElseThrow();
    element("wanted", BooleanNode.TRUE);
    element("chosen", BooleanNode.TRUE);
  }

  private void element(String id, com.fasterxml.jackson.databind.JsonNode value) {
    long seen = elements.find(onboarding.id(), id).map(ElementRecord::version).orElse(0L);
    elements.save(
        onboarding.id(), new ElementRecord(id, seen, value, "ann", clock.instant()), seen, ANN);
  }

  private TaskRecord attempt(String task, Consumer<Work> perform) throws IOException {
    clock.pass(Duration.ofSeconds(1));
    return attempt(task, perform, clock.instant(), "token-" + ++entered, onboarding.run());
  }

  private TaskRecord attempt(String task, Consumer<Work> perform, Instant at, String token, int run)
      throws IOException {
    TaskFunction function =
        new TaskFunction(place) {
          @Override
          protected void perform(Work work) {
            performed++;
            perform.accept(work);
          }

          @Override
          protected void verify(Work work) {
            verifying.accept(work);
          }

          @Override
          protected String overForGood() {
            return overForGood;
          }
        };
    String payload =
        """
        {"onboardingId": "%s", "run": %d, "task": "%s", "entered": "%s", "retry": 0,
         "taskToken": "%s"}\
        """
            .formatted(onboarding.id(), run, task, at, token);
    function.handleRequest(
        new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)),
        new ByteArrayOutputStream(),
        new TestLambdaContext(10_000));
    return tasks.of(onboarding.id(), new TaskKey(task, ""));
  }

  private static Consumer<Work> finds(String answer) {
    return work ->
        work.step("act").field("thing").machine(() -> new Finding("act", "thing", answer));
  }

  @Test
  void aDoneTaskWhoseInputsDidNotChangeIsNotPerformedAgainButSignalsUnderTheNewToken()
      throws IOException {
    element("thing", TextNode.valueOf("a"));
    TaskRecord first = attempt(FIRST, finds("ok"));
    TaskRecord again = attempt(FIRST, finds("ok"));
    assertEquals(1, performed);
    assertEquals("token-1", first.token());
    assertEquals("token-2", again.token());
    assertTrue(again.signalDue());
    assertEquals(1, tasks.attempts(onboarding.id(), again.key()).size());
  }

  @Test
  void aClaimWhoseAnswerIsLostIsHeldEvenIfSomebodyAsksForTheTaskMeanwhile() throws IOException {
    element("thing", TextNode.valueOf("a"));
    TaskKey first = new TaskKey(FIRST, "");
    place =
        context.with(
            table.losingAnAnswer(
                clock,
                () ->
                    requests.request(
                        onboarding.id(),
                        first,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        ANN,
                        "task.retried",
                        "why")),
            context.checklists());
    TaskRecord done = attempt(FIRST, finds("ok"));
    assertEquals(1, performed);
    assertEquals("token-1", done.token());
    assertEquals(1, done.requestedGeneration());
  }

  @Test
  void aDoneTaskIsPerformedAgainWhenAnInputChanged() throws IOException {
    element("thing", TextNode.valueOf("a"));
    attempt(FIRST, finds("ok"));
    element("thing", TextNode.valueOf("b"));
    attempt(FIRST, finds("ok"));
    assertEquals(2, performed);
  }

  private void requestVerification(TaskRecord task) {
    requests.requestVerification(
        onboarding.id(), List.of(task.key()), ANN, "the platform was worked on");
  }

  @Test
  void aSecondLookPerformsNothingAndKeepsWhatProvedTheTaskBefore() throws IOException {
    element("thing", TextNode.valueOf("a"));
    TaskRecord done = attempt(FIRST, finds("ok"));
    verifying = work -> work.proof("thing", () -> new Finding("look", "thing", "still so"));
    requestVerification(done);

    TaskRecord again = attempt(FIRST, finds("never"));

    assertEquals(1, performed);
    assertEquals(2, again.attempts());
    assertTrue(again.isSettledFinally());
    assertFalse(again.verifyAgain());
    assertEquals(
        List.of("act", "again: look"),
        again.outcome().evidence().stream().map(Evidence::probe).toList());
    // Another one replaces what the one before found.
    requestVerification(again);
    assertEquals(2, attempt(FIRST, finds("never")).outcome().evidence().size());
  }

  @Test
  void whatDoesNotHoldAnyMoreIsOpenAgainAndIsNotPerformedBeforeSomebodyAsks() throws IOException {
    TaskRecord done = attempt(FIRST, finds("ok"));
    verifying =
        work ->
            work.proof(
                "thing",
                () -> {
                  throw new UnmetRequirement(
                      "thing.gone", "thing", "thing", "It is gone.", "Bring it back.");
                });
    requestVerification(done);

    TaskRecord broken = attempt(FIRST, finds("never"));

    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, broken.outcome());
    assertEquals("thing.gone", failed.problem().code());
    assertEquals(
        "X1 was done, and does not hold any more: It is gone.", failed.problem().message());
    assertEquals("act", failed.evidence().getFirst().probe());
    attempt(FIRST, finds("never"));
    assertEquals(1, performed, "a look of its own accord performs nothing");

    verifying = work -> {};
    requests.request(
        onboarding.id(),
        broken.key(),
        true,
        Optional.empty(),
        Optional.empty(),
        ANN,
        "task.retried",
        "mended");
    TaskRecord mended = attempt(FIRST, finds("ok"));
    assertEquals(2, performed);
    assertTrue(mended.isSettledFinally());
    assertFalse(mended.verifyAgain());
  }

  @Test
  void whatIsOverForGoodStaysDoneThoughNothingIsThereToLookAt() throws IOException {
    TaskRecord done = attempt(FIRST, finds("ok"));
    overForGood = "The source need not be there any more.";
    verifying =
        work -> {
          throw new AssertionError("nobody looks");
        };
    requestVerification(done);

    TaskRecord again = attempt(FIRST, finds("never"));

    assertTrue(again.isSettledFinally());
    assertFalse(again.verifyAgain());
    assertTrue(again.outcomeAt().isAfter(done.outcomeAt()), "a sign-off asks for no other look");
    assertEquals(
        List.of("act: ok", "again: not looked at: The source need not be there any more."),
        again.outcome().evidence().stream()
            .map(each -> each.probe() + ": " + each.answer())
            .toList());
  }

  /** It is performed anew if its own inputs change; those of the task before it are past. */
  @ParameterizedTest
  @CsvSource({"false, 4", "true, 3"})
  void whatIsOverForGoodIsNotPerformedAgainForWhatCameBefore(boolean isOver, int times)
      throws IOException {
    overForGood = isOver ? "The source need not be there any more." : null;
    element("thing", TextNode.valueOf("a"));
    attempt(FIRST, finds("ok"));
    attempt(SECOND, work -> {});
    element("thing", TextNode.valueOf("b"));
    attempt(FIRST, finds("ok"));

    TaskRecord again = attempt(SECOND, work -> {});

    assertTrue(again.isSettledFinally());
    assertEquals(times, performed);
  }

  /** What a runner inside saw before is no second look; it is asked once for each. */
  @Test
  void aSecondLookHasTheProbeRunnerLookAnew() throws IOException {
    Probe probe = new Probe.TcpConnect("uploader.internal.example", 2049);
    verifying =
        work ->
            work.step("act")
                .about()
                .field("thing")
                .probed(
                    probe,
                    seen ->
                        List.of(
                            new Finding(
                                "reach", "uploader", seen.facts().getOrDefault("answer", ""))));
    assertInstanceOf(Outcome.Waiting.class, attempt(FIRST, work -> {}).outcome());
    TaskRecord done = lookedFromInside("at first");
    assertTrue(done.isSettledFinally());

    for (int time = 1; time <= 2; time++) {
      requestVerification(done);
      TaskRecord asked = attempt(FIRST, finds("never"));
      assertInstanceOf(Outcome.Waiting.class, asked.outcome(), "asked anew");
      assertInstanceOf(Outcome.Waiting.class, attempt(FIRST, finds("never")).outcome());
      assertEquals(1, pending().size());

      done = lookedFromInside("again " + time);
      assertTrue(done.isSettledFinally());
      assertEquals(
          List.of("reach: at first", "again: reach: again " + time),
          done.outcome().evidence().stream()
              .map(each -> each.probe() + ": " + each.answer())
              .toList());
    }
    assertEquals(2, performed, "only before it was done");
  }

  private List<ProbeRecord> pending() {
    return probes.all(onboarding.id()).stream()
        .filter(probe -> probe.state() == ProbeRecord.State.PENDING)
        .toList();
  }

  private TaskRecord lookedFromInside(String answer) throws IOException {
    clock.pass(Duration.ofSeconds(1));
    ProbeRecord asked = pending().getFirst();
    ProbeResult seen =
        new ProbeResult(asked.id(), asked.hash(), clock.instant(), Map.of("answer", answer), null);
    probes.answer(
        onboarding.id(),
        asked,
        new ProbeRecord.Result(
            "runner", "inside", clock.instant(), Json.tree(seen).toString(), "signed", "signature"),
        ANN);
    return attempt(FIRST, work -> {});
  }

  @Test
  void aSecondLookGoesByTheInputsOfTheFirst() throws IOException {
    element("thing", TextNode.valueOf("a"));
    TaskRecord done = attempt(FIRST, finds("ok"));
    requestVerification(done);
    element("thing", TextNode.valueOf("b"));

    attempt(FIRST, finds("ok"));

    assertEquals(2, performed, "with other inputs it is performed");
  }

  @Test
  void aSecondLookWaitsForThatOfItsDependencies() throws IOException {
    attempt(FIRST, finds("ok"));
    TaskRecord second = attempt(SECOND, work -> {});
    requestVerification(tasks.of(onboarding.id(), new TaskKey(FIRST, "")));
    requestVerification(second);
    assertInstanceOf(Outcome.Waiting.class, attempt(SECOND, work -> {}).outcome());
    attempt(FIRST, finds("never"));

    TaskRecord again = attempt(SECOND, work -> {});

    assertTrue(again.isSettledFinally());
    assertEquals(2, performed, "once each");
  }

  @Test
  void aSecondLookAtWhatTheRunHasLeftBehindMakesTheRunStale() throws IOException {
    TaskRecord done = attempt(FIRST, finds("ok"));
    tasks.save(
        onboarding.id(),
        done,
        done.decided(dev.slipway.ledger.Signal.Kind.SUCCESS, clock.instant()));

    requestVerification(tasks.of(onboarding.id(), done.key()));

    assertTrue(onboardings.find(onboarding.id()).orElseThrow().stale());
  }

  @Test
  void aDoneTaskIsPerformedAgainWhenSomebodyAsksForIt() throws IOException {
    TaskRecord done = attempt(FIRST, finds("ok"));
    requests.request(
        onboarding.id(),
        done.key(),
        true,
        Optional.empty(),
        Optional.empty(),
        ANN,
        "task.retried",
        "why");
    TaskRecord again = attempt(FIRST, finds("ok"));
    assertEquals(2, performed);
    assertFalse(again.performAgain());
  }

  @Test
  void anOlderAttemptThatArrivesLateIsTurnedAway() throws IOException {
    Instant early = clock.instant();
    attempt(FIRST, finds("ok"));
    TaskRecord after = attempt(FIRST, finds("late"), early, "token-late", onboarding.run());
    assertEquals("token-1", after.token());
    assertEquals(1, performed);
  }

  @Test
  void anAttemptOfAnotherRunIsTurnedAway() throws IOException {
    TaskRecord after = attempt(FIRST, finds("ok"), clock.instant(), "other", 99);
    assertEquals("PENDING", after.state());
    assertEquals(0, performed);
  }

  @Test
  void whileAnotherAttemptIsAtWorkTheAnswerIsBusy() throws IOException {
    assertThrows(
        Slipway.Busy.class,
        () ->
            attempt(
                FIRST,
                work -> {
                  try {
                    attempt(FIRST, finds("second"));
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                }));
  }

  @Test
  void aTaskWhoseConditionDoesNotHoldIsNotApplicableAndNamesTheRule() throws IOException {
    element("wanted", BooleanNode.FALSE);
    TaskRecord task = attempt(FIRST, finds("ok"));
    assertEquals(new Outcome.NotApplicable("needed only if “Wanted” is chosen"), task.outcome());
    assertEquals(0, performed);
  }

  @Test
  void anOptionalTaskThatWasNotChosenIsSkippedByIntake() throws IOException {
    element("chosen", BooleanNode.FALSE);
    TaskRecord task = attempt(SECOND, finds("ok"));
    assertInstanceOf(Outcome.Skipped.class, task.outcome());
  }

  @Test
  void aWaiverCountsOnlyOnceASecondPersonAgreed() throws IOException {
    TaskKey key = new TaskKey(FIRST, "");
    Decision waiver =
        new Decision(key, 0, Decision.Kind.WAIVE, "ann", "no need", clock.instant(), null);
    requests.request(
        onboarding.id(),
        key,
        false,
        Optional.empty(),
        Optional.of(waiver),
        ANN,
        "task.waive-asked",
        "no need");
    assertEquals("DONE", attempt(FIRST, finds("ok")).state());
    Decision asked = decisions.find(onboarding.id(), key).orElseThrow();
    Decision agreed =
        new Decision(
            key, asked.version(), asked.kind(), asked.by(), asked.reason(), asked.at(), "bob");
    requests.request(
        onboarding.id(),
        key,
        false,
        Optional.empty(),
        Optional.of(agreed),
        ANN,
        "task.waived",
        "agreed");
    assertEquals(
        new Outcome.Waived("ann", "bob", "no need"), attempt(FIRST, finds("ok")).outcome());
  }

  @Test
  void aTaskWaitsForItsDependencies() throws IOException {
    TaskRecord task = attempt(SECOND, finds("ok"));
    assertEquals(
        List.of(FIRST), assertInstanceOf(Outcome.Waiting.class, task.outcome()).dependsOn());
  }

  private TaskRecord secondWithAnswer(Consumer<Work> perform) throws IOException {
    attempt(FIRST, finds("ok"));
    return attempt(SECOND, perform);
  }

  private void answer(String statement) {
    TaskKey key = new TaskKey(SECOND, "");
    long version = answers.find(onboarding.id(), key, "by-hand").map(Answer::version).orElse(0L);
    Answer answer =
        new Answer(
            key,
            "by-hand",
            version,
            UUID.randomUUID().toString(),
            "vera",
            "engineer",
            clock.instant(),
            statement,
            null,
            Answer.Verdict.GIVEN,
            null);
    requests.request(
        onboarding.id(),
        key,
        false,
        Optional.of(answer),
        Optional.empty(),
        new Actor("vera", "engineer"),
        "task.answered",
        statement);
  }

  private static Consumer<Work> byHand(boolean lightIsOn) {
    return work ->
        work.step("by-hand")
            .about("thing")
            .field("thing")
            .person(
                () -> {
                  if (!lightIsOn) {
                    throw new UnmetRequirement(
                        "light.off", "lamp", "thing", "The light is off.", "Turn it on.");
                  }
                  return new Finding("light.look", "lamp", "on");
                });
  }

  @Test
  void aPersonIsToldWhatToDoHowItIsCheckedAndUntilWhen() throws IOException {
    TaskRecord task = secondWithAnswer(byHand(true));
    Outcome.Waiting waiting = assertInstanceOf(Outcome.Waiting.class, task.outcome());
    assertEquals(Party.VENDOR, waiting.party());
    assertEquals("Turn the key.", waiting.instructions());
    assertEquals("The light is looked at.", waiting.check());
    assertEquals(clock.instant().plus(Duration.ofDays(2)), waiting.due());
  }

  @Test
  void anAnswerThatArrivesBeforeTheTaskIsReachedIsKeptAndUsed() throws IOException {
    answer("turned it");
    TaskRecord task = secondWithAnswer(byHand(true));
    assertEquals("DONE", task.state());
    Evidence statement = task.outcome().evidence().getFirst();
    assertEquals(Evidence.Place.PERSON, statement.where());
    assertEquals("vera", statement.by());
  }

  @Test
  void anAnswerThatTheMachineCannotConfirmIsAskedAgainWithTheReason() throws IOException {
    answer("turned it");
    TaskRecord task = secondWithAnswer(byHand(false));
    Outcome.Waiting waiting = assertInstanceOf(Outcome.Waiting.class, task.outcome());
    assertEquals("light.off", waiting.problem().code());
    assertEquals(
        Answer.Verdict.REJECTED,
        answers.find(onboarding.id(), task.key(), "by-hand").orElseThrow().verdict());
    answer("now really");
    assertEquals("DONE", attempt(SECOND, byHand(true)).state());
  }

  @Test
  void aTroubleThatMayPassIsTriedAgainByItself() throws IOException {
    Instant later = clock.instant().plus(Duration.ofHours(1));
    TaskRecord task =
        attempt(
            FIRST,
            work ->
                work.step("act")
                    .field("thing")
                    .machine(
                        () -> {
                          throw new SystemTrouble(
                              "shop",
                              SystemTrouble.Kind.RATE_LIMITED,
                              "too many",
                              "buy",
                              "shop.example",
                              "429",
                              later,
                              null);
                        }));
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, task.outcome());
    assertEquals("shop.rate-limited", failed.problem().code());
    assertEquals("thing", failed.problem().field());
    assertEquals(later, failed.retryAt());
    assertEquals(later, task.settled().signalAt());
  }

  @Test
  void whatEscapesFromAHandlerIsRecordedWithoutItsMessage() throws IOException {
    TaskRecord task =
        attempt(
            FIRST,
            work -> {
              throw new IllegalStateException("password=hunter2");
            });
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, task.outcome());
    assertEquals("slipway.unexpected", failed.problem().code());
    assertFalse(task.toString().contains("hunter2"));
  }

  @Test
  void everyAttemptIsKeptSoThatTheFirstReasonIsNotLost() throws IOException {
    attempt(
        FIRST,
        work ->
            work.step("act")
                .field("thing")
                .machine(
                    () -> {
                      throw new UnmetRequirement("thing.bad", "thing", "thing", "bad", "mend it");
                    }));
    TaskRecord done = attempt(FIRST, finds("ok"));
    List<String> states =
        tasks.attempts(onboarding.id(), done.key()).stream()
            .map(attempt -> attempt.outcome().state())
            .toList();
    assertEquals(List.of("FAILED", "DONE"), states);
  }

  @Test
  void aFailureIsDueAsItsStepIs() throws IOException {
    attempt(FIRST, finds("ok"));
    Consumer<Work> refused =
        work ->
            work.step("by-hand")
                .about()
                .field("thing")
                .machine(
                    () -> {
                      throw new UnmetRequirement("thing.bad", "thing", null, "bad", "mend it");
                    })
                .orPerson(() -> null);
    Outcome.Failed failed =
        assertInstanceOf(Outcome.Failed.class, attempt(SECOND, refused).outcome());
    assertEquals(clock.instant().plus(Duration.ofDays(2)), failed.due());
    clock.pass(Duration.ofHours(5));
    requests.request(
        onboarding.id(),
        new TaskKey(SECOND, ""),
        true,
        Optional.empty(),
        Optional.empty(),
        ANN,
        "task.retried",
        "once more");
    Outcome.Failed again =
        assertInstanceOf(Outcome.Failed.class, attempt(SECOND, refused).outcome());
    assertEquals(failed.due(), again.due(), "trying does not put it off");
  }

  private void credential(String version) {
    long seen =
        elements.credential(onboarding.id(), "key").map(CredentialRecord::version).orElse(0L);
    elements.save(
        onboarding.id(),
        new CredentialRecord(
            "key", "", seen + 1, Grade.VALID, "ok", version, version, null, "ann", clock.instant()),
        seen,
        ANN);
  }

  @Test
  void anotherCredentialIsVerifiedWithAndNothingPerformedIfThatIsEnough() throws IOException {
    credential("v1");
    verifying = work -> work.proof("thing", () -> new Finding("look", "thing", "it stands"));
    attempt(FIRST, finds("made"));
    credential("v2");

    TaskRecord again = attempt(FIRST, finds("made twice"));

    assertEquals("DONE", again.state());
    assertEquals(1, performed);
    assertEquals(2, again.attempts());
    assertEquals(
        List.of("act", "look"), again.outcome().evidence().stream().map(Evidence::probe).toList());
    assertEquals(clock.instant(), again.outcome().evidence().getLast().at());
  }

  @Test
  void anotherCredentialIsPerformedWithIfALookIsNotEnough() throws IOException {
    credential("v1");
    attempt(FIRST, finds("made"));
    credential("v2");
    verifying =
        work ->
            work.proof(
                "thing",
                () -> {
                  if (performed == 1) {
                    throw new UnmetRequirement(
                        "thing.old", "shop", "thing", "Still the old key.", "Enter it.");
                  }
                  return new Finding("look", "thing", "the new key");
                });

    TaskRecord again = attempt(FIRST, finds("made again"));

    assertEquals("DONE", again.state());
    assertEquals(2, performed);
  }

  @Test
  void whatRestsOnATaskThatWasVerifiedWithAnotherCredentialIsOnlyVerifiedToo() throws IOException {
    credential("v1");
    answer("turned it");
    secondWithAnswer(byHand(true));
    credential("v2");
    attempt(FIRST, finds("ok"));
    int before = performed;

    TaskRecord second = attempt(SECOND, byHand(true));

    assertEquals("DONE", second.state());
    assertEquals(before, performed);
    assertEquals(2, second.attempts());
  }

  @Test
  void aTaskThatWaitsForItsDependencyOnceMoreIsNotPerformedAgainIfNothingChanged()
      throws IOException {
    answer("turned it");
    TaskRecord done = secondWithAnswer(byHand(true));
    requests.request(
        onboarding.id(),
        new TaskKey(FIRST, ""),
        true,
        Optional.empty(),
        Optional.empty(),
        ANN,
        "task.retried",
        "why");
    assertEquals("WAITING", attempt(SECOND, byHand(true)).state());
    attempt(FIRST, finds("ok"));
    int before = performed;

    TaskRecord again = attempt(SECOND, byHand(true));

    assertEquals(done.outcome(), again.outcome());
    assertEquals(before, performed);
  }

  private Instant due(TaskRecord task) {
    return assertInstanceOf(Outcome.Waiting.class, task.outcome()).due();
  }

  @Test
  void aDueDateStaysWhileTheSameIsAsked() throws IOException {
    Instant first = due(secondWithAnswer(byHand(true)));
    clock.pass(Duration.ofHours(5));
    assertEquals(first, due(attempt(SECOND, byHand(true))));

    answer("turned it");
    clock.pass(Duration.ofHours(5));
    assertEquals(first, due(attempt(SECOND, byHand(false))), "not accepted: no more time");

    TaskRecord failed =
        attempt(
            SECOND,
            work -> {
              throw new IllegalStateException();
            });
    assertEquals("FAILED", failed.state());
    assertEquals(first, due(attempt(SECOND, byHand(false))), "a trouble in between");
  }

  @Test
  void whatIsAskedNewlyHasADueDateOfItsOwn() throws IOException {
    Instant first = due(secondWithAnswer(byHand(true)));
    clock.pass(Duration.ofHours(5));
    TaskRecord other =
        attempt(
            SECOND,
            work ->
                work.step("by-hand")
                    .about()
                    .material("Another key.")
                    .field("thing")
                    .person(() -> null));
    assertEquals(clock.instant().plus(Duration.ofDays(2)), due(other), "other instructions");

    answer("turned it");
    Consumer<Work> concerned = byHand(true);
    element("thing", TextNode.valueOf("a"));
    assertEquals("DONE", attempt(SECOND, concerned).state());
    element("thing", TextNode.valueOf("b"));
    attempt(FIRST, finds("ok"));
    clock.pass(Duration.ofDays(9));
    Instant outdated = due(attempt(SECOND, concerned));
    assertEquals(clock.instant().plus(Duration.ofDays(2)), outdated, "other values");
    clock.pass(Duration.ofHours(1));
    assertEquals(outdated, due(attempt(SECOND, concerned)));
    assertTrue(first.isBefore(outdated));
  }
}
