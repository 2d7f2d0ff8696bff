package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.context.FunctionContext;
import dev.slipway.credentials.Grade;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Memberships;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.ledger.TaskKey;
import dev.slipway.local.report.ReportVerification;
import dev.slipway.local.report.Verdict;
import dev.slipway.privacy.EraseOnboarding;
import dev.slipway.probe.Probe;
import dev.slipway.testing.TestLambdaContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an onboarding loses at its end, when, and what stays. */
class ErasureTest {
  private static final Set<String> WRITES = Set.of("transactWriteItems", "putItem");

  /** Everything that was planted of people and of secrets. */
  private static final List<String> MARKERS =
      List.of(
          "Carla",
          "Mara",
          "Max Manager",
          "Eli Engineer",
          "sub-",
          "Connie Contact",
          "connie@hoster.example",
          "tests@hoster.example",
          "Otto",
          "Dora Delegate",
          "dora@hoster.example",
          "logo-of-a-person",
          "note-of-a-person",
          "Ines Invited",
          "ines@hoster.example",
          "Ida Ignored",
          "marker-password-1");

  private final ApiWorld world = new ApiWorld();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    world.close();
  }

  /** An onboarding in which people left their traces everywhere. */
  private String lived() {
    String id = world.running();
    world.save(
        id,
        "contacts",
        0,
        "{\"customer\": [{\"name\": \"Connie Contact\", \"email\": \"connie@hoster.example\"}],"
            + " \"vendor\": [{\"name\": \"Otto Example\", \"email\": \"otto@vendor.example\"}]}");
    world.save(id, "test-mailbox", 0, "{\"address\": \"tests@hoster.example\"}");
    world.grading("smtp", Grade.VALID);
    world.store(id, "smtp", "{\"user\": \"u\", \"password\": \"marker-password-1\"}");
    world
        .request("UploadFile")
        .by(Token.customer(id))
        .on(id)
        .header("Content-Type", "image/png")
        .header("X-File-Name", "logo-of-a-person.png")
        .base64("bG9nby1vZi1hLXBlcnNvbg==")
        .send();
    world.outcome(
        id,
        ApiWorld.MAIL,
        new Outcome.Waiting(
            Party.CUSTOMER,
            "confirm-receipt",
            List.of(),
            "Look into tests@hoster.example.",
            "x",
            null,
            null,
            null,
            List.of()));
    Answer delegated =
        world
            .request("DelegateTask")
            .by(Token.customer(id))
            .on(id)
            .path("task", ApiWorld.MAIL)
            .body(
                "{\"reason\": \"Dora Delegate has time\", \"to\": {\"name\": \"Dora Delegate\","
                    + " \"email\": \"dora@hoster.example\"}}")
            .send();
    assertEquals(200, delegated.status(), delegated.text());
    becameAMember(id);
    Answer blocked =
        world
            .request("PostNote")
            .by(Token.customer(id))
            .on(id)
            .path("task", ApiWorld.MAIL)
            .body("{\"text\": \"note-of-a-person for connie@hoster.example\", \"blocked\": true}")
            .send();
    assertEquals(201, blocked.status(), blocked.text());
    world.complete(
        Token.customer(id), id, ApiWorld.MAIL, "confirm-receipt", "Connie Contact saw both mails.");
    world.outcome(
        id,
        ApiWorld.MAIL,
        new Outcome.Done(
            List.of(
                new Evidence(
                    "statement.confirm-receipt",
                    Evidence.Place.PERSON,
                    world.clock().instant(),
                    "tests@hoster.example",
                    "Connie Contact saw both mails.",
                    "Carla Customer (sub-carla)",
                    false))));
    world.act("WaiveTask", Token.engineer(), id, ApiWorld.DOCKER);
    world.act("ApproveTask", Token.otherManager(), id, ApiWorld.DOCKER);
    world.outcome(
        id,
        ApiWorld.DOCKER,
        new Outcome.Waived(
            "Eli Engineer (sub-eli)",
            "Max Manager (sub-max)",
            "Mara Manager agreed for Example Hosting"));
    lookedFromInside(id);
    return id;
  }

  /** One who was invited came, another one did not. */
  private void becameAMember(String id) {
    String link = invited(id, "Ines Invited", "ines@hoster.example");
    Answer redeemed =
        world
            .request("RedeemInvitation")
            .by(new Token("sub-ines", "Ines Invited", null, null, "ines@hoster.example"))
            .on(id)
            .path("invitation", link.replaceFirst(".*[.](\\w+)#.*", "$1"))
            .body("{\"secret\": \"%s\"}".formatted(link.replaceFirst(".*#", "")))
            .send();
    assertEquals(200, redeemed.status(), redeemed.text());
    invited(id, "Ida Ignored", "ida@hoster.example");
  }

  private String invited(String id, String name, String address) {
    return world
        .request("InvitePerson")
        .by(Token.customer(id))
        .on(id)
        .body("{\"name\": \"%s\", \"email\": \"%s\"}".formatted(name, address))
        .send()
        .body()
        .path("link")
        .asText();
  }

  /** A runner was asked, has answered, and was sent home. */
  private void lookedFromInside(String id) {
    var probes = world.context().probes();
    Answer invited =
        world
            .request("EnrolProbeRunner")
            .by(Token.customer(id))
            .on(id)
            .body("{\"name\": \"host of Carla Customer\"}")
            .send();
    String runner = invited.body().path("runner").asText();
    ProbeRecord asked =
        probes.ask(
            id,
            TaskKey.parse(ApiWorld.MAIL),
            "inside",
            new Probe.SmtpGreeting("smtp.inside.example", 587, "STARTTLS").parameters(),
            0,
            1);
    String body = "{\"answer\": \"250 tests@hoster.example accepted\"}";
    ProbeRecord answered =
        asked.answered(
            new ProbeRecord.Result(
                runner,
                "host of Carla Customer",
                world.clock().instant(),
                body,
                "signed by the host of Carla Customer",
                "c2ln"));
    world
        .context()
        .personalData()
        .contents(id)
        .list("PROBE#")
        .forEach(
            kept -> world.context().personalData().contents(id).rewrite(kept, Json.tree(answered)));
    assertEquals(
        200,
        world
            .request("RevokeProbeRunner")
            .by(Token.customer(id))
            .on(id)
            .path("runner", runner)
            .body("{\"reason\": \"Connie needs her host back\"}")
            .send()
            .status());
  }

  private String cancelled() {
    String id = lived();
    Answer answer =
        world.request("CancelOnboarding").on(id).body("{\"reason\": \"Carla asked\"}").send();
    assertEquals(202, answer.status(), answer.text());
    assertEquals(
        world.clock().instant().plus(Duration.ofDays(30)),
        Instant.parse(answer.body().at("/onboarding/eraseAt").asText()));
    world.wake(
        id,
        "onboarding.cancelled",
        before -> before.to(Onboarding.State.CANCELLED, world.clock().instant()));
    return id;
  }

  private static void assertErased(int ended, int erased, JsonNode answer) {
    assertEquals(ended, answer.path("ended").asInt(), answer::toString);
    assertEquals(erased, answer.path("erased").asInt(), answer::toString);
    assertEquals(0, answer.path("failed").asInt(), answer::toString);
  }

  private JsonNode erase() throws IOException {
    return erase(world.context());
  }

  private JsonNode erase(FunctionContext context) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new EraseOnboarding(context)
        .handleRequest(new ByteArrayInputStream(new byte[0]), out, new TestLambdaContext(60_000));
    return Json.MAPPER.readTree(out.toByteArray());
  }

  private void assertNothingPersonal() {
    // What has expired DynamoDB deletes by itself, here it only hides it.
    String table =
        world.items().stream()
            .filter(
                item ->
                    !item.containsKey("expiresAt")
                        || Long.parseLong(item.get("expiresAt").n())
                            > world.clock().instant().getEpochSecond())
            .toList()
            .toString();
    for (String marker : MARKERS) {
      assertFalse(table.contains(marker), () -> marker + " in " + around(table, marker));
    }
  }

  private static JsonNode row(JsonNode report, String row) {
    return report
        .path("tasks")
        .valueStream()
        .filter(task -> task.path("row").asText().equals(row))
        .findFirst()
        .orElseThrow();
  }

  private static String around(String text, String marker) {
    int at = text.indexOf(marker);
    return text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 200));
  }

  @Test
  void losesEverythingPersonalOnTheStatedDateAndKeepsItsStory() throws IOException {
    String id = cancelled();
    String table = world.tableText();
    for (String marker : MARKERS) {
      if (!marker.startsWith("marker-password")) {
        assertTrue(table.contains(marker), "the search itself works: " + marker);
      }
    }

    world.clock().pass(Duration.ofDays(29));
    assertErased(1, 0, erase());
    assertEquals(table, world.tableText());

    world.clock().pass(Duration.ofDays(2));
    assertErased(1, 1, erase());

    assertNothingPersonal();
    assertEquals(
        Set.of(),
        world.context().memberships().of(Memberships.account("", "sub-ines")),
        "nobody is a member of what is erased");
    assertTrue(world.secrets().versions("slipway/" + id + "/smtp").isEmpty());
    JsonNode view = world.request("GetOnboarding").on(id).send().body().path("onboarding");
    assertEquals("Example Hosting", view.path("name").asText());
    assertEquals("manager-1", view.path("createdBy").asText());
    assertTrue(view.hasNonNull("erasedAt"));

    JsonNode report = world.request("GetReport").on(id).send().body();
    JsonNode mail = row(report, "V01");
    assertEquals("DONE", mail.path("outcome").asText());
    assertEquals("customer-1", mail.at("/evidence/0/by").asText());
    assertEquals("contact-3 saw both mails.", mail.at("/evidence/0/answer").asText());
    assertEquals(
        "engineer-1 and manager-2: manager-1 agreed for Example Hosting",
        row(report, "V03").path("reason").asText());
    JsonNode inside = world.request("ListProbeRunners").on(id).send().body();
    assertEquals("host of customer-1", inside.at("/runners/0/name").asText());
    assertEquals("customer-1", inside.at("/runners/0/invitedBy").asText());
    assertEquals("contact-3 needs her host back", inside.at("/runners/0/reason").asText());
    assertEquals("smtp.inside.example", inside.at("/probes/0/parameters/host").asText());
    assertFalse(inside.toString().contains("@"), inside::toString);
    ProbeRecord probe = world.context().probes().all(id).getFirst();
    assertEquals("host of customer-1", probe.result().runnerName());
    assertFalse(probe.result().body().contains("@"), probe.result()::body);
    String events = world.request("ListEvents").on(id).query("limit", "200").send().text();
    assertTrue(events.contains("onboarding.erased"), events);
    assertTrue(events.contains("\"why\":\"Connie".replace("Connie", "confirm-receipt: contact-3")));

    assertErased(0, 0, erase());
  }

  @Test
  void goesOnWhereItWasKilled() throws IOException {
    for (int calls = 0; ; calls++) {
      String id = cancelled();
      world.clock().pass(Duration.ofDays(31));
      AtomicInteger left = new AtomicInteger(1 + calls * 4);
      FunctionContext dying =
          world.contextWith(
              method -> {
                if (WRITES.contains(method) && left.decrementAndGet() < 0) {
                  throw new IllegalStateException("killed");
                }
              });
      boolean killed = erase(dying).path("failed").asInt() == 1;
      if (killed) {
        assertNull(world.context().onboardings().find(id).orElseThrow().erasedAt());
        assertErased(1, 1, erase());
      }
      assertNothingPersonal();
      JsonNode report = world.request("GetReport").on(id).send().body();
      assertEquals("customer-1", row(report, "V01").at("/evidence/0/by").asText());
      assertEquals(
          "engineer-1 and manager-2: manager-1 agreed for Example Hosting",
          row(report, "V03").path("reason").asText());
      if (!killed) {
        assertTrue(calls > 4, "it was killed at several places");
        return;
      }
    }
  }

  @Test
  void oneThatCannotBeErasedKeepsNoOther() throws IOException {
    String bad = cancelled();
    String good = cancelled();
    world.clock().pass(Duration.ofDays(31));
    world
        .context()
        .personalData()
        .contents(bad)
        .list("DELEGATE#")
        .forEach(
            kept ->
                world
                    .context()
                    .personalData()
                    .contents(bad)
                    .rewrite(kept, ((ObjectNode) kept.body()).put("newer", "than this code")));

    JsonNode answer = erase();

    assertEquals(1, answer.path("erased").asInt(), answer::toString);
    assertEquals(1, answer.path("failed").asInt(), answer::toString);
    assertNotNull(world.context().onboardings().find(good).orElseThrow().erasedAt());
  }

  /** What a customer sent made Java's regular expressions run over the stack. */
  @Test
  void hostileAnswersKeepNobodyFromSignOffAndErasure() throws IOException {
    String id = world.running();
    world.outcome(
        id,
        ApiWorld.MAIL,
        new Outcome.Waiting(
            Party.CUSTOMER,
            "confirm-receipt",
            List.of(),
            "Look.",
            "x",
            null,
            null,
            null,
            List.of()));
    // As it was kept before the values of a step had a form.
    TaskKey mail = TaskKey.parse(ApiWorld.MAIL);
    world
        .context()
        .requests()
        .request(
            id,
            mail,
            false,
            Optional.of(
                new dev.slipway.ledger.Answer(
                    mail,
                    "confirm-receipt",
                    0,
                    "answer-1",
                    "Carla Customer (sub-carla)",
                    "customer",
                    world.clock().instant(),
                    "seen",
                    Json.tree(Map.of("a@a" + ".a".repeat(3000), "b@b" + ".b".repeat(3000))),
                    dev.slipway.ledger.Answer.Verdict.GIVEN,
                    null)),
            Optional.empty(),
            new Actor("Carla Customer (sub-carla)", "customer"),
            "step.answered",
            "seen");
    new dev.slipway.checklist.Checklists()
        .newest("hosting-provider")
        .tasks()
        .filter(task -> task.requirement() == dev.slipway.checklist.Requirement.MANDATORY)
        .forEach(task -> world.outcome(id, task.id(), new Outcome.Done(List.of())));

    Answer signed = world.request("SignOff").on(id).body("{}").send();

    assertEquals(201, signed.status(), signed.text());
    world.clock().pass(Duration.ofDays(31));
    assertErased(1, 1, erase());
  }

  @Test
  void twoAtOnceEraseOnce() throws Exception {
    String id = cancelled();
    world.clock().pass(Duration.ofDays(31));
    try (var threads = java.util.concurrent.Executors.newFixedThreadPool(2)) {
      for (var result : threads.invokeAll(List.of(this::erase, this::erase))) {
        result.get();
      }
    }
    erase();
    assertNothingPersonal();
    String events = world.request("ListEvents").on(id).query("limit", "200").send().text();
    assertEquals(2, events.split("onboarding\\.erased", -1).length, events);
  }

  /**
   * A personal element's texts name people, with an address beside them or without, unless a thing
   * is called the same.
   */
  @Test
  void leavesTheWordsOfThingsAlone() throws IOException {
    String id =
        world
            .request("CreateOnboarding")
            .header("Idempotency-Key", "of-an-enterprise")
            .body("{\"checklist\": \"enterprise-environment\", \"name\": \"Example\"}")
            .send()
            .body()
            .at("/onboarding/id")
            .asText();
    given(
        id,
        "applications",
        """
        {"items": [{"nid": "salesforce", "name": "Ranqx", "tenants": "all", "environments": ["uat"],
                    "provider": {"name": "Ranqx", "email": "partners@ranqx.example"}}]}""");
    given(
        id,
        "infrastructure-users",
        """
        [{"name": "Grace", "surname": "Grant", "email": "grace@customer.example", "role": "admin"},
         {"name": "Support", "surname": "Desk", "email": "desk@customer.example", "role": "user"}]""");
    given(
        id,
        "platform-support",
        """
        {"organisation": "Olga Owner", "hours": "Mon-Fri 9-17 CET",
         "people": [{"name": "Support", "email": "support@customer.example", "role": "Lead"}],
         "escalation": [{"name": "Ede", "email": "ede@customer.example", "phone": "+49 30 1234567"}]}""");
    String reason =
        "Ranqx, salesforce, admin in uat: Support, Grace Grant, Grace, Ede (+49 30 1234567), Olga Owner"
            + " and Olga say so.";
    Answer cancelled =
        world.request("CancelOnboarding").on(id).body("{\"reason\": \"" + reason + "\"}").send();
    assertEquals(202, cancelled.status(), cancelled.text());
    world.wake(
        id,
        "onboarding.cancelled",
        before -> before.to(Onboarding.State.CANCELLED, world.clock().instant()));
    world.clock().pass(Duration.ofDays(31));
    assertErased(1, 1, erase());

    String events = world.request("ListEvents").on(id).query("limit", "200").send().text();
    assertTrue(events.contains("Ranqx, salesforce, admin in uat: Support, contact-"), events);
    for (String person : List.of("Grace", "Ede", "1234567", "Olga", "@customer.example")) {
      assertFalse(world.tableText().contains(person), person);
    }
  }

  private void given(String id, String element, String value) {
    Answer saved = world.save(id, element, 0, value);
    assertEquals(200, saved.status(), saved.text());
  }

  @Test
  void theSignedReportNamesAliasesAndIsGenuineBeforeAndAfter() throws IOException {
    String id = lived();
    new dev.slipway.checklist.Checklists()
        .newest("hosting-provider")
        .tasks()
        .filter(task -> !task.planned())
        .filter(task -> task.requirement() == dev.slipway.checklist.Requirement.MANDATORY)
        .filter(task -> !List.of(ApiWorld.MAIL, ApiWorld.DOCKER).contains(task.id()))
        .forEach(task -> world.outcome(id, task.id(), new Outcome.Done(List.of())));
    Answer signed =
        world.request("SignOff").on(id).body("{\"reason\": \"Connie Contact is glad\"}").send();
    assertEquals(201, signed.status(), signed.text());
    assertTrue(signed.body().at("/onboarding").hasNonNull("eraseAt"));

    String before = world.request("GetReport").on(id).send().text();
    for (String marker : MARKERS) {
      assertFalse(before.contains(marker), () -> marker + " in " + around(before, marker));
    }
    assertTrue(before.contains("\"by\" : \"manager-1\""), before);
    String html = world.request("GetReport").on(id).query("format", "html").send().text();
    assertTrue(html.contains("Mara Manager (sub-mara)"), "people read names");
    assertTrue(html.contains("Connie Contact"), "people read names");

    world.clock().pass(Duration.ofDays(31));
    assertEquals(1, erase().path("erased").asInt());

    assertNothingPersonal();
    assertEquals(before, world.request("GetReport").on(id).send().text());
    String later = world.request("GetReport").on(id).query("format", "html").send().text();
    assertTrue(later.contains("manager-1") && !later.contains("Mara"), "people read aliases");
    JsonNode signOff = world.request("GetSignOff").on(id).send().body();
    assertEquals("manager-1", signOff.path("by").asText());
    Path report = Files.writeString(folder.resolve("report.json"), before);
    Path key = Files.writeString(folder.resolve("key.pem"), world.signing().publicKey());
    Path signature =
        Files.write(
            ReportVerification.signatureOf(report),
            Base64.getDecoder().decode(signOff.get("signature").asText()));
    assertInstanceOf(Verdict.Genuine.class, ReportVerification.verify(report, key, signature));
  }

  @Test
  void leavesAloneWhatHasNotEnded() throws IOException {
    lived();
    String table = world.tableText();
    world.clock().pass(Duration.ofDays(400));
    assertErased(0, 0, erase());
    assertEquals(table, world.tableText());
  }

  @Test
  void statesADateForWhatEndedBeforeDatesWereStated() throws IOException {
    String id = lived();
    world.wake(id, "x", before -> before.to(Onboarding.State.CANCELLED, world.clock().instant()));
    assertErased(1, 0, erase());
    assertEquals(
        world.clock().instant().plus(Duration.ofDays(30)),
        world.context().onboardings().find(id).orElseThrow().eraseAt());
  }
}
