package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another value for something that runs: its effect is seen first, and applied as it was seen. */
class ChangeInFlightTest {
  private static final String CHOSEN =
      "{\"externalIps\": false, \"monitoring\": true, \"backuper\": false}";
  private static final String MORE = CHOSEN.replace("Ips\": false", "Ips\": true");
  private static final String MAIL_SERVER =
      "{\"host\": \"smtp.hoster.example\", \"port\": 587, \"encryption\": \"STARTTLS\","
          + " \"from\": \"noreply@hoster.example\"}";
  private static final String OTHER_PORT = MAIL_SERVER.replace("587", "465");
  private static final String MONITORING = "technical-configuration.set-up-monitoring";

  private final ApiWorld world = new ApiWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private String started() {
    String id = world.running();
    world.save(id, "activities", 0, CHOSEN);
    world.save(id, "mail-server", 0, MAIL_SERVER);
    world.outcome(id, ApiWorld.PLATFORM, done());
    world.outcome(id, ApiWorld.MAIL, done());
    world.outcome(id, ApiWorld.IPS, new Outcome.Skipped("intake", "not chosen"));
    return id;
  }

  private static Outcome done() {
    return new Outcome.Done(
        List.of(
            new Evidence("probe", Evidence.Place.HANDLER, Instant.EPOCH, "x", "y", null, false)));
  }

  private Answer apply(String id, String element, long seen, String value, String effect) {
    return apply(Token.customer(id), id, element, seen, value, effect);
  }

  private Answer apply(
      Token by, String id, String element, long seen, String value, String effect) {
    var request =
        world
            .request("SaveElement")
            .by(by)
            .on(id)
            .path("element", element)
            .header("If-Match", "\"" + seen + "\"")
            .body(value);
    return (effect == null ? request : request.header("effect-hash", effect)).send();
  }

  private static Map<String, String> effects(JsonNode tasks) {
    Map<String, String> effects = new TreeMap<>();
    for (JsonNode task : tasks) {
      if (!task.path("effect").asText().equals("UNCHANGED")) {
        effects.put(
            task.path("task").asText(),
            task.path("effect").asText() + ": " + task.path("rule").asText());
      }
    }
    return effects;
  }

  @Test
  void tellsTheEffectAndAppliesItAsSeen() {
    String id = started();
    String before = world.tableText();

    Answer preview = world.preview(id, "mail-server", OTHER_PORT);
    assertEquals(200, preview.status(), preview.text());
    assertEquals(
        Map.of(ApiWorld.MAIL, "INVALID: rests on Mail server"),
        effects(preview.body().path("tasks")));
    assertTrue(preview.body().path("needed").asBoolean());
    assertEquals("\"1\"", preview.headers().get("ETag"));
    assertEquals(before, world.tableText(), "a preview has no side effect");

    Answer unseen = apply(id, "mail-server", 1, OTHER_PORT, null);
    assertEquals(428, unseen.status(), unseen.text());
    assertEquals("effect.not-seen", unseen.code());
    assertEquals(preview.body().path("hash"), unseen.body().path("currentHash"));
    assertEquals(preview.body().path("tasks"), unseen.body().path("effect"));
    assertEquals(before, world.tableText());

    Answer saved = apply(id, "mail-server", 1, OTHER_PORT, preview.body().path("hash").asText());
    assertEquals(200, saved.status(), saved.text());
    assertEquals(ApiWorld.array("[\"" + ApiWorld.MAIL + "\"]"), saved.body().get("rechecked"));

    JsonNode progress = world.request("GetOnboarding").on(id).send().body();
    for (JsonNode task : progress.at("/sections/0/tasks")) {
      assertEquals(
          task.path("task").asText().equals(ApiWorld.MAIL), task.path("askedAgain").asBoolean());
    }
    assertEquals(1, progress.at("/progress/open").asInt());
  }

