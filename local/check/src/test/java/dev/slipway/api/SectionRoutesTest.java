package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One section is stopped and started; what Wake makes of it is a run's test. */
class SectionRoutesTest {
  private static final String SECTION = "technical-configuration";
  private static final TaskKey RESUME = new TaskKey(SECTION + ".resume", "");

  private final ApiWorld world = new ApiWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private Answer ask(String operation, String id, String section, Token token) {
    return world
        .request(operation)
        .by(token)
        .on(id)
        .path("section", section)
        .body("{\"reason\": \"a new region\"}")
        .send();
  }

  private Answer stop(String id) {
    return ask("StopSection", id, SECTION, Token.manager());
  }

  private Answer start(String id) {
    return ask("StartSection", id, SECTION, Token.manager());
  }

  private String actions(String id, Token by) {
    return world
        .request("GetOnboarding")
        .by(by)
        .on(id)
        .send()
        .body()
        .at("/sections/0/actions")
        .toString();
  }

  /** What the answer for the onboarding names, the routes take; all else they refuse. */
  @Test
  void theActionsThatAreNamedAreThoseThatAreTaken() {
    String idle = world.create();
    assertEquals("", actions(idle, Token.manager()));
    assertEquals(409, stop(idle).status());

    String id = world.running();
    assertEquals("[\"stop\"]", actions(id, Token.manager()));
    assertEquals("[\"stop\"]", actions(id, Token.engineer()));
    assertEquals("", actions(id, Token.customer(id)));
    assertEquals(403, ask("StopSection", id, SECTION, Token.customer(id)).status());
    assertEquals(409, start(id).status());
    assertEquals(202, stop(id).status());
    assertEquals("[\"start\"]", actions(id, Token.manager()));
    assertEquals(409, stop(id).status());
    assertEquals(202, start(id).status());
    assertEquals("[\"stop\"]", actions(id, Token.manager()));
    assertEquals(
        "[\"stop\"]",
        world
            .request("GetOnboarding")
            .on(id)
            .query("instances", "summary")
            .send()
            .body()
            .at("/sections/0/actions")
            .toString());
    world.act("CancelOnboarding", Token.manager(), id, "");
    assertEquals("", actions(id, Token.manager()));
  }

  @Test
  void stopsOneSectionAndLetsItGoOn() {
    String id = world.running();
    assertEquals("section.not-stopped", start(id).code());

    Answer stopped = stop(id);
    assertEquals(202, stopped.status(), stopped.text());
    assertEquals(SECTION, stopped.body().get("section").asText());
    assertEquals("stop", stopped.body().get("requested").asText());
    TaskRecord resume = world.context().tasks().of(id, RESUME);
    assertTrue(resume.signalDue(), "Wake is told");
    assertFalse(
        world.context().onboardings().find(id).orElseThrow().stale(), "the run is not replaced");

    Answer shown = world.request("GetOnboarding").on(id).send();
    assertEquals("a new region", shown.body().at("/sections/0/stopped/reason").asText());
    assertFalse(shown.body().at("/sections/1").has("stopped"));

    Answer twice = stop(id);
    assertEquals(409, twice.status());
    assertEquals("section.stopped", twice.code());
    assertTrue(twice.body().has("by"));

    assertEquals(202, start(id).status());
    assertEquals(
        Decision.Kind.PERFORM, world.context().decisions().find(id, RESUME).orElseThrow().kind());
    assertFalse(
        world.request("GetOnboarding").on(id).send().body().at("/sections/0").has("stopped"));
    assertEquals("section.not-stopped", start(id).code());
    String events = world.request("ListEvents").on(id).send().text();
    assertTrue(events.contains("section.stop-requested"), events);
    assertTrue(events.contains("section.start-requested"), events);
  }

  /** What it was left with when it was stopped before is over: it is no reason for a new run. */
  @Test
  void asksTheResumeOnlyWhereItWaits() {
    String id = world.running();
    world.outcome(id, RESUME.task(), new Outcome.Done(List.of()));
    stop(id);
    TaskRecord over = world.context().tasks().of(id, RESUME);
    assertEquals(over.handledGeneration(), over.requestedGeneration());
    start(id);

    world.outcome(id, RESUME.task(), failed());
    stop(id);
    TaskRecord waits = world.context().tasks().of(id, RESUME);
    assertEquals(waits.handledGeneration() + 1, waits.requestedGeneration());
    assertFalse(waits.performAgain());
  }

  @Test
  void letsASectionGoOnThatEndedEarlyByItself() {
    String id = world.running();
    world.outcome(id, RESUME.task(), failed());
    assertEquals(202, start(id).status());
    assertTrue(world.context().tasks().of(id, RESUME).performAgain());
  }

  @Test
  void retryingTheResumeOfAStoppedSectionStartsIt() {
    String id = world.running();
    stop(id);
    Answer retried =
        world
            .request("RetryTask")
            .on(id)
            .path("task", RESUME.task())
            .body("{\"reason\": \"it is built\"}")
            .send();
    assertEquals(202, retried.status(), retried.text());
    assertEquals(
        Decision.Kind.PERFORM, world.context().decisions().find(id, RESUME).orElseThrow().kind());
  }

  @Test
  void refusesWhatMakesNoSense() {
    String intake = world.create();
    assertEquals("onboarding.state", stop(intake).code());
    String id = world.running();
    for (String unknown : List.of("nothing", "", SECTION + ".gate", "../stop")) {
      Answer refused = ask("StopSection", id, unknown, Token.manager());
      assertEquals(404, refused.status(), unknown);
      assertEquals("section", refused.field());
    }
    assertEquals(403, ask("StopSection", id, SECTION, Token.customer(id)).status());
    assertEquals(403, ask("StartSection", id, SECTION, Token.customer(id)).status());
    assertEquals(
        422,
        world.request("StopSection").on(id).path("section", SECTION).body("{}").send().status());

    world.outcome(id, "go-live.hand-over", new Outcome.Done(List.of()));
    assertEquals(202, ask("StopSection", id, "go-live", Token.manager()).status());
    assertEquals(202, ask("StartSection", id, "go-live", Token.manager()).status());
    world.outcome(id, "go-live.pass-final-benchmark", new Outcome.Done(List.of()));
    assertEquals("section.final", ask("StopSection", id, "go-live", Token.manager()).code());
  }

  private static Outcome.Failed failed() {
    return new Outcome.Failed(
        new Problem("slipway.section-interrupted", "step-functions", null, "It ended.", "Retry."),
        null,
        List.of());
  }
}
