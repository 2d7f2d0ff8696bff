package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.json.Json;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes by which pages look: who asks, what changed, one task, and all customers at once. */
class LookRoutesTest {
  private final ApiWorld world = new ApiWorld();

  @AfterEach
  void close() {
    world.close();
  }

  /** The customer is asked for the mail's arrival, until in three days. */
  private String waiting() {
    String id = world.running();
    world.outcome(
        id,
        ApiWorld.MAIL,
        new Outcome.Waiting(
            Party.CUSTOMER,
            "confirm-receipt",
            List.of(),
            "Say whether both arrived.",
            null,
            world.clock().instant().plus(Duration.ofDays(3)),
            null,
            null,
            List.of()));
    return id;
  }

  private Answer look(String id, String tag) {
    return world.request("GetOnboarding").on(id).header("If-None-Match", tag).send();
  }

  @Test
  void answersNothingTwiceUntilSomethingHappens() {
    String id = world.create();
    Answer first = world.request("GetOnboarding").on(id).send();
    String tag = first.headers().get("ETag");
    assertEquals(world.clock().instant().toString(), first.body().get("now").asText());

    Answer same = look(id, tag);
    assertEquals(304, same.status());
    assertEquals(tag, same.headers().get("ETag"));

    world.save(id, "platform", 0, "{\"domain\": \"paas.hoster.example\"}");
    Answer changed = look(id, tag);
    assertEquals(200, changed.status());
    assertNotEquals(tag, changed.headers().get("ETag"));
    assertEquals(200, look(id, "\"3\"").status());
    assertEquals(
        404,
        world
            .request("GetOnboarding")
            .by(Token.customer("another"))
            .on(id)
            .header("If-None-Match", changed.headers().get("ETag"))
            .send()
            .status());
  }

  /** The clocks of two functions differ, and the audit trail is in the order of their times. */
  @Test
  void answersAnewWhatAFunctionWroteWhoseClockIsBehind() {
    String id = waiting();
    String tag = world.request("GetOnboarding").on(id).send().headers().get("ETag");

    world.recordBehind(id, Duration.ofMillis(1_500));

    Answer changed = look(id, tag);
    assertEquals(200, changed.status());
    assertNotEquals(tag, changed.headers().get("ETag"));
  }

  @Test
  void tellsTheExpectedEndToWhoeverAsksForIt() {
    String id = waiting();
    assertFalse(world.request("GetOnboarding").on(id).send().body().has("expected"));
    assertTrue(
        world
            .request("GetOnboarding")
            .on(id)
            .query("instances", "summary")
            .query("expected", "true")
            .send()
            .body()
            .at("/expected/end")
            .isTextual());
    assertEquals(
        "expected",
        world.request("GetOnboarding").on(id).query("expected", "maybe").send().field());
  }