  @Test
  void refusesAStaleEffectWithTheDifference() {
    String id = started();
    String hash = world.preview(id, "mail-server", OTHER_PORT).body().path("hash").asText();

    Answer otherValue = apply(id, "mail-server", 1, MAIL_SERVER.replace("587", "25"), hash);
    assertEquals(409, otherValue.status(), otherValue.text());
    assertEquals("effect.stale", otherValue.code());
    assertEquals(ApiWorld.array("[]"), otherValue.body().path("difference"));

    // Somebody decides to do without it meanwhile.
    assertEquals(202, world.act("RetryTask", Token.manager(), id, ApiWorld.MAIL).status());
    world.outcome(id, ApiWorld.MAIL, new Outcome.Failed(problem(), null, List.of()));
    assertEquals(202, world.act("WaiveTask", Token.engineer(), id, ApiWorld.MAIL).status());
    assertEquals(202, world.act("ApproveTask", Token.manager(), id, ApiWorld.MAIL).status());

    Answer stale = apply(id, "mail-server", 1, OTHER_PORT, hash);
    assertEquals(409, stale.status(), stale.text());
    assertEquals(
        ApiWorld.array(
            "[{\"task\": \""
                + ApiWorld.MAIL
                + "\", \"before\": \"INVALID\","
                + " \"now\": \"UNCHANGED\"}]"),
        stale.body().path("difference"));
    assertEquals(1, world.context().elements().find(id, "mail-server").orElseThrow().version());
    assertEquals(409, apply(id, "mail-server", 1, OTHER_PORT, "nonsense").status());
    assertEquals(
        200,
        apply(id, "mail-server", 1, OTHER_PORT, stale.body().path("currentHash").asText())
            .status());
  }

  private static dev.slipway.ledger.Problem problem() {
    return new dev.slipway.ledger.Problem("smtp.x", "smtp", "mail-server", "no", "mend it");
  }

  @Test
  void tellsWhatIsNewAndWhatIsNoLongerChosen() {
    String id = started();
    world.outcome(id, MONITORING, done());

    Answer more = world.preview(id, "activities", MORE);
    assertEquals(
        "NEW: not chosen at intake: taken only if “Activities wanted, External IPs” is chosen",
        effects(more.body().path("tasks")).get(ApiWorld.IPS));
    assertEquals("external-ip-ranges", more.body().at("/missing/0/field").asText());

    Answer less =
        world.preview(
            id, "activities", CHOSEN.replace("monitoring\": true", "monitoring\": false"));
    assertEquals(
        "NOT_CHOSEN: not chosen at intake: taken only if “Activities wanted, Monitoring” is chosen",
        effects(less.body().path("tasks")).get(MONITORING));
  }

  @Test
  void whatRestsOnWhatChangesIsLookedAtAgainToo() {
    String id = started();
    world.save(id, "platform", 0, "{\"domain\": \"paas.hoster.example\"}");
    world.outcome(id, ApiWorld.PLATFORM, done());
    world.outcome(id, ApiWorld.MAIL, done());

    Answer saved = world.save(id, "platform", 1, "{\"domain\": \"paas2.hoster.example\"}");

    assertEquals(
        ApiWorld.array(
            "[\"" + ApiWorld.PLATFORM + "\", \"" + ApiWorld.MAIL + "\", \"" + ApiWorld.IPS + "\"]"),
        saved.body().get("rechecked"));
    assertTrue(
        world.context().tasks().of(id, TaskKey.parse(ApiWorld.MAIL)).requestedGeneration()
            > world.context().tasks().of(id, TaskKey.parse(ApiWorld.MAIL)).handledGeneration());
  }

  /** Wake asks it after the last one that it waits for; then it looks at all of them. */
  @Test
  void whatOnlyRestsOnWhatChangesAndWaitsForOtherTasksIsLeftAlone() {
    String id = started();
    world.save(id, "platform", 0, "{\"domain\": \"paas.hoster.example\"}");
    world.outcome(id, ApiWorld.PLATFORM, done());
    Outcome waiting = Outcome.Waiting.onTasks(List.of(ApiWorld.DOCKER));
    world.outcome(id, ApiWorld.MAIL, waiting);
    world.outcome(id, MONITORING, waiting);

    Answer saved = world.save(id, "platform", 1, "{\"domain\": \"paas2.hoster.example\"}");

    // The mail server's task reads the platform itself: it may wait for other tasks than before.
    assertEquals(
        ApiWorld.array(
            "[\"" + ApiWorld.PLATFORM + "\", \"" + ApiWorld.MAIL + "\", \"" + ApiWorld.IPS + "\"]"),
        saved.body().get("rechecked"));
    TaskRecord monitoring = world.context().tasks().of(id, TaskKey.parse(MONITORING));
    assertEquals(monitoring.handledGeneration(), monitoring.requestedGeneration());
  }

