package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.credentials.Grade;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import dev.slipway.privacy.EraseOnboarding;
import dev.slipway.testing.TestLambdaContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People without an account: what their link, code and cookie open, and what they never do. */
class GuestRoutesTest {
  private static final Pattern LINK =
      Pattern.compile("https://slipway\\.example/app/g/([a-z0-9-]+)\\.(\\w+)#([\\w-]+)");
  private static final String ADDRESS = "ilse@installer.example";
  private static final List<String> OF_GUESTS =
      List.of(
          "GetGuestAsk",
          "DownloadAsGuest",
          "AnswerAsGuest",
          "UploadAsGuest",
          "SaveAsGuest",
          "StoreAsGuest");

  private final FakeMails mails = new FakeMails();
  private final ApiWorld world = new ApiWorld(mails);

  @AfterEach
  void close() {
    world.close();
    mails.close();
  }

  /** A guest with a link, and what their browser keeps. */
  private final class Guest {
    private final String onboarding;
    private final String grant;
    private final String secret;
    private String cookie = "";

    Guest(String mail) {
      Matcher link = LINK.matcher(mail);
      assertTrue(link.find(), mail);
      onboarding = link.group(1);
      grant = link.group(2);
      secret = link.group(3);
    }

    ApiWorld.Request request(String operation) {
      ApiWorld.Request request =
          world
              .request(operation)
              .by(null)
              .on(onboarding)
              .path("grant", grant)
              .header("Slipway-Guest", "1")
              .header("Sec-Fetch-Site", "same-origin");
      return cookie.isEmpty() ? request : request.cookie(cookie);
    }

    Answer code() {
      return request("SendGuestCode").body("{\"secret\": \"%s\"}".formatted(secret)).send();
    }

    /** As it stands in the last mail. */
    String mailedCode() {
      assertEquals(ADDRESS, mails.last().to());
      return mails.last().subject().replaceFirst(".* ", "");
    }

    Answer session(String code) {
      Answer answer =
          request("OpenGuestSession")
              .body("{\"secret\": \"%s\", \"code\": \"%s\"}".formatted(secret, code))
              .send();
      if (answer.status() == 200) {
        cookie = answer.headers().get("Set-Cookie").replaceFirst(";.*", "");
      }
      return answer;
    }

    Guest comesIn() {
      assertEquals(202, code().status());
      Answer in = session(mailedCode());
      assertEquals(200, in.status(), in.text());
      return this;
    }

    Answer ask() {
      return request("GetGuestAsk").send();
    }

    Answer says(String statement) {
      return request("AnswerAsGuest").body("{\"statement\": \"%s\"}".formatted(statement)).send();
    }
  }

  private String waiting() {
    String id = world.running();
    ask(id, ApiWorld.MAIL, "confirm-receipt", Party.CUSTOMER);
    return id;
  }

  private void ask(String id, String task, String step, Party party) {
    ask(id, task, step, party, "Say whether both arrived.");
  }

  private void ask(String id, String task, String step, Party party, String instructions) {
    world.outcome(
        id,
        task,
        new Outcome.Waiting(
            party,
            step,
            List.of(),
            instructions,
            "Somebody looks.",
            world.clock().instant().plus(Duration.ofDays(3)),
            null,
            null,
            List.of()));
  }

  private Answer delegate(Token by, String id) {
    return world
        .request("DelegateTask")
        .by(by)
        .on(id)
        .path("task", ApiWorld.MAIL)
        .body(
            Json.tree(
                    Map.of(
                        "reason",
                        "she is at the site",
                        "access",
                        true,
                        "to",
                        Map.of("name", "Ilse Install", "email", ADDRESS)))
                .toString())
        .send();
  }

  private Guest atStep(String id) {
    Answer delegated = delegate(Token.customer(id), id);
    assertEquals(200, delegated.status(), delegated.text());
    assertTrue(delegated.body().at("/guest/mailed").asBoolean(), delegated.text());
    assertFalse(delegated.body().at("/guest").has("link"));
    return new Guest(mails.last().text());
  }

  private Answer grant(Token by, String id, String kind, String what) {
    return world
        .request("GrantGuest")
        .by(by)
        .on(id)
        .body(Json.tree(Map.of("name", "Ilse Install", "email", ADDRESS, kind, what)).toString())
        .send();
  }

  private Guest at(String id, String kind, String what) {
    Answer granted = grant(Token.customer(id), id, kind, what);
    assertEquals(201, granted.status(), granted.text());
    return new Guest(mails.last().text());
  }

