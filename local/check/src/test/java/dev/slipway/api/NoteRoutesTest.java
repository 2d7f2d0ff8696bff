package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.json.Json;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people write about tasks, and who cannot go on. */
class NoteRoutesTest {
  private final ApiWorld world = new ApiWorld();

  @AfterEach
  void close() {
    world.close();
  }

  /** The customer is asked for the mail's arrival, until in three days. */
  private String waiting() {
    String id = world.running();
    ask(id, "confirm-receipt");
    return id;
  }

  private void ask(String id, String step) {
    world.outcome(
        id,
        ApiWorld.MAIL,
        new Outcome.Waiting(
            Party.CUSTOMER,
            step,
            List.of(),
            "Say whether both arrived.",
            null,
            world.clock().instant().plus(Duration.ofDays(3)),
            null,
            null,
            List.of()));
  }

  private Answer post(Token by, String id, Map<String, Object> body) {
    return world
        .request("PostNote")
        .by(by)
        .on(id)
        .path("task", ApiWorld.MAIL)
        .body(Json.tree(body).toString())
        .send();
  }

  private Answer block(Token by, String id) {
    return post(by, id, Map.of("text", "The firewall is in the way.", "blocked", true));
  }

  private Answer settle(Token by, String id, String note) {
    return world
        .request("SettleNote")
        .by(by)
        .on(id)
        .path("note", note)
        .body("{\"text\": \"It lets you through now.\"}")
        .send();
  }

  private JsonNode asked(String id) {
    return world
        .request("GetTask")
        .on(id)
        .path("task", ApiWorld.MAIL)
        .send()
        .body()
        .at("/openWork/0");
  }

  private List<String> acts(String id) {
    return world.request("ListEvents").on(id).send().body().findValuesAsText("what");
  }

  @Test
  void everybodyAsksAndAnswersAndTheNewestComesFirst() {
    String id = waiting();
    assertEquals(201, post(Token.customer(id), id, Map.of("text", " Which one?\n ")).status());
    world.clock().pass(Duration.ofSeconds(1));
    Answer answered =
        post(Token.engineer(), id, Map.of("text", "The first.", "step", "confirm-receipt"));
    assertEquals("engineer", answered.body().get("role").asText());

    Answer list = world.request("ListNotes").by(Token.customer(id)).on(id).send();
    assertEquals(List.of("The first.", "Which one?"), list.body().findValuesAsText("text"));
    assertFalse(list.body().has("next"));
    assertFalse(list.body().at("/notes/0/blocked").asBoolean());
    assertTrue(acts(id).contains("note.posted"));
    String events = world.request("ListEvents").on(id).send().text();
    assertFalse(events.contains("Which one?"), "no text stands in the audit trail");
    assertFalse(asked(id).has("blocked"));
  }

  @Test
  void listsByPageAndByTask() {
    String id = waiting();
    for (int n = 1; n <= 3; n++) {
      post(Token.manager(), id, Map.of("text", "note " + n));
    }
    Answer other =
        world
            .request("PostNote")
            .on(id)
            .path("task", ApiWorld.DOCKER)
            .body("{\"text\": \"elsewhere\"}")
            .send();
    assertEquals(201, other.status(), other.text());

    Answer first =
        world.request("ListNotes").on(id).query("task", ApiWorld.MAIL).query("limit", "2").send();
    assertEquals(List.of("note 3", "note 2"), first.body().findValuesAsText("text"));
    Answer second =
        world
            .request("ListNotes")
            .on(id)
            .query("task", ApiWorld.MAIL)
            .query("cursor", first.body().get("next").asText())
            .send();
    assertEquals(List.of("note 1"), second.body().findValuesAsText("text"));
    assertEquals(4, world.request("ListNotes").on(id).send().body().get("notes").size());
    assertEquals("cursor", world.request("ListNotes").on(id).query("cursor", "x").send().field());
  }

  @Test
  void refusesWhatIsNoNote() {
    String id = waiting();
    assertEquals("text", post(Token.manager(), id, Map.of()).field());
    assertEquals("text", post(Token.manager(), id, Map.of("text", "x".repeat(2001))).field());
    assertEquals(
        "step.unknown", post(Token.manager(), id, Map.of("text", "x", "step", "none")).code());
    assertEquals("blocked", post(Token.manager(), id, Map.of("text", "x", "blocked", 1)).field());
    for (String none : List.of("no-such.task", ApiWorld.MAIL + "@uat", " ")) {
      assertEquals(
          404,
          world
              .request("PostNote")
              .on(id)
              .path("task", none)
              .body("{\"text\": \"x\"}")
              .send()
              .status(),
          none);
    }
    assertEquals(0, world.request("ListNotes").on(id).send().body().get("notes").size());
  }

