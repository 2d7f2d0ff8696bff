package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.Task;
import dev.slipway.json.Json;
import dev.slipway.ledger.AddedRow;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that are added to one onboarding, from their beginning to the sign-off. */
class AddedRowsTest {
  private static final String ROW = "technical-configuration.added-1";

  private final ApiWorld world = new ApiWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private Answer add(Token by, String id, Map<String, Object> otherwise) {
    Map<String, Object> body =
        new TreeMap<>(
            Map.of(
                "section", "technical-configuration",
                "title", "Firewall report",
                "instructions", "Hand over the report.",
                "party", "customer",
                "dueDays", 5,
                "requirement", "mandatory",
                "reason", "their auditors ask for it"));
    body.putAll(otherwise);
    body.values().removeIf(""::equals);
    return world.request("AddRow").by(by).on(id).body(Json.tree(body).toString()).send();
  }

  private JsonNode row(String id, String key) {
    for (JsonNode task : world.request("GetReport").on(id).send().body().path("tasks")) {
      if (task.path("task").asText().equals(key)) {
        return task;
      }
    }
    throw new AssertionError("no row " + key);
  }

  private String mandatoryDone() {
    String id = world.running();
    new Checklists()
        .newest("hosting-provider")
        .tasks()
        .filter(task -> !task.planned() && task.requirement() == Requirement.MANDATORY)
        .map(Task::id)
        .forEach(task -> world.outcome(id, task, new Outcome.Done(List.of())));
    return id;
  }

  @Test
  void isInPlanStatusReportAndAuditAndHoldsTheSignOff() {
    String id = mandatoryDone();
    String plan = world.hash(id);

    Answer added = add(Token.engineer(), id, Map.of());

    assertEquals(201, added.status(), added.text());
    assertEquals(ROW, added.body().path("task").asText());
    assertEquals("A1", added.body().path("row").asText());
    assertEquals(
        world.clock().instant().plus(Duration.ofDays(5)),
        Instant.parse(added.body().path("due").asText()));
    assertNotEquals(plan, world.hash(id));
    assertTrue(world.request("GetPlan").on(id).send().text().contains(ROW));
    JsonNode open = world.request("GetOnboarding").on(id).send().body().path("openWork").get(0);
    assertEquals(ROW, open.path("task").asText());
    assertEquals("CUSTOMER", open.path("party").asText());
    assertEquals("Hand over the report.", open.path("instructions").asText());
    assertEquals(
        List.of(ROW),
        world.context().openWork().of(Party.CUSTOMER, null, 100).stream()
            .map(place -> place.task().toString())
            .toList());
    Answer refused = world.request("SignOff").on(id).send();
    assertEquals(409, refused.status());
    assertEquals("A1", refused.body().at("/rows/0/row").asText());
    assertTrue(
        world
            .request("ListEvents")
            .on(id)
            .query("limit", "200")
            .send()
            .text()
            .contains("row.added"));

    world.clock().pass(Duration.ofHours(3));
    Answer done = world.complete(Token.customer(id), id, ROW, "do", "Here it is.");
    assertEquals(200, done.status(), done.text());
    assertEquals("ACCEPTED", done.body().path("verdict").asText());

    JsonNode line = row(id, ROW);
    assertEquals("DONE", line.path("outcome").asText());
    assertEquals("Here it is.", line.at("/evidence/0/answer").asText());
    assertEquals("PERSON", line.at("/evidence/0/where").asText());
    assertEquals("CUSTOMER", line.at("/waitedFor/0/party").asText());
    assertEquals(Duration.ofHours(3).toSeconds(), line.at("/waitedFor/0/seconds").asLong());
    assertTrue(world.context().tasks().of(id, TaskKey.parse(ROW)).signalDue(), "Wake passes it on");
    // What waits for all of the section is looked at again, and so holds the sign-off.
    assertEquals(409, world.request("SignOff").on(id).send().status());
    for (String task : List.of("go-live.hand-over", "go-live.pass-final-benchmark")) {
      world.outcome(id, task, new Outcome.Done(List.of()));
    }
    assertEquals(201, world.request("SignOff").on(id).send().status());
  }

  @Test
  void asksForAFileWhereOneIsNeeded() {
    String id = world.running();
    add(Token.manager(), id, Map.of("fileNeeded", true));
    Answer without = world.complete(Token.customer(id), id, ROW, "do", "It is good.");
    assertEquals(422, without.status(), without.text());
    assertEquals("step.file", without.code());
    String sha =
        world
            .request("UploadFile")
            .by(Token.customer(id))
            .on(id)
            .header("Content-Type", "application/pdf")
            .header("X-File-Name", "audit.pdf")
            .base64("YXVkaXQ=")
            .send()
            .body()
            .path("sha256")
            .asText();
    for (String file : List.of("0".repeat(64), sha)) {
      Answer with =
          world
              .request("CompleteTask")
              .by(Token.customer(id))
              .on(id)
              .path("task", ROW)
              .body(
                  "{\"step\": \"do\", \"statement\": \"It is good.\", \"values\": {\"file\": \""
                      + file
                      + "\"}}")
              .send();
      assertEquals(file.equals(sha) ? 200 : 422, with.status(), with.text());
    }
    assertTrue(
        row(id, ROW).at("/evidence/0/answer").asText().contains("audit.pdf, SHA-256 " + sha));
  }

