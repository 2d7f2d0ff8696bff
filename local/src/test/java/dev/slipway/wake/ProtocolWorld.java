package dev.slipway.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Signal;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.log.Log;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Unmet;
import dev.slipway.task.Work;
import dev.slipway.testing.StepScheduler;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestLambdaContext;
import dev.slipway.testing.TestTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;

/**
 * One task of one onboarding with everybody who acts on it, one step at a time. Handler, ledger and
 * Wake are the real ones; Step Functions is played: one state that waits for a token, retries with
 * a new one, and is passed on success.
 */
final class ProtocolWorld {
  private static final TaskKey TASK = new TaskKey("section.task", "");
  private static final int MOST_STEPS = 1500;

  private final TestClock clock = new TestClock();
  private final Random chance;
  private final StepScheduler scheduler;
  private final Ledger ledger;
  private final Ledger outside;
  private final TaskFunction function;
  private final TaskWaker waker;
  private final RunKeeper keeper;
  private final String onboarding;

  /** Changes that the table's stream has still to tell Wake of. */
  private int streamed = 1;

  private int requestsLeft;
  private int faultsLeft;

  private boolean good;
  private int run;
  private int tokens;
  private int retry;
  private int attempts;
  private boolean passed;
  private boolean stopped;
  private String token;
  private final Set<Integer> started = new HashSet<>();
  private final Deque<Runnable> late = new ArrayDeque<>();

  ProtocolWorld(TestTable table, long seed, int requests, int faults) {
    this.chance = new Random(seed);
    this.scheduler = new StepScheduler(chance);
    this.requestsLeft = requests;
    this.faultsLeft = faults;
    this.outside = new Ledger(table.client(), table.name(), clock);
    this.ledger =
        new Ledger(
            scheduler.stepping(DynamoDbClient.class, table.client()), table.name(), clock, chance);
    Checklists checklists = new Checklists(List.of(checklist()));
    this.function =
        new OneProbe(
            FunctionContext.of(Map.of("SLIPWAY_TABLE", table.name()), clock)
                .with(ledger, checklists));
    this.waker = new TaskWaker(ledger, checklists, this::signal, Log.none());
    this.keeper =
        new RunKeeper(
            ledger,
            Log.none(),
            new Executions(
                scheduler.stepping(SfnClient.class, playedStepFunctions()),
                name -> "arn:aws:states:us-east-1:0:stateMachine:onboarding"));
    Onboarding created =
        outside.create(
            UUID.randomUUID().toString(), "", "explored", "explored", "1", Actor.system("test"));
    this.onboarding = created.id();
    outside.save(
        created, created.starting("plan", clock.instant()), Actor.system("test"), "start", null);
  }

  private static Checklist checklist() {
    return ChecklistSource.parse(
        """
        name: explored
        version: "1"
        title: One task
        sections:
          - id: section
            title: Section
            tasks:
              - id: task
                row: X1
                title: Task
                requirement: mandatory
                mode: automatic
                steps: [{id: look, title: Look, mode: automatic}]
        """);
  }

  /** Done once somebody made it good. */
  private final class OneProbe extends TaskFunction {
    OneProbe(FunctionContext context) {
      super(context);
    }

    @Override
    protected void perform(Work work) {
      work.machine("look", "thing", this::look);
    }

    @Override
    protected void verify(Work work) {}

    private Finding look() {
      attempts++;
      if (!good) {
        throw new Unmet("thing.bad", "thing", "thing", "The thing is bad.", "Make it good.");
      }
      return new Finding("thing.look", "thing", "good");
    }
  }

  // --- Step Functions, played

