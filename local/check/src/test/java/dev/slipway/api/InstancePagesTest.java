package dev.slipway.api;

import static dev.slipway.testing.ShopChecklist.CLOSE;
import static dev.slipway.testing.ShopChecklist.DEPLOY;
import static dev.slipway.testing.ShopChecklist.RIGHTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Request;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.checklist.Checklists;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.testing.ShopChecklist;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many instances: the summary of an onboarding, and its tasks page by page. */
class InstancePagesTest {
  private static final int TENANTS = 20;

  private final ApiWorld world = new ApiWorld(new Checklists(List.of(ShopChecklist.checklist())));
  private String id;

  /**
   * 40 instances of two rows each: of one a failure, of the other two that are asked for, one
   * overdue.
   */
  @BeforeEach
  void begin() {
    Actor mara = new Actor("mara", "manager");
    Onboarding created =
        world
            .context()
            .onboardings()
            .create(UUID.randomUUID().toString(), "print", "Shops", "shop", "1", mara);
    id = created.id();
    Onboarding running =
        created.starting("plan", world.clock().instant()).running("arn:aws:states:::execution:x");
    world.context().onboardings().save(created, running, mara, "run.started", null);
    String names =
        IntStream.range(0, TENANTS)
            .mapToObj("{\"name\": \"t%03d\"}"::formatted)
            .collect(Collectors.joining(", ", "[", "]"));
    Answer saved =
        world.save(id, "tenants", 0, "{\"uat\": %s, \"production\": %s}".formatted(names, names));
    assertEquals(200, saved.status(), saved.text());
    world.outcome(id, DEPLOY + "@uat.t000", new Outcome.Done(List.of()));
    world.outcome(
        id,
        DEPLOY + "@uat.t001",
        new Outcome.Failed(
            new Problem("x.y", "x", null, "It said no.", "Mend it."), null, List.of()));
    world.outcome(
        id, DEPLOY + "@production.t001", Outcome.Waiting.onTasks(List.of(DEPLOY + "@uat.t001")));
    world.outcome(id, RIGHTS + "@uat.t000", ShopChecklist.viewsAsked(world.clock().instant()));
    world.clock().pass(Duration.ofDays(6));
    world.outcome(id, RIGHTS + "@uat.t002", ShopChecklist.viewsAsked(world.clock().instant()));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Answer summary() {
    return world.request("GetOnboarding").on(id).query("instances", "summary").send();
  }

  private Request tasks() {
    return world.request("ListTasks").on(id);
  }

  private static JsonNode row(Answer answer, String task) {
    return StreamSupport.stream(answer.body().at("/sections/0/tasks").spliterator(), false)
        .filter(each -> each.path("task").asText().equals(task))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> keys(Answer answer) {
    return StreamSupport.stream(answer.body().get("tasks").spliterator(), false)
        .map(each -> each.path("task").asText() + "@" + each.path("instance").asText())
        .toList();
  }

  @Test
  void aSummaryHasOneLineForAllInstancesOfATask() {
    Answer answer = summary();
    JsonNode deploy = row(answer, DEPLOY);
    assertEquals(40, deploy.get("instances").asInt(), deploy::toString);
    assertEquals("FAILED", deploy.get("outcome").asText());
    assertEquals("", deploy.get("instance").asText());
    assertEquals(
        Map.of("DONE", 1, "FAILED", 1, "LATER", 1, "PENDING", 37),
        deploy.get("outcomes").properties().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().asInt())));
    JsonNode rights = row(answer, RIGHTS);
    assertEquals(1, rights.get("overdue").asInt(), rights::toString);
    assertEquals("VENDOR", rights.at("/waits/0/party").asText());
    assertEquals(2, rights.at("/waits/0/count").asInt());
    assertEquals("PENDING", row(answer, CLOSE).get("outcome").asText());
    assertFalse(row(answer, CLOSE).has("instances"));
    assertEquals(0, answer.body().get("openWork").size(), answer.text());
    assertTrue(answer.text().length() < 5_000, () -> answer.text().length() + " characters");
  }

  @Test
  void aSummaryKeepsWaiversThatWaitForTheirSecondPerson() {
    world.act("WaiveTask", Token.manager(), id, RIGHTS + "@uat.t000");
    Answer answer = summary();
    assertEquals("WAIVER", answer.body().at("/openWork/0/about").asText(), answer.text());
    assertEquals(1, answer.body().get("openWork").size());
  }

