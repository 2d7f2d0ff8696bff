package dev.slipway.api;

import static dev.slipway.testing.ShopChecklist.CLOSE;
import static dev.slipway.testing.ShopChecklist.DEPLOY;
import static dev.slipway.testing.ShopChecklist.NEWS;
import static dev.slipway.testing.ShopChecklist.RIGHTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.checklist.Checklists;
import dev.slipway.credentials.Grade;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.TaskKey;
import dev.slipway.privacy.EraseOnboarding;
import dev.slipway.testing.ShopChecklist;
import dev.slipway.testing.TestLambdaContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People's requests about tasks, elements and credentials that have instances. */
class InstanceRoutesTest {
  private static final String TENANTS =
      """
      {"uat": [{"name": "acme"}, {"name": "beta"}], "production": [{"name": "acme"}]}
      """;

  private final ApiWorld world = new ApiWorld(new Checklists(List.of(ShopChecklist.checklist())));
  private final String id = running();

  @AfterEach
  void close() {
    world.close();
  }

  private String running() {
    Actor mara = new Actor("mara", "manager");
    Onboarding created =
        world
            .context()
            .onboardings()
            .create(UUID.randomUUID().toString(), "print", "Shops", "shop", "1", mara);
    Onboarding running =
        created.starting("plan", world.clock().instant()).running("arn:aws:states:::execution:x");
    world.context().onboardings().save(created, running, mara, "run.started", null);
    return created.id();
  }

  private Answer tenants(long seen, String value) {
    Answer saved = world.save(id, "tenants", seen, value);
    assertEquals(200, saved.status(), saved.text());
    return saved;
  }

  private JsonNode progress() {
    return world.request("GetOnboarding").on(id).send().body();
  }

  /** Task, outcome and why of each line. */
  private List<String> lines() {
    return StreamSupport.stream(progress().at("/sections/0/tasks").spliterator(), false)
        .map(
            task ->
                "%s@%s %s %s"
                    .formatted(
                        task.path("task").asText(),
                        task.path("instance").asText(),
                        task.path("outcome").asText(),
                        task.path("why").asText("")))
        .map(String::strip)
        .toList();
  }

  private JsonNode reported(String task) {
    for (JsonNode line : world.request("GetReport").on(id).send().body().path("tasks")) {
      if ((line.path("task").asText() + "@" + line.path("instance").asText()).equals(task)) {
        return line;
      }
    }
    throw new AssertionError("no line " + task);
  }

  private String state(String task) {
    return world.context().tasks().of(id, TaskKey.parse(task)).state();
  }

  private Answer complete(Token by, String statement, String... instances) {
    return world
        .request("CompleteTask")
        .by(by)
        .on(id)
        .path("task", RIGHTS)
        .body(
            Json.tree(Map.of("step", "views", "statement", statement, "instances", instances))
                .toString())
        .send();
  }

