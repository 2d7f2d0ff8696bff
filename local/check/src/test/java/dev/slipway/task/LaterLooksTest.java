package dev.slipway.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.AddendumInfo;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.LookSchedule;
import dev.slipway.ledger.LookedAt;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.People;
import dev.slipway.ledger.Sight;
import dev.slipway.ledger.SignedReport;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.report.Addenda;
import dev.slipway.report.Addendum;
import dev.slipway.report.Addendum.Found;
import dev.slipway.report.AddendumHtml;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
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

/** What a task's function does in a look after go-live. */
class LaterLooksTest {
  private static final Actor ANN = new Actor("ann", "manager");
  private static final TaskKey FIRST = new TaskKey("section.first", "");

  private final TestClock clock = new TestClock();
  private final TestTable table = new TestTable();
  private final Items items = new Items(table.client(), table.name(), clock);
  private final FunctionContext context =
      FunctionContext.of(Map.of("SLIPWAY_TABLE", table.name()), clock)
          .with(
              items,
              new Checklists(
                  List.of(
                      ChecklistSource.parse(
                          """
                          name: looks
                          version: "1"
                          title: Looks
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
                                  mode: automatic
                                  inputs: [thing]
                                  steps:
                                    - {id: act, title: Act, mode: automatic}
                                    - id: by-hand
                                      title: By hand
                                      mode: attested
                                      party: VENDOR
                                      due: P2D
                                      instructions: Turn the key.
                          """))));
  private final String id;
  private int entered;
  private int performed;
  private Consumer<Work> verifying = work -> sees(work, "ok");

  LaterLooksTest() throws IOException {
    Onboarding created =
        context.onboardings().create(UUID.randomUUID().toString(), "", "L", "looks", "1", ANN);
    id = created.id();
    save(created, created.starting("plan", clock.instant()));
    context
        .elements()
        .save(
            id,
            new ElementRecord("thing", 0, TextNode.valueOf("a"), "ann", clock.instant()),
            0,
            ANN);
    call(1);
    Onboarding before = onboarding();
    save(before, before.running("arn"));
    before = onboarding();
    Onboarding completed = before.to(Onboarding.State.COMPLETED, clock.instant());
    save(before, completed);
    before = onboarding();
    context
        .signOffs()
        .signOff(
            before,
            before.signedOff(clock.instant()).erasingAt(clock.instant().plus(Duration.ofDays(30))),
            new SignedReport(
                "0".repeat(64), 1, "f", "key", "ECDSA_SHA_256", "", "ann", clock.instant(), null),
            People.none(),
            ANN);
    schedule(LookSchedule.chosen(null, 7, "ann", onboarding(), clock.instant()));
  }

  private Onboarding onboarding() {
    return context.onboardings().find(id).orElseThrow();
  }

  private void save(Onboarding before, Onboarding after) {
    context.onboardings().save(before, after, ANN, "test", null);
  }

  private LookSchedule schedule() {
    return context.looks().schedule(id).orElseThrow();
  }

  private void schedule(LookSchedule next) {
    context.looks().save(id, next, ANN, "test", null);
  }

  /** Begins a look; answers its run. */
  private int begin() {
    clock.pass(Duration.ofDays(7));
    schedule(schedule().begun(onboarding(), clock.instant()));
    schedule(schedule().running("arn:look"));
    return schedule().run();
  }

  private Addendum end() {
    new Addenda(context).conclude(onboarding(), schedule(), false, ANN);
    return new Addenda(context).find(id, schedule().number()).orElseThrow();
  }

  private static void sees(Work work, String answer) {
    work.proof("thing", () -> new Finding("look", "thing", answer));
  }

  private static Consumer<Work> trouble(Kind kind) {
    return work ->
        work.proof(
            "thing",
            () -> {
              throw new SystemTrouble("thing", kind, "It says no.", "look", "host", "answer");
            });
  }

  private static Consumer<Work> unmet(String code, String message) {
    return work ->
        work.proof(
            "thing",
            () -> {
              throw new UnmetRequirement(code, "thing", "thing.part", message, "Mend it.");
            });
  }

