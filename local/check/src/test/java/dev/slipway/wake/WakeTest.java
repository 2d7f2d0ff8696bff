package dev.slipway.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Claim;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Signal;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestLambdaContext;
import dev.slipway.testing.TestTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/** Wake decides from what the stream tells, however old that is, and asks the table for little. */
class WakeTest {
  private static final Actor MIA = new Actor("mia", "manager");
  private static final TaskKey FIRST = new TaskKey("section.first", "");
  private static final TaskKey SECOND = new TaskKey("section.second", "");
  private static final TaskKey OTHER = new TaskKey("section.other", "");
  private static final Outcome DONE = new Outcome.Done(List.of());

  private final TestClock clock = new TestClock();
  private final TestTable table = new TestTable();
  private final List<String> asked = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private boolean isRefused;

  /** Reads and writes of the table are counted in what Wake does only. */
  private final FunctionContext place =
      FunctionContext.of(
              Map.of("SLIPWAY_ONBOARDING_ONE", "arn:aws:states:us-east-1:0:stateMachine:one"),
              clock,
              Optional.of(new StepFunctions()))
          .with(table.disturbed(clock, asked::add), checklists());

  private final FunctionContext outside =
      FunctionContext.of(Map.of(), clock)
          .with(new Items(table.client(), table.name(), clock), checklists());
  private final Wake wake = new Wake(place);
  private String id;

  private static Checklists checklists() {
    return new Checklists(
        List.of(
            ChecklistSource.parse(
                """
                name: one
                version: "1"
                title: One
                sections:
                  - id: section
                    title: Section
                    elements: []
                    tasks:
                      - {id: first, row: X1, title: First, requirement: mandatory, mode: automatic,
                         steps: [{id: act, title: Act, mode: automatic}]}
                      - {id: second, row: X2, title: Second, requirement: mandatory, mode: automatic,
                         dependsOn: [section.first],
                         steps: [{id: act, title: Act, mode: automatic}]}
                      - {id: other, row: X3, title: Other, requirement: mandatory, mode: automatic,
                         steps: [{id: act, title: Act, mode: automatic}]}
                """)));
  }

