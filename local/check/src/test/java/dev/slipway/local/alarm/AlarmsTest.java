package dev.slipway.local.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Claim;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.local.template.StateMachineResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The alarms of the template. For each its trouble is made in the local runtime; it must go off by
 * what the functions then tell, or AWS would publish, and be quiet before.
 */
class AlarmsTest {
  private static final Path TEMPLATE = ProjectRoot.find().resolve("template.yaml");
  private static final Path GUIDE = ProjectRoot.find().resolve("docs/operate.md");

  private static final Set<String> MADE =
      Set.of(
          "WakeIsBehind",
          "WakeGaveUp",
          "SweepIsBehind",
          "ExecutionsFailed",
          "TasksFailed",
          "TasksOverdue",
          "ScheduledFunctionsFail",
          "FunctionsThrottled",
          "ApiFails");

  @Test
  void eachIsShownHere() {
    try (var runtime = new ObservedRuntime(Map.of())) {
      assertEquals(MADE, runtime.alarms().stream().map(Alarm::name).collect(Collectors.toSet()));
      assertTrue(
          runtime.alarms().stream().allMatch(alarm -> alarm.metrics().size() <= 10),
          "an alarm takes ten metrics");
    }
  }

  /** However many there are: one filter counts what they all log. */
  @Test
  void everyStateMachineIsWatched() {
    try (var runtime = new ObservedRuntime(Map.of())) {
      Alarm alarm =
          runtime.alarms().stream()
              .filter(each -> each.name().equals("ExecutionsFailed"))
              .findFirst()
              .orElseThrow();
      for (StateMachineResource machine : runtime.runtime().template().stateMachines()) {
        for (String end : List.of("ExecutionFailed", "ExecutionTimedOut")) {
          Observations observations = new Observations();
          JsonNode line = Json.MAPPER.createObjectNode().put("type", end);
          runtime
              .metricFilters()
              .forEach(
                  filter ->
                      filter.look(
                          ObservedRuntime.logGroup(machine),
                          line,
                          runtime.now().minusSeconds(1),
                          observations));
          assertTrue(
              alarm.rings(observations, runtime.now().minusSeconds(1)), machine.logicalId() + end);
        }
        assertFalse(machine.logging().path("IncludeExecutionData").asBoolean(true));
      }
    }
  }

  @Test
  void areQuietWhenNothingIsWrongAndTellOfFailedAndOverdueTasks() throws Exception {
    try (var runtime = new ObservedRuntime(Map.of())) {
      runtime.pass(Duration.ofMinutes(30));
      assertEquals(200, runtime.get("/onboardings"));
      assertEquals(Set.of(), runtime.ringing());

      FunctionContext context = runtime.context();
      Onboarding onboarding = running(context);
      commit(
          context,
          onboarding,
          "technical-configuration.configure-smtp",
          new Outcome.Failed(
                  new Problem("smtp.refused", "smtp", null, "It said no.", "Mend it."),
                  null,
                  List.of())
              .askedOf(Party.CUSTOMER, runtime.now(), runtime.now().plus(Duration.ofDays(2))));
      runtime.pass(Duration.ofMinutes(65));
      assertEquals(Set.of("TasksFailed"), runtime.ringing());

      commit(
          context,
          onboarding,
          "technical-configuration.check-platform",
          new Outcome.Waiting(
              Party.CUSTOMER,
              null,
              List.of(),
              "Click.",
              "By looking.",
              runtime.now().plus(Duration.ofHours(3)),
              null,
              null,
              List.of()));
      runtime.pass(Duration.ofHours(2));
      assertEquals(Set.of("TasksFailed"), runtime.ringing(), "not due yet");
      runtime.pass(Duration.ofHours(3));
      assertEquals(Set.of("TasksFailed", "TasksOverdue"), runtime.ringing());

      runtime.startExecution("HostingProviderOnboarding", "{}");
      runtime.pass(Duration.ofMinutes(1));
      assertTrue(runtime.ringing().contains("ExecutionsFailed"), runtime.ringing()::toString);
    }
  }

  @Test
  void tellThatWakeCannotReachStepFunctions() throws Exception {
    // Nothing listens on the discard port.
    try (var runtime = new ObservedRuntime(Map.of("AWS_ENDPOINT_URL_SFN", "http://127.0.0.1:9"))) {
      runtime.pass(Duration.ofMinutes(6));
      assertEquals(Set.of(), runtime.ringing());
      wantsARun(runtime.context(), 1);
      assertEquals(Set.of("WakeGaveUp", "SweepIsBehind"), rung(runtime, 10));
    }
  }

  @Test
  void tellThatWakeIsBroken() throws Exception {
    try (var runtime = new ObservedRuntime(Map.of())) {
      runtime.pass(Duration.ofMinutes(6));
      assertEquals(Set.of(), runtime.ringing());
      runtime.breakFunction("Wake");
      // Enough to hold the stream up for minutes: each is tried for half a minute.
      wantsARun(runtime.context(), 20);
      assertEquals(
          Set.of("WakeIsBehind", "WakeGaveUp", "SweepIsBehind", "ScheduledFunctionsFail"),
          rung(runtime, 10));
    }
  }