  /** The attempt may have read the old value already. */
  @Test
  void whatRestsOnWhatChangesAndIsBeingPerformedIsAskedAlthoughItWaitedBefore() {
    String id = started();
    world.save(id, "platform", 0, "{\"domain\": \"paas.hoster.example\"}");
    world.outcome(id, ApiWorld.PLATFORM, done());
    world.outcome(id, MONITORING, Outcome.Waiting.onTasks(List.of(ApiWorld.DOCKER)));
    TaskRecord monitoring = world.context().tasks().of(id, TaskKey.parse(MONITORING));
    world.context().tasks().save(id, monitoring, world.claimed(monitoring, 1));

    Answer saved = world.save(id, "platform", 1, "{\"domain\": \"paas2.hoster.example\"}");

    assertTrue(saved.body().path("rechecked").toString().contains(MONITORING), saved.text());
  }

  @Test
  void needsNoEffectBeforeTheFirstStart() {
    String id = world.create();
    Answer preview = world.preview(id, "mail-server", MAIL_SERVER);
    assertFalse(preview.body().path("needed").asBoolean());
    assertEquals(200, world.save(id, "mail-server", 0, MAIL_SERVER).status());
  }

  @Test
  void whatChangesNothingFinalIsSimplySaved() {
    String id = world.running();
    world.outcome(id, ApiWorld.PLATFORM, new Outcome.Failed(problem(), null, List.of()));
    assertFalse(world.preview(id, "mail-server", MAIL_SERVER).body().path("needed").asBoolean());
    Answer first =
        world
            .request("SaveElement")
            .by(Token.customer(id))
            .on(id)
            .path("element", "mail-server")
            .header("If-None-Match", "*")
            .body(MAIL_SERVER)
            .send();
    assertEquals(200, first.status(), first.text());

    // What failed is mended by another value; that needs no asking either.
    world.outcome(id, ApiWorld.MAIL, new Outcome.Failed(problem(), null, List.of()));
    Answer mended = apply(id, "mail-server", 1, OTHER_PORT, null);
    assertEquals(200, mended.status(), mended.text());
    assertTrue(mended.body().path("rechecked").toString().contains(ApiWorld.MAIL));

    // Whoever names an effect is held to it all the same.
    assertEquals(409, apply(id, "mail-server", 2, MAIL_SERVER, "nonsense").status());

    world.outcome(id, ApiWorld.MAIL, done());
    assertEquals(428, apply(id, "mail-server", 2, MAIL_SERVER, null).status());
  }

  @Test
  void previewsOnlyWhatCouldBeSaved() {
    String id = started();
    assertEquals(422, world.preview(id, "mail-server", "{\"port\": \"x\"}").status());
    assertEquals(404, world.preview(id, "nothing", "{}").status());
    assertEquals(422, world.preview(id, "smtp", "{}").status());
    assertEquals(400, world.preview(id, "mail-server", "{").status());
    assertEquals(
        404,
        world
            .request("PreviewElement")
            .by(Token.otherCustomer("another"))
            .on(id)
            .path("element", "mail-server")
            .body(MAIL_SERVER)
            .send()
            .status());
  }

  @Test
  void ofTwoWhoSawTheSameEffectOneWins() throws Exception {
    String id = started();
    String hash = world.preview(id, "mail-server", OTHER_PORT).body().path("hash").asText();
    List<Callable<Answer>> both =
        List.of(
            () -> apply(Token.customer(id), id, "mail-server", 1, OTHER_PORT, hash),
            () -> apply(Token.manager(), id, "mail-server", 1, OTHER_PORT, hash));
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (var answer : threads.invokeAll(both)) {
        statuses.add(answer.get().status());
      }
    }
    statuses.sort(null);
    assertEquals(List.of(200, 412), statuses);
    assertEquals(
        1, world.context().tasks().of(id, TaskKey.parse(ApiWorld.MAIL)).requestedGeneration());
  }
}