  private long audited(String what) {
    return world.context().auditTrail().events(id, null, 100).stream()
        .filter(event -> event.what().equals(what))
        .count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RetryTask", "WaiveTask", "ApproveTask", "PutBackTask"})
  void aTaskWithInstancesIsNamedWithOneOfThem(String operation) {
    Answer early = world.act(operation, Token.manager(), id, DEPLOY);
    assertEquals(404, early.status(), early.text());
    assertEquals("task.instance-unknown", early.code());
    assertTrue(early.text().contains("nobody knows before `tenants` is given"), early.text());

    tenants(0, TENANTS);
    for (String task : List.of(DEPLOY, DEPLOY + "@uat.gamma", DEPLOY + "@UAT/../x")) {
      Answer unknown = world.act(operation, Token.manager(), id, task);
      assertEquals(404, unknown.status(), unknown.text());
      assertEquals("task.instance-unknown", unknown.code());
      assertEquals("task", unknown.field());
      assertTrue(
          unknown.text().contains("one of uat.acme, uat.beta, production.acme"), unknown.text());
    }
    Answer none = world.act(operation, Token.manager(), id, CLOSE + "@uat.acme");
    assertEquals("task.unknown", none.code());
  }

  @Test
  void aTenantMayHaveNoNeedOfATask() {
    tenants(0, "{}");
    Answer none = world.act("RetryTask", Token.manager(), id, DEPLOY + "@uat.acme");
    assertEquals(404, none.status());
    assertTrue(none.text().contains("no instance here: no tenant is named."), none.text());
  }

  @Test
  void whatIsDecidedOfOneInstanceConcernsNoOther() {
    tenants(0, TENANTS);
    assertEquals(202, world.act("SkipTask", Token.manager(), id, NEWS + "@uat").status());
    world.outcome(id, DEPLOY + "@uat.acme", ShopChecklist.viewsAsked(world.clock().instant()));
    world.outcome(id, DEPLOY + "@uat.beta", ShopChecklist.viewsAsked(world.clock().instant()));
    String acme = DEPLOY + "@uat.acme";
    assertEquals(202, world.act("WaiveTask", Token.engineer(), id, acme).status());

    JsonNode asked = progress().path("openWork").get(0);
    for (JsonNode each : progress().path("openWork")) {
      asked = each.has("about") ? each : asked;
    }
    assertEquals(
        "Approve or refuse to do without: Deploy it (UAT, Acme)", asked.path("title").asText());
    assertEquals(acme, asked.path("task").asText());

    assertEquals(202, world.act("ApproveTask", Token.manager(), id, acme).status());
    assertEquals(202, world.act("RetryTask", Token.manager(), id, DEPLOY + "@uat.beta").status());
    Answer delegated =
        world
            .request("DelegateTask")
            .by(Token.engineer())
            .on(id)
            .path("task", DEPLOY + "@uat.beta")
            .body(
                "{\"to\": {\"name\": \"Bo\", \"email\": \"bo@vendor.example\"}, \"reason\": \"knows it\"}")
            .send();
    assertEquals(200, delegated.status(), delegated.text());
    List<TaskKey> decided =
        world.context().decisions().of(id).stream().map(decision -> decision.key()).toList();
    assertEquals(
        List.of(acme, NEWS + "@uat"), decided.stream().map(TaskKey::toString).sorted().toList());
    Plan plan = plan();
    assertEquals("WAIVE", plan.effect("uat.acme"));
    assertEquals("RUN", plan.effect("uat.beta"));
  }

  private record Plan(JsonNode entries) {
    String effect(String instance) {
      for (JsonNode entry : entries) {
        if (entry.path("task").asText().equals(DEPLOY)
            && entry.path("instance").asText().equals(instance)) {
          return entry.path("effect").asText();
        }
      }
      return "";
    }
  }

  private Plan plan() {
    return new Plan(world.request("GetPlan").on(id).send().body().path("entries"));
  }

  @Test
  void progressAndReportHaveALineForEachInstanceAlsoForThoseNeverReached() {
    assertEquals(
        List.of(
            "shop.deploy@ PENDING one for each tenant, once `tenants` is given",
            "shop.rights@ PENDING one for each tenant, once `tenants` is given",
            "shop.news@uat PENDING",
            "shop.news@production PENDING",
            "shop.close@ PENDING"),
        lines());

    tenants(0, TENANTS);
    world.outcome(id, DEPLOY + "@uat.acme", new Outcome.Done(List.of()));
    assertEquals(
        List.of(
            "shop.deploy@uat.acme DONE",
            "shop.deploy@uat.beta PENDING",
            "shop.deploy@production.acme PENDING"),
        lines().subList(0, 3));
    JsonNode report = world.request("GetReport").on(id).send().body();
    assertEquals(
        "{\"row\":\"S1\",\"task\":\"shop.deploy\",\"title\":\"Deploy it\",\"outcome\":\"PENDING\","
            + "\"instances\":{\"DONE\":1,\"PENDING\":2}}",
        report.at("/rows/0").toString());

    tenants(1, "{}");
    assertEquals(
        List.of("shop.deploy@uat.acme DONE", "shop.rights@ NOT_APPLICABLE no tenant is named"),
        lines().subList(0, 2));
    assertEquals("no tenant is named", reported("shop.rights@").path("reason").asText());
  }

  @Test
  void whatIsAskedAlikeOfSeveralInstancesIsOnePieceOfWork() {
    tenants(0, TENANTS);
    world.outcome(id, RIGHTS + "@uat.acme", ShopChecklist.viewsAsked(world.clock().instant()));
    world.outcome(id, RIGHTS + "@uat.beta", ShopChecklist.viewsAsked(world.clock().instant()));
    world.outcome(
        id, DEPLOY + "@production.acme", ShopChecklist.viewsAsked(world.clock().instant()));
    JsonNode work = progress().path("openWork");
    assertEquals(2, work.size(), work::toString);
    JsonNode both = work.get(0);
    assertEquals(RIGHTS, both.path("task").asText());
    assertEquals("[\"uat.acme\",\"uat.beta\"]", both.path("instances").toString());
    assertEquals(DEPLOY + "@production.acme", work.get(1).path("task").asText());
    assertEquals("[\"production.acme\"]", work.get(1).path("instances").toString());
  }

  @Test
  void oneStatementAnswersForManyInstances() {
    tenants(0, TENANTS);
    world.outcome(id, RIGHTS + "@uat.acme", ShopChecklist.viewsAsked(world.clock().instant()));
    world.outcome(id, RIGHTS + "@uat.beta", ShopChecklist.viewsAsked(world.clock().instant()));
    Answer kept = complete(Token.engineer(), "Seen with both.", "uat.acme", "uat.beta");
    assertEquals(200, kept.status(), kept.text());
    assertEquals(
        List.of(RIGHTS + "@uat.acme", RIGHTS + "@uat.beta"), named(kept.body().path("answers")));
    assertEquals(2, audited("step.answered"));
    assertEquals(2, world.context().answers().of(id).size());

    // Said again with one more, it is the same answer for those, and before the task is reached.
    Answer more =
        complete(Token.engineer(), "Seen with both.", "uat.acme", "uat.beta", "production.acme");
    assertEquals(200, more.status(), more.text());
    assertEquals(3, audited("step.answered"));
  }

  private static List<String> named(JsonNode answers) {
    List<String> named = new ArrayList<>();
    answers.forEach(each -> named.add(each.path("task").asText()));
    return named;
  }

  @Test
  void ofAnswersForManyItIsToldWhichWereNotKeptAndWhy() {
    tenants(0, TENANTS);
    assertEquals(
        200,
        world
            .complete(Token.manager(), id, RIGHTS + "@uat.beta", "views", "Seen already.")
            .status());
    Answer some = complete(Token.engineer(), "Seen.", "uat.acme", "uat.beta");
    assertEquals(409, some.status(), some.text());
    assertEquals("step.not-answered-for-all", some.code());
    assertEquals(List.of(RIGHTS + "@uat.acme"), named(some.body().path("answers")));
    assertEquals(List.of(RIGHTS + "@uat.beta"), named(some.body().path("notKept")));
    assertTrue(some.text().contains("kept for 1 of 2 instances"), some.text());

    Answer none = complete(Token.customer(id), "Seen.", "production.acme");
    assertEquals(403, none.status(), none.text());
    assertEquals(List.of(RIGHTS + "@production.acme"), named(none.body().path("notKept")));
  }

  @Test
  void ofAnUnknownInstanceNothingIsKept() {
    tenants(0, TENANTS);
    assertEquals(404, complete(Token.engineer(), "Seen.", "uat.acme", "uat.gamma").status());
    assertEquals(422, complete(Token.engineer(), "Seen.", "uat.acme", "uat.acme").status());
    assertEquals(422, complete(Token.engineer(), "Seen.").status());
    Answer one =
        world
            .request("CompleteTask")
            .on(id)
            .path("task", CLOSE)
            .body("{\"step\": \"act\", \"statement\": \"x\", \"instances\": [\"uat.acme\"]}")
            .send();
    assertEquals("task.instances", one.code());
    assertEquals(List.of(), world.context().answers().of(id));
  }

  @Test
  void anInstanceThatIsNoLongerPartKeepsItsLineAndIsLeftAlone() {
    tenants(0, TENANTS);
    world.outcome(id, DEPLOY + "@uat.beta", new Outcome.Done(List.of()));
    world.outcome(id, RIGHTS + "@uat.beta", ShopChecklist.viewsAsked(world.clock().instant()));
    tenants(1, "{\"uat\": [{\"name\": \"acme\"}], \"production\": []}");

    JsonNode line = reported("shop.deploy@uat.beta");
    assertEquals("DONE", line.path("outcome").asText());
    assertTrue(line.path("noLongerPart").asBoolean());
    assertEquals("is no longer part of the onboarding", line.at("/notes/0").asText());
    assertTrue(lines().contains("shop.deploy@uat.beta DONE"), lines()::toString);

    Answer gone = world.act("RetryTask", Token.manager(), id, DEPLOY + "@uat.beta");
    assertEquals(409, gone.status(), gone.text());
    assertEquals("task.no-longer-part", gone.code());
    // Its settings can be put back, and an open task of it can be ended.
    assertEquals(
        "task.nothing-noted",
        world.act("PutBackTask", Token.manager(), id, DEPLOY + "@uat.beta").code());
    assertEquals(202, world.act("WaiveTask", Token.manager(), id, RIGHTS + "@uat.beta").status());
    assertEquals(
        404, world.act("RetryTask", Token.manager(), id, DEPLOY + "@production.acme").status());
  }

  @Test
  void nobodySignsOffWithAnInstanceThatWasNeverReached() {
    tenants(0, TENANTS);
    for (String instance : List.of("uat.acme", "uat.beta", "production.acme")) {
      world.outcome(id, RIGHTS + "@" + instance, new Outcome.Done(List.of()));
    }
    world.outcome(id, DEPLOY + "@uat.acme", new Outcome.Done(List.of()));
    world.outcome(id, DEPLOY + "@uat.beta", new Outcome.Done(List.of()));
    world.outcome(id, CLOSE, new Outcome.Done(List.of()));
    Answer open = world.request("SignOff").on(id).send();
    assertEquals(409, open.status(), open.text());
    assertEquals(List.of(DEPLOY + "@production.acme"), named(open.body().path("rows")));

    world.outcome(id, DEPLOY + "@production.acme", new Outcome.Done(List.of()));
    Answer signed = world.request("SignOff").on(id).send();
    assertEquals(201, signed.status(), signed.text());
  }

  @Test
  void whatHasNoInstanceDoesNotHoldTheSignOff() {
    tenants(0, "{}");
    assertEquals(List.of(CLOSE), named(world.request("SignOff").on(id).send().body().path("rows")));
    world.outcome(id, CLOSE, new Outcome.Done(List.of()));
    assertEquals(201, world.request("SignOff").on(id).send().status());
    assertEquals("NOT_APPLICABLE", reported("shop.deploy@").path("outcome").asText());
  }

  @Test
  void aSectionIsOverWhenEveryInstanceIs() {
    tenants(0, "{\"uat\": [{\"name\": \"acme\"}]}");
    for (String task : List.of(DEPLOY + "@uat.acme", NEWS + "@uat", NEWS + "@production", CLOSE)) {
      world.outcome(id, task, new Outcome.Done(List.of()));
    }
    Answer stopped = stop();
    assertEquals(202, stopped.status(), stopped.text());
    world
        .request("StartSection")
        .on(id)
        .path("section", "shop")
        .body("{\"reason\": \"go\"}")
        .send();
    world.outcome(id, RIGHTS + "@uat.acme", new Outcome.Done(List.of()));
    assertEquals("section.final", stop().code());
  }

  private Answer stop() {
    return world
        .request("StopSection")
        .on(id)
        .path("section", "shop")
        .body("{\"reason\": \"wait\"}")
        .send();
  }

  @Test
  void anElementIsGivenForEachInstance() {
    assertEquals(404, world.save(id, "look@uat.acme", 0, "\"blue\"").status());
    tenants(0, TENANTS);
    Answer saved = world.save(id, "look@uat.acme", 0, "\"blue\"");
    assertEquals(200, saved.status(), saved.text());
    assertEquals("look@uat.acme", saved.body().path("element").asText());
    for (String name : List.of("look", "look@uat.gamma")) {
      Answer unknown = world.save(id, name, 0, "\"red\"");
      assertEquals(404, unknown.status(), unknown.text());
      assertTrue(unknown.text().contains("uat.acme, uat.beta, production.acme"), unknown.text());
    }
    assertEquals(404, world.save(id, "tenants@uat", 1, TENANTS).status());

    world.outcome(id, DEPLOY + "@uat.acme", new Outcome.Done(List.of()));
    world.outcome(id, DEPLOY + "@uat.beta", new Outcome.Done(List.of()));
    Answer preview = world.preview(id, "look@uat.acme", "\"green\"");
    assertEquals(200, preview.status(), preview.text());
    assertEquals("look@uat.acme", preview.body().path("element").asText());
    List<String> effects = new ArrayList<>();
    preview
        .body()
        .path("tasks")
        .forEach(
            each -> effects.add(each.path("task").asText() + " " + each.path("effect").asText()));
    assertTrue(effects.contains(DEPLOY + "@uat.acme INVALID"), effects::toString);
    assertTrue(effects.contains(DEPLOY + "@uat.beta UNCHANGED"), effects::toString);
    Answer changed = world.save(id, "look@uat.acme", 1, "\"green\"");
    assertEquals(
        "[\"shop.deploy@uat.acme\"]", changed.body().path("rechecked").toString(), changed.text());

    List<String> listed = new ArrayList<>();
    world
        .request("ListElements")
        .on(id)
        .send()
        .body()
        .path("elements")
        .forEach(each -> listed.add(each.path("element").asText()));
    assertEquals(
        List.of("tenants", "offer", "look@uat.acme", "look@uat.beta", "look@production.acme"),
        listed);
  }

  @ParameterizedTest
  @CsvSource({"hub@uat.acme, 200", "hub, 404", "hub@uat.gamma, 404"})
  void aCredentialIsGivenForEachInstance(String name, int status) {
    tenants(0, TENANTS);
    world.grading("hub", Grade.VALID);
    Answer stored = world.store(id, name, "{\"key\": \"secret-key-of-acme\"}");
    assertEquals(status, stored.status(), stored.text());
    if (status == 200) {
      assertTrue(world.context().elements().credential(id, name).isPresent());
      assertFalse(world.tableText().contains("secret-key-of-acme"));
    }
  }

  /** That of a tenant that is no longer named, and one that was stored without its record. */
  @Test
  void theSecretsOfAllInstancesAreErased() throws IOException {
    tenants(0, TENANTS);
    world.grading("hub", Grade.VALID);
    world.store(id, "hub@uat.beta", "{\"key\": \"secret-key-of-beta\"}");
    tenants(1, "{\"uat\": [{\"name\": \"acme\"}], \"production\": []}");
    world.context().credentialStore().put(id, "hub@uat.acme", Json.tree(Map.of("key", "k")));
    world.request("CancelOnboarding").on(id).body("{\"reason\": \"asked\"}").send();
    world.wake(
        id,
        "onboarding.cancelled",
        before -> before.to(Onboarding.State.CANCELLED, world.clock().instant()));
    world.clock().pass(Duration.ofDays(31));

    new EraseOnboarding(world.context())
        .handleRequest(
            new ByteArrayInputStream(new byte[0]),
            new ByteArrayOutputStream(),
            new TestLambdaContext(60_000));

    for (String instance : List.of("uat.acme", "uat.beta")) {
      String name = "slipway/" + id + "/hub@" + instance;
      assertTrue(world.secrets().versions(name).isEmpty(), name);
    }
  }

  @Test
  void anAddedRowIsWaitedForByEveryInstance() {
    tenants(0, TENANTS);
    world.outcome(id, CLOSE, Outcome.Waiting.onTasks(List.of(RIGHTS + "@uat.acme")));
    Answer added =
        world
            .request("AddRow")
            .on(id)
            .body(
                """
                {"section": "shop", "title": "Report", "instructions": "Hand it over.",
                 "party": "customer", "dueDays": 5, "requirement": "mandatory", "reason": "asked"}
                """)
            .send();
    assertEquals(201, added.status(), added.text());
    assertEquals("WAITING", state("shop.added-1"));
  }
}