  private SfnClient playedStepFunctions() {
    return (SfnClient)
        Proxy.newProxyInstance(
            SfnClient.class.getClassLoader(),
            new Class<?>[] {SfnClient.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "startExecution" -> {
                    StartExecutionRequest.Builder request = StartExecutionRequest.builder();
                    @SuppressWarnings("unchecked")
                    var consumer =
                        (java.util.function.Consumer<StartExecutionRequest.Builder>) arguments[0];
                    consumer.accept(request);
                    yield start(request.build().name());
                  }
                  case "stopExecution" -> {
                    stopped = true;
                    token = null;
                    yield StopExecutionResponse.builder().build();
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private StartExecutionResponse start(String name) {
    int number = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    if (started.add(number)) {
      run = number;
      retry = 0;
      passed = false;
      stopped = false;
      newAttempt();
    }
    return StartExecutionResponse.builder().executionArn("arn:" + name).build();
  }

  private void newAttempt() {
    if (stopped || passed) {
      return;
    }
    token = "token-" + ++tokens;
    String mine = token;
    clock.pass(Duration.ofMillis(10));
    String payload =
        """
        {"onboardingId": "%s", "run": %d, "task": "%s", "entered": "%s", "retry": %d,
         "taskToken": "%s"}"""
            .formatted(onboarding, run, TASK, clock.instant(), retry++, token);
    Runnable invocation = () -> invoke(payload, mine);
    if (faultsLeft > 0 && chance.nextInt(4) == 0) {
      // Step Functions gives up on an invocation that arrives late all the same.
      faultsLeft--;
      late.add(invocation);
      newAttempt();
      return;
    }
    invocation.run();
  }

  private void invoke(String payload, String mine) {
    scheduler.add(
        () ->
            function.handleRequest(
                new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream(),
                new TestLambdaContext(1000)),
        thrown -> {
          streamed++;
          if (thrown != null && mine.equals(token)) {
            // Busy, dead, or unavailable: Retry gives it another attempt, a little later.
            clock.pass(Duration.ofSeconds(3));
            newAttempt();
          } else if (thrown != null
              && !(thrown instanceof StepScheduler.Killed)
              && !(thrown instanceof Slipway.Busy)) {
            throw new AssertionError(thrown);
          }
        });
  }

  private void signal(String to, Signal.Kind kind) {
    scheduler.stepping(Runnable.class, () -> {}).run();
    if (!to.equals(token)) {
      return;
    }
    if (kind == Signal.Kind.SUCCESS) {
      passed = true;
      token = null;
      TaskRecord task = outside.task(onboarding, TASK);
      assertTrue(
          task.outcome() != null && task.outcome().isFinal(), "passed without a final outcome");
    } else {
      newAttempt();
    }
  }

  // --- people, faults, Wake

  void good() {
    good = true;
  }

  int attempts() {
    return attempts;
  }

  boolean isPassed() {
    return passed;
  }

  /** Lets everybody act, in an order decided by chance, until nothing is left to do. */
  void play() {
    while (act(() -> {})) {}
  }

  /** The same, with requests at one moment; answers whether that moment came. */
  boolean playAskingAt(int moment, int times) {
    boolean[] asked = {false};
    while (act(
        () -> {
          if (!asked[0] && scheduler.steps() >= moment) {
            asked[0] = true;
            for (int i = 0; i < times; i++) {
              ask();
            }
          }
        })) {}
    return asked[0];
  }

  private boolean act(Runnable person) {
    assertTrue(
        scheduler.steps() < MOST_STEPS,
        () ->
            "it does not come to rest: "
                + outside.task(onboarding, TASK)
                + outside.onboarding(onboarding));
    person.run();
    if (requestsLeft > 0 && chance.nextInt(12) == 0) {
      requestsLeft--;
      ask();
    }
    if (streamed > 0 && chance.nextInt(4) == 0) {
      streamed--;
      wake();
    }
    if (!late.isEmpty() && chance.nextInt(20) == 0) {
      late.pop().run();
    }
    if (faultsLeft > 0 && chance.nextInt(12) == 0) {
      faultsLeft--;
      if (token != null && chance.nextBoolean()) {
        clock.pass(Duration.ofSeconds(10)); // States.Timeout while the handler lives on.
        newAttempt();
        return true;
      }
      return scheduler.step(true) || idle();
    }
    return scheduler.step(false) || idle();
  }

  /** Nobody is at work: what remains is the sweep. */
  private boolean idle() {
    if (!late.isEmpty()) {
      late.pop().run();
      return true;
    }
    if (requestsLeft > 0) {
      requestsLeft--;
      ask();
      return true;
    }
    if (outside.signals().since().stream()
        .noneMatch(each -> each.due().onboarding().equals(onboarding))) {
      return false;
    }
    wake();
    return true;
  }

  private void ask() {
    good = true;
    streamed++;
    scheduler.add(
        () ->
            ledger.request(
                onboarding,
                TASK,
                false,
                Optional.empty(),
                Optional.empty(),
                new Actor("ann", "customer"),
                "task.retried",
                "made good"),
        ProtocolWorld::mayOnlyBeKilled);
  }

  private void wake() {
    boolean task = chance.nextInt(3) != 0;
    scheduler.add(
        () -> {
          if (task) {
            waker.look(onboarding, TASK);
          } else {
            keeper.look(onboarding);
          }
        },
        ProtocolWorld::mayOnlyBeKilled);
  }

  private static void mayOnlyBeKilled(Throwable thrown) {
    if (thrown != null && !(thrown instanceof StepScheduler.Killed)) {
      throw new AssertionError(thrown);
    }
  }

  // --- what must hold

  void verify(String when) {
    TaskRecord task = outside.task(onboarding, TASK);
    Onboarding meta = outside.onboarding(onboarding).orElseThrow();
    String state = when + ": " + task + " " + meta;
    assertEquals(task.requestedGeneration(), task.handledGeneration(), () -> "unheard: " + state);
    if (passed) {
      assertTrue(task.outcome().isFinal(), () -> "passed while open: " + state);
    } else {
      assertTrue(
          task.token() != null && task.token().equals(token) && !task.outcome().isFinal(),
          () -> "stalled: " + state + " token " + token);
    }
  }
}
