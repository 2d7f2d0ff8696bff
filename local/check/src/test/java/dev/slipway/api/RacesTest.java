package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Requests;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two people who do what excludes each other, at the same moment, on DynamoDB Local. Whoever comes
 * second is refused, and what stands in the ledger is what the first one did.
 */
class RacesTest {
  private static final int RACES = 50;
  private static final int FEWER = 15;

  private final ApiWorld world = new ApiWorld();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void close() {
    threads.close();
    world.close();
  }

  /** All at once; answers what each was answered. */
  @SafeVarargs
  private List<Answer> race(Callable<Answer>... actions) throws Exception {
    CyclicBarrier start = new CyclicBarrier(actions.length);
    List<Answer> answers = new ArrayList<>();
    List<Callable<Answer>> both = new ArrayList<>();
    for (Callable<Answer> each : actions) {
      both.add(
          () -> {
            start.await();
            return each.call();
          });
    }
    for (var answer : threads.invokeAll(both)) {
      answers.add(answer.get());
    }
    return answers;
  }

  private String row(String id, String requirement) {
    Answer added =
        world
            .request("AddRow")
            .on(id)
            .body(
                """
                {"section": "technical-configuration", "title": "Report", "dueDays": 5,
                 "instructions": "Hand it over.", "party": "customer", "requirement": "%s",
                 "reason": "they ask for it"}"""
                    .formatted(requirement))
            .send();
    assertEquals(201, added.status(), added.text());
    return added.body().path("task").asText();
  }

  private String state(String id, String task) {
    return world.context().tasks().of(id, TaskKey.parse(task)).state();
  }

  /** One was taken, the other was told that it came too late; answers whether the first was. */
  private static boolean firstWon(List<Answer> answers) {
    List<Integer> statuses = answers.stream().map(Answer::status).toList();
    assertEquals(1, statuses.stream().filter(status -> status == 409).count(), answers::toString);
    return statuses.getFirst() != 409;
  }

  @Test
  void anAnswerOnAnAddedRowNeverOverwritesItsWaiver() throws Exception {
    String id = world.running();
    for (int n = 0; n < RACES; n++) {
      String row = row(id, "mandatory");
      assertEquals(202, world.act("WaiveTask", Token.manager(), id, row).status());
      List<Answer> answers =
          race(
              () -> world.act("ApproveTask", Token.otherManager(), id, row),
              () -> world.complete(Token.customer(id), id, row, "do", "Here it is."));
      assertEquals(firstWon(answers) ? "WAIVED" : "DONE", state(id, row), answers::toString);
      if (answers.getLast().status() == 409) {
        assertEquals("task.final", answers.getLast().code());
        assertTrue(world.context().answers().find(id, TaskKey.parse(row), "do").isEmpty());
      }
    }
  }

  @Test
  void anAddedRowIsEitherSkippedOrDone() throws Exception {
    String id = world.running();
    for (int n = 0; n < FEWER; n++) {
      String row = row(id, "optional");
      List<Answer> answers =
          race(
              () -> world.act("SkipTask", Token.manager(), id, row),
              () -> world.complete(Token.customer(id), id, row, "do", "Here it is."));
      assertEquals(firstWon(answers) ? "SKIPPED" : "DONE", state(id, row), answers::toString);
    }
  }

  @Test
  void aWaiverIsEitherApprovedOrRefused() throws Exception {
    for (int n = 0; n < FEWER; n++) {
      String id = world.running();
      assertEquals(202, world.act("WaiveTask", Token.engineer(), id, ApiWorld.MAIL).status());
      List<Answer> answers =
          race(
              () -> world.act("ApproveTask", Token.manager(), id, ApiWorld.MAIL),
              () ->
                  world
                      .request("ApproveTask")
                      .by(Token.otherManager())
                      .on(id)
                      .path("task", ApiWorld.MAIL)
                      .body("{\"reason\": \"we need it\", \"refused\": true}")
                      .send());
      Decision decision =
          world.context().decisions().find(id, TaskKey.parse(ApiWorld.MAIL)).orElseThrow();
      assertEquals(
          firstWon(answers) ? Decision.Kind.WAIVE : Decision.Kind.PERFORM, decision.kind());
    }
  }

