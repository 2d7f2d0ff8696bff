package dev.slipway.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Decisions;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Requests;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.Tasks;
import dev.slipway.log.Log;
import dev.slipway.task.ResumeSection;
import dev.slipway.task.SectionGate;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestLambdaContext;
import dev.slipway.testing.TestTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;

/** A section is stopped and goes on, whichever of gate, decision and end comes first. */
class SectionKeeperTest {
  private static final Actor MIA = new Actor("mia", "manager");
  private static final TaskKey GATE = new TaskKey("section.gate", "");
  private static final TaskKey RESUME = new TaskKey("section.resume", "");
  private static final String STOPPED =
      "{\\\"Error\\\":\\\"Slipway.Stopped\\\",\\\"Status\\\":\\\"ABORTED\\\"}";

  private final TestTable table = new TestTable();
  private final TestClock clock = new TestClock();
  private final Items items = new Items(table.client(), table.name(), clock);
  private final Decisions decisions = new Decisions(items);
  private final Onboardings onboardings = new Onboardings(items);
  private final Requests requests = new Requests(items);
  private final Tasks tasks = new Tasks(items);
  private final FunctionContext context =
      FunctionContext.of(Map.of("SLIPWAY_TABLE", table.name()), clock)
          .with(
              items,
              new Checklists(
                  List.of(
                      ChecklistSource.parse(
                          """
                          name: one
                          version: "1"
                          title: One
                          sections:
                            - {id: section, title: Section, elements: [], tasks: []}
                          """))));
  private final List<String> ended = new ArrayList<>();
  private final SfnClient stepFunctions =
      (SfnClient)
          Proxy.newProxyInstance(
              SfnClient.class.getClassLoader(),
              new Class<?>[] {SfnClient.class},
              (proxy, method, arguments) -> {
                assertEquals("stopExecution", method.getName());
                StopExecutionRequest.Builder request = StopExecutionRequest.builder();
                @SuppressWarnings("unchecked")
                Consumer<StopExecutionRequest.Builder> fill =
                    (Consumer<StopExecutionRequest.Builder>) arguments[0];
                fill.accept(request);
                ended.add(request.build().executionArn());
                return StopExecutionResponse.builder().build();
              });
  private final SectionKeeper keeper =
      new SectionKeeper(
          decisions,
          onboardings,
          tasks,
          Log.none(),
          new Executions(stepFunctions, name -> "unused"));
  private Onboarding onboarding;
  private int attempts;

  SectionKeeperTest() {
    onboarding = onboardings.create("key", "", "one", "one", "1", MIA);
    nextRun();
  }

  private void nextRun() {
    onboarding = onboardings.find(onboarding.id()).orElseThrow();
    onboardings.save(onboarding, onboarding.starting("plan", clock.instant()), MIA, "start", null);
    onboarding = onboardings.find(onboarding.id()).orElseThrow();
  }

  private void decide(Decision.Kind kind) {
    requests.decideSection(
        onboarding.id(),
        new Decision(
            RESUME,
            decisions.find(onboarding.id(), RESUME).map(Decision::version).orElse(0L),
            kind,
            "mia",
            "a new region",
            clock.instant(),
            null),
        false,
        MIA,
        "section.decided");
  }

  private void attempt(RequestStreamHandler function, TaskKey key, String more) throws IOException {
    clock.pass(Duration.ofSeconds(1));
    String payload =
        """
        {"onboardingId": "%s", "run": %d, "task": "%s", "entered": "%s", "retry": 0,
         "taskToken": "token-%d", %s}"""
            .formatted(onboarding.id(), onboarding.run(), key, clock.instant(), ++attempts, more);
    function.handleRequest(
        new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)),
        new ByteArrayOutputStream(),
        new TestLambdaContext(10_000));
  }

  private void enter(String execution) throws IOException {
    attempt(new SectionGate(context), GATE, "\"execution\": \"" + execution + "\"");
    keeper.look(onboarding.id(), GATE);
  }

  private Outcome resume(String cause) throws IOException {
    attempt(
        new ResumeSection(context),
        RESUME,
        "\"failure\": {\"Error\": \"States.TaskFailed\", \"Cause\": " + Json.tree(cause) + "}");
    keeper.look(onboarding.id(), RESUME);
    return tasks.of(onboarding.id(), RESUME).outcome();
  }

  private void stop() {
    decide(Decision.Kind.STOP);
    keeper.look(onboarding.id(), RESUME);
  }

  @Test
  void endsTheExecutionThatTheGateTold() throws IOException {
    enter("first");
    assertEquals(List.of(), ended);

    stop();

    assertEquals(List.of("first"), ended);
    Outcome.Waiting waiting = assertInstanceOf(Outcome.Waiting.class, resume(STOPPED));
    assertTrue(waiting.instructions().contains("a new region"), waiting::toString);
    assertEquals(List.of("first"), ended, "it is over: nothing is left to end");
    decide(Decision.Kind.PERFORM);
    assertInstanceOf(Outcome.Done.class, resume(STOPPED));
    enter("second");
    assertEquals(List.of("first"), ended);
  }

  @Test
  void endsASectionThatBeginsOnlyLater() throws IOException {
    stop();
    assertEquals(List.of(), ended);

    enter("first");

    assertEquals(List.of("first"), ended);
  }

  @Test
  void staysStoppedInTheNextRunAndLeavesTheOldOneAlone() throws IOException {
    enter("first");
    stop();
    resume(STOPPED);
    nextRun();
    keeper.look(onboarding.id(), RESUME);
    assertEquals(List.of("first"), ended);

    enter("second");

    assertEquals(List.of("first", "second"), ended);
  }

  @Test
  void whatTheSectionWaitedForInAnEarlierRunAsksNobodyInTheNext() throws IOException {
    enter("first");
    stop();
    resume(STOPPED);
    nextRun();
    decide(Decision.Kind.PERFORM);

    enter("second");

    assertTrue(tasks.of(onboarding.id(), RESUME).outcome().isFinal());
    assertEquals(List.of("first"), ended);
  }

  /** Wake ended it, and before its branch came to wait somebody started it again. */
  @Test
  void goesOnAtOnceIfItWasStartedMeanwhile() throws IOException {
    enter("first");
    stop();
    decide(Decision.Kind.PERFORM);

    assertInstanceOf(Outcome.Done.class, resume(STOPPED));
  }

  @Test
  void whatEndedByItselfIsToldAndNotTakenForStopped() throws IOException {
    enter("first");

    String died = "{\"ExecutionArn\": \"arn:aws:x\", \"Error\": \"Lambda.Unknown\"}";
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, resume(died));

    assertTrue(failed.problem().message().contains("Lambda.Unknown"), failed::toString);
    stop();
    Outcome.Waiting waiting = assertInstanceOf(Outcome.Waiting.class, resume(died));
    assertTrue(waiting.evidence().toString().contains("Lambda.Unknown"), "its reason is kept");
  }
}