  @Test
  void aSummaryIsAnsweredOnceUntilTheNextEvent() {
    String tag = summary().headers().get("ETag");
    Request again = world.request("GetOnboarding").on(id).query("instances", "summary");
    assertEquals(304, again.header("If-None-Match", tag).send().status());
    world.outcome(id, DEPLOY + "@uat.t002", new Outcome.Done(List.of()));
    assertNotEquals(tag, summary().headers().get("ETag"));
  }

  @Test
  void withoutAWishEachInstanceStaysALineOfItsOwn() {
    Answer all = world.request("GetOnboarding").on(id).send();
    assertEquals(2 * 40 + 3, all.body().at("/sections/0/tasks").size());
    assertEquals(
        all.text(), world.request("GetOnboarding").on(id).query("instances", "all").send().text());
    assertEquals(
        "instances",
        world.request("GetOnboarding").on(id).query("instances", "few").send().field());
  }

  @Test
  void thePagesOfATaskHaveEachInstanceOnceInTheChecklistsOrder() {
    List<String> seen = new ArrayList<>();
    String cursor = null;
    int pages = 0;
    do {
      Request request = tasks().query("task", DEPLOY).query("limit", "15");
      Answer page = (cursor == null ? request : request.query("cursor", cursor)).send();
      assertEquals(200, page.status(), page.text());
      seen.addAll(keys(page));
      cursor = page.body().path("next").asText(null);
      pages++;
    } while (cursor != null);
    assertEquals(3, pages);
    assertEquals(40, seen.stream().distinct().count());
    assertEquals(40, seen.size());
    assertEquals(DEPLOY + "@uat.t000", seen.getFirst());
    assertEquals(DEPLOY + "@production.t019", seen.getLast());
  }

  @Test
  void listsWhatIsAskedInEachByItself() {
    Answer asked = tasks().query("party", "VENDOR").query("outcome", "WAITING").send();
    assertEquals(List.of(RIGHTS + "@uat.t000", RIGHTS + "@uat.t002"), keys(asked), asked.text());
    JsonNode first = asked.body().at("/tasks/0/openWork/0");
    JsonNode second = asked.body().at("/tasks/1/openWork/0");
    assertTrue(first.get("overdue").asBoolean());
    assertFalse(second.get("overdue").asBoolean());
    assertEquals("[\"uat.t000\"]", first.get("instances").toString());
    assertEquals(
        List.of(DEPLOY + "@uat.t001", DEPLOY + "@production.t001"),
        keys(tasks().query("outcome", "FAILED,LATER").send()));
    assertEquals(
        List.of(DEPLOY + "@uat.t001"), keys(tasks().query("task", DEPLOY + "@uat.t001").send()));
    assertEquals(0, tasks().query("party", "CUSTOMER").send().body().get("tasks").size());
  }

  /** The next page goes on behind the last one, although that is none of these any more. */
  @Test
  void aPageGoesOnWhereAnInstanceHasMovedOn() {
    Answer first = tasks().query("outcome", "WAITING").query("limit", "1").send();
    world.outcome(id, RIGHTS + "@uat.t000", new Outcome.Done(List.of()));
    Answer next =
        tasks()
            .query("outcome", "WAITING")
            .query("cursor", first.body().get("next").asText())
            .send();
    assertEquals(List.of(RIGHTS + "@uat.t002"), keys(next));
    assertFalse(next.body().has("next"));
  }

  @ParameterizedTest
  @CsvSource({
    "outcome, GONE, outcome, 400",
    "outcome, 'DONE,', outcome, 400",
    "party, NOBODY, party, 400",
    "limit, 201, limit, 400",
    "cursor, e30, cursor, 400",
    "cursor, eyJ0YXNrIjoibm9uZSJ9, cursor, 400",
    "task, shop.none, task, 404",
    "task, shop.deploy@uat.none, task, 404",
    "task, '', task, 404",
  })
  void refusesWhatItDoesNotKnow(String name, String value, String field, int status) {
    Answer refused = tasks().query(name, value).send();
    assertEquals(status, refused.status(), refused.text());
    assertEquals(field, refused.field());
  }

  @Test
  void anothersTasksAreNotThere() {
    assertEquals(404, tasks().by(Token.customer("another")).send().status());
    assertEquals(200, tasks().by(Token.customer(id)).send().status());
    assertEquals(401, tasks().by(null).send().status());
  }
}