  /** Step Functions, that take every answer but while they refuse. */
  private final class StepFunctions implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          String action = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElseThrow();
          JsonNode body =
              Json.MAPPER.readTree(
                  request.contentStreamProvider().orElseThrow().newStream().readAllBytes());
          if (!isRefused) {
            told.add(
                action.substring(action.indexOf('.') + 1) + " " + body.path("taskToken").asText());
          }
          String answer = isRefused ? "{\"__type\": \"AccessDeniedException\"}" : "{}";
          return HttpExecuteResponse.builder()
              .response(SdkHttpFullResponse.builder().statusCode(isRefused ? 400 : 200).build())
              .responseBody(
                  AbortableInputStream.create(
                      new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8))))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void startsARun() {
    Onboarding created = outside.onboardings().create("key", "", "one", "one", "1", MIA);
    id = created.id();
    Onboarding starting = created.starting("plan", clock.instant());
    outside.onboardings().save(created, starting, MIA, "start", null);
    outside.onboardings().save(starting, starting.running("arn:run"), MIA, "run", null);
  }

  private TaskRecord task(TaskKey key) {
    return outside.tasks().of(id, key);
  }

  private void save(TaskRecord before, TaskRecord after) {
    outside.tasks().save(id, before, after);
  }

  private void attempt(TaskKey key, Outcome outcome) {
    claim(key);
    commit(key, outcome);
  }

  private void claim(TaskKey key) {
    clock.pass(Duration.ofSeconds(1));
    TaskRecord before = task(key);
    Claim claim =
        new Claim(
            "claim", 1, clock.instant(), 0, "token of " + key + before.version(), 0, null, null);
    save(
        before,
        ((TaskRecord.ClaimAnswer.Granted)
                before.claim(claim, clock.instant(), Duration.ofMinutes(1)))
            .record());
  }

  private void commit(TaskKey key, Outcome outcome) {
    TaskRecord claimed = task(key);
    save(claimed, claimed.commit(outcome, "inputs", true, clock.instant()));
  }

  private void request(TaskKey key) {
    save(task(key), task(key).request(false, clock.instant()));
  }

  private JsonNode image(TaskKey key) {
    return table.image("ONB#" + id, "TASK#" + key);
  }

  /** Tells Wake of these images; answers how many it could not look at. */
  private int stream(JsonNode... images) throws IOException {
    asked.clear();
    ObjectNode event = Json.MAPPER.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (JsonNode image : images) {
      ObjectNode change = records.addObject().put("eventName", "MODIFY").putObject("dynamodb");
      change.put("SequenceNumber", Integer.toString(records.size()));
      change.putObject("Keys").set("PK", image.get("PK"));
      change.withObject("Keys").set("SK", image.get("SK"));
      change.set("NewImage", image);
    }
    return handled(event).path("batchItemFailures").size();
  }

  private JsonNode handled(JsonNode event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    wake.handleRequest(
        new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
        answer,
        new TestLambdaContext(10_000));
    return Json.MAPPER.readTree(answer.toByteArray());
  }

  @Test
  void aFinalOutcomeIsToldItsStateWithOneReadAndTwoWrites() throws IOException {
    attempt(OTHER, DONE);
    stream(image(OTHER));
    assertEquals(List.of("SendTaskSuccess token of section.other0"), told);
    assertEquals(List.of("getItem", "putItem", "putItem"), asked);
    assertFalse(task(OTHER).signalDue());
  }

  @Test
  void aDependencyIsPassedOnWithOneWriteForEachThatWaits() throws IOException {
    attempt(SECOND, Outcome.Waiting.onTasks(List.of("section.first")));
    attempt(FIRST, DONE);
    stream(image(FIRST));
    assertEquals(
        List.of(
            "getItem",
            "batchGetItemPaginator", // Those that may wait …
            "batchGetItemPaginator", // … and for what.
            "transactWriteItems",
            "putItem",
            "putItem"),
        asked);
    assertEquals(1, task(SECOND).requestedGeneration());
  }

  @Test
  void aWaitForAPersonIsLeftToThePerson() {
    attempt(OTHER, waiting(null));
    assertFalse(task(OTHER).signalDue());
  }

  @Test
  void aWaitForATimeIsLeftToTheSweep() throws IOException {
    attempt(OTHER, waiting(clock.instant().plus(Duration.ofHours(1))));
    stream(image(OTHER));
    assertEquals(List.of(), asked);
    clock.pass(Duration.ofHours(1));
    handled(Json.MAPPER.createObjectNode());
    assertEquals(1, task(OTHER).requestedGeneration());
  }

  private static Outcome waiting(java.time.Instant until) {
    return new Outcome.Waiting(
        Party.CUSTOMER, "act", List.of(), "Act.", "It is looked at.", null, until, null, List.of());
  }

  @Test
  void aRequestDuringAnAttemptIsLeftToItsCommit() throws IOException {
    claim(OTHER);
    request(OTHER);
    assertFalse(task(OTHER).signalDue(), "there is no token to answer");
    commit(OTHER, DONE);
    stream(image(OTHER));
    assertEquals(List.of("SendTaskFailure token of section.other0"), told);
  }

  @Test
  void anOnboardingIsReadOnceForAllTasksOfAnEvent() throws IOException {
    attempt(FIRST, DONE);
    attempt(OTHER, DONE);
    stream(image(OTHER), image(FIRST));
    assertEquals(1, asked.stream().filter("getItem"::equals).count());
    assertEquals(2, told.size());
  }

  @Test
  void aRunThatIsToBeReplacedGoesOnButForWhatItLeft() throws IOException {
    attempt(FIRST, DONE);
    stream(image(FIRST));
    outside
        .requests()
        .request(id, FIRST, true, Optional.empty(), Optional.empty(), MIA, "task.retry", "again");
    assertTrue(outside.onboardings().find(id).orElseThrow().stale());
    told.clear();
    stream(image(FIRST));
    assertEquals(List.of(), told);
    attempt(OTHER, DONE);
    stream(image(OTHER));
    assertEquals(List.of("SendTaskSuccess token of section.other0"), told);
  }

  @Test
  void anOldImageDecidesNothing() throws IOException {
    attempt(OTHER, DONE);
    JsonNode old = image(OTHER);
    request(OTHER);
    stream(old);
    assertEquals(List.of(), told);
    stream(image(OTHER));
    assertEquals(List.of("SendTaskFailure token of section.other0"), told);
  }

  @Test
  void ofSeveralChangesOfATaskTheLastOneIsLookedAt() throws IOException {
    attempt(OTHER, DONE);
    JsonNode old = image(OTHER);
    request(OTHER);
    stream(old, image(OTHER));
    // The attempt that comes now clears it.
    assertEquals(List.of("getItem", "putItem"), asked);
    assertEquals(List.of("SendTaskFailure token of section.other0"), told);
  }

  @Test
  void aDecisionThatWasNotSentIsSentWhenTheStreamTellsAgain() throws IOException {
    attempt(OTHER, DONE);
    JsonNode image = image(OTHER);
    isRefused = true;
    assertEquals(1, stream(image));
    isRefused = false;
    assertEquals(0, stream(image));
    assertEquals(List.of("SendTaskSuccess token of section.other0"), told);
    assertFalse(task(OTHER).signalDue());
  }

  @Test
  void aDecisionIsLeftToWhoDecidedAndAfterAMinuteToTheSweep() throws IOException {
    attempt(OTHER, DONE);
    TaskRecord done = task(OTHER);
    save(done, done.decided(Signal.Kind.SUCCESS, clock.instant().plus(Duration.ofMinutes(1))));
    stream(image(OTHER));
    assertEquals(List.of(), asked);
    clock.pass(Duration.ofMinutes(1));
    handled(Json.MAPPER.createObjectNode());
    assertEquals(List.of("SendTaskSuccess token of section.other0"), told);
  }
}
