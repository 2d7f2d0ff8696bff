package dev.slipway.local.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checklist.Checklists;
import dev.slipway.local.asl.Execution;
import dev.slipway.local.asl.ExecutionStatus;
import dev.slipway.local.asl.Scenario;
import dev.slipway.local.asl.task.TaskRequest;
import dev.slipway.local.lint.TaskNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state machine of go-live itself, and where the onboarding's has it. */
class GoLiveStateMachineTest {
  private static final String INPUT = "{\"onboardingId\": \"o-1\", \"run\": 3}";
  private static final Scenario.Answer DONE = Scenario.result("{}");
  private static final Scenario.Answer BEGINS =
      Scenario.result(
          "{\"Payload\": {\"begins\": true, \"onboardingId\": \"o-1\", \"run\": 3},"
              + " \"StatusCode\": 200}");
  private static final Scenario.Answer CHILD =
      Scenario.result("{\"Status\": \"SUCCEEDED\", \"Output\": {}}");

  /** The states that start the sections before go-live. */
  private static final List<String> SIDE_BY_SIDE =
      new Checklists()
          .newest("hosting-provider").sections().stream()
              .map(section -> TaskNames.pascal(section.id()))
              .filter(state -> !state.equals("GoLive"))
              .toList();

  /** A run that reaches go-live. */
  private static Map<String, List<Scenario.Answer>> run(Map<String, List<Scenario.Answer>> end) {
    Map<String, List<Scenario.Answer>> all = new HashMap<>(end);
    all.put("BeginRun", List.of(BEGINS));
    SIDE_BY_SIDE.forEach(section -> all.put(section, List.of(CHILD)));
    return all;
  }

  /** The definition as CloudFormation would substitute it: each name stands for itself. */
  private static String definition(String name) throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("template.yaml"))) {
      folder = folder.getParent();
    }
    return Files.readString(folder.resolve("statemachines/hosting-provider/" + name + ".asl.json"))
        .replaceAll(
            "\\$\\{([A-Za-z]+)FunctionArn}", "arn:aws:lambda:eu-west-1:111111111111:function:$1")
        .replaceAll(
            "\\$\\{([A-Za-z]+)StateMachineArn}",
            "arn:aws:states:eu-west-1:111111111111:stateMachine:$1");
  }

  private static Scenario goLive(Map<String, List<Scenario.Answer>> answers) throws IOException {
    return new Scenario(definition("go-live"), answers);
  }

  private static List<String> states(Scenario scenario) {
    return scenario.requests.stream().map(TaskRequest::state).toList();
  }

  @Test
  void waitsForElementsThenHandsOverThenPassesTheBenchmark() throws Exception {
    Scenario scenario =
        goLive(
            Map.of(
                "Gate",
                List.of(DONE),
                "HandOver",
                List.of(DONE),
                "PassFinalBenchmark",
                List.of(DONE)));

    Execution execution = scenario.run(INPUT);

    assertEquals(ExecutionStatus.SUCCEEDED, execution.status());
    assertEquals(List.of("Gate", "HandOver", "PassFinalBenchmark"), states(scenario));
    var payload = scenario.requests.get(1).arguments().path("Payload");
    assertEquals("o-1", payload.path("onboardingId").asText());
    assertEquals(3, payload.path("run").asInt());
    assertEquals("go-live.hand-over", payload.path("task").asText());
    assertEquals(0, payload.path("retry").asInt());
    assertEquals(
        scenario.requests.get(1).taskToken().orElseThrow(), payload.path("taskToken").asText());
    assertTrue(payload.path("entered").asText().startsWith("2030-01-01T"));
    assertEquals(6, payload.size(), "names only");
  }

  @Test
  void looksAgainAsOftenAsItIsAskedTo() throws Exception {
    Scenario scenario =
        goLive(
            Map.of(
                "Gate",
                List.of(DONE),
                "HandOver",
                Collections.nCopies(40, Scenario.error("Slipway.Recheck"))));
    scenario.start(INPUT);

    scenario.time.advance(Duration.ofMinutes(2));

    assertEquals(41, states(scenario).stream().filter("HandOver"::equals).count());
    assertEquals(40, scenario.requests.getLast().arguments().at("/Payload/retry").asInt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Slipway.Busy", "Slipway.Unavailable", "Lambda.Unknown"})
  void transientTroubleIsTriedAgain(String error) throws Exception {
    Scenario scenario =
        goLive(
            Map.of(
                "Gate",
                List.of(Scenario.error(error), DONE),
                "HandOver",
                List.of(DONE),
                "PassFinalBenchmark",
                List.of(Scenario.error(error), DONE)));

    assertEquals(ExecutionStatus.SUCCEEDED, scenario.run(INPUT).status());
  }

  @Test
  void afterThirtyDaysWithoutAnAnswerItLooksAgainByItself() throws Exception {
    Scenario scenario = goLive(Map.of("Gate", List.of(DONE)));
    scenario.start(INPUT);

    scenario.time.advance(Duration.ofDays(61));

    assertEquals(3, states(scenario).stream().filter("HandOver"::equals).count());
  }

  @Test
  void whatNobodyExpectedEndsTheSection() throws Exception {
    Scenario scenario = goLive(Map.of("Gate", List.of(Scenario.error("java.lang.Error"))));

    assertEquals(ExecutionStatus.FAILED, scenario.run(INPUT).status());
  }

  @Test
  void comesAfterTheSectionsThatRunSideBySide() throws Exception {
    Scenario scenario =
        new Scenario(
            definition("onboarding"),
            run(
                Map.of(
                    "GoLive",
                    List.of(CHILD),
                    "CompleteRun",
                    List.of(Scenario.result("{\"Payload\": null, \"StatusCode\": 200}")))));

    Execution execution = scenario.run(INPUT);

    assertEquals(ExecutionStatus.SUCCEEDED, execution.status());
    int goLive = 1 + SIDE_BY_SIDE.size();
    assertEquals(goLive + 2, scenario.requests.size());
    assertEquals(
        1,
        scenario.requestedAt.subList(1, goLive).stream().distinct().count(),
        "the sections begin at the same time");
    assertEquals(List.of("GoLive", "CompleteRun"), states(scenario).subList(goLive, goLive + 2));
  }

  @Test
  void anEarlyEndOfGoLiveIsResumed() throws Exception {
    Scenario scenario =
        new Scenario(
            definition("onboarding"),
            run(
                Map.of(
                    "GoLive",
                    List.of(Scenario.error("States.TaskFailed")),
                    "ResumeGoLive",
                    List.of(DONE))));

    scenario.run(INPUT);

    int goLive = 1 + SIDE_BY_SIDE.size();
    assertEquals(
        List.of("GoLive", "ResumeGoLive", "GoLive"), states(scenario).subList(goLive, goLive + 3));
    var payload = scenario.requests.get(goLive + 1).arguments().path("Payload");
    assertEquals("go-live.resume", payload.path("task").asText());
    assertEquals("States.TaskFailed", payload.at("/failure/Error").asText());
  }
}