  @Test
  void tellThatErasureIsBrokenOrLeavesAnOnboardingAside() throws Exception {
    try (var runtime = new ObservedRuntime(Map.of())) {
      runtime.pass(Duration.ofMinutes(6));
      assertEquals(Set.of(), runtime.ringing());
      FunctionContext context = runtime.context();
      Onboarding ended = create(context, "ended");
      context
          .onboardings()
          .save(
              ended,
              ended
                  .to(Onboarding.State.CANCELLED, context.clock().instant())
                  .erasingAt(context.clock().instant()),
              Actor.system("test"),
              "x",
              null);
      context
          .personalData()
          .contents(ended.id())
          .list("EVENT#")
          .forEach(
              kept ->
                  context
                      .personalData()
                      .contents(ended.id())
                      .rewrite(kept, ((ObjectNode) kept.body()).put("newer", "than this code")));
      runtime.pass(Duration.ofMinutes(2));
      runtime.call("EraseOnboarding");
      runtime.pass(Duration.ofMinutes(5));
      assertEquals(Set.of("ScheduledFunctionsFail"), runtime.ringing());

      runtime.pass(Duration.ofMinutes(10));
      assertEquals(Set.of(), runtime.ringing());
      runtime.breakFunction("EraseOnboarding");
      runtime.call("EraseOnboarding");
      runtime.pass(Duration.ofMinutes(5));
      assertEquals(Set.of("ScheduledFunctionsFail"), runtime.ringing());
    }
  }

  @Test
  void tellThatTheAccountsConcurrencyIsUsedUpAndThatItIsOver() throws Exception {
    try (var runtime = new ObservedRuntime(Map.of())) {
      runtime.pass(Duration.ofMinutes(6));
      assertEquals(Set.of(), runtime.ringing());
      runtime.runtime().functions().allow(0);
      assertTrue(runtime.get("/onboardings") >= 500);
      String id = wantsARun(runtime.context(), 1);
      assertEquals(Set.of("ApiFails", "FunctionsThrottled", "SweepIsBehind"), rung(runtime, 10));

      runtime.runtime().functions().allow(1000);
      runtime.pass(Duration.ofMinutes(20));
      assertEquals(Set.of(), runtime.ringing());
      assertEquals(
          Onboarding.State.RUNNING, runtime.context().onboardings().find(id).orElseThrow().state());
    }
  }

  /** Answers the id of the last one. */
  private static String wantsARun(FunctionContext context, int onboardings) {
    String id = "";
    for (int i = 0; i < onboardings; i++) {
      Onboarding onboarding = create(context, "key-" + i);
      context
          .onboardings()
          .save(
              onboarding,
              onboarding.starting("hash", context.clock().instant()),
              Actor.system("test"),
              "run.requested",
              null);
      id = onboarding.id();
    }
    return id;
  }

  /** What went off in the next minutes, at one time or another. */
  private static Set<String> rung(ObservedRuntime runtime, int minutes) throws Exception {
    Set<String> rung = new TreeSet<>();
    for (int minute = 0; minute < minutes; minute++) {
      runtime.pass(Duration.ofMinutes(1));
      rung.addAll(runtime.ringing());
    }
    return rung;
  }

  @Test
  void tellThatTheLedgerIsAway() throws Exception {
    try (var runtime = new ObservedRuntime(Map.of("SLIPWAY_TABLE", "no-such-table"))) {
      runtime.pass(Duration.ofMinutes(9));
      assertTrue(runtime.get("/onboardings") >= 500);
      runtime.pass(Duration.ofMinutes(1));
      assertEquals(
          Set.of("ApiFails", "ScheduledFunctionsFail", "SweepIsBehind"), runtime.ringing());
    }
  }

  @Test
  void theirParagraphsStandInTheGuide() throws Exception {
    String guide = Files.readString(GUIDE);
    Set<String> described =
        Pattern.compile("^### (\\w+)$", Pattern.MULTILINE)
            .matcher(guide.substring(guide.indexOf("## Alarms"), guide.indexOf("## Logs")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(MADE, described);
    for (String name : MADE) {
      String from = guide.substring(guide.indexOf("### " + name + "\n"));
      String paragraph = from.substring(0, Math.max(from.indexOf("\n#", 4), 0));
      for (String part : List.of("What it means", "What to do")) {
        assertTrue(paragraph.contains(part), name + ": " + part);
      }
    }
    String dashboard = Files.readString(TEMPLATE);
    dashboard = dashboard.substring(dashboard.indexOf("DashboardBody"));
    for (String name : MADE) {
      assertTrue(dashboard.contains("${" + name + ".Arn}"), name + " on the dashboard");
    }
  }

  private static Onboarding create(FunctionContext context, String key) {
    String version = new Checklists().newest("hosting-provider").version();
    return context
        .onboardings()
        .create(key, "request", "Example", "hosting-provider", version, Actor.system("test"));
  }

  private static Onboarding running(FunctionContext context) {
    Onboarding created = create(context, "key");
    // In one step: one that is only starting is started by Wake.
    Onboarding running =
        created.starting("hash", context.clock().instant()).running("arn:aws:states:::execution:x");
    context.onboardings().save(created, running, Actor.system("test"), "x", null);
    return context.onboardings().find(created.id()).orElseThrow();
  }

  private static void commit(
      FunctionContext context, Onboarding onboarding, String task, Outcome outcome) {
    TaskKey key = TaskKey.parse(task);
    TaskRecord before = context.tasks().of(onboarding.id(), key);
    Claim claim =
        new Claim(task, onboarding.run(), context.clock().instant(), 0, "token", 0, null, null);
    TaskRecord claimed =
        ((TaskRecord.ClaimAnswer.Granted)
                before.claim(claim, context.clock().instant(), Duration.ofMinutes(1)))
            .record();
    context.tasks().save(onboarding.id(), before, claimed);
    context
        .tasks()
        .commit(
            onboarding.id(),
            claimed,
            claimed.commit(outcome, "inputs", true, context.clock().instant()),
            Optional.empty(),
            List.of(),
            Actor.system(task));
  }
}
