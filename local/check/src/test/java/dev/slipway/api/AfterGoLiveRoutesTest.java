package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.LookSchedule;
import dev.slipway.ledger.LookedAt;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.People;
import dev.slipway.ledger.Sight;
import dev.slipway.ledger.SignedReport;
import dev.slipway.ledger.TaskKey;
import dev.slipway.privacy.EraseOnboarding;
import dev.slipway.report.Addenda;
import dev.slipway.testing.TestLambdaContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The routes by which people have an onboarding looked at after go-live. */
class AfterGoLiveRoutesTest {
  private static final Actor TEST = Actor.system("test");

  private final ApiWorld world = new ApiWorld();
  private final FunctionContext context = world.context();

  @AfterEach
  void close() {
    world.close();
  }

  private String signedOff() {
    String id = world.running();
    Onboarding before = context.onboardings().find(id).orElseThrow();
    Instant now = world.clock().instant();
    context
        .signOffs()
        .signOff(
            before,
            before.signedOff(now).erasingAt(now.plus(Duration.ofDays(30))),
            new SignedReport("0".repeat(64), 1, "f", "k", "ECDSA_SHA_256", "", "m", now, null),
            People.none(),
            TEST);
    return id;
  }

  private Answer choose(Token by, String id, String body) {
    return world.request("ScheduleLooks").by(by).on(id).body(body).send();
  }

  private JsonNode looks(String id) {
    return world.request("ListLooks").by(Token.customer(id)).on(id).send().body();
  }

  /** A look that has found one row to hold. */
  private void looked(String id, String why) {
    world.clock().pass(Duration.ofDays(7));
    begin(id);
    Onboarding onboarding = context.onboardings().find(id).orElseThrow();
    LookSchedule schedule = context.looks().schedule(id).orElseThrow();
    context
        .looks()
        .save(
            id,
            context
                .looks()
                .looked(id, new TaskKey(ApiWorld.MAIL, ""))
                .seen(schedule.run(), Sight.holds(world.clock().instant(), why, List.of())));
    new Addenda(context).conclude(onboarding, schedule, false, TEST);
  }

  private void begin(String id) {
    context
        .looks()
        .save(
            id,
            context
                .looks()
                .schedule(id)
                .orElseThrow()
                .begun(context.onboardings().find(id).orElseThrow(), world.clock().instant()),
            TEST,
            "look.began",
            null);
  }

  private JsonNode erase() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new EraseOnboarding(context)
        .handleRequest(new ByteArrayInputStream(new byte[0]), out, new TestLambdaContext(60_000));
    return Json.MAPPER.readTree(out.toByteArray());
  }

  @Test
  void theManagerChoosesHowOftenOnceItIsSignedOff() {
    String running = world.running();
    Answer early = choose(Token.manager(), running, "{\"everyDays\": 7}");
    assertEquals(409, early.status());
    assertEquals("onboarding.state", early.code());
    assertEquals(0, looks(running).path("everyDays").asInt());

    String id = signedOff();
    for (Token other : List.of(Token.engineer(), Token.customer(id))) {
      assertEquals(403, choose(other, id, "{\"everyDays\": 7}").status());
    }
    for (String wrong : List.of("{}", "{\"everyDays\": -1}", "{\"everyDays\": 367}")) {
      Answer refused = choose(Token.manager(), id, wrong);
      assertEquals(422, refused.status(), wrong);
      assertEquals("everyDays", refused.field(), wrong);
    }
    Answer chosen = choose(Token.manager(), id, "{\"everyDays\": 7}");
    assertEquals(200, chosen.status(), chosen.text());
    assertEquals(
        world.clock().instant().plus(Duration.ofDays(7)).toString(),
        looks(id).path("nextAt").asText());
    assertEquals("Mara Manager (sub-mara)", looks(id).path("setBy").asText());

    choose(Token.manager(), id, "{\"everyDays\": 0}");
    assertFalse(looks(id).has("nextAt"));
  }

  @Test
  void everybodyOfTheOnboardingReadsItsAddenda() {
    String id = signedOff();
    choose(Token.manager(), id, "{\"everyDays\": 7}");
    looked(id, "It ends in <b>12</b> days.");

    assertEquals(1, looks(id).at("/addenda/0/number").asInt());
    assertFalse(looks(id).at("/addenda/0/news").asBoolean());
    Answer addendum =
        world.request("GetAddendum").by(Token.customer(id)).on(id).path("number", "1").send();
    assertEquals(200, addendum.status(), addendum.text());
    assertTrue(addendum.text().contains("It ends in"), addendum.text());
    Answer page =
        world.request("GetAddendum").on(id).path("number", "1").query("format", "html").send();
    assertTrue(page.text().contains("It ends in &lt;b&gt;12&lt;/b&gt; days."), page.text());
    for (String unknown : List.of("2", "0", "x", "99999999999")) {
      Answer none = world.request("GetAddendum").on(id).path("number", unknown).send();
      assertEquals(404, none.status(), unknown);
      assertEquals("addendum.unknown", none.code());
    }
    Answer form =
        world.request("GetAddendum").on(id).path("number", "1").query("format", "pdf").send();
    assertEquals("query.format", form.code());
  }

  @Test
  void aLookUnderWayIsStoppedBeforeTheErasureAndNothingOfItStays() throws IOException {
    String id = signedOff();
    choose(Token.manager(), id, "{\"everyDays\": 7}");
    looked(id, "mark-of-a-look");
    begin(id);
    world.clock().pass(Duration.ofDays(31));

    assertEquals(0, erase().path("erased").asInt(), "Wake stops the look first");
    LookSchedule halting = context.looks().schedule(id).orElseThrow();
    assertEquals(LookSchedule.State.HALTING, halting.state());
    context.looks().save(id, halting.rests(), TEST, "look.stopped", null);
    assertEquals(1, erase().path("erased").asInt());

    assertFalse(world.tableText().contains("mark-of-a-look"));
    assertEquals(Optional.empty(), context.looks().schedule(id));
    assertEquals(List.of(), context.looks().addenda(id));
    assertEquals(List.<LookedAt>of(), context.looks().looked(id));
    Answer late = choose(Token.manager(), id, "{\"everyDays\": 7}");
    assertEquals("onboarding.erased", late.code());
    assertFalse(looks(id).has("until"));
  }
}
