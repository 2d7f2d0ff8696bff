package dev.slipway.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.People;
import dev.slipway.ledger.Signal;
import dev.slipway.ledger.Signals;
import dev.slipway.ledger.SignedReport;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.log.Log;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  private static final String ELEMENT = "thing";

  /**
   * Never reached; as many as a transaction asks at once, so that the task is left to the outbox.
   */
  private static final List<TaskKey> OTHERS =
      IntStream.range(0, 25).mapToObj(n -> new TaskKey("section.other-" + n, "")).toList();

  private final TestClock clock = new TestClock();
  private final Random chance;
  private final StepScheduler scheduler;
  private final FunctionContext context;
  private final FunctionContext outside;
  private final TaskFunction function;
  private final RunKeeper keeper;
  private final String onboarding;

  /** Changes that the table's stream has still to tell Wake of. */
  private int streamed = 1;

  private int requestsLeft;
  private int faultsLeft;
  private int changesLeft;
  private int signOffsLeft;
  private Outcome signed;

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
    this(table, seed, requests, faults, 0, 0);
  }

  /**
   * @param changes of the element that the task reads
   * @param signOffs that are tried
   */
  ProtocolWorld(TestTable table, long seed, int requests, int faults, int changes, int signOffs) {
    this.changesLeft = changes;
    this.signOffsLeft = signOffs;
    this.chance = new Random(seed);
    this.scheduler = new StepScheduler(chance);
    this.requestsLeft = requests;
    this.faultsLeft = faults;
    Checklists checklists = new Checklists(List.of(checklist()));
    FunctionContext place = FunctionContext.of(Map.of("SLIPWAY_TABLE", table.name()), clock);
    this.outside = place.with(new Items(table.client(), table.name(), clock), checklists);
    this.context =
        place.with(
            new Items(
                scheduler.stepping(DynamoDbClient.class, table.client()),
                table.name(),
                clock,
                chance),
            checklists);
    this.function = new OneProbe(context);
    this.keeper =
        new RunKeeper(
            context.onboardings(),
            clock,
            Log.none(),
            new Executions(
                scheduler.stepping(SfnClient.class, playedStepFunctions()),
                name -> "arn:aws:states:us-east-1:0:stateMachine:onboarding"));
    Onboarding created =
        outside
            .onboardings()
            .create(
                UUID.randomUUID().toString(),
                "",
                "explored",
                "explored",
                "1",
                Actor.system("test"));
    this.onboarding = created.id();
    outside.elements().save(onboarding, element(), 0, Actor.system("test"));
    outside
        .onboardings()
        .save(
            created,
            created.starting("plan", clock.instant()),
            Actor.system("test"),
            "start",
            null);
  }

  private TaskWaker waker() {
    return new TaskWaker(
        new Standing(context.onboardings(), context.elements()),
        context.requests(),
        context.tasks(),
        clock,
        context::checklist,
        this::signal,
        Log.none());
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
            elements: [{id: thing, title: Thing, schema: {type: integer}}]
            tasks:
              - id: task
                row: X1
                title: Task
                requirement: mandatory
                mode: automatic
                inputs: [thing]
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
      work.step("look").field("thing").machine(() -> look(work.element(ELEMENT)));
    }

    @Override
    protected void verify(Work work) {}

    private Finding look(JsonNode thing) {
      attempts++;
      if (!good) {
        throw new UnmetRequirement(
            "thing.bad", "thing", "thing", "The thing is bad.", "Make it good.");
      }
      return new Finding("thing.look", "thing", thing.toString());
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
         "taskToken": "%s"}\
        """
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

  private boolean signal(String to, Signal.Kind kind) {
    scheduler.stepping(Runnable.class, () -> {}).run();
    if (!to.equals(token)) {
      return false;
    }
    if (kind == Signal.Kind.SUCCESS) {
      passed = true;
      token = null;
      TaskRecord task = outside.tasks().of(onboarding, TASK);
      assertTrue(
          task.outcome() != null && task.outcome().isFinal(), "passed without a final outcome");
    } else {
      newAttempt();
    }
    return true;
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
    return playDoingAt(
        moment,
        () -> {
          for (int i = 0; i < times; i++) {
            ask();
          }
        });
  }

  /** The same with whatever is done then. */
  boolean playDoingAt(int moment, Runnable action) {
    boolean[] done = {false};
    while (act(
        () -> {
          if (!done[0] && scheduler.steps() >= moment) {
            done[0] = true;
            action.run();
          }
        })) {}
    return done[0];
  }

  private boolean act(Runnable person) {
    assertTrue(
        scheduler.steps() < MOST_STEPS,
        () ->
            "it does not come to rest: "
                + outside.tasks().of(onboarding, TASK)
                + outside.onboardings().find(onboarding));
    person.run();
    if (requestsLeft > 0 && chance.nextInt(12) == 0) {
      requestsLeft--;
      ask();
    }
    if (changesLeft > 0 && chance.nextInt(12) == 0) {
      changesLeft--;
      change();
    }
    if (signOffsLeft > 0 && chance.nextInt(12) == 0) {
      signOffsLeft--;
      signOff();
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
    if (changesLeft > 0) {
      changesLeft--;
      change();
      return true;
    }
    if (signOffsLeft > 0) {
      signOffsLeft--;
      signOff();
      return true;
    }
    if (outside.signals().since().stream()
        .noneMatch(each -> each.due().onboarding().equals(onboarding))) {
      TaskRecord task = outside.tasks().of(onboarding, TASK);
      Onboarding meta = outside.onboardings().find(onboarding).orElseThrow();
      if (!task.signalDue() && !meta.isSignalDue()) {
        return false;
      }
      // Who decided may have ended before it sent, and runs replace each other at a pace: the sweep
      // looks when the time is over.
      clock.pass(
          Duration.between(
              clock.instant(),
              task.signalDue() ? task.signalAt() : meta.signalAt(clock.instant())));
    }
    wake();
    return true;
  }

  private void ask() {
    good = true;
    streamed++;
    scheduler.add(
        () ->
            context
                .requests()
                .request(
                    onboarding,
                    TASK,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    new Actor("ann", "customer"),
                    "task.retried",
                    "made good"),
        this::mayOnlyBeKilled);
  }

  private ElementRecord element() {
    return new ElementRecord(ELEMENT, 0, IntNode.valueOf(0), "ann", clock.instant());
  }

  /** The task is among those that the outbox has to ask. */
  void change() {
    streamed++;
    scheduler.add(
        () -> {
          long seen = context.elements().find(onboarding, ELEMENT).orElseThrow().version();
          context
              .elements()
              .save(
                  onboarding,
                  new ElementRecord(ELEMENT, 0, LongNode.valueOf(seen), "ann", clock.instant()),
                  seen,
                  new Elements.Dependents(
                      List.of(), Stream.concat(OTHERS.stream(), Stream.of(TASK)).toList()),
                  new Actor("ann", "customer"));
        },
        this::mayLoseARace);
  }

  /** Reads as {@code SignOff} does: the onboarding, the outbox, the tasks. */
  void signOff() {
    scheduler.add(
        () -> {
          Onboarding before = context.onboardings().find(onboarding).orElseThrow();
          if (before.state() == Onboarding.State.SIGNED_OFF
              || context.outbox().isPending(onboarding)) {
            return;
          }
          TaskRecord task = context.tasks().of(onboarding, TASK);
          if (!task.isSettledFinally()) {
            return;
          }
          context
              .signOffs()
              .signOff(
                  before,
                  before.signedOff(clock.instant()),
                  new SignedReport("", 1, "", "", "", "", "mia", clock.instant(), null),
                  People.none(),
                  new Actor("mia", "manager"));
          streamed++;
          signed = task.outcome();
          assertTrue(isNewest(task), () -> "signed over an old value: " + task);
        },
        this::mayLoseARace);
  }

  /** Whether a final outcome rests on the newest value. */
  private boolean isNewest(TaskRecord task) {
    return task.outcome()
        .evidence()
        .getFirst()
        .answer()
        .equals(outside.elements().find(onboarding, ELEMENT).orElseThrow().value().toString());
  }

  private void wake() {
    int what = chance.nextInt(5);
    TaskRecord told = outside.tasks().of(onboarding, TASK);
    scheduler.add(
        () -> {
          switch (what) {
            case 0 -> keeper.look(onboarding);
            case 1 ->
                outside.signals().since().stream()
                    .map(Signals.DueSince::due)
                    .filter(Signals.Due.Order.class::isInstance)
                    .map(Signals.Due.Order.class::cast)
                    .filter(order -> order.onboarding().equals(onboarding))
                    .forEach(order -> context.outbox().workOff(onboarding, order.id()));
            case 2 -> waker().look(onboarding, context.tasks().of(onboarding, TASK));
            default -> lookAt(told);
          }
        },
        this::mayOnlyBeKilled);
  }

  /** As the stream tells it: by then there may be other versions. */
  private void lookAt(TaskRecord told) {
    if (told.signalDue() && !told.signalAt().isAfter(clock.instant())) {
      waker().look(onboarding, told);
    }
  }

  /** Of what was signed off nothing is asked any more. */
  private void mayOnlyBeKilled(Throwable thrown) {
    if (thrown != null
        && !(thrown instanceof StepScheduler.Killed)
        && !(thrown instanceof LostRaceException && signed != null)) {
      throw new AssertionError(thrown);
    }
  }

  private void mayLoseARace(Throwable thrown) {
    if (!(thrown instanceof LostRaceException)) {
      mayOnlyBeKilled(thrown);
    }
  }

  // --- what must hold

  void verify(String when) {
    TaskRecord task = outside.tasks().of(onboarding, TASK);
    Onboarding meta = outside.onboardings().find(onboarding).orElseThrow();
    String state = when + ": " + task + " " + meta;
    assertFalse(outside.outbox().isPending(onboarding), () -> "not asked: " + state);
    if (task.isSettledFinally()) {
      assertTrue(isNewest(task), () -> "an old value: " + state);
    }
    if (signed != null) {
      assertEquals(
          signed,
          task.isSettledFinally() ? task.outcome() : null,
          () -> "changed after the sign-off: " + state);
      return;
    }
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