  private List<String> acts(String id) {
    return world
        .request("ListEvents")
        .on(id)
        .query("limit", "200")
        .send()
        .body()
        .findValuesAsText("what");
  }

  @Test
  void aGuestAnswersOneStepWithALinkAndACode() {
    String id = waiting();
    Guest guest = atStep(id);
    assertFalse(world.tableText().contains(guest.secret));
    assertEquals("guest.signed-out", guest.ask().code(), "the link alone opens nothing");

    Answer code = guest.code();
    assertEquals("i…@installer.example", code.body().get("to").asText());
    assertFalse(world.tableText().contains("your code"), "no code is kept");
    Answer in = guest.session(guest.mailedCode());
    String cookie = in.headers().get("Set-Cookie");
    for (String flag : List.of("Secure", "HttpOnly", "SameSite=Strict", "Path=/;")) {
      assertTrue(cookie.contains(flag), cookie);
    }
    JsonNode asked = guest.ask().body();
    assertEquals("Say whether both arrived.", asked.at("/step/instructions").asText());
    assertEquals("Carla Customer", asked.get("grantedBy").asText());
    assertEquals("Example Hosting", asked.get("onboardingName").asText());
    assertFalse(asked.get("step").has("waitsFor") || asked.get("step").has("blocked"));

    Answer said = guest.says("Both arrived.");
    assertEquals(200, said.status(), said.text());
    assertEquals(
        "Ilse Install (guest of Carla Customer)",
        world
            .context()
            .answers()
            .find(id, TaskKey.parse(ApiWorld.MAIL), "confirm-receipt")
            .orElseThrow()
            .by());
    world.outcome(id, ApiWorld.MAIL, new Outcome.Done(List.of()));
    assertFalse(guest.ask().body().has("step"), "done");
    assertEquals("guest.done", guest.says("Once more.").code());
    assertTrue(
        acts(id)
            .containsAll(
                List.of("guest.granted", "guest.code-sent", "guest.signed-in", "step.answered")));
  }

  @Test
  void aGuestGivesOneElementWithItsFile() {
    String id = world.create();
    Guest guest = at(id, "element", "mail-server").comesIn();
    JsonNode asked = guest.ask().body().get("element");
    assertEquals("mail-server", asked.get("element").asText());
    assertTrue(asked.has("schema"));
    assertFalse(asked.has("by") || asked.has("row"));

    Answer file =
        guest
            .request("UploadAsGuest")
            .header("Content-Type", "text/plain")
            .header("X-File-Name", "map.txt")
            .base64("bWFw")
            .send();
    assertEquals(201, file.status(), file.text());
    Answer wrong = guest.request("SaveAsGuest").header("If-None-Match", "*").body("{}").send();
    assertEquals("element.schema", wrong.code());
    Answer none = guest.request("SaveAsGuest").body("{}").send();
    assertNotEquals(200, none.status());
    assertEquals("guest.scope", guest.says("It is done.").code());
    assertEquals(
        "guest.scope", guest.request("StoreAsGuest").body("{\"user\": \"x\"}").send().code());

    Guest platform = at(id, "element", "platform").comesIn();
    Answer saved =
        platform
            .request("SaveAsGuest")
            .header("If-None-Match", "*")
            .body("{\"domain\": \"paas.hoster.example\"}")
            .send();
    assertEquals(200, saved.status(), saved.text());
    assertEquals(List.of("at"), saved.body().propertyStream().map(Map.Entry::getKey).toList());
    assertEquals(
        "Ilse Install (guest of Carla Customer)",
        world.context().elements().find(id, "platform").orElseThrow().by());
    assertEquals(
        412,
        platform
            .request("SaveAsGuest")
            .header("If-None-Match", "*")
            .body("{\"domain\": \"other.hoster.example\"}")
            .send()
            .status());
  }

  @Test
  void aGuestReadsTheFilesThatTheirAskNamesAndNoOthers() {
    String id = waiting();
    String named = keep(id, "named.txt");
    String other = keep(id, "other.txt");
    ask(
        id,
        ApiWorld.MAIL,
        "confirm-receipt",
        Party.CUSTOMER,
        "Both are in the file " + named + ".");
    Guest guest = atStep(id).comesIn();
    assertEquals(
        "[{\"sha256\":\"%s\",\"name\":\"named.txt\"}]".formatted(named),
        guest.ask().body().get("files").toString());

    Answer file = guest.request("DownloadAsGuest").path("sha256", named).send();
    assertEquals(200, file.status(), file.text());
    assertEquals("application/octet-stream", file.headers().get("Content-Type"));
    assertEquals(
        "attachment; filename*=UTF-8''named.txt", file.headers().get("Content-Disposition"));
    for (String wrong : List.of(other, "0".repeat(64), "x")) {
      assertEquals(
          "guest.scope",
          guest.request("DownloadAsGuest").path("sha256", wrong).send().code(),
          wrong);
    }
  }