  private LookedAt call(int run) throws IOException {
    clock.pass(Duration.ofSeconds(1));
    return call(run, clock.instant(), "token-" + ++entered);
  }

  private LookedAt call(int run, Instant at, String token) throws IOException {
    TaskFunction function =
        new TaskFunction(context) {
          @Override
          protected void perform(Work work) {
            performed++;
          }

          @Override
          protected void verify(Work work) {
            verifying.accept(work);
          }
        };
    String payload =
        """
        {"onboardingId": "%s", "run": %d, "task": "%s", "entered": "%s", "retry": 0,
         "taskToken": "%s"}\
        """
            .formatted(id, run, FIRST, at, token);
    function.handleRequest(
        new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)),
        new ByteArrayOutputStream(),
        new TestLambdaContext(10_000));
    return context.looks().looked(id, FIRST);
  }

  @Test
  void looksOnlyAndLeavesTheTaskAsItWasSigned() throws IOException {
    TaskRecord signed = context.tasks().of(id, FIRST);
    int attempts = context.tasks().attempts(id).size();
    verifying =
        work -> {
          work.remember(Note.Kind.RESOURCE, "seen", Json.tree("kept"));
          sees(work, "still ok");
        };

    LookedAt looked = call(begin());

    assertEquals(Sight.Kind.HOLDS, looked.sight().kind());
    assertEquals("still ok", looked.sight().evidence().getFirst().answer());
    assertTrue(looked.isOver());
    assertEquals(1, performed, "before the sign-off");
    assertEquals(signed, context.tasks().of(id, FIRST));
    assertEquals(attempts, context.tasks().attempts(id).size());
    assertEquals(List.of(), context.notes().of(id, FIRST));
  }

  @Test
  void tellsOfWhatNoLongerHoldsOnceThenThatItHoldsAgain() throws IOException {
    verifying = unmet("thing.gone", "It is gone since 3 days.");
    call(begin());
    Addendum first = end();
    assertEquals(Found.NO_LONGER_HOLDS, first.lines().getFirst().found());
    assertEquals("thing.part", first.lines().getFirst().problem().field());
    assertTrue(context.looks().addendum(id, 1).orElseThrow().isNews());

    verifying = unmet("thing.gone", "It is gone since 10 days.");
    call(begin());
    assertEquals(Found.STILL_DOES_NOT_HOLD, end().lines().getFirst().found());
    assertFalse(context.looks().addendum(id, 2).orElseThrow().isNews(), "the same, later");

    verifying = unmet("thing.broken", "It is broken.");
    call(begin());
    assertEquals(Found.DOES_NOT_HOLD_OTHERWISE, end().lines().getFirst().found());

    verifying = work -> sees(work, "ok");
    call(begin());
    Addendum last = end();
    assertEquals(Found.HOLDS_AGAIN, last.lines().getFirst().found());
    assertTrue(AddendumHtml.of(last).contains("<h2>Holds again</h2>"));
    assertEquals(
        List.of(1, 2, 3, 4),
        context.looks().addenda(id).stream().map(AddendumInfo::number).toList());
  }

  @Test
  void triesAgainWhatGaveNoUsableAnswerAndNeverTellsItAsGone() throws IOException {
    for (Kind kind : List.of(Kind.RATE_LIMITED, Kind.OUT_OF_ORDER, Kind.NOT_UNDERSTOOD)) {
      verifying = trouble(kind);
      int look = begin();
      LookedAt looked = call(look);
      assertFalse(looked.isOver());
      assertEquals(clock.instant().plus(Duration.ofMinutes(10)), looked.signalAt());
      clock.pass(Duration.ofMinutes(10));
      assertFalse(call(look).isOver());
      clock.pass(Duration.ofMinutes(30));
      LookedAt last = call(look);
      assertTrue(last.isOver(), "the next look tries again");
      assertEquals(Sight.Kind.NOT_SEEN, last.sight().kind());
      Addendum addendum = end();
      assertEquals(
          look == 3 ? Found.NOT_SEEN_EITHER : Found.NOT_SEEN, addendum.lines().getFirst().found());
      assertEquals(look == 3, addendum.isNews(), "told once, at the second look in a row");
    }
    verifying = work -> sees(work, "ok");
    call(begin());
    assertEquals(Found.HOLDS, end().lines().getFirst().found());
    verifying = trouble(Kind.OUT_OF_ORDER);
    call(begin());
    assertEquals(Found.NOT_SEEN, end().lines().getFirst().found(), "the row begins anew");
  }

  @Test
  void whatCouldNotBeSeenInBetweenForgetsNothing() throws IOException {
    verifying = unmet("thing.gone", "It is gone.");
    call(begin());
    end();
    verifying = trouble(Kind.OUT_OF_ORDER);
    call(begin());
    end();
    verifying = unmet("thing.gone", "It is gone.");
    call(begin());
    assertEquals(Found.STILL_DOES_NOT_HOLD, end().lines().getFirst().found());
  }

  @Test
  void saysOfAHandlersOwnErrorThatItCouldNotLook() throws IOException {
    verifying =
        work -> {
          throw new IllegalStateException("quoting anything");
        };
    LookedAt looked = call(begin());
    assertEquals(Sight.Kind.NOT_SEEN, looked.sight().kind());
    assertFalse(looked.sight().why().contains("quoting"), looked.sight().why());
  }

  @Test
  void saysThatARefusedLoginNoLongerHolds() throws IOException {
    verifying = trouble(Kind.AUTHENTICATION_FAILED);
    LookedAt looked = call(begin());
    assertEquals(Sight.Kind.DOES_NOT_HOLD, looked.sight().kind());
    assertEquals("thing.authentication-failed", looked.sight().problem().code());
  }

  @Test
  void doesNotLookAtWhatOnlyPeopleState() throws IOException {
    verifying = work -> work.step("by-hand").about().attested();
    LookedAt looked = call(begin());
    assertEquals(Sight.Kind.NOT_LOOKED_AT, looked.sight().kind());
    assertTrue(looked.isOver());
  }

  @Test
  void saysWhatARowsOldProofIs() throws IOException {
    Instant before = clock.instant();
    verifying =
        work ->
            work.proof("thing", () -> new Finding("tried once", "thing", "was so then", before));
    assertEquals(Sight.Kind.NOT_LOOKED_AT, call(begin()).sight().kind());
  }

  @Test
  void turnsAwayACallThatComesLateOrTwice() throws IOException {
    int look = begin();
    Instant early = clock.instant();
    LookedAt newer = call(look);
    assertEquals(newer, call(look, early.minusSeconds(5), "late"));
    assertEquals(newer, call(look, newer.entered(), newer.token()));
  }

  @Test
  void aStateThatIsEnteredAgainGoesOnWithoutAnotherLook() throws IOException {
    int look = begin();
    call(look);
    verifying = unmet("thing.gone", "It is gone.");
    LookedAt again = call(look);
    assertEquals(Sight.Kind.HOLDS, again.sight().kind());
    assertEquals("token-" + entered, again.token());
    assertEquals(clock.instant(), again.signalAt());
  }

  @Test
  void doesNothingForALookThatIsNotUnderWay() throws IOException {
    int look = begin();
    end();
    assertNull(call(look).sight());
    assertNull(call(look + 1).sight());
    assertEquals(Optional.empty(), context.looks().content(id, 2));
    assertTrue(context.tasks().of(id, FIRST).outcome() instanceof Outcome.Done);
  }

  @Test
  void namesWhatABrokenLookDidNotComeTo() throws IOException {
    begin();
    new Addenda(context).conclude(onboarding(), schedule(), true, ANN);
    Addendum addendum = new Addenda(context).find(id, 1).orElseThrow();
    assertTrue(addendum.broken());
    assertEquals(Found.NOT_SEEN, addendum.lines().getFirst().found());
    assertEquals("This look did not come to it.", addendum.lines().getFirst().why());
  }
}
