package dev.slipway.task;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who takes a step, and how an attempt goes on. */
final class StepTest {
  private static final String STEP = "create-tariffs";

  private final Bench bench =
      new Bench("billing-integration.configure-pricing").element("pricing", "{\"tariffs\":[]}");

  @Test
  void whatTakesWeeksIsLookedAtLessAndLessOften() {
    int looks = 0;
    for (Duration waited = Duration.ZERO; waited.compareTo(Duration.ofDays(30)) < 0; looks++) {
      Outcome outcome = attempt(work -> work.waitLonger("invitation", "They have not accepted."));
      Duration pause = Duration.between(bench.now(), outcome.looksAgainAt());
      assertEquals(
          looks < 6 ? Duration.ofHours(1) : looks < 9 ? Duration.ofHours(6) : Duration.ofDays(1),
          pause);
      waited = waited.plus(pause);
      bench.after(pause);
    }
    assertEquals(38, looks);
  }

  @Test
  void aMachineTakesTheStepIfItCan() {
    String evidence = done(attempt(work -> step(work).machine(StepTest::found).orAttested()));
    assertTrue(evidence.contains("two tariffs"), evidence);
  }

  @Test
  void aPersonTakesTheStepAfterATroubleThatIsLeftToPeople() {
    Consumer<Work> perform =
        work ->
            step(work)
                .leftToPerson(Set.of(Kind.NOT_FOUND))
                .machine(() -> troubled(Kind.NOT_FOUND))
                .orAttested();
    Outcome.Waiting asked = waitsFor(STEP, attempt(perform));
    assertTrue(asked.evidence().getFirst().answer().contains("a person does it"));
    String evidence = done(answered(perform));
    assertTrue(evidence.contains("I did it"), evidence);
  }

  @Test
  void everyOtherTroubleIsAFailureOfTheStepsField() {
    failed(
        "platform.not-found",
        "pricing",
        attempt(work -> step(work).machine(() -> troubled(Kind.NOT_FOUND)).orAttested()));
  }

  @Test
  void aPersonIsAskedAgainWithTheReasonIfTheMachineFindsTheStepNotTaken() {
    Outcome.Waiting asked =
        waitsFor(
            STEP,
            answered(
                work ->
                    step(work)
                        .person(
                            () -> {
                              throw new UnmetRequirement(
                                  "tariffs.none", "platform", "pricing", "None.", "Add.");
                            })));
    assertEquals("tariffs.none", asked.problem().code());
    assertEquals(Answer.Verdict.REJECTED, bench.judged(STEP).orElseThrow().verdict());
  }

  @Test
  void whatMayComeByItselfIsLookedAtAgainWhileThePersonIsAsked() {
    AtomicInteger looks = new AtomicInteger();
    Consumer<Work> perform =
        work ->
            step(work)
                .person(
                    () -> {
                      if (looks.getAndIncrement() == 0) {
                        throw new UnmetRequirement(
                                "tariffs.unseen", "platform", "pricing", "Not yet.", "Wait.")
                            .lookedAtAgain(work.now().plusSeconds(300));
                      }
                      return found();
                    });
    Outcome.Waiting asked = waitsFor(STEP, answered(perform));
    assertEquals("tariffs.unseen", asked.problem().code());
    assertEquals(bench.now().plusSeconds(300), asked.looksAgainAt());
    assertEquals(Answer.Verdict.GIVEN, bench.judged(STEP).orElseThrow().verdict());
    bench.after(Duration.ofMinutes(5));
    String evidence = done(attempt(perform));
    assertTrue(evidence.contains("two tariffs"), evidence);
  }

  @Test
  void aStatementHoldsForTheValuesItIsAbout() {
    Consumer<Work> perform = work -> step(work).attested();
    done(answered(perform));
    done(attempt(perform));
    bench.element("pricing", "{\"tariffs\":[\"another\"]}");
    assertEquals("statement.outdated", waitsFor(STEP, attempt(perform)).problem().code());
  }

  @Test
  void aLookMayReadTheStatement() {
    String evidence =
        done(
            answered(
                work ->
                    step(work)
                        .person(
                            said -> new Finding("statement", "tariffs", said.by() + " said so"))));
    assertTrue(evidence.contains("anna said so"), evidence);
  }

  @Test
  void anotherPartyMayBeAskedWithMaterialOfThisOnboarding() {
    Outcome.Waiting asked =
        waitsFor(
            STEP,
            attempt(
                work ->
                    step(work).askedOf(Party.VENDOR).material("Take the blue one.").attested()));
    assertEquals(Party.VENDOR, asked.party());
    assertTrue(asked.instructions().contains("\n\nTake the blue one."), asked.instructions());
  }

  @Test
  void aTimedStepBeganWhenItWasBegunFirst() {
    Consumer<Work> perform =
        work -> step(work).timed("tariffs").machine(StepTest::found).orAttested();
    attempt(perform);
    bench.after(Duration.ofHours(1));
    String evidence = done(attempt(perform));
    assertTrue(evidence.contains("began=2026-11-24T10:00:00Z"), evidence);
  }

  @Test
  void aSecretThatWasReadIsMaskedInEvidence() {
    bench.secret("platform", "{\"token\":\"s3cr3t-token\"}");
    String evidence =
        done(
            attempt(
                work ->
                    work.proof(
                        null,
                        () -> new Finding("look", "platform", "for " + work.secret("platform")))));
    assertFalse(evidence.contains("s3cr3t-token"), evidence);
  }

  @Test
  void anActionThatCannotBeLookedUpIsPerformedOnceAndAgainOnlyAfterACrash() {
    AtomicInteger sent = new AtomicInteger();
    Consumer<Work> perform = work -> work.once("send:mail", "sent:mail", sent::incrementAndGet);
    bench.crashAfterNotes(1);
    failed("slipway.unexpected", null, attempt(perform));
    done(attempt(perform));
    done(attempt(perform));
    assertEquals(2, sent.get());
  }

  private static PersonStep step(Work work) {
    return work.step(STEP).about("pricing.tariffs").field("pricing");
  }

  private static Finding found() {
    return new Finding("tariffs", "platform", "two tariffs");
  }

  private static Finding troubled(Kind kind) {
    throw new SystemTrouble("platform", kind, "The platform lacks it.", "tariffs", "platform", "");
  }

  private Outcome answered(Consumer<Work> perform) {
    bench.answer(STEP);
    return attempt(perform);
  }

  private Outcome attempt(Consumer<Work> perform) {
    return bench.attempt(
        new TaskFunction(FunctionContext.of(Map.of(), InstantSource.system())) {
          @Override
          protected void perform(Work work) {
            perform.accept(work);
          }

          @Override
          protected void verify(Work work) {}
        });
  }
}