  @Test
  void aSecondWishForAWaiverNeverTakesAnApprovalBack() throws Exception {
    for (int n = 0; n < FEWER; n++) {
      String id = world.running();
      List<Answer> answers =
          race(
              () -> world.act("WaiveTask", Token.manager(), id, ApiWorld.MAIL),
              () -> world.act("WaiveTask", Token.engineer(), id, ApiWorld.MAIL));
      String by = firstWon(answers) ? "Mara Manager (sub-mara)" : "Eli Engineer (sub-eli)";
      assertEquals(
          by,
          world.context().decisions().find(id, TaskKey.parse(ApiWorld.MAIL)).orElseThrow().by());
    }
  }

  /** A customer may ask for an open task to be tried again, and not for one that is done. */
  @Test
  void aTaskThatIsDoneMeanwhileIsNeitherAnsweredSkippedNorPerformedAgain() throws Exception {
    for (int n = 0; n < FEWER; n++) {
      String id = world.running();
      world.outcome(id, ApiWorld.IPS, asks());
      TaskKey key = TaskKey.parse(ApiWorld.IPS);
      List<Answer> answers =
          race(
              () -> {
                try {
                  world.outcome(id, ApiWorld.IPS, new Outcome.Done(List.of()));
                  return new Answer(200, Map.of(), null, "done");
                } catch (LostRaceException e) {
                  return new Answer(409, Map.of(), null, "a request came between");
                }
              },
              () ->
                  world.complete(Token.customer(id), id, ApiWorld.IPS, "add-ranges", "all there"));
      // What was said before it was done is looked at again; after that it comes too late.
      boolean said = answers.getLast().status() == 200;
      assertTrue(said || answers.getLast().code().equals("task.final"), answers::toString);
      assertEquals(said, world.context().answers().find(id, key, "add-ranges").isPresent());
    }
  }

  @Test
  void noMoreRunnersAreInvitedThanAreTaken() throws Exception {
    String id = world.create();
    for (int n = 0; n < 49; n++) {
      assertEquals(201, invite(id).status());
    }
    List<Answer> answers = race(() -> invite(id), () -> invite(id));
    assertEquals(
        List.of(201, 409),
        answers.stream().map(Answer::status).sorted().toList(),
        answers::toString);
  }

  private Answer invite(String id) {
    return world.request("EnrolProbeRunner").on(id).body("{\"name\": \"inside\"}").send();
  }

  private static Outcome.Waiting asks() {
    return new Outcome.Waiting(
        Party.CUSTOMER,
        "add-ranges",
        List.of(),
        "Do it.",
        "Looked at.",
        null,
        null,
        null,
        List.of());
  }

  /** Once an onboarding is signed off or cancelled, nothing that was under way changes it. */
  @Test
  void nothingIsWrittenPastTheEnd() {
    String id = world.running();
    row(id, "mandatory");
    TaskKey row = TaskKey.parse("technical-configuration.added-1");
    TaskKey mail = TaskKey.parse(ApiWorld.MAIL);
    Onboarding seen = world.context().onboardings().find(id).orElseThrow();
    TaskRecord seenRow = world.context().tasks().of(id, row);
    TaskRecord seenMail = world.context().tasks().of(id, mail);
    Actor actor = new Actor("m", "manager");
    world.request("CancelOnboarding").on(id).body("{\"reason\": \"over\"}").send();
    long events = world.context().auditTrail().events(id, null, 200).size();

    assertThrows(
        LostRaceException.class,
        () ->
            world
                .context()
                .requests()
                .request(
                    id,
                    mail,
                    true,
                    Requests.Check.unchanged(seenMail),
                    Optional.empty(),
                    Optional.empty(),
                    actor,
                    "task.retried",
                    "why"));
    assertThrows(
        LostRaceException.class,
        () ->
            world
                .context()
                .rows()
                .state(
                    seen,
                    seenRow,
                    Optional.of(new Outcome.Done(List.of())),
                    Optional.empty(),
                    Optional.empty(),
                    actor,
                    "step.answered",
                    "why"));
    assertThrows(
        LostRaceException.class,
        () ->
            world
                .context()
                .elements()
                .save(
                    id,
                    new ElementRecord("platform", 1, Json.tree("x"), "m", world.clock().instant()),
                    0,
                    new Elements.Dependents(List.of(), List.of(mail)),
                    actor));
    assertEquals(events, world.context().auditTrail().events(id, null, 200).size());
  }
}