  @Test
  void whoIsBlockedIsShownUntilItIsSettledAndTheDateStays() {
    String id = waiting();
    String due = asked(id).get("due").asText();
    Answer note = block(Token.customer(id), id);
    assertEquals(201, note.status(), note.text());
    assertEquals("confirm-receipt", note.body().get("step").asText());

    JsonNode blocked = asked(id);
    assertEquals("Carla Customer (sub-carla)", blocked.at("/blocked/by").asText());
    assertEquals("The firewall is in the way.", blocked.at("/blocked/text").asText());
    assertEquals(due, blocked.get("due").asText());
    assertEquals(
        1, world.request("GetPortfolio").send().body().at("/onboardings/0/blocked").asInt());
    assertTrue(acts(id).contains("task.blocked"));
    assertEquals("note.blocked-already", block(Token.customer(id), id).code());

    String open = note.body().get("id").asText();
    Answer settled = settle(Token.engineer(), id, open);
    assertEquals("Eli Engineer (sub-eli)", settled.body().at("/settled/by").asText());
    assertFalse(asked(id).has("blocked"));
    Answer again = settle(Token.manager(), id, open);
    assertEquals("note.settled", again.code());
    assertEquals("Eli Engineer (sub-eli)", again.body().get("by").asText());
    assertTrue(acts(id).contains("note.settled"));
    assertEquals(201, block(Token.customer(id), id).status(), "the next time is another one");
  }

  @Test
  void onlyTheSideThatIsAskedIsBlockedAndOnlyWhileItIs() {
    String id = waiting();
    assertEquals("caller.party", block(Token.engineer(), id).code());
    assertEquals(
        "step.not-asked",
        post(Token.customer(id), id, Map.of("text", "x", "blocked", true, "step", "other")).code());
    world.outcome(id, ApiWorld.MAIL, new Outcome.Done(List.of()));
    assertEquals("task.asks-nobody", block(Token.customer(id), id).code());
    assertEquals(201, post(Token.customer(id), id, Map.of("text", "Thanks.")).status());
  }

  @Test
  void ofSeveralPeopleTheOneWhoWaitsLongestIsShown() {
    String id = waiting();
    String first = block(Token.customer(id), id).body().get("id").asText();
    world.clock().pass(Duration.ofMinutes(1));
    assertEquals(201, block(Token.otherCustomer(id), id).status());
    assertEquals(first, asked(id).at("/blocked/note").asText());
    settle(Token.manager(), id, first);
    assertEquals("Carl Customer (sub-carl)", asked(id).at("/blocked/by").asText());
  }

  @Test
  void whoAnswersIsBlockedNoLonger() {
    String id = waiting();
    block(Token.customer(id), id);
    block(Token.otherCustomer(id), id);
    Answer kept =
        world.complete(Token.customer(id), id, ApiWorld.MAIL, "confirm-receipt", "Both arrived.");
    assertEquals(200, kept.status(), kept.text());
    JsonNode notes = world.request("ListNotes").on(id).send().body().get("notes");
    assertFalse(notes.get(0).has("settled"), "the colleague's");
    assertEquals("Carla Customer (sub-carla)", notes.at("/1/settled/by").asText());
  }

  @Test
  void anotherStepIsAskedOfWhoWasBlockedAtTheOneBefore() {
    String id = waiting();
    block(Token.customer(id), id);
    ask(id, "another-step");
    assertFalse(asked(id).has("blocked"));
    assertEquals(201, block(Token.customer(id), id).status());
  }

  @Test
  void ofTwoWhoSettleAtOnceOneDoes() throws Exception {
    String id = waiting();
    String note = block(Token.customer(id), id).body().get("id").asText();
    Callable<Answer> one = () -> settle(Token.manager(), id, note);
    try (var pool = Executors.newFixedThreadPool(2)) {
      List<Integer> answers =
          pool.invokeAll(List.of(one, one)).stream()
              .map(each -> each.resultNow().status())
              .toList();
      assertEquals(List.of(200, 409), answers.stream().sorted().toList());
    }
  }

  @Test
  void nothingIsWrittenWhereItHasEnded() {
    String id = waiting();
    String note = block(Token.customer(id), id).body().get("id").asText();
    world.request("CancelOnboarding").on(id).body("{\"reason\": \"the end\"}").send();
    assertEquals("onboarding.cancelled", block(Token.customer(id), id).code());
    assertEquals("onboarding.cancelled", settle(Token.manager(), id, note).code());
    assertEquals(200, world.request("ListNotes").on(id).send().status());
  }

  @Test
  void aNoteThatIsNoneIsNotSettled() {
    String id = waiting();
    String question = post(Token.customer(id), id, Map.of("text", "?")).body().get("id").asText();
    assertEquals("note.not-blocked", settle(Token.manager(), id, question).code());
    for (String none : List.of("", "x", "META", "01KB5N6Q3T8YV2W4X6Z8A0B2C4")) {
      assertEquals("note.unknown", settle(Token.manager(), id, none).code(), none);
    }
  }
}