  private String keep(String id, String name) {
    return world
        .context()
        .files()
        .keep(id, name.getBytes(StandardCharsets.UTF_8), name, "text/plain", Actor.system("test"))
        .sha256();
  }

  @Test
  void aGuestIsToldWhatAnotherValueWouldDoBeforeItIsSaved() {
    String id = world.running();
    world.save(id, "platform", 0, "{\"domain\": \"paas.hoster.example\"}");
    world.outcome(id, ApiWorld.PLATFORM, new Outcome.Done(List.of()));
    Guest guest = at(id, "element", "platform").comesIn();
    String before = world.tableText();

    Answer told = saved(guest, "other", "");
    assertEquals(428, told.status(), told.text());
    assertTrue(told.body().get("detail").asText().contains("With yours, 1 row is done again"));
    assertFalse(told.text().contains(ApiWorld.PLATFORM), "which rows is not for a guest to know");
    assertEquals(before, world.tableText());

    String hash = told.body().get("currentHash").asText();
    Answer another = saved(guest, "third", hash);
    assertEquals(428, another.status(), "it was told of another value");
    assertEquals(200, saved(guest, "other", hash).status());
    assertEquals(
        "other.hoster.example",
        world
            .context()
            .elements()
            .find(id, "platform")
            .orElseThrow()
            .value()
            .at("/domain")
            .asText());
  }

  private static Answer saved(Guest guest, String domain, String effect) {
    ApiWorld.Request request = guest.request("SaveAsGuest").header("If-Match", "\"1\"");
    return (effect.isEmpty() ? request : request.header("Effect-Hash", effect))
        .body("{\"domain\": \"%s.hoster.example\"}".formatted(domain))
        .send();
  }

  /** One browser keeps both: the second link does not end the first. */
  @Test
  void aGuestMayBeAskedForTwoThingsAtATime() {
    String id = waiting();
    Guest step = atStep(id).comesIn();
    Guest value = at(id, "element", "platform").comesIn();
    for (Guest guest : List.of(step, value)) {
      Answer asked = guest.request("GetGuestAsk").cookie(step.cookie).cookie(value.cookie).send();
      assertEquals(200, asked.status(), asked.text());
      assertEquals(guest == step, asked.body().has("step"));
      assertEquals(guest == value, asked.body().has("element"));
    }
  }

  @Test
  void aGuestHandsInOneCredentialWhichIsTestedAndNeverShown() {
    String id = world.create();
    world.save(id, "mail-server", 0, "{}");
    world.grading("smtp", Grade.VALID);
    Guest guest = at(id, "credential", "smtp").comesIn();
    Answer stored =
        guest
            .request("StoreAsGuest")
            .body("{\"user\": \"u\", \"password\": \"marker-password-9\"}")
            .send();
    assertEquals("VALID", stored.body().path("grade").asText(), stored.text());
    assertFalse(stored.body().has("rechecked"));
    assertEquals(
        "guest.scope",
        guest.request("UploadAsGuest").header("X-File-Name", "x.txt").body("x").send().code());
    assertTrue(guest.ask().body().at("/credential/usable").asBoolean());
    assertFalse(guest.ask().text().contains("marker-password-9"));
  }

  @Test
  void fiveWrongCodesSpendACodeAndThreeCodesGoOutInAnHour() {
    Guest guest = atStep(waiting());
    assertEquals("guest.code-spent", guest.session("123456").code(), "none was asked for");
    guest.code();
    String right = guest.mailedCode();
    for (int n = 1; n <= 5; n++) {
      assertEquals("guest.code-wrong", guest.session("x" + n).code());
    }
    assertEquals("guest.code-spent", guest.session(right).code(), "five tries");
    guest.code();
    guest.code();
    Answer fourth = guest.code();
    assertEquals(429, fourth.status());
    assertTrue(fourth.headers().containsKey("Retry-After"));
    world.clock().pass(Duration.ofMinutes(61));
    guest.comesIn();
    assertEquals("guest.code-spent", guest.session(guest.mailedCode()).code(), "once");
  }

