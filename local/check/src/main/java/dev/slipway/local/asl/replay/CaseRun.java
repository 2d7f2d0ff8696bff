package dev.slipway.local.asl.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.Execution;
import dev.slipway.local.asl.ExecutionInfo;
import dev.slipway.local.asl.ExecutionStatus;
import dev.slipway.local.asl.Interpreter;
import dev.slipway.local.asl.definition.DefinitionException;
import dev.slipway.local.asl.definition.Diagnostic;
import dev.slipway.local.asl.definition.ErrorNames;
import dev.slipway.local.asl.definition.StateMachine;
import dev.slipway.local.asl.definition.UnsupportedFeatureException;
import dev.slipway.local.asl.task.TaskExecutor;
import dev.slipway.local.asl.time.SimulatedTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Runs one case and compares. */
final class CaseRun {
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final String ARN = "arn:aws:states:us-east-1:111111111111:";

  private final CaseFile recorded;
  private final Stage stage;

  CaseRun(CaseFile recorded) {
    this(recorded, CaseRun::uninterrupted);
  }

  CaseRun(CaseFile recorded, Stage stage) {
    this.recorded = recorded;
    this.stage = stage;
  }

  /** Lets an execution run to its end in simulated time. */
  @FunctionalInterface
  interface Stage {
    Execution run(StateMachine machine, JsonNode input, ExecutionInfo info, Props props)
        throws InterruptedException;
  }

  /**
   * The services that an execution of a case works with.
   *
   * @param tasks answers as recorded
   * @param states is to receive the history
   * @param heartbeatError the name of a missed heartbeat
   */
  record Props(RecordedTasks tasks, VisitedStates states, String heartbeatError) {
    Interpreter.Builder interpreter(TaskExecutor executor, SimulatedTime time) {
      return Interpreter.builder(executor, time, time)
          .history(states)
          .random(new Random(1))
          .heartbeatError(heartbeatError);
    }
  }

  private static Execution uninterrupted(
      StateMachine machine, JsonNode input, ExecutionInfo info, Props props)
      throws InterruptedException {
    SimulatedTime time = new SimulatedTime(info.startTime());
    Execution execution =
        props.interpreter(props.tasks(), time).build().start(machine, input, info);
    time.runUntilIdle();
    return execution;
  }

  Verdict run() throws InterruptedException {
    return switch (recorded.kind()) {
      case "execution" -> execution();
      case "createError", "validation" -> definition();
      default -> new Verdict.Skipped(recorded.kind());
    };
  }

  /** Only loaded: whether it is refused, and one of the faults told by the service. */
  private Verdict definition() {
    String expected = recorded.expect().path("createError").asText("");
    try {
      StateMachine.parse(recorded.definition());
      return expected.isEmpty()
          ? new Verdict.Passed()
          : new Verdict.Failed("the definition was accepted");
    } catch (DefinitionException e) {
      return e.diagnostics().stream().anyMatch(diagnostic -> isTold(diagnostic, expected))
          ? new Verdict.Passed()
          : new Verdict.Failed("createError expected " + expected + " but was " + e.getMessage());
    } catch (UnsupportedFeatureException e) {
      return new Verdict.Refused(e.feature());
    }
  }

  /**
   * Whether the service tells of a fault of that kind, there or in the same branch of the tree. The
   * wording is the service's own and advisory, like that of a cause.
   */
  private static boolean isTold(Diagnostic diagnostic, String expected) {
    int at = expected.lastIndexOf(" at /");
    String there = at < 0 ? "/" : expected.substring(at + 4).replaceFirst("'?( \\(.*)?$", "");
    if (diagnostic.location() == null) {
      return expected.contains(diagnostic.code() + ":");
    }
    String here = diagnostic.location().isEmpty() ? "/" : diagnostic.location();
    return expected.contains(diagnostic.code() + ":")
        && (isWithin(here, there) || isWithin(there, here));
  }

  private static boolean isWithin(String inner, String outer) {
    return inner.equals(outer)
        || (outer.length() > 1
            && inner.startsWith(outer)
            && "/[".indexOf(inner.charAt(outer.length())) >= 0);
  }

  private Verdict execution() throws InterruptedException {
    StateMachine machine;
    try {
      machine = StateMachine.parse(recorded.definition());
    } catch (DefinitionException e) {
      return new Verdict.Failed("the definition was refused: " + e.getMessage());
    } catch (UnsupportedFeatureException e) {
      return new Verdict.Refused(e.feature());
    }
    boolean unordered = recorded.expect().path("unordered").asBoolean();
    RecordedTasks tasks = new RecordedTasks(recorded.tasks(), !unordered);
    VisitedStates states = new VisitedStates();
    ExecutionInfo info =
        new ExecutionInfo(
            ARN + "execution:replay:replay",
            "replay",
            START,
            "arn:aws:iam::111111111111:role/replay",
            ARN + "stateMachine:replay",
            "replay");
    Props props = new Props(tasks, states, heartbeatError());
    Execution execution = stage.run(machine, recorded.input(), info, props);
    return compare(execution, tasks, states);
  }

  /** The service has used two names for a missed heartbeat; the recording says which. */
  private String heartbeatError() {
    for (JsonNode attempt : recorded.tasks().findParents("heartbeatTimeout")) {
      if (attempt.path("error").isTextual()) {
        return attempt.get("error").textValue();
      }
    }
    return ErrorNames.TIMEOUT;
  }

  private Verdict compare(Execution execution, RecordedTasks tasks, VisitedStates states) {
    JsonNode expect = recorded.expect();
    List<String> differences = new ArrayList<>();
    Comparison.difference("", outcomeOf(expect), outcomeOf(execution)).ifPresent(differences::add);
    if (expect.has("states")) {
      new StatesComparison(expect, states.visits()).difference().ifPresent(differences::add);
    }
    if (expect.has("evaluationFailures")) {
      evaluationFailures(expect, states).ifPresent(differences::add);
    }
    differences.addAll(tasks.differences());
    return differences.isEmpty()
        ? new Verdict.Passed()
        : new Verdict.Failed(String.join("; ", differences));
  }

  /** The place and the error; the cause is advisory. */
  private static Optional<String> evaluationFailures(JsonNode expect, VisitedStates states) {
    JsonNode expected = expect.get("evaluationFailures").deepCopy();
    JsonNode actual = states.evaluationFailures().deepCopy();
    expected.forEach(failure -> ((ObjectNode) failure).remove("cause"));
    actual.forEach(failure -> ((ObjectNode) failure).remove("cause"));
    return Comparison.difference("evaluationFailures", expected, actual);
  }

  private static ObjectNode outcomeOf(JsonNode expect) {
    ObjectNode outcome = JsonNodeFactory.instance.objectNode();
    outcome.set("status", expect.get("status"));
    for (String field : List.of("output", "error")) {
      if (expect.has(field) && !(field.equals("error") && expect.get(field).isNull())) {
        outcome.set(field, expect.get(field));
      }
    }
    return outcome;
  }

  private static ObjectNode outcomeOf(Execution execution) {
    ObjectNode outcome = JsonNodeFactory.instance.objectNode();
    outcome.put("status", execution.status().name());
    if (execution.status() == ExecutionStatus.SUCCEEDED) {
      outcome.set("output", execution.output().orElseThrow());
    }
    execution.error().ifPresent(error -> outcome.put("error", error));
    return outcome;
  }
}
