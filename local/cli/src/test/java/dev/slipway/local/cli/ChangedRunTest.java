package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.Ending;
import dev.slipway.local.run.OnboardingRun;
import dev.slipway.local.run.Pace;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileReader;
import dev.slipway.local.run.Role;
import dev.slipway.local.sandbox.world.RecordedCall;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * An onboarding that is through, and then changes: something is chosen later, a key is replaced, a
 * setting is put back, the run is stopped for weeks. Only what is concerned runs again.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangedRunTest {
  private static final Path PROFILES = ProjectRoot.find().resolve("events/profiles");
  private static final String SMTP = "technical-configuration.configure-smtp";
  private static final String DOCKER = "technical-configuration.assign-docker-account";
  private static final String MONITORING = "technical-configuration.set-up-monitoring";

  private static LocalSlipway slipway;
  private static Pace pace;
  private static String id;
  private static SlipwayApi manager;
  private static SlipwayApi customer;

  @BeforeAll
  static void runToTheEnd() throws Exception {
    slipway = LocalSlipway.start(LocalSlipway.Wishes.of(null, null).simulated(true));
    pace = slipway.pace();
    Profile profile =
        new ProfileReader(new Checklists()).read(PROFILES.resolve("hosting-provider-minimal.json"));
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    OnboardingRun run =
        new OnboardingRun(
            profile,
            Optional.empty(),
            slipway.callers(),
            slipway.standIns(),
            new Terminal(nowhere, nowhere, 0).view(),
            pace,
            Duration.ofMinutes(5),
            () -> false);
    assertInstanceOf(Ending.AllFinal.class, run.run());
    id = run.onboarding();
    manager = slipway.callers().as(Role.MANAGER, id);
    customer = slipway.callers().as(Role.CUSTOMER, id);
    await(answer -> state(answer).equals("COMPLETED"));
  }

  @AfterAll
  static void stop() {
    slipway.close();
  }

  private static String state(JsonNode answer) {
    return answer.at("/onboarding/state").asText();
  }

  private static JsonNode task(JsonNode answer, String task) {
    for (JsonNode section : answer.path("sections")) {
      for (JsonNode each : section.path("tasks")) {
        if (each.path("task").asText().equals(task)) {
          return each;
        }
      }
    }
    throw new AssertionError("no " + task);
  }

  private static boolean isDone(JsonNode answer, String task) {
    JsonNode it = task(answer, task);
    return it.path("outcome").asText().equals("DONE") && !it.path("askedAgain").asBoolean();
  }

  /** Nothing of the technical configuration is open; what rests on it may wait for people. */
  private static boolean isSettled(JsonNode answer) {
    if (answer.at("/onboarding").has("runBeingReplaced")) {
      return false;
    }
    for (JsonNode task : answer.at("/sections/0/tasks")) {
      boolean open =
          List.of("PENDING", "WAITING", "FAILED").contains(task.path("outcome").asText());
      if (open || task.path("askedAgain").asBoolean() || task.path("beingPerformed").asBoolean()) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode await(Predicate<JsonNode> wanted) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    JsonNode answer = null;
    while (Instant.now().isBefore(end)) {
      pace.settle();
      answer = manager.onboarding(id);
      if (wanted.test(answer)) {
        return answer;
      }
      // Not further than it takes: nobody waits for weeks here.
      if (!pace.pause(pace.now().plus(Duration.ofMinutes(5)))) {
        Thread.sleep(20);
      }
    }
    throw new AssertionError("not so: " + answer.toPrettyString());
  }

  private static Map<String, Integer> attempts(JsonNode answer) {
    Map<String, Integer> attempts = new TreeMap<>();
    for (JsonNode section : answer.path("sections")) {
      for (JsonNode each : section.path("tasks")) {
        attempts.put(each.path("task").asText(), each.path("attempts").asInt());
      }
    }
    return attempts;
  }

  private static JsonNode full() throws IOException {
    return Json.MAPPER.readTree(PROFILES.resolve("hosting-provider.json").toFile());
  }

  private static void save(String element, JsonNode value) {
    long version = 0;
    for (JsonNode known : customer.elements(id).path("elements")) {
      version =
          known.path("element").asText().equals(element) ? known.path("version").asLong() : version;
    }
    customer.saveElement(
        id, element, value, version == 0 ? OptionalLong.empty() : OptionalLong.of(version));
  }

  @Test
  @Order(1)
  void anActivityIsAddedLater() throws Exception {
    JsonNode before = manager.onboarding(id);
    assertEquals("SKIPPED", task(before, MONITORING).path("outcome").asText());
    ObjectNode chosen = Json.MAPPER.createObjectNode();
    chosen.put("externalIps", false).put("monitoring", true).put("backuper", false);

    JsonNode preview = customer.previewElement(id, "activities", chosen);
    for (JsonNode change : preview.path("tasks")) {
      String task = change.path("task").asText();
      assertEquals(
          task.equals(MONITORING) ? "NEW" : task.startsWith("go-live.") ? "INVALID" : "UNCHANGED",
          change.path("effect").asText(),
          change::toString);
    }
    List<String> written = settingsWritten();
    assertEquals("monitoring", preview.at("/missing/0/field").asText());
    save("activities", chosen);
    JsonNode saved = manager.onboarding(id).path("onboarding");
    assertTrue(
        saved.path("runBeingReplaced").asBoolean()
            || saved.path("run").asInt() > before.at("/onboarding/run").asInt(),
        saved::toString);

    // The section's gate asks for what the activity needs.
    await(answer -> answer.path("openWork").toString().contains("technical-configuration.gate"));
    save("monitoring", full().at("/elements/monitoring"));
    customer.storeCredential(id, "monitoring", full().at("/credentials/monitoring"));
    await(answer -> answer.path("openWork").toString().contains("confirm-alert"));
    customer.complete(id, MONITORING, "confirm-alert", "It arrived.", null);
    JsonNode after = await(ChangedRunTest::isSettled);

    assertEquals("DONE", task(after, MONITORING).path("outcome").asText());
    assertTrue(after.at("/onboarding/run").asInt() > 1);
    assertEquals(written, settingsWritten(), "nothing else was performed again");
  }

  /** What was done stands: it is looked at with the new key, and nothing is written again. */
  @Test
  @Order(2)
  void aReplacedKeyIsVerifiedWith() throws Exception {
    JsonNode before = manager.onboarding(id);
    List<String> written = settingsWritten();
    JsonNode stored = customer.storeCredential(id, "platform", full().at("/credentials/platform"));
    assertEquals("VALID", stored.path("grade").asText());
    assertTrue(stored.path("rechecked").toString().contains(SMTP), stored::toString);
    JsonNode after = await(ChangedRunTest::isSettled);
    assertTrue(
        task(after, SMTP).path("attempts").asInt() > task(before, SMTP).path("attempts").asInt(),
        "verified with the new key");
    assertEquals(written, settingsWritten());
  }

  private static List<String> settingsWritten() {
    return slipway.sandbox().calls().stream()
        .filter(call -> call.method().equals("administration.config.ChangeConfigKey"))
        .map(RecordedCall::key)
        // Without a key it is asked whether it may be called at all.
        .filter(key -> !key.isEmpty())
        .toList();
  }

  @Test
  @Order(3)
  void aKeyThatIsNotValidReplacesNone() {
    JsonNode before = manager.onboarding(id);
    ObjectNode wrong =
        Json.MAPPER
            .createObjectNode()
            .put("user", "hosterpaas")
            .put("token", "dckr_pat_wrong00000000000000000");
    JsonNode stored = customer.storeCredential(id, "docker", wrong);
    assertFalse(stored.path("grade").asText().equals("VALID"), stored::toString);
    assertTrue(stored.path("usable").asBoolean(), "the old one is in use");
    assertEquals(attempts(before), attempts(manager.onboarding(id)));
  }

  @Test
  @Order(4)
  void settingsArePutBack() throws Exception {
    JsonNode asked = manager.putBack(id, SMTP, "the new server is not ready");
    assertTrue(asked.at("/settings/change:1").has("smtp.mail.host"), asked::toString);
    JsonNode open =
        await(
            answer ->
                task(answer, SMTP).path("outcome").asText().equals("WAITING")
                    && !task(answer, SMTP).path("askedAgain").asBoolean()
                    && answer
                        .path("openWork")
                        .toString()
                        .contains("The old settings were put back"));
    assertEquals("VENDOR", openWork(open, SMTP).path("party").asText());
    String report = new String(manager.report(id), StandardCharsets.UTF_8);
    assertTrue(report.contains("put back: "), report);
  }

  @Test
  @Order(6)
  void theyAreSetAgain() throws Exception {
    manager.retry(id, SMTP, "it is ready now");
    await(
        answer ->
            isDone(answer, SMTP) || answer.path("openWork").toString().contains("confirm-receipt"));
    if (!isDone(manager.onboarding(id), SMTP)) {
      ObjectNode values = Json.MAPPER.createObjectNode();
      values.putArray("received").add("accountManagement").add("environmentLifecycle");
      customer.complete(id, SMTP, "confirm-receipt", "Both arrived again.", values);
    }
    await(ChangedRunTest::isSettled);
  }

  /** One section is stopped for longer than an execution could be redriven; the others go on. */
  @Test
  @Order(5)
  void aSectionThatWasStoppedForWeeksGoesOn() throws Exception {
    String section = "technical-configuration";
    String branding = "platform-customization.apply-branding";
    JsonNode before = manager.onboarding(id);
    List<String> written = settingsWritten();
    assertEquals(1, running("HostingProviderTechnicalConfiguration"));

    manager.stopSection(id, section, "a new region is being built");
    JsonNode stopped = await(answer -> isAsked(answer, section + ".resume"));
    assertEquals(0, running("HostingProviderTechnicalConfiguration"));
    assertEquals(1, running("HostingProviderOnboarding"));
    assertEquals("RUNNING", state(stopped));
    assertEquals(before.at("/onboarding/run"), stopped.at("/onboarding/run"));
    JsonNode wait = openWork(stopped, section + ".resume");
    assertEquals("WAITING", wait.path("outcome").asText());
    assertEquals("VENDOR", wait.path("party").asText());
    assertTrue(wait.path("instructions").asText().contains("a new region"), wait::toString);
    assertEquals(
        "a new region is being built", section(stopped, section).at("/stopped/reason").asText());
    assertFalse(section(stopped, "billing-integration").has("stopped"));

    // What is asked of another section is performed, in a run that keeps this one stopped.
    manager.retry(id, branding, "another logo");
    await(
        answer ->
            attempts(answer).get(branding) > attempts(before).get(branding)
                && isAsked(answer, section + ".resume"));
    Instant later = pace.now().plus(Duration.ofDays(15));
    while (pace.now().isBefore(later)) {
      pace.settle();
      pace.pause(later);
    }
    JsonNode still = manager.onboarding(id);
    assertTrue(isAsked(still, section + ".resume"));
    assertEquals(0, running("HostingProviderTechnicalConfiguration"));
    assertEquals(attempts(before).get(SMTP), attempts(still).get(SMTP));

    manager.startSection(id, section, "it is built");
    JsonNode after =
        await(
            answer ->
                !isAsked(answer, section + ".resume")
                    && attempts(answer).get(SMTP) > attempts(before).get(SMTP));
    assertFalse(section(after, section).has("stopped"));
    assertEquals(still.at("/onboarding/run"), after.at("/onboarding/run"), "no other run");
    assertEquals(attempts(before).get(DOCKER), attempts(after).get(DOCKER), "it is done");
    assertEquals(written, settingsWritten(), "what was done is not done again");
  }

  private static boolean isAsked(JsonNode answer, String task) {
    for (JsonNode each : answer.path("openWork")) {
      if (each.path("task").asText().equals(task)) {
        return true;
      }
    }
    return false;
  }

  /** How many executions of a state machine are under way. */
  private static int running(String machine) {
    var key = slipway.runtime().operatorKey();
    var arn = slipway.runtime().template().stateMachine(machine).orElseThrow().arn();
    try (var client =
        SfnClient.builder()
            .endpointOverride(slipway.runtime().awsUri())
            .region(Region.US_EAST_1)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.id(), key.secret())))
            .build()) {
      return client
          .listExecutions(r -> r.stateMachineArn(arn).statusFilter(ExecutionStatus.RUNNING))
          .executions()
          .size();
    }
  }

  private static JsonNode openWork(JsonNode answer, String task) {
    for (JsonNode each : answer.path("openWork")) {
      if (each.path("task").asText().equals(task)) {
        return each;
      }
    }
    throw new AssertionError("nobody is asked for " + task + ": " + answer.path("openWork"));
  }

  private static JsonNode section(JsonNode answer, String section) {
    for (JsonNode each : answer.path("sections")) {
      if (each.path("section").asText().equals(section)) {
        return each;
      }
    }
    throw new AssertionError("there is no section " + section);
  }

  @Test
  @Order(7)
  void aRunThatWasStoppedForWeeksGoesOn() throws Exception {
    manager.retry(id, DOCKER, "to have something under way");
    await(
        answer ->
            state(answer).equals("RUNNING") && !answer.at("/onboarding").has("runBeingReplaced"));
    manager.stop(id, "a deployment");
    await(answer -> state(answer).equals("STOPPED"));
    JsonNode before = manager.onboarding(id);
    List<String> written = settingsWritten();
    Instant later = pace.now().plus(Duration.ofDays(15));
    while (pace.now().isBefore(later)) {
      pace.settle();
      pace.pause(later);
    }
    assertEquals("STOPPED", state(manager.onboarding(id)));

    manager.start(id, manager.plan(id).path("hash").asText());
    JsonNode after = await(ChangedRunTest::isSettled);

    assertTrue(after.at("/onboarding/run").asInt() > before.at("/onboarding/run").asInt());
    assertEquals(written, settingsWritten(), "what was done is not done again");
    assertEquals(
        task(before, MONITORING).path("attempts").asInt(),
        task(after, MONITORING).path("attempts").asInt(),
        "only unfinished work runs");
  }
}