  @Test
  void isSkippedWaivedAndAskedAgainAsAnyOther() {
    String id = world.running();
    add(Token.manager(), id, Map.of("requirement", "optional", "party", "vendor"));
    assertEquals(202, world.act("SkipTask", Token.manager(), id, ROW).status());
    assertEquals("SKIPPED", row(id, ROW).path("outcome").asText());
    assertEquals(403, world.act("RetryTask", Token.customer(id), id, ROW).status());
    assertEquals(202, world.act("RetryTask", Token.engineer(), id, ROW).status());
    assertEquals("WAITING", row(id, ROW).path("outcome").asText());
    assertEquals(200, world.complete(Token.engineer(), id, ROW, "do", "Done.").status());
    assertEquals(202, world.act("RetryTask", Token.engineer(), id, ROW).status());
    assertEquals("WAITING", row(id, ROW).path("outcome").asText());
    assertEquals(200, world.complete(Token.engineer(), id, ROW, "do", "Done now.").status());

    add(Token.manager(), id, Map.of());
    String second = "technical-configuration.added-2";
    assertEquals(422, world.act("SkipTask", Token.manager(), id, second).status());
    assertEquals(202, world.act("WaiveTask", Token.manager(), id, second).status());
    assertEquals("WAITING", row(id, second).path("outcome").asText());
    assertEquals(403, world.act("ApproveTask", Token.manager(), id, second).status());
    assertEquals(202, world.act("ApproveTask", Token.otherManager(), id, second).status());
    assertEquals("WAIVED", row(id, second).path("outcome").asText());
  }

  @Test
  void refusesWhatIsNoRow() {
    String id = world.running();
    assertEquals(403, add(Token.customer(id), id, Map.of()).status());
    assertEquals(404, add(Token.manager(), "no-such-onboarding", Map.of()).status());
    assertEquals("section", add(Token.manager(), id, Map.of("section", "nowhere")).field());
    for (Map.Entry<String, Object> wrong :
        Map.<String, Object>of(
                "party",
                "machine",
                "dueDays",
                0,
                "requirement",
                "planned",
                "fileNeeded",
                "yes",
                "title",
                "x".repeat(101))
            .entrySet()) {
      Answer refused = add(Token.manager(), id, Map.of(wrong.getKey(), wrong.getValue()));
      assertEquals(422, refused.status(), refused.text());
      assertEquals(List.of("/" + wrong.getKey()), refused.errorFields());
    }
    assertEquals(422, add(Token.manager(), id, Map.of("dueDays", 366)).status());
    assertEquals(422, add(Token.manager(), id, Map.of("more", "x")).status());
    assertEquals(List.of("/reason"), add(Token.manager(), id, Map.of("reason", "")).errorFields());
    assertTrue(rows(id).isEmpty());
    assertEquals(404, world.complete(Token.customer(id), id, ROW, "do", "x").status());
    add(Token.manager(), id, Map.of());
    assertEquals(403, world.complete(Token.engineer(), id, ROW, "do", "not mine").status());
  }

  private List<AddedRow> rows(String id) {
    return world.context().rows().of(world.context().onboardings().find(id).orElseThrow());
  }

  @Test
  void twoAtOnceAddTwoAndOfTwoAnswersTheFirstWins() throws Exception {
    String id = world.running();
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<Answer> adding = () -> add(Token.manager(), id, Map.of());
      for (var answer : threads.invokeAll(List.of(adding, adding, adding, adding))) {
        assertEquals(201, answer.get().status(), answer.get().text());
      }
      assertEquals(
          List.of("A1", "A2", "A3", "A4"),
          rows(id).stream().map(row -> row.row()).sorted().toList());
      List<Callable<Answer>> both =
          List.of(
              () -> world.complete(Token.customer(id), id, ROW, "do", "I did."),
              () -> world.complete(Token.otherCustomer(id), id, ROW, "do", "I did it."));
      List<Integer> statuses = new ArrayList<>();
      for (var answer : threads.invokeAll(both)) {
        statuses.add(answer.get().status());
      }
      statuses.sort(null);
      assertEquals(List.of(200, 409), statuses);
    }
  }

  @Test
  void cannotBeAddedPastTheSignOff() {
    String id = mandatoryDone();
    assertEquals(201, world.request("SignOff").on(id).send().status());
    assertEquals(409, add(Token.manager(), id, Map.of()).status());
  }
}
