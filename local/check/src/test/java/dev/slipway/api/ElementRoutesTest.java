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
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Signal;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.task.SectionGate;
import dev.slipway.testing.TestLambdaContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementRoutesTest {
  private static final String MAIL_SERVER =
      "{\"host\": \"smtp.hoster.example\", \"port\": 587, \"encryption\": \"STARTTLS\","
          + " \"from\": \"noreply@hoster.example\"}";
  private static final String NOTHING_CHOSEN =
      "{\"externalIps\": false, \"monitoring\": false, \"backuper\": false}";

  private final ApiWorld world = new ApiWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void savesOverTheVersionSeenOnly() {
    String id = world.create();

    Answer first = world.save(id, "mail-server", 0, MAIL_SERVER);
    assertEquals(200, first.status(), first.text());
    assertEquals("\"1\"", first.headers().get("ETag"));

    Answer blind = world.save(id, "mail-server", 0, MAIL_SERVER.replace("587", "465"));
    assertEquals(412, blind.status());
    assertEquals(1, blind.body().get("currentVersion").asInt());
    assertTrue(blind.body().get("detail").asText().startsWith("Carla Customer"), blind.text());

    Answer second = world.save(id, "mail-server", 1, MAIL_SERVER.replace("587", "465"));
    assertEquals(2, second.body().get("version").asInt());
    assertEquals(412, world.save(id, "mail-server", 1, MAIL_SERVER).status());
    assertEquals(412, world.save(id, "platform", 7, "{\"domain\": \"paas.example\"}").status());

    Answer same = world.save(id, "mail-server", 2, MAIL_SERVER.replace("587", "465"));
    assertEquals(200, same.status());
    assertEquals(2, same.body().get("version").asInt());

    Answer sentAgain = world.save(id, "mail-server", 1, MAIL_SERVER.replace("587", "465"));
    assertEquals(200, sentAgain.status(), "its answer was lost");
    assertEquals("\"2\"", sentAgain.headers().get("ETag"));

    Answer list = world.request("ListElements").by(Token.customer(id)).on(id).send();
    list.body()
        .get("elements")
        .forEach(
            element -> {
              if (element.get("element").asText().equals("mail-server")) {
                assertEquals(2, element.get("version").asInt());
                assertEquals(465, element.at("/value/port").asInt());
              }
            });
  }

  @Test
  void aPrivateKeyInAValueIsRefusedAndNeverStored() {
    String id = world.create();
    String before = world.tableText();

    Answer refused =
        world.save(
            id,
            "mail-server",
            0,
            MAIL_SERVER.replace("smtp.hoster.example", "-----BEGIN PRIVATE KEY-----TUFSS0VS"));

    assertEquals(422, refused.status(), refused.text());
    assertTrue(refused.text().contains("body.private-key"), refused::text);
    assertFalse(refused.text().contains("TUFSS0VS"), refused::text);
    assertEquals(before, world.tableText());
  }

  @Test
  void whatHasEndedIsNobodysToGive() {
    String id = world.create();
    assertTrue(isYours(id));
    world.request("CancelOnboarding").on(id).body("{\"reason\": \"no need\"}").send();
    assertFalse(isYours(id));
  }

  private boolean isYours(String id) {
    return world
        .request("ListElements")
        .by(Token.customer(id))
        .on(id)
        .send()
        .body()
        .at("/elements/0/yours")
        .asBoolean();
  }

  @Test
  void demandsAPrecondition() {
    String id = world.create();
    Answer missing =
        world.request("SaveElement").on(id).path("element", "mail-server").body(MAIL_SERVER).send();
    assertEquals(428, missing.status());
    assertEquals("If-Match", missing.field());
    for (String bad :
        List.of("3", "W/\"3\"", "*", "\"0\"", "\"-1\"", "\"1\", \"2\"", "\"x\"", "")) {
      Answer refused =
          world
              .request("SaveElement")
              .on(id)
              .path("element", "mail-server")
              .header("If-Match", bad)
              .body(MAIL_SERVER)
              .send();
      assertEquals(400, refused.status(), bad);
    }
    Answer both =
        world
            .request("SaveElement")
            .on(id)
            .path("element", "mail-server")
            .header("If-Match", "\"1\"")
            .header("If-None-Match", "*")
            .body(MAIL_SERVER)
            .send();
    assertEquals(400, both.status());
    assertTrue(world.context().elements().of(id).isEmpty());
  }

  @Test
  void ofTwoEditorsAtOnceOneWins() throws Exception {
    String id = world.create();
    List<Callable<Answer>> editors = new ArrayList<>();
    for (int port = 1; port <= 8; port++) {
      String value = MAIL_SERVER.replace("587", Integer.toString(port));
      editors.add(() -> world.save(id, "mail-server", 0, value));
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Answer> answer : threads.invokeAll(editors)) {
        statuses.add(answer.get().status());
      }
    }
    assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses.toString());
    assertEquals(7, statuses.stream().filter(status -> status == 412).count(), statuses.toString());
    assertEquals(1, world.context().elements().find(id, "mail-server").orElseThrow().version());
  }

  @Test
  void namesEveryFieldThatIsWrongAndQuotesNone() {
    String id = world.create();
    Answer refused =
        world.save(
            id,
            "mail-server",
            0,
            "{\"host\": \"not a host\", \"port\": \"secret-1\", \"encryption\": \"NONE\","
                + " \"password\": \"secret-2\"}");
    assertEquals(422, refused.status());
    assertEquals("element.schema", refused.code());
    assertEquals("mail-server", refused.field());
    assertTrue(
        refused.errorFields().containsAll(List.of("/host", "/port", "/encryption", "/from")),
        refused.text());
    assertFalse(refused.text().contains("secret"), refused.text());
    assertFalse(world.log().contains("secret"));
    assertTrue(world.context().elements().of(id).isEmpty());

    for (String value : List.of("null", "[]", "\"text\"", "12", "true", "{}")) {
      assertEquals(422, world.save(id, "mail-server", 0, value).status(), value);
    }
    Answer formats =
        world.save(
            id,
            "maintenance-window",
            0,
            "{\"from\": \"2026-13-01T00:00:00Z\", \"to\": \"2026-12-01T00:00:00Z\"}");
    assertEquals(422, formats.status(), formats.text());
  }

  /** What has the form that the schema asks for, and would fail the task that uses it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          maintenance-window | /to   | {"from": "2026-12-02T02:00:00Z", "to": "2026-12-01T22:00:00Z"}
          maintenance-window | /to   | {"from": "2026-12-02T02:00:00Z", "to": "2026-12-02T02:00:00Z"}
          maintenance-window | /from | {"from": "2026-02-30T02:00:00Z", "to": "2026-12-02T02:00:00Z"}
          maintenance-window | /zone | {"days": ["SUNDAY"], "at": "22:30", "minutes": 60, "zone": "Europe/Atlantis"}
          maintenance-window | /zone | {"days": ["SUNDAY"], "at": "22:30", "minutes": 60, "zone": "Europe/Berlin\\n"}
          contacts           | /customer/1/zone  | {"customer": [{"name": "A", "email": "a@b.example"}, {"name": "B", "email": "b@b.example", "zone": "Mars/Olympus"}]}
          contacts           | /customer/0/email | {"customer": [{"name": "A", "email": "a..b@b.example"}]}
          contacts           | /customer/0/email | {"customer": [{"name": "A", "email": "a@-b.example"}]}
          contacts           | /customer/0/email | {"customer": [{"name": "A", "email": "a@b.example\\n"}]}
          docker-account     | /user | {"user": "hoster\\n", "plan": "pro"}
          docker-account     | /user | {"user": "hoster\\u2028", "plan": "pro"}
          docker-account     | /user | {"user": "hoster\\r", "plan": "pro"}
          mail-server        | /port | {"host": "smtp.hoster.example", "port": 0, "encryption": "SSMTP", "from": "a@b.example"}
          mail-server        | /port | {"host": "smtp.hoster.example", "port": 65536, "encryption": "SSMTP", "from": "a@b.example"}
          mail-server        | /dkimSelector | {"host": "smtp.hoster.example", "port": 465, "encryption": "SSMTP", "from": "a@b.example", "dkimSelector": "s1\\n"}
          mail-server        | /dkimSelector | {"host": "smtp.hoster.example", "port": 465, "encryption": "SSMTP", "from": "a@b.example", "dkimSelector": "a..b"}
          monitoring         | /link | {"system": "other", "name": "Z", "link": "https://z.example:0/", "receivers": ["a"]}
          monitoring         | /link | {"system": "other", "name": "Z", "link": "https://z.example:65536/", "receivers": ["a"]}
          monitoring         | /link | {"system": "other", "name": "Z", "link": "https://z..example/", "receivers": ["a"]}
          monitoring         | /link | {"system": "other", "name": "Z", "link": "https://256.1.1.1/", "receivers": ["a"]}
          external-ip-ranges | /ranges/0/to | {"ranges": [{"from": "203.0.113.9", "to": "203.0.113.8", "regions": ["eu1"]}]}
          uploader           | /host | {"setUpBy": "vendor", "protocol": "nfs", "host": "10.0.0.256", "path": "/a", "sizeGb": 300}
          backup-storage     | /bucket | {"protocol": "s3", "endpoint": "https://s3.example", "region": "eu", "bucket": "a..b", "neededGb": 5}
          currency           | /code | {"code": "XXX"}
          currency           | /code | {"code": "ABC"}
          mail-texts         | /languages/1 | {"languages": ["en", "xx"]}
          mail-texts         | /languages/0 | {"languages": ["en-XX"]}
          """)
  void whatATaskCouldNotUseIsRefusedWhenItIsGiven(String element, String field, String value) {
    String id = world.create();
    for (Answer refused :
        List.of(world.save(id, element, 0, value), world.preview(id, element, value))) {
      assertEquals(422, refused.status(), refused.text());
      assertTrue(refused.errorFields().stream().anyMatch(field::startsWith), refused.text());
    }
    assertTrue(world.context().elements().of(id).isEmpty());
  }

  @Test
  void aGateThatWaitsForSeveralPartiesNamesEach() throws IOException {
    String id = world.running();
    TaskKey gate = TaskKey.parse("go-live.gate");
    String payload =
        "{\"onboardingId\": \"%s\", \"run\": 1, \"task\": \"%s\", \"entered\": \"%s\", \"retry\": 0, \"taskToken\": \"t\"}"
            .formatted(id, gate, world.clock().instant());
    new SectionGate(world.context())
        .handleRequest(
            new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)),
            new ByteArrayOutputStream(),
            new TestLambdaContext(10_000));
    assertTrue(
        world.context().tasks().of(id, gate).outcome() instanceof Outcome.Waiting waiting
            && waiting
                .instructions()
                .startsWith(
                    "Give what is missing: from the vendor Onboarding manager; from the customer "),
        () -> world.context().tasks().of(id, gate).toString());
    JsonNode open = world.request("GetOnboarding").on(id).send().body().path("openWork");
    assertEquals(2, open.size(), open::toString);
    for (JsonNode each : open) {
      assertEquals(gate.toString(), each.path("task").asText());
      assertEquals(
          each.path("party").asText().equals("VENDOR"),
          each.path("instructions").asText().contains("Onboarding manager"),
          "its own elements only");
      assertFalse(each.path("instructions").asText().contains("from the customer"), each::toString);
    }
  }

  @Test
  void knowsElementsFromCredentials() {
    String id = world.create();
    Answer unknown = world.save(id, "no-such-element", 0, "{}");
    assertEquals(404, unknown.status());
    assertEquals("element", unknown.field());

    Answer credential = world.save(id, "smtp", 0, "{\"user\": \"u\", \"password\": \"marker-1\"}");
    assertEquals(422, credential.status());
    assertEquals("element.is-credential", credential.code());
    assertFalse(world.tableText().contains("marker-1"));

    // An element and a credential bear this name.
    Answer fields = world.save(id, "platform", 0, "{\"token\": \"marker-2-marker-2\"}");
    assertEquals(422, fields.status());
    assertFalse(world.tableText().contains("marker-2"));
  }

  @Test
  void asksForAnotherLookAtWhatRestsOnIt() {
    String id = world.running();
    world.save(id, "activities", 0, NOTHING_CHOSEN);
    world.outcome(
        id,
        ApiWorld.GATE,
        new Outcome.Waiting(
            Party.CUSTOMER, null, List.of(), "Give it.", "", null, null, null, List.of()));
    world.outcome(id, ApiWorld.MAIL, Outcome.Waiting.onTasks(List.of(ApiWorld.PLATFORM)));

    Answer saved = world.save(id, "mail-server", 0, MAIL_SERVER);

    assertEquals(
        ApiWorld.array("[\"" + ApiWorld.GATE + "\", \"" + ApiWorld.MAIL + "\"]"),
        saved.body().get("rechecked"));
    TaskRecord mail = world.context().tasks().of(id, TaskKey.parse(ApiWorld.MAIL));
    assertTrue(mail.signalDue());
    assertEquals(1, mail.requestedGeneration());
    assertEquals(
        0, world.context().tasks().of(id, TaskKey.parse(ApiWorld.PLATFORM)).requestedGeneration());
    assertFalse(world.context().onboardings().find(id).orElseThrow().stale());
  }

  @Test
  void marksARunThatHasLeftTheTaskBehind() {
    String id = world.running();
    world.save(id, "mail-server", 0, MAIL_SERVER);
    world.outcome(id, ApiWorld.GATE, done());
    world.outcome(id, ApiWorld.MAIL, done());
    TaskRecord before = world.context().tasks().of(id, TaskKey.parse(ApiWorld.MAIL));
    world
        .context()
        .tasks()
        .save(id, before, before.decided(Signal.Kind.SUCCESS, world.clock().instant()));

    Answer saved = world.save(id, "mail-server", 1, MAIL_SERVER.replace("587", "465"));

    assertEquals(ApiWorld.array("[\"" + ApiWorld.MAIL + "\"]"), saved.body().get("rechecked"));
    assertTrue(world.context().onboardings().find(id).orElseThrow().stale());
  }

  @Test
  void looksAgainAtATaskThatIsChosenOnlyNow() {
    String id = world.running();
    world.save(id, "activities", 0, NOTHING_CHOSEN);
    world.outcome(id, ApiWorld.IPS, new Outcome.Skipped("intake", "not chosen"));
    world.outcome(id, ApiWorld.DOCKER, done());

    Answer saved =
        world.save(
            id,
            "activities",
            1,
            NOTHING_CHOSEN.replace("externalIps\": false", "externalIps\": true"));

    assertEquals(ApiWorld.array("[\"" + ApiWorld.IPS + "\"]"), saved.body().get("rechecked"));
  }

  /** A handler that claims the task between the look and the write has read the old value. */
  @Test
  void aTaskReachedWhileTheElementIsSavedIsAskedToo() {
    String id = world.running();
    AtomicBoolean claimed = new AtomicBoolean();
    FunctionContext interrupted =
        world.contextWith(
            method -> {
              if (method.equals("transactWriteItems") && !claimed.getAndSet(true)) {
                world.outcome(id, ApiWorld.MAIL, Outcome.Waiting.onTasks(List.of("x.y")));
              }
            });
    List<TaskKey> asked =
        interrupted
            .elements()
            .save(
                id,
                new ElementRecord(
                    "mail-server", 1, Json.tree("new"), "me", world.clock().instant()),
                0,
                new Elements.Dependents(List.of(), List.of(TaskKey.parse(ApiWorld.MAIL))),
                new Actor("me", "customer"));
    assertEquals(List.of(TaskKey.parse(ApiWorld.MAIL)), asked);
    assertEquals(
        1, world.context().tasks().of(id, TaskKey.parse(ApiWorld.MAIL)).requestedGeneration());
  }

  private static Outcome done() {
    return new Outcome.Done(
        List.of(
            new Evidence(
                "probe", Evidence.Place.HANDLER, java.time.Instant.EPOCH, "x", "y", null, false)));
  }

  @Test
  void keepsFiles() {
    String id = world.create();
    Answer kept =
        world
            .request("UploadFile")
            .by(Token.customer(id))
            .on(id)
            .header("Content-Type", "image/svg+xml; charset=utf-8")
            .header("x-file-name", "l%C3%B6go.svg")
            .base64("PHN2Zy8+")
            .send();
    assertEquals(201, kept.status(), kept.text());
    assertEquals("lögo.svg", kept.body().get("name").asText());
    assertEquals("image/svg+xml", kept.body().get("mediaType").asText());
    assertEquals(6, kept.body().get("bytes").asInt());
    assertEquals(
        "<svg/>",
        new String(
            world.context().files().content(id, kept.body().get("sha256").asText()).orElseThrow(),
            java.nio.charset.StandardCharsets.UTF_8));
    assertTrue(world.request("ListEvents").on(id).send().text().contains("file.kept"));
  }

  @Test
  void refusesFilesThatCannotBeKept() {
    String id = world.create();
    String before = world.tableText();
    assertEquals("X-File-Name", upload(id, null, "PHN2Zy8+").field());
    for (String name : List.of("../etc/passwd", "a%2Fb", "..", "a%00b", "a%0Ab", "c:\\x", " ")) {
      assertEquals("X-File-Name", upload(id, name, "PHN2Zy8+").field(), name);
    }
    assertEquals(400, upload(id, "a.svg", "").status());
    assertEquals(400, upload(id, "a.svg", "!!!!").status());
    assertEquals(413, upload(id, "a.svg", "A".repeat(1_400_000)).status());
    assertEquals(413, upload(id, "a.svg", "A".repeat(1_398_104)).status());
    assertEquals(before, world.tableText());
    String most = java.util.Base64.getEncoder().encodeToString(new byte[1 << 20]);
    assertEquals(201, upload(id, "a.svg", most).status());
  }

  private Answer upload(String id, String name, String base64) {
    var request =
        world.request("UploadFile").on(id).header("Content-Type", "image/svg+xml").base64(base64);
    return (name == null ? request : request.header("X-File-Name", name)).send();
  }

  /** Who is told of the vendor's side, and who decides there, is the vendor's to say. */
  @Test
  void onlyTheVendorsPeopleChangeTheVendorsContacts() {
    String id = world.create();
    String own = "\"customer\": [{\"name\": \"Carl\", \"email\": \"c@hoster.example\"}]";
    String evil = "[{\"name\": \"Eve\", \"email\": \"eve@evil.example\"}]";
    for (String group : List.of("vendor", "manager", "escalation")) {
      Answer refused =
          contacts(Token.customer(id), id, "{%s, \"%s\": %s}".formatted(own, group, evil), "*");
      assertEquals(403, refused.status(), refused.text());
      assertEquals("contacts.vendors-group", refused.code());
      assertEquals(List.of("/" + group), refused.errorFields());
    }
    assertTrue(world.context().elements().find(id, "contacts").isEmpty());
    assertEquals(200, contacts(Token.customer(id), id, "{" + own + "}", "*").status());

    String mia = "\"manager\": [{\"name\": \"Mia\", \"email\": \"m@vendor.example\"}]";
    String all = "{" + own + ", " + mia + "}";
    assertEquals(200, contacts(Token.engineer(), id, all, "\"1\"").status());
    assertEquals(
        403,
        contacts(Token.customer(id), id, "{" + own + "}", "\"2\"").status(),
        "to leave a group out is to remove it");
    String other = "{" + own.replace("Carl", "Cleo") + ", " + mia + "}";
    assertEquals(200, contacts(Token.customer(id), id, other, "\"2\"").status());
    Token both = new Token("sub-x", "X", "[customer engineer]", id);
    assertEquals(200, contacts(both, id, all, "\"3\"").status());
  }

  private Answer contacts(Token by, String id, String value, String seen) {
    return world
        .request("SaveElement")
        .by(by)
        .on(id)
        .path("element", "contacts")
        .header(seen.equals("*") ? "If-None-Match" : "If-Match", seen)
        .body(value)
        .send();
  }
}