  /** What is overdue, and when all can be done, moves without an event. */
  @Test
  void answersAnewOnceAnHourAlthoughNothingHappens() {
    String id = waiting();
    String tag = world.request("GetOnboarding").on(id).send().headers().get("ETag");
    assertEquals(304, look(id, tag).status());
    world.clock().pass(Duration.ofHours(1));
    Answer later = look(id, tag);
    assertEquals(200, later.status());
    assertNotEquals(tag, later.headers().get("ETag"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"gzip | gzip", "br, GZIP;q=0.8 | gzip", "gzip;q=0 |", "identity |", "* |"})
  void compressesForWhoReadsGzip(String accepted, String coding) {
    String id = world.create();
    Answer answer =
        world.request("GetOnboarding").on(id).header("Accept-Encoding", accepted).send();
    assertEquals(coding, answer.headers().get("Content-Encoding"));
    assertEquals(id, answer.body().at("/onboarding/id").asText());
  }

  @Test
  void compressesNothingSmall() {
    Answer me = world.request("GetMe").header("Accept-Encoding", "gzip").send();
    assertNull(me.headers().get("Content-Encoding"));
  }

  @Test
  void tellsWhoAsks() {
    String id = world.create();
    JsonNode manager = world.request("GetMe").send().body();
    assertEquals("Mara Manager", manager.get("name").asText());
    assertEquals("[\"manager\"]", manager.get("roles").toString());
    assertEquals(0, manager.get("onboardings").size());

    JsonNode customer = world.request("GetMe").by(Token.customer(id)).send().body();
    assertEquals(id, customer.at("/onboardings/0/id").asText());
    assertEquals("Example Hosting", customer.at("/onboardings/0/name").asText());

    Token lost = new Token("sub-lost", null, "[customer]", null);
    assertEquals(0, world.request("GetMe").by(lost).send().body().get("onboardings").size());
    assertEquals(401, world.request("GetMe").by(null).send().status());
  }

  @Test
  void listsEventsNewestFirst() {
    String id = world.create();
    for (int version = 0; version < 5; version++) {
      world.clock().pass(Duration.ofSeconds(1));
      world.save(id, "platform", version, "{\"domain\": \"paas" + version + ".hoster.example\"}");
    }
    List<String> seen = new ArrayList<>();
    String after = null;
    do {
      var request = world.request("ListEvents").on(id).query("order", "desc").query("limit", "4");
      Answer page = (after == null ? request : request.query("after", after)).send();
      page.body().get("events").forEach(event -> seen.add(event.get("id").asText()));
      after = page.body().path("next").asText(null);
    } while (after != null);
    assertEquals(6, seen.size());
    assertEquals(seen.stream().sorted((one, other) -> other.compareTo(one)).toList(), seen);
    assertEquals(
        "order", world.request("ListEvents").on(id).query("order", "newest").send().field());
  }

  @Test
  void listsTheEventsOfOneTaskWithTheirTitles() {
    String id = waiting();
    Answer page = world.request("ListEvents").on(id).query("task", ApiWorld.MAIL).send();
    List<String> subjects = page.body().get("events").findValuesAsText("subject");
    assertFalse(subjects.isEmpty(), page.text());
    assertTrue(subjects.stream().allMatch(ApiWorld.MAIL::equals), subjects::toString);
    assertEquals(
        "Configure the mail server", page.body().get("titles").get(ApiWorld.MAIL).asText());
    assertFalse(page.body().has("next"));
  }

  @Test
  void showsOneTaskWithWhatIsAsked() {
    String id = waiting();
    Answer task =
        world.request("GetTask").by(Token.customer(id)).on(id).path("task", ApiWorld.MAIL).send();
    assertEquals(200, task.status(), task.text());
    assertEquals("V01", task.body().at("/line/row").asText());
    assertEquals("WAITING", task.body().at("/line/outcome").asText());
    assertTrue(task.body().get("steps").size() > 1, task.text());
    JsonNode asked = task.body().at("/openWork/0");
    assertEquals("confirm-receipt", asked.get("step").asText());
    assertEquals("V01", asked.get("row").asText());
    assertFalse(asked.get("stepTitle").asText().isEmpty());
    assertEquals("attested", asked.get("mode").asText());

    for (String none : List.of("no-such.task", ApiWorld.MAIL + "@uat", "@uat", " ")) {
      Answer unknown = world.request("GetTask").on(id).path("task", none).send();
      assertEquals(404, unknown.status(), none);
    }
    assertEquals(
        404,
        world
            .request("GetTask")
            .by(Token.customer("another"))
            .on(id)
            .path("task", ApiWorld.MAIL)
            .send()
            .status());
  }

  @Test
  void showsAllOnboardingsWithOnWhomTheyWait() {
    String idle = world.create();
    String id = waiting();
    world.clock().pass(Duration.ofDays(4));
    JsonNode lines = world.request("GetPortfolio").send().body().get("onboardings");
    assertEquals(List.of(idle, id), lines.findValuesAsText("id"));
    JsonNode line = lines.get(1);
    assertEquals("RUNNING", line.get("state").asText());
    assertEquals(1, line.get("overdue").asInt());
    assertEquals("CUSTOMER", line.at("/waits/0/party").asText());
    assertEquals(1, line.at("/waits/0/overdue").asInt());
    assertEquals(0, lines.at("/0/waits").size());

    JsonNode whole =
        world
            .request("GetOnboarding")
            .on(id)
            .query("expected", "true")
            .send()
            .body()
            .get("expected");
    assertEquals(whole.get("end"), line.at("/expected/end"));
    assertEquals(whole.get("seconds"), line.at("/expected/seconds"));
    assertTrue(line.at("/expected/path").isMissingNode(), "a list tells no way");
    assertTrue(
        whole.at("/restsOn").toString().contains("1 answer is overdue"), whole::toPrettyString);
    assertTrue(
        whole.path("path").valueStream().allMatch(leg -> leg.hasNonNull("party")),
        whole::toPrettyString);

    Answer first = world.request("GetPortfolio").query("limit", "1").send();
    Answer second =
        world
            .request("GetPortfolio")
            .query("limit", "1")
            .query("cursor", first.body().get("next").asText())
            .send();
    assertEquals(id, second.body().at("/onboardings/0/id").asText());
    assertEquals(403, world.request("GetPortfolio").by(Token.customer(id)).send().status());
    Token bound = new Token("sub-max", "Max Manager", "[manager]", idle);
    assertEquals(
        List.of(idle),
        world.request("GetPortfolio").by(bound).send().body().findValuesAsText("id"));
  }

  private Answer shown(String filter) {
    return world.request("GetPortfolio").query("show", filter).send();
  }

  private static List<String> ids(Answer portfolio) {
    return portfolio.body().get("onboardings").findValuesAsText("id");
  }

  /** The vendor is to mend it within five days. */
  private Outcome refused() {
    Instant now = world.clock().instant();
    return new Outcome.Failed(
            new Problem("smtp.refused", "smtp", null, "It said no.", "Mend it."), null, List.of())
        .askedOf(Party.VENDOR, now, now.plus(Duration.ofDays(5)));
  }

  @Test
  void countsOverAllWhatEachFilterShows() {
    String idle = world.create();
    String late = waiting();
    world.clock().pass(Duration.ofDays(4));
    String asked = waiting();
    String failed = world.running();
    world.outcome(failed, ApiWorld.MAIL, refused());
    world.act(
        "WaiveTask", Token.manager(), asked, "technical-configuration.provide-uploader-access");
    String over = waiting();
    Answer cancelled =
        world.request("CancelOnboarding").on(over).body("{\"reason\": \"because\"}").send();
    assertEquals(202, cancelled.status(), cancelled.text());

    block(late);

    // One of a page, and yet all are counted.
    Answer first = world.request("GetPortfolio").query("limit", "1").send();
    assertEquals(List.of(idle), ids(first));
    assertEquals(
        Json.tree(
            Map.of(
                "ALL",
                5,
                "OVERDUE",
                1,
                "FAILED",
                1,
                "BLOCKED",
                1,
                "WAIVER",
                1,
                "CUSTOMER",
                2,
                "VENDOR",
                1)),
        first.body().get("counts"));
    assertEquals(List.of(late), ids(shown("OVERDUE")));
    assertEquals(List.of(failed), ids(shown("FAILED")));
    assertEquals(List.of(failed), ids(shown("VENDOR")));
    assertEquals(List.of(asked), ids(shown("WAIVER")));
    assertEquals(List.of(late), ids(shown("BLOCKED")));
    assertEquals(1, shown("FAILED").body().at("/onboardings/0/failed").asInt());

    // The pages of a filter are full, and go on behind the last one.
    Answer page =
        world.request("GetPortfolio").query("show", "CUSTOMER").query("limit", "1").send();
    assertEquals(List.of(late), ids(page));
    Answer next =
        world
            .request("GetPortfolio")
            .query("show", "CUSTOMER")
            .query("limit", "1")
            .query("cursor", page.body().get("next").asText())
            .send();
    assertEquals(List.of(asked), ids(next));
    assertFalse(next.body().has("next"));
    assertEquals("show", shown("LATE").field());
    assertEquals(
        0,
        ids(world.request("GetPortfolio").query("show", "CUSTOMER").query("state", "INTAKE").send())
            .size());
  }

  private void block(String id) {
    Answer blocked =
        world
            .request("PostNote")
            .by(Token.customer(id))
            .on(id)
            .path("task", ApiWorld.MAIL)
            .body("{\"text\": \"Nothing arrives.\", \"blocked\": true}")
            .send();
    assertEquals(201, blocked.status(), blocked.text());
  }

  @Test
  void whoIsBlockedIsCountedUntilNobodyIsAskedAnyMore() {
    String id = waiting();
    block(id);
    assertEquals(List.of(id), ids(shown("BLOCKED")));
    assertEquals(1, shown("BLOCKED").body().at("/onboardings/0/blocked").asInt());
    // Another person answered: the one who was blocked has not to take it back.
    world.outcome(id, ApiWorld.MAIL, new Outcome.Done(List.of()));
    assertEquals(List.of(), ids(shown("BLOCKED")));
  }

  @Test
  void aFailureThatIsMendedIsCountedNoMore() {
    String id = world.running();
    world.outcome(id, ApiWorld.MAIL, refused());
    assertEquals(List.of(id), ids(shown("FAILED")));
    world.outcome(id, ApiWorld.MAIL, new Outcome.Done(List.of()));
    assertEquals(List.of(), ids(shown("FAILED")));
  }

  @Test
  void listsWhatAPartyIsAskedForEverywhere() {
    String one = waiting();
    world.clock().pass(Duration.ofHours(1));
    String other = waiting();
    world.act(
        "WaiveTask", Token.manager(), other, "technical-configuration.provide-uploader-access");

    Answer first =
        world.request("ListOpenWork").query("party", "CUSTOMER").query("limit", "1").send();
    assertEquals(one, first.body().at("/work/0/onboarding").asText());
    assertEquals("Example Hosting", first.body().at("/work/0/name").asText());
    assertEquals("confirm-receipt", first.body().at("/work/0/work/step").asText());
    Answer second =
        world
            .request("ListOpenWork")
            .query("party", "CUSTOMER")
            .query("limit", "1")
            .query("cursor", first.body().get("next").asText())
            .send();
    assertEquals(other, second.body().at("/work/0/onboarding").asText());

    Answer waivers = world.request("ListOpenWork").query("party", "SECOND_PERSON").send();
    assertEquals("WAIVER", waivers.body().at("/work/0/work/about").asText(), waivers.text());
    assertEquals(0, world.request("ListOpenWork").send().body().get("work").size());
    assertEquals(403, world.request("ListOpenWork").by(Token.customer(one)).send().status());
    assertEquals("party", world.request("ListOpenWork").query("party", "ALL").send().field());
    assertEquals(
        "cursor",
        world
            .request("ListOpenWork")
            .query("cursor", first.body().get("next").asText())
            .send()
            .field(),
        "a cursor of another party's list");
  }
}
