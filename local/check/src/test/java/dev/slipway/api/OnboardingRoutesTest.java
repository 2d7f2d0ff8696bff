package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.ledger.Onboarding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OnboardingRoutesTest {
  private final ApiWorld world = new ApiWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private Answer create(Token by, String key, String body) {
    return world
        .request("CreateOnboarding")
        .by(by)
        .header("idempotency-KEY", key)
        .body(body)
        .send();
  }

  @Test
  void createsOnceForARequestKey() {
    String body = "{\"checklist\": \"hosting-provider\", \"name\": \"Example\"}";

    Answer first = create(Token.manager(), "key-12345678", body);
    Answer again = create(Token.manager(), "key-12345678", body);
    Answer other =
        create(Token.manager(), "key-12345678", body.replace("Example", "Something else"));
    Answer somebodyElses = create(Token.otherManager(), "key-12345678", body);

    assertEquals(201, first.status(), first.text());
    String id = first.body().at("/onboarding/id").asText();
    assertEquals("/onboardings/" + id, first.headers().get("Location"));
    assertEquals("INTAKE", first.body().at("/onboarding/state").asText());
    assertEquals("Mara Manager (sub-mara)", first.body().at("/onboarding/createdBy").asText());
    assertEquals(id, again.body().at("/onboarding/id").asText());
    assertEquals(422, other.status());
    assertEquals("Idempotency-Key", other.field());
    assertNotEquals(id, somebodyElses.body().at("/onboarding/id").asText());
  }

  @Test
  void createsOnceForASharedKeyWhoeverSendsIt() {
    String body =
        "{\"checklist\": \"hosting-provider\", \"name\": \"Example\", \"sharedKey\": true}";

    Answer first = create(Token.manager(), "key-12345678", body);
    Answer somebodyElses = create(Token.otherManager(), "key-12345678", body);
    Answer own = create(Token.manager(), "key-12345678", body.replace(", \"sharedKey\": true", ""));

    assertEquals(201, somebodyElses.status(), somebodyElses.text());
    assertEquals(first.body(), somebodyElses.body());
    assertNotEquals(first.body().at("/onboarding/id"), own.body().at("/onboarding/id"));
  }

  @Test
  void refusesAnUnknownChecklistAndAMissingKey() {
    Answer unknown =
        create(Token.manager(), "key-12345678", "{\"checklist\": \"../index\", \"name\": \"x\"}");
    assertEquals(422, unknown.status());
    assertEquals("checklist", unknown.field());
    assertFalse(unknown.text().contains(".."), unknown.text());

    Answer keyless =
        world
            .request("CreateOnboarding")
            .body("{\"checklist\": \"hosting-provider\", \"name\": \"x\"}")
            .send();
    assertEquals(400, keyless.status());
    assertEquals("Idempotency-Key", keyless.field());
    assertTrue(world.items().isEmpty());
  }

  @Test
  void startsOnlyThePlanThatWasSeen() {
    String id = world.create();
    String seen = world.hash(id);
    world.save(
        id,
        "activities",
        0,
        "{\"externalIps\": false, \"monitoring\": false, \"backuper\": false}");

    Answer stale = world.start(id, seen);
    assertEquals(409, stale.status());
    assertEquals("plan.stale", stale.code());
    assertEquals(world.hash(id), stale.body().get("currentHash").asText());
    List<String> changed = new ArrayList<>();
    stale.body().get("difference").forEach(change -> changed.add(change.get("task").asText()));
    assertTrue(changed.contains(ApiWorld.IPS), stale.text());
    stale
        .body()
        .get("difference")
        .forEach(
            change -> {
              if (change.get("task").asText().equals(ApiWorld.IPS)) {
                assertEquals("UNDECIDED", change.get("before").asText());
                assertEquals("SKIP", change.get("now").asText());
              }
            });
    assertEquals(
        Onboarding.State.INTAKE, world.context().onboardings().find(id).orElseThrow().state());

    Answer unknown = world.start(id, "0".repeat(64));
    assertEquals(409, unknown.status());
    assertTrue(unknown.body().get("difference").isEmpty());

    Answer started = world.start(id, world.hash(id));
    assertEquals(202, started.status(), started.text());
    assertEquals("STARTING", started.body().at("/onboarding/state").asText());
    assertEquals(1, started.body().at("/onboarding/run").asInt());
    assertEquals(world.hash(id), world.context().onboardings().find(id).orElseThrow().planHash());

    Answer twice = world.start(id, world.hash(id));
    assertEquals(409, twice.status());
    assertEquals("STARTING", twice.body().get("state").asText());
  }

  @Test
  void askingForThePlanWritesNothing() {
    String id = world.create();
    String before = world.tableText();
    world.hash(id);
    world.request("GetOnboarding").on(id).send();
    world.request("ListElements").on(id).send();
    world.request("GetReport").on(id).send();
    world.request("ListEvents").on(id).send();
    world.request("ListOnboardings").send();
    assertEquals(before, world.tableText());
  }

  @Test
  void stopsAndStartsAgain() {
    String id = world.running();

    Answer stopping = stop(id);
    assertEquals(202, stopping.status(), stopping.text());
    assertEquals("STOPPING", stopping.body().at("/onboarding/state").asText());
    assertEquals(409, stop(id).status());
    assertEquals(409, world.start(id, world.hash(id)).status());

    world.wake(
        id,
        "run.stopped",
        onboarding -> onboarding.to(Onboarding.State.STOPPED, world.clock().instant()));
    Answer again = world.start(id, world.hash(id));
    assertEquals(202, again.status(), again.text());
    assertEquals(2, again.body().at("/onboarding/run").asInt());
  }

  private Answer stop(String id) {
    return world.request("StopOnboarding").on(id).body("{\"reason\": \"a holiday\"}").send();
  }

  @Test
  void cancelsForGood() {
    String id = world.create();
    assertEquals(409, stop(id).status());
    Answer cancelled =
        world.request("CancelOnboarding").on(id).body("{\"reason\": \"contract ended\"}").send();
    assertEquals(202, cancelled.status(), cancelled.text());
    assertEquals(
        409,
        world.request("CancelOnboarding").on(id).body("{\"reason\": \"again\"}").send().status());

    Answer late = world.save(id, "platform", 0, "{\"domain\": \"paas.hoster.example\"}");
    assertEquals(409, late.status());
    assertEquals("onboarding.cancelled", late.code());
    assertEquals(
        409,
        world
            .complete(Token.customer(id), id, ApiWorld.MAIL, "confirm-receipt", "arrived")
            .status());

    Answer events = world.request("ListEvents").on(id).send();
    assertTrue(events.text().contains("\"what\":\"onboarding.cancel-requested\""), events.text());
    assertTrue(events.text().contains("contract ended"));
  }

  @Test
  void aCustomerSeesOneOnboardingAndNoTraceOfAnother() {
    String mine = world.create();
    String theirs = world.create();
    Token me = Token.customer(mine);

    Answer foreign = world.request("GetOnboarding").by(me).on(theirs).send();
    Answer none = world.request("GetOnboarding").by(me).on("no-such-onboarding").send();
    assertEquals(404, foreign.status());
    assertEquals(
        none.text().replaceAll("request-[0-9a-f-]+", ""),
        foreign.text().replaceAll("request-[0-9a-f-]+", ""));
    assertEquals(200, world.request("GetOnboarding").by(me).on(mine).send().status());

    Answer list = world.request("ListOnboardings").by(me).send();
    assertEquals(1, list.body().get("onboardings").size());
    assertEquals(mine, list.body().at("/onboardings/0/id").asText());

    Token lost = new Token("sub-lost", null, "[customer]", null);
    assertEquals(
        0, world.request("ListOnboardings").by(lost).send().body().at("/onboardings").size());
    assertEquals(404, world.request("GetOnboarding").by(lost).on(mine).send().status());
  }

  @Test
  void listsInPages() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.add(world.create());
      world.clock().pass(Duration.ofSeconds(1));
    }
    String running = world.running();
    List<String> seen = new ArrayList<>();
    String cursor = null;
    int pages = 0;
    do {
      var request = world.request("ListOnboardings").query("limit", "3");
      if (cursor != null) {
        request.query("cursor", cursor);
      }
      Answer page = request.send();
      assertEquals(200, page.status(), page.text());
      page.body().get("onboardings").forEach(one -> seen.add(one.get("id").asText()));
      cursor = page.body().path("next").asText(null);
      pages++;
    } while (cursor != null);
    assertEquals(3, pages);
    assertEquals(new HashSet<>(seen).size(), seen.size());
    assertEquals(ids, seen.subList(0, 7));
    assertEquals(running, seen.get(7));

    Answer only = world.request("ListOnboardings").query("state", "RUNNING").send();
    assertEquals(1, only.body().get("onboardings").size());
    assertEquals(400, world.request("ListOnboardings").query("state", "running").send().status());
    for (String bad :
        List.of("x", "e30", "bnVsbA", "eyJzdGF0ZSI6IklOVEFLRSJ9", "é", "a".repeat(5000))) {
      Answer refused = world.request("ListOnboardings").query("cursor", bad).send();
      assertEquals(400, refused.status(), bad);
      assertEquals("cursor", refused.field());
    }
  }

  @Test
  void listsEventsInPages() {
    String id = world.create();
    for (int version = 0; version < 5; version++) {
      world.clock().pass(Duration.ofSeconds(1));
      world.save(id, "platform", version, "{\"domain\": \"paas" + version + ".hoster.example\"}");
    }
    Answer first = world.request("ListEvents").on(id).query("limit", "4").send();
    assertEquals(4, first.body().get("events").size());
    Answer second =
        world
            .request("ListEvents")
            .on(id)
            .query("limit", "4")
            .query("after", first.body().get("next").asText())
            .send();
    assertEquals(2, second.body().get("events").size());
    assertFalse(second.body().has("next"));
    assertEquals("onboarding.created", first.body().at("/events/0/what").asText());
    assertEquals("Carla Customer (sub-carla)", second.body().at("/events/1/by").asText());
    for (String limit : List.of("0", "-1", "201", "x", "1e2", "99999999999")) {
      assertEquals(
          "limit", world.request("ListEvents").on(id).query("limit", limit).send().field());
    }
    assertEquals("after", world.request("ListEvents").on(id).query("after", "x").send().field());
  }
}
