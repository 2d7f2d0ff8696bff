package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.checklist.Checklists;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Answer.Verdict;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskRoutesTest {
  private static final TaskKey MAIL = TaskKey.parse(ApiWorld.MAIL);

  private final ApiWorld world = new ApiWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private Outcome.Waiting asks(Party party, String step) {
    return new Outcome.Waiting(
        party,
        step,
        List.of(),
        "Do it.",
        "It is looked at.",
        world.clock().instant().plus(Duration.ofDays(3)),
        null,
        null,
        List.of());
  }

  private static Outcome.Failed failed(String field) {
    return new Outcome.Failed(
        new Problem("smtp.authentication-failed", "smtp", field, "It said no.", "Mend it."),
        null,
        List.of());
  }

  @Test
  void keepsAnAnswerAndAsksForALook() {
    String id = world.running();
    world.outcome(id, ApiWorld.MAIL, asks(Party.CUSTOMER, "confirm-receipt"));

    Answer kept =
        world.complete(
            Token.customer(id),
            id,
            "technical-configuration.configure-smtp",
            "confirm-receipt",
            "all arrived");

    assertEquals(200, kept.status(), kept.text());
    assertEquals("GIVEN", kept.body().get("verdict").asText());
    TaskRecord task = world.context().tasks().of(id, MAIL);
    assertEquals(1, task.requestedGeneration());
    assertTrue(task.signalDue());
  }

  @Test
  void keepsAnAnswerThatComesBeforeTheTaskIsReached() {
    String id = world.create();
    Answer kept =
        world.complete(Token.customer(id), id, ApiWorld.MAIL, "confirm-receipt", "all arrived");
    assertEquals(200, kept.status(), kept.text());
    assertEquals(
        Verdict.GIVEN,
        world.context().answers().find(id, MAIL, "confirm-receipt").orElseThrow().verdict());
  }

  @Test
  void theSameAnswerTwiceIsOneAndAnotherComesTooLate() {
    String id = world.running();
    world.outcome(id, ApiWorld.MAIL, asks(Party.CUSTOMER, "confirm-receipt"));
    Token me = Token.customer(id);
    Answer first = world.complete(me, id, ApiWorld.MAIL, "confirm-receipt", "all arrived");
    world.clock().pass(Duration.ofMinutes(1));

    Answer again = world.complete(me, id, ApiWorld.MAIL, "confirm-receipt", "all arrived");
    assertEquals(200, again.status());
    assertEquals(first.body().get("at"), again.body().get("at"));
    assertEquals(1, world.context().tasks().of(id, MAIL).requestedGeneration());

    Answer late =
        world.complete(
            Token.otherCustomer(id), id, ApiWorld.MAIL, "confirm-receipt", "I think so too");
    assertEquals(409, late.status());
    assertEquals("Carla Customer (sub-carla)", late.body().get("by").asText());
    assertEquals(first.body().get("at"), late.body().get("at"));
    assertEquals("step", late.field());
  }

  @Test
  void ofManyPeopleAtOnceOneWinsAndTheOthersAreTold() throws Exception {
    String id = world.running();
    world.outcome(id, ApiWorld.MAIL, asks(Party.CUSTOMER, "confirm-receipt"));
    List<Callable<Answer>> people = new ArrayList<>();
    for (int n = 0; n < 8; n++) {
      Token person = new Token("sub-" + n, "Person " + n, "[customer]", id);
      people.add(() -> world.complete(person, id, ApiWorld.MAIL, "confirm-receipt", "arrived"));
    }
    List<Answer> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Answer> answer : threads.invokeAll(people)) {
        answers.add(answer.get());
      }
    }
    String winner = world.context().answers().find(id, MAIL, "confirm-receipt").orElseThrow().by();
    assertEquals(1, answers.stream().filter(answer -> answer.status() == 200).count());
    for (Answer answer : answers) {
      if (answer.status() != 200) {
        assertEquals(409, answer.status(), answer.text());
        assertEquals(winner, answer.body().get("by").asText());
      }
    }
    assertEquals(1, world.context().tasks().of(id, MAIL).requestedGeneration());
  }

  @Test
  void aRejectedStepCanBeAnsweredAgain() {
    String id = world.running();
    world.outcome(id, ApiWorld.MAIL, asks(Party.CUSTOMER, "confirm-receipt"));
    Token me = Token.customer(id);
    world.complete(me, id, ApiWorld.MAIL, "confirm-receipt", "arrived");
    reject(id);

    Answer again = world.complete(me, id, ApiWorld.MAIL, "confirm-receipt", "arrived");
    assertEquals(200, again.status(), again.text());
    assertEquals(
        Verdict.GIVEN,
        world.context().answers().find(id, MAIL, "confirm-receipt").orElseThrow().verdict());
  }

  private void reject(String id) {
    TaskRecord task = world.context().tasks().of(id, MAIL);
    world
        .context()
        .tasks()
        .commit(
            id,
            task,
            task.request(false, world.clock().instant()),
            Optional.empty(),
            List.of(
                world
                    .context()
                    .answers()
                    .find(id, MAIL, "confirm-receipt")
                    .orElseThrow()
                    .judged(Verdict.REJECTED, failed("test-mailbox").problem())),
            Actor.system("test"));
  }

  @Test
  void asksTheRightParty() {
    String id = world.running();
    Answer staff = world.complete(Token.manager(), id, ApiWorld.MAIL, "confirm-receipt", "arrived");
    assertEquals(403, staff.status());
    assertEquals("CUSTOMER", staff.body().get("party").asText());

    String uploader = "technical-configuration.provide-uploader-access";
    assertEquals(
        403,
        world.complete(Token.customer(id), id, uploader, "create-mount-points", "done").status());
    assertEquals(
        200,
        world.complete(Token.engineer(), id, uploader, "create-mount-points", "done").status());

    // The checklist names the customer; this time the task asks the vendor.
    world.outcome(id, ApiWorld.DOCKER, asks(Party.VENDOR, "assign-account"));
    assertEquals(
        403,
        world.complete(Token.customer(id), id, ApiWorld.DOCKER, "assign-account", "done").status());
    assertEquals(
        200,
        world.complete(Token.engineer(), id, ApiWorld.DOCKER, "assign-account", "done").status());
  }

  @Test
  void refusesWhatIsNoStepToAnswer() {
    String id = world.running();
    Token me = Token.customer(id);
    assertEquals(404, world.complete(me, id, "no.such-task", "x", "done").status());
    assertEquals(404, world.complete(me, id, ApiWorld.GATE, "x", "done").status());
    assertEquals(404, world.complete(me, id, ApiWorld.MAIL + "@uat", "x", "done").status());
    assertEquals(404, world.complete(me, id, "%zz", "x", "done").status());
    assertEquals(404, world.complete(me, id, "@", "x", "done").status());
    Answer step = world.complete(me, id, ApiWorld.MAIL, "no-such-step", "done");
    assertEquals(422, step.status());
    assertEquals("step", step.field());
    assertTrue(step.body().get("detail").asText().contains("confirm-receipt"));
    assertEquals(
        "step.automatic", world.complete(me, id, ApiWorld.MAIL, "check-delivery", "x").code());
    Answer vendors = world.complete(me, id, "go-live.hand-over", "acknowledge", "x");
    assertEquals(403, vendors.status());
    assertEquals("caller.party", vendors.code());
    world.outcome(id, ApiWorld.MAIL, new Outcome.Done(List.of()));
    Answer done = world.complete(me, id, ApiWorld.MAIL, "confirm-receipt", "x");
    assertEquals("task.final", done.code());
    assertTrue(world.context().answers().of(id).isEmpty());
  }

  @Test
  void readsAPercentEncodedTask() {
    String id = world.create();
    assertEquals(
        200,
        world
            .complete(
                Token.customer(id),
                id,
                "technical%2Dconfiguration%2Econfigure-smtp",
                "confirm-receipt",
                "arrived")
            .status());
  }

  @Test
  void retries() {
    String id = world.running();
    assertEquals(
        "task.not-reached", world.act("RetryTask", Token.engineer(), id, ApiWorld.MAIL).code());
    world.outcome(id, ApiWorld.MAIL, failed("credential:smtp"));
    world.outcome(id, ApiWorld.GATE, asks(Party.CUSTOMER, null));
    world.outcome(id, ApiWorld.RESUME, failed(null));

    assertEquals(202, world.act("RetryTask", Token.customer(id), id, ApiWorld.MAIL).status());
    assertTrue(world.context().tasks().of(id, MAIL).performAgain());
    assertEquals(202, world.act("RetryTask", Token.customer(id), id, ApiWorld.GATE).status());
    assertEquals(403, world.act("RetryTask", Token.customer(id), id, ApiWorld.RESUME).status());
    assertEquals(202, world.act("RetryTask", Token.engineer(), id, ApiWorld.RESUME).status());
    assertEquals(404, world.act("RetryTask", Token.engineer(), id, "x.resume").status());

    world.outcome(id, ApiWorld.DOCKER, new Outcome.Done(List.of()));
    assertEquals(403, world.act("RetryTask", Token.customer(id), id, ApiWorld.DOCKER).status());
    assertEquals(202, world.act("RetryTask", Token.manager(), id, ApiWorld.DOCKER).status());
  }

  @Test
  void skipsWhatIsOptional() {
    String id = world.running();
    Answer mandatory = world.act("SkipTask", Token.manager(), id, ApiWorld.MAIL);
    assertEquals(422, mandatory.status());
    assertEquals(202, world.act("SkipTask", Token.customer(id), id, ApiWorld.IPS).status());
    Answer twice = world.act("SkipTask", Token.manager(), id, ApiWorld.IPS);
    assertEquals(409, twice.status());
    assertEquals("Carla Customer (sub-carla)", twice.body().get("by").asText());
    assertEquals(422, world.act("WaiveTask", Token.manager(), id, ApiWorld.IPS).status());
    assertEquals(403, world.act("SkipTask", Token.engineer(), id, ApiWorld.IPS).status());
    assertTrue(
        world
            .request("GetPlan")
            .on(id)
            .send()
            .text()
            .contains("skipped by Carla Customer (sub-carla): because"));
  }

  @Test
  void aWaiverTakesTwoPeople() {
    String id = world.running();
    assertEquals(
        "waiver.none", world.act("ApproveTask", Token.manager(), id, ApiWorld.MAIL).code());
    Answer asked = world.act("WaiveTask", Token.manager(), id, ApiWorld.MAIL);
    assertEquals(202, asked.status(), asked.text());
    assertTrue(asked.body().has("needs"));

    Token underAnotherName = new Token("sub-mara", "Somebody Else", "[manager]", null);
    assertEquals(
        "waiver.same-person", world.act("ApproveTask", underAnotherName, id, ApiWorld.MAIL).code());
    assertEquals(403, world.act("ApproveTask", Token.engineer(), id, ApiWorld.MAIL).status());
    assertEquals(409, world.act("WaiveTask", Token.engineer(), id, ApiWorld.MAIL).status());

    Answer approved = world.act("ApproveTask", Token.otherManager(), id, ApiWorld.MAIL);
    assertEquals(202, approved.status(), approved.text());
    Decision decision = world.context().decisions().find(id, MAIL).orElseThrow();
    assertEquals("Max Manager (sub-max)", decision.secondBy());
    assertEquals(
        "task.decided", world.act("ApproveTask", Token.otherManager(), id, ApiWorld.MAIL).code());
    assertTrue(world.request("GetPlan").on(id).send().text().contains("\"effect\":\"WAIVE\""));
  }

  @Test
  void aWaiverThatIsOpenIsAskedOfItsSecondPerson() {
    String id = world.create();
    world.act("WaiveTask", Token.engineer(), id, ApiWorld.MAIL);
    JsonNode open = world.request("GetOnboarding").on(id).send().body().at("/openWork/0");
    assertEquals("WAIVER", open.path("about").asText());
    assertEquals("VENDOR", open.path("party").asText());
    assertEquals(
        "Approve or refuse to do without: Configure the mail server", open.path("title").asText());
    assertTrue(
        open.path("instructions")
            .asText()
            .contains("Eli Engineer (sub-eli) asks to do without V01"),
        open::toString);
    assertEquals(
        world.clock().instant().plus(Duration.ofDays(3)), Instant.parse(open.path("due").asText()));

    world.act("ApproveTask", Token.manager(), id, ApiWorld.MAIL);
    assertTrue(world.request("GetOnboarding").on(id).send().body().path("openWork").isEmpty());
  }

  @Test
  void aWaiverIsRefusedByAManagerOrTakenBack() {
    String id = world.create();
    world.act("WaiveTask", Token.manager(), id, ApiWorld.MAIL);
    assertEquals(403, refuse(Token.engineer(), id).status());
    Answer refused = refuse(Token.manager(), id);
    assertEquals(202, refused.status(), refused.text());
    assertEquals("refuse", refused.body().path("requested").asText());
    assertTrue(world.request("GetOnboarding").on(id).send().body().path("openWork").isEmpty());
    assertTrue(world.request("ListEvents").on(id).send().text().contains("task.waiver-refused"));
    assertEquals("task.decided", refuse(Token.otherManager(), id).code());
    assertEquals(
        "task.decided", world.act("ApproveTask", Token.otherManager(), id, ApiWorld.MAIL).code());
    assertEquals(
        202,
        world.act("WaiveTask", Token.engineer(), id, ApiWorld.MAIL).status(),
        "it can be asked for again");
  }

  private Answer refuse(Token by, String id) {
    return world
        .request("ApproveTask")
        .by(by)
        .on(id)
        .path("task", ApiWorld.MAIL)
        .body("{\"reason\": \"we need it\", \"refused\": true}")
        .send();
  }

  /**
   * V15: the person who accepts the hand-over is one of the two who do without it, known by a
   * verified mail address or by the subject, and by no name, which people write themselves.
   */
  @Test
  void theHandOverIsNotDoneWithoutTheOnboardingManager() {
    String id = world.create();
    String task = "go-live.hand-over";
    name(id, "Max Manager", "Max@Vendor.example");
    Token max = Token.otherManager().withMail("max@vendor.example");
    Token sameName = new Token("sub-tim", "Max Manager", "[manager]", null);
    Token otherMail = sameName.withMail("tim@vendor.example");
    assertEquals(202, world.act("WaiveTask", Token.manager(), id, task).status());
    for (Token other : List.of(sameName, otherMail, Token.otherManager())) {
      Answer refused = world.act("ApproveTask", other, id, task);
      assertEquals("waiver.named-person", refused.code(), other::toString);
      assertTrue(refused.text().contains("`onboarding-manager`"), refused.text());
    }
    JsonNode open = world.request("GetOnboarding").on(id).send().body().at("/openWork/0");
    assertTrue(
        open.path("instructions").asText().contains("It is for Max Manager to decide"),
        open::toString);
    assertEquals(202, world.act("ApproveTask", max, id, task).status());
    assertEquals(
        "Max Manager (sub-max)",
        world.context().decisions().find(id, TaskKey.parse(task)).orElseThrow().secondBy());
  }

  @Test
  void theNamedPersonMayBeTheFirstOfTheTwoAndIsOnePersonUnderTwoAccounts() {
    String id = world.create();
    String task = "go-live.hand-over";
    name(id, "Somebody Else", "mara@vendor.example");
    Token mara = Token.manager().withMail("mara@vendor.example");
    Token otherAccount =
        new Token("sub-mara-2", "Tim", "[manager]", null).withMail("MARA@vendor.example");
    assertEquals(202, world.act("WaiveTask", mara, id, task).status());
    assertEquals("waiver.same-person", world.act("ApproveTask", mara, id, task).code());
    assertEquals("waiver.same-person", world.act("ApproveTask", otherAccount, id, task).code());
    assertEquals(202, world.act("ApproveTask", Token.otherManager(), id, task).status());

    String bySubject = world.create();
    name(bySubject, "Max", "sub-max");
    assertEquals(202, world.act("WaiveTask", Token.manager(), bySubject, task).status());
    assertEquals(
        "waiver.named-person",
        world
            .act("ApproveTask", new Token("sub-tim", "sub-max", "[manager]", null), bySubject, task)
            .code());
    assertEquals(202, world.act("ApproveTask", Token.otherManager(), bySubject, task).status());

    String nobody = world.create();
    assertEquals(202, world.act("WaiveTask", Token.manager(), nobody, task).status());
    assertEquals(
        202,
        world.act("ApproveTask", Token.otherManager(), nobody, task).status(),
        "nobody is named: any two");
  }

  private void name(String id, String name, String channel) {
    Answer saved =
        world
            .request("SaveElement")
            .on(id)
            .path("element", "onboarding-manager")
            .header("If-None-Match", "*")
            .body("{\"name\": \"%s\", \"channel\": \"%s\"}".formatted(name, channel))
            .send();
    assertEquals(200, saved.status(), saved.text());
  }

  @Test
  void everyActNeedsAReason() {
    String id = world.running();
    world.outcome(id, ApiWorld.MAIL, failed(null));
    for (String operation :
        List.of("RetryTask", "WaiveTask", "StopOnboarding", "CancelOnboarding")) {
      for (String body :
          List.of("{}", "{\"reason\": \" \"}", "{\"reason\": 1}", "{\"reason\": null}")) {
        Answer refused =
            world.request(operation).on(id).path("task", ApiWorld.MAIL).body(body).send();
        assertEquals(422, refused.status(), operation + body);
        assertEquals("reason", refused.field());
        assertEquals(List.of("/reason"), refused.errorFields());
      }
    }
    assertEquals(0, world.context().tasks().of(id, MAIL).requestedGeneration());
  }

  @Test
  void saysWhoIsWaitedForAndWhy() {
    String id = world.running();
    world.outcome(id, ApiWorld.GATE, new Outcome.Done(List.of()));
    world.outcome(id, ApiWorld.PLATFORM, new Outcome.Done(List.of()));
    world.outcome(id, ApiWorld.MAIL, asks(Party.CUSTOMER, "confirm-receipt"));
    world.outcome(id, ApiWorld.DOCKER, failed("credential:docker"));
    world.outcome(id, ApiWorld.IPS, new Outcome.NotApplicable("activities.externalIps"));
    world.clock().pass(Duration.ofDays(4));

    Answer standing = world.request("GetOnboarding").by(Token.customer(id)).on(id).send();

    assertEquals(200, standing.status(), standing.text());
    assertEquals(2, standing.body().at("/progress/settled").asInt());
    assertEquals(2, standing.body().at("/progress/open").asInt());
    assertEquals(0, standing.body().at("/progress/planned").asInt());
    assertEquals(2, standing.body().get("openWork").size());
    var first = standing.body().at("/openWork/0");
    assertEquals(ApiWorld.MAIL, first.get("task").asText());
    assertEquals("confirm-receipt", first.get("step").asText());
    assertEquals("CUSTOMER", first.get("party").asText());
    assertTrue(first.get("overdue").asBoolean());
    var second = standing.body().at("/openWork/1");
    assertEquals("CUSTOMER", second.get("party").asText());
    assertEquals("Mend it.", second.get("instructions").asText());
    assertEquals("credential:docker", second.at("/problem/field").asText());
  }

  @Test
  void reportsEveryRow() {
    String id = world.running();
    world.outcome(id, ApiWorld.MAIL, asks(Party.CUSTOMER, "confirm-receipt"));
    world.clock().pass(Duration.ofHours(2));
    world.complete(Token.customer(id), id, ApiWorld.MAIL, "confirm-receipt", "all | arrived");
    world.outcome(id, ApiWorld.MAIL, new Outcome.Done(List.of()));

    Answer report = world.request("GetReport").on(id).send();

    int rows = (int) new Checklists().newest("hosting-provider").tasks().count();
    assertEquals(rows, report.body().get("tasks").size());
    var mail = report.body().at("/tasks/1");
    assertEquals("V01", mail.get("row").asText());
    assertEquals("DONE", mail.get("outcome").asText());
    assertEquals(2, mail.get("attempts").asInt());
    assertEquals("CUSTOMER", mail.at("/waitedFor/0/party").asText());
    assertEquals(7201, mail.at("/waitedFor/0/seconds").asLong());
    assertEquals("PENDING", report.body().at("/tasks/0/outcome").asText());
    assertEquals("PENDING", report.body().at("/tasks/" + (rows - 1) + "/outcome").asText());
    assertEquals(7201, report.body().at("/waitedSeconds/CUSTOMER").asLong());
    assertFalse(report.text().contains("taskToken"));
  }

  @Test
  void putsBackOnlyWhatWasNoted() {
    String id = world.running();
    world.outcome(id, ApiWorld.MAIL, new Outcome.Done(List.of()));
    Answer nothing = world.act("PutBackTask", Token.engineer(), id, ApiWorld.MAIL);
    assertEquals(409, nothing.status());
    assertEquals("task.nothing-noted", nothing.code());
    TaskKey mail = TaskKey.parse(ApiWorld.MAIL);
    world
        .context()
        .notes()
        .remember(
            id,
            new dev.slipway.ledger.Note(
                mail,
                dev.slipway.ledger.Note.Kind.PREVIOUS,
                "change:1",
                dev.slipway.json.Json.tree(java.util.Map.of("smtp.mail.host", "localhost")),
                world.clock().instant()));
    assertEquals(403, world.act("PutBackTask", Token.customer(id), id, ApiWorld.MAIL).status());

    Answer asked = world.act("PutBackTask", Token.engineer(), id, ApiWorld.MAIL);

    assertEquals(202, asked.status(), asked.text());
    assertEquals("localhost", asked.body().at("/settings/change:1/smtp.mail.host").asText());
    assertEquals(
        Decision.Kind.PUT_BACK, world.context().decisions().find(id, mail).orElseThrow().kind());
    assertEquals(1, world.context().tasks().of(id, mail).requestedGeneration());

    assertEquals(202, world.act("RetryTask", Token.engineer(), id, ApiWorld.MAIL).status());
    assertEquals(
        Decision.Kind.PERFORM, world.context().decisions().find(id, mail).orElseThrow().kind());
    assertTrue(world.context().tasks().of(id, mail).performAgain());
  }

  @Test
  void aSkippedTaskCanBeTakenAfterAll() {
    String id = world.running();
    assertEquals(202, world.act("SkipTask", Token.manager(), id, ApiWorld.IPS).status());
    world.outcome(id, ApiWorld.IPS, new Outcome.Skipped("x", "y"));
    assertEquals(403, world.act("RetryTask", Token.customer(id), id, ApiWorld.IPS).status());
    assertEquals(202, world.act("RetryTask", Token.engineer(), id, ApiWorld.IPS).status());
    assertEquals(
        Decision.Kind.PERFORM,
        world.context().decisions().find(id, TaskKey.parse(ApiWorld.IPS)).orElseThrow().kind());
  }
}