  @Test
  void twentyWrongCodesEndTheAccess() {
    String id = waiting();
    Guest guest = atStep(id);
    for (int n = 0; n < 4; n++) {
      guest.code();
      for (int tries = 0; tries < 5; tries++) {
        guest.session("wrong");
      }
      world.clock().pass(Duration.ofMinutes(30));
    }
    assertEquals("guest.ended", guest.code().code());
    assertTrue(acts(id).contains("guest.ended"));
  }

  @Test
  void aCodeIsGoodForTenMinutesAndACookieForEightHours() {
    Guest guest = atStep(waiting());
    guest.code();
    world.clock().pass(Duration.ofMinutes(11));
    assertEquals("guest.code-spent", guest.session(guest.mailedCode()).code());
    guest.comesIn();
    world.clock().pass(Duration.ofHours(9));
    assertEquals("guest.signed-out", guest.ask().code());
    guest.comesIn();
    assertEquals(200, guest.ask().status());
    world.clock().pass(Duration.ofDays(15));
    assertEquals("guest.ended", guest.code().code(), "fourteen days");
    assertEquals(410, guest.ask().status());
  }

  /** A mail scanner opens what it finds; a browser sends no cookie from another site. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | cross-site",
        "1 | same-site",
        "1 | none",
        "1 |",
        "| same-origin",
        "2 | same-origin"
      })
  void nothingIsTakenFromAnotherSitesPage(String header, String site) {
    Guest guest = atStep(waiting()).comesIn();
    List<String> all = new java.util.ArrayList<>(OF_GUESTS);
    all.addAll(List.of("SendGuestCode", "OpenGuestSession"));
    for (String operation : all) {
      ApiWorld.Request request =
          guest
              .request(operation)
              .header("Slipway-Guest", String.valueOf(header))
              .header("Sec-Fetch-Site", String.valueOf(site))
              .body("{}");
      assertEquals("guest.cross-site", request.send().code(), operation);
    }
  }

  @Test
  void lookingSpendsNothing() {
    String id = waiting();
    Guest guest = atStep(id);
    String before = world.tableText();
    for (String operation : OF_GUESTS) {
      assertEquals("guest.signed-out", guest.request(operation).body("{}").send().code());
    }
    assertEquals(before, world.tableText());
    guest.comesIn();
    before = world.tableText();
    assertEquals(200, guest.ask().status());
    assertEquals(before, world.tableText());
  }

  @Test
  void anotherGuestsAskIsNotTheirs() {
    String one = waiting();
    String two = waiting();
    Guest ilse = atStep(one).comesIn();
    Guest other = atStep(two);
    other.cookie = ilse.cookie;
    for (String operation : OF_GUESTS) {
      assertEquals("guest.signed-out", other.request(operation).body("{}").send().code());
    }
    Guest forged = atStep(two);
    forged.cookie = ilse.cookie.replace(ilse.grant, forged.grant);
    assertEquals("guest.signed-out", forged.ask().code());
    Guest elsewhere = new Guest("https://slipway.example/app/g/%s.%s#x".formatted(two, ilse.grant));
    elsewhere.cookie = ilse.cookie;
    assertEquals("guest.signed-out", elsewhere.ask().code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "nX3vQ0tJ6bW1rYkZ8mP5sL2dF7gH4aC9uE0iO3xT6wE"})
  void aLinkThatIsNotWholeSendsNoCode(String secret) {
    Guest guest = atStep(waiting());
    int sent = mails.mails().size();
    Guest thief =
        new Guest(
            "https://slipway.example/app/g/%s.%s#%s"
                .formatted(guest.onboarding, guest.grant, secret.isEmpty() ? "-" : secret));
    assertEquals("guest.unknown", thief.code().code());
    assertEquals("guest.unknown", thief.session("123456").code());
    Guest nowhere =
        new Guest("https://slipway.example/app/g/%s.META#%s".formatted(guest.onboarding, "x"));
    assertEquals("guest.unknown", nowhere.code().code());
    assertEquals(sent, mails.mails().size());
  }

  @Test
  void whoLeadsEndsAnAccessWhichThenOpensNothing() {
    String id = waiting();
    Guest guest = atStep(id).comesIn();
    JsonNode listed = world.request("ListPeople").on(id).send().body().at("/guests/0");
    assertEquals(ApiWorld.MAIL, listed.at("/about/task").asText());
    assertEquals("OPEN", listed.get("state").asText());
    Answer ended =
        world
            .request("EndPerson")
            .on(id)
            .path("person", guest.grant)
            .body("{\"reason\": \"the site is closed\"}")
            .send();
    assertEquals(200, ended.status(), ended.text());
    assertEquals(410, guest.ask().status());
    assertEquals(410, guest.says("Both arrived.").status());
    assertEquals(410, guest.code().status());
    assertEquals(
        "ENDED", world.request("ListPeople").on(id).send().body().at("/guests/0/state").asText());
  }

  @Test
  void aGuestsCookieOpensNoOtherRoute() {
    String id = waiting();
    Guest guest = atStep(id).comesIn();
    for (String operation :
        List.of(
            "ApproveTask",
            "WaiveTask",
            "SkipTask",
            "RetryTask",
            "GetOnboarding",
            "ListFiles",
            "ListNotes",
            "PostNote",
            "CompleteTask",
            "ListPeople",
            "InvitePerson")) {
      assertEquals(
          401,
          guest.request(operation).path("task", ApiWorld.MAIL).body("{}").send().status(),
          operation);
    }
    Token token = new Token("sub-g", "G", "[guest]", id);
    assertEquals(403, world.request("GetOnboarding").by(token).on(id).send().status());
  }

  @Test
  void whatAnotherPersonAnsweredMeanwhileIsSaidWithoutTheirName() {
    String id = waiting();
    Guest guest = atStep(id).comesIn();
    world.complete(Token.customer(id), id, ApiWorld.MAIL, "confirm-receipt", "I looked myself.");
    Answer said = guest.says("Both arrived.");
    assertEquals("guest.answered", said.code());
    assertFalse(said.text().contains("Carla"), said.text());
  }

  @Test
  void whatIsAskedOfTheOtherSideMeanwhileIsNotTheGuests() {
    String id = waiting();
    Guest guest = atStep(id).comesIn();
    ask(id, ApiWorld.MAIL, "confirm-receipt", Party.VENDOR);
    assertEquals("guest.done", guest.says("Both arrived.").code());
    ask(id, ApiWorld.MAIL, "another-step", Party.CUSTOMER);
    assertEquals("guest.done", guest.says("Both arrived.").code());
    assertFalse(guest.ask().body().has("step"));
  }

  @Test
  void onlyWhatTheGranterMayGiveIsHandedOn() {
    String id = waiting();
    assertEquals("caller.party", delegate(Token.engineer(), id).code());
    assertEquals("caller.party", grant(Token.manager(), id, "credential", "smtp").code());
    assertEquals("element.unknown", grant(Token.customer(id), id, "element", "contacts").code());
    assertEquals("element.unknown", grant(Token.customer(id), id, "element", "none").code());
    assertEquals(422, grant(Token.customer(id), id, "other", "smtp").status());
    assertEquals(0, mails.mails().size());
  }

  @Test
  void aCodeThatCouldNotBeMailedIsSaid() {
    Guest guest = atStep(waiting());
    mails.goAway(true);
    assertEquals("guest.code-not-sent", codeWithout(guest));
    mails.goAway(false);
    guest.comesIn();
  }

  private String codeWithout(Guest guest) {
    ApiWorld.Request request =
        guest.request("SendGuestCode").body("{\"secret\": \"%s\"}".formatted(guest.secret));
    return request.unavailable().send().code();
  }

  @Test
  void ofAnErasedOnboardingNoGuestIsLeft() throws IOException {
    String id = waiting();
    atStep(id).comesIn().says("Both arrived.");
    grant(Token.customer(id), id, "element", "mail-server");
    assertEquals(
        202, world.request("CancelOnboarding").on(id).body("{\"reason\": \"x\"}").send().status());
    world.wake(
        id,
        "onboarding.cancelled",
        before -> before.to(Onboarding.State.CANCELLED, world.clock().instant()));
    assertTrue(world.tableText().contains("Ilse"));
    world.clock().pass(Duration.ofDays(31));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new EraseOnboarding(world.context())
        .handleRequest(new ByteArrayInputStream(new byte[0]), out, new TestLambdaContext(60_000));
    assertEquals(1, Json.MAPPER.readTree(out.toByteArray()).path("erased").asInt());
    for (String marker : List.of("Ilse", "installer.example", "Carla")) {
      assertFalse(world.tableText().contains(marker), marker);
    }
    assertTrue(
        world.request("ListEvents").on(id).query("limit", "200").send().text().contains("guest-1"));
  }
}
