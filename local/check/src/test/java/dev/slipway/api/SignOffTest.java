package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import dev.slipway.local.report.ReportVerification;
import dev.slipway.local.report.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignOffTest {
  private final ApiWorld world = new ApiWorld();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    world.close();
  }

  private static List<Task> tasks(Requirement requirement) {
    Checklist checklist = new dev.slipway.checklist.Checklists().newest("hosting-provider");
    return checklist
        .tasks()
        .filter(task -> !task.planned() && task.requirement() == requirement)
        .toList();
  }

  private Outcome done() {
    return new Outcome.Done(
        List.of(
            new Evidence(
                "probe",
                Evidence.Place.HANDLER,
                world.clock().instant(),
                "host",
                "answer",
                null,
                false)));
  }

  private Outcome waiting() {
    return new Outcome.Waiting(
        Party.CUSTOMER, null, List.of(), "say so", null, null, null, null, List.of());
  }

  /** A run in which every mandatory task is done. */
  private String mandatoryDone() {
    String id = world.running();
    tasks(Requirement.MANDATORY).forEach(task -> world.outcome(id, task.id(), done()));
    return id;
  }

  private Answer signOff(String id, Token by, String body) {
    return world.request("SignOff").by(by).on(id).body(body).send();
  }

  private Onboarding.State state(String id) {
    return world.context().onboardings().find(id).orElseThrow().state();
  }

  private static List<String> rows(JsonNode list) {
    List<String> rows = new ArrayList<>();
    list.forEach(row -> rows.add(row.get("row").asText()));
    return rows;
  }

  @Test
  void isRefusedWhileAMandatoryRowIsNotFinal() {
    String id = mandatoryDone();
    world.outcome(id, ApiWorld.MAIL, waiting());

    Answer refused = signOff(id, Token.manager(), "{}");

    assertEquals(409, refused.status(), refused.text());
    assertEquals("sign-off.open-rows", refused.code());
    assertEquals(List.of("V01"), rows(refused.body().get("rows")));
    assertEquals("WAITING", refused.body().at("/rows/0/outcome").asText());
    assertFalse(refused.body().get("planned").isNull());
    assertEquals(Onboarding.State.RUNNING, state(id));
    assertTrue(world.context().signOffs().signedReport(id).isEmpty());
    assertEquals(404, world.request("GetSignOff").on(id).send().status());
  }

  @Test
  void isRefusedWhileAMandatoryRowIsLookedAtAgain() {
    String id = mandatoryDone();
    assertEquals(202, world.act("RetryTask", Token.manager(), id, ApiWorld.MAIL).status());

    Answer refused = signOff(id, Token.manager(), "{}");

    assertEquals(409, refused.status(), refused.text());
    assertEquals(List.of("V01"), rows(refused.body().get("rows")));
  }

  @Test
  void isRefusedWhereTheLastLooksAreOld() {
    String id = mandatoryDone();
    world.clock().pass(Duration.ofDays(6));
    world.outcome(id, ApiWorld.MAIL, done());
    world.clock().pass(Duration.ofDays(2));

    Answer refused = signOff(id, Token.manager(), "{}");

    assertEquals("sign-off.old-looks", refused.code(), refused.text());
    List<String> all = tasks(Requirement.MANDATORY).stream().map(Task::row).toList();
    List<String> old = rows(refused.body().get("rows"));
    assertFalse(old.contains("V01"), "looked at two days ago");
    assertEquals(all.size() - 1, old.size());

    Answer asked =
        world.request("LookAgain").on(id).body("{\"reason\": \"before the sign-off\"}").send();
    assertEquals(202, asked.status(), asked.text());
    assertEquals(all.size(), asked.body().path("asked").size());
    assertEquals("sign-off.open-rows", signOff(id, Token.manager(), "{}").code());
    tasks(Requirement.MANDATORY).forEach(task -> world.outcome(id, task.id(), done()));
    assertEquals(201, signOff(id, Token.manager(), "{}").status());
  }

  @Test
  void asksForLooksOnlyOfWhatRuns() {
    String fresh = world.create();
    Answer early = world.request("LookAgain").on(fresh).body("{\"reason\": \"x\"}").send();
    assertEquals("onboarding.state", early.code());
    Answer why = world.request("LookAgain").on(world.running()).body("{}").send();
    assertEquals("reason", why.field());
  }

  @Test
  void isRefusedToOthersAndInOtherStates() {
    String id = mandatoryDone();
    for (Token other : List.of(Token.engineer(), Token.customer(id))) {
      assertEquals(403, signOff(id, other, "{}").status());
    }
    assertEquals(422, signOff(id, Token.manager(), "{\"reason\": \"\"}").status());
    assertEquals(422, signOff(id, Token.manager(), "{\"because\": \"x\"}").status());
    String fresh = world.create();
    Answer early = signOff(fresh, Token.manager(), "{}");
    assertEquals(409, early.status());
    assertEquals("onboarding.state", early.code());
    assertEquals(404, signOff("no-such-onboarding", Token.manager(), "{}").status());
  }

  @Test
  void freezesAndSignsTheReport() throws IOException {
    String id = mandatoryDone();
    String before = world.request("GetReport").on(id).send().text();

    Answer signed = signOff(id, Token.manager(), "{\"reason\": \"All <b>delivered</b>.\"}");

    assertEquals(201, signed.status(), signed.text());
    assertEquals("SIGNED_OFF", signed.body().at("/onboarding/state").asText());
    assertEquals("Mara Manager (sub-mara)", signed.body().at("/signOff/by").asText());
    String frozen = world.request("GetReport").on(id).send().text();
    assertNotEquals(before, frozen);
    assertTrue(frozen.contains("All <b>delivered</b>."));
    world.clock().pass(Duration.ofDays(3));
    assertEquals(frozen, world.request("GetReport").on(id).send().text());

    Path report = Files.writeString(folder.resolve("report.json"), frozen);
    Path key = Files.writeString(folder.resolve("key.pem"), world.signing().publicKey());
    JsonNode signOff = world.request("GetSignOff").by(Token.customer(id)).on(id).send().body();
    assertEquals(signed.body().get("signOff"), signOff);
    Path signature =
        Files.write(
            ReportVerification.signatureOf(report),
            Base64.getDecoder().decode(signOff.get("signature").asText()));
    assertInstanceOf(Verdict.Genuine.class, ReportVerification.verify(report, key, signature));
    Files.writeString(report, before);
    assertInstanceOf(Verdict.NotGenuine.class, ReportVerification.verify(report, key, signature));

    Answer events = world.request("ListEvents").on(id).query("limit", "200").send();
    assertTrue(events.text().contains("onboarding.signed-off"), events.text());
    assertTrue(events.text().contains(signOff.get("sha256").asText()), events.text());
  }

  @Test
  void needsNoBody() {
    String id = mandatoryDone();
    Answer signed = world.request("SignOff").on(id).send();
    assertEquals(201, signed.status(), signed.text());
    assertFalse(signed.body().get("signOff").has("reason"));
  }

  @Test
  void nothingChangesAfterwards() {
    String id = mandatoryDone();
    assertEquals(201, signOff(id, Token.manager(), "{}").status());

    Answer late = world.save(id, "platform", 0, "{\"domain\": \"paas.hoster.example\"}");
    assertEquals(409, late.status());
    assertEquals("onboarding.signed-off", late.code());
    assertEquals(409, world.act("RetryTask", Token.manager(), id, ApiWorld.MAIL).status());
    assertEquals(409, signOff(id, Token.manager(), "{}").status());
    for (String operation : List.of("StopOnboarding", "CancelOnboarding")) {
      assertEquals(
          409,
          world.request(operation).on(id).body("{\"reason\": \"x\"}").send().status(),
          operation);
    }
    assertEquals(409, world.start(id, world.hash(id)).status());
    assertEquals(Onboarding.State.SIGNED_OFF, state(id));
    Answer list = world.request("ListOnboardings").query("state", "SIGNED_OFF").send();
    assertEquals(id, list.body().at("/onboardings/0/id").asText());
  }

  @Test
  void leavesAWaitingRunForWakeToStop() {
    String id = mandatoryDone();
    world.outcome(id, ApiWorld.IPS, waiting());

    assertEquals(201, signOff(id, Token.manager(), "{}").status());

    Onboarding signedOff = world.context().onboardings().find(id).orElseThrow();
    assertTrue(signedOff.isSignalDue());
    assertFalse(signedOff.settled().isSignalDue());
    assertEquals(
        "WAITING",
        Stream.of(world.request("GetReport").on(id).send().body().get("tasks"))
            .flatMap(JsonNode::valueStream)
            .filter(task -> task.get("task").asText().equals(ApiWorld.IPS))
            .findFirst()
            .orElseThrow()
            .get("outcome")
            .asText());
  }

  @Test
  void aCompletedRunNeedsNothingMore() {
    String id = mandatoryDone();
    world.wake(
        id,
        "run.completed",
        onboarding -> onboarding.to(Onboarding.State.COMPLETED, world.clock().instant()));
    assertEquals(201, signOff(id, Token.manager(), "{}").status());
    assertFalse(world.context().onboardings().find(id).orElseThrow().isSignalDue());
  }

  @Test
  void answersTheReportInTheFormAskedFor() {
    String id = mandatoryDone();
    for (String format : List.of("html", "markdown")) {
      Answer answer = world.request("GetReport").on(id).query("format", format).send();
      assertEquals(200, answer.status());
      assertTrue(answer.text().contains("Example Hosting"), answer.text());
    }
    Answer unknown = world.request("GetReport").on(id).query("format", "pdf").send();
    assertEquals("format", unknown.field());
  }

  @Test
  void thePeopleAndTheTimesAreInTheReport() {
    String id = world.running();
    world.outcome(id, ApiWorld.MAIL, waiting());
    world.clock().pass(Duration.ofHours(5));
    world.outcome(id, ApiWorld.MAIL, done());
    JsonNode mail =
        world
            .request("GetReport")
            .on(id)
            .send()
            .body()
            .get("tasks")
            .valueStream()
            .filter(task -> task.get("task").asText().equals(ApiWorld.MAIL))
            .findFirst()
            .orElseThrow();
    assertEquals("[\"machine\"]", mail.get("who").toString());
    assertTrue(mail.get("tookSeconds").asLong() >= Duration.ofHours(5).toSeconds());
    assertEquals("CUSTOMER", mail.at("/waitedFor/0/party").asText());
    assertEquals("DONE", world.context().tasks().of(id, TaskKey.parse(ApiWorld.MAIL)).state());
  }
}
