package dev.slipway.local.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.asl.definition.StateMachine;
import dev.slipway.local.asl.history.HistoryEvent;
import dev.slipway.local.asl.history.HistoryEventType;
import dev.slipway.local.asl.task.RunningTask;
import dev.slipway.local.asl.task.TaskCompletion;
import dev.slipway.local.asl.task.TaskExecutor;
import dev.slipway.local.asl.task.TaskRequest;
import dev.slipway.local.asl.time.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * An execution in simulated time whose tasks are answered by a script: the answers to the attempts
 * of each state, in order; one that is missing never comes.
 */
public final class Scenario implements TaskExecutor {
  static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An answer to an attempt. */
  public interface Answer {
    void give(TaskCompletion completion);
  }

  /** The time, for the test to let pass. */
  public final SimulatedTime time;

  final StateMachine machine;
  final List<HistoryEvent> events = new ArrayList<>();

  /** The requests to tasks so far. */
  public final List<TaskRequest> requests = new ArrayList<>();

  /** When, in milliseconds from the beginning. */
  public final List<Long> requestedAt = new ArrayList<>();

  final List<TaskRequest> resumed = new ArrayList<>();
  final List<String> cancelled = new ArrayList<>();

  /** When each attempt was asked for, in this process or the one before. */
  final Map<String, Instant> startedAt = new HashMap<>();

  final Map<String, TaskCompletion> completions = new LinkedHashMap<>();
  final Map<String, List<Answer>> answers;
  ExecutionJournal journal = ExecutionJournal.none();
  Limits limits = Limits.ofService();
  Consumer<HistoryEvent> onEvent = event -> {};

  /**
   * @param definition a state machine in JSON
   * @param answers by the state that asks
   */
  public Scenario(String definition, Map<String, List<Answer>> answers) {
    this(definition, answers, START);
  }

  Scenario(String definition, Map<String, List<Answer>> answers, Instant now) {
    this.machine = StateMachine.parse(definition);
    this.answers = answers;
    this.time = new SimulatedTime(now);
  }

  /** The task succeeds with this JSON. */
  public static Answer result(String json) {
    return completion -> completion.succeed(json(json));
  }

  /** The task fails with this error name. */
  public static Answer error(String error) {
    return completion -> completion.fail(error, "because");
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private Interpreter interpreter() {
    return Interpreter.builder(this, time, time)
        .history(
            (arn, event) -> {
              events.add(event);
              onEvent.accept(event);
            })
        .journal(execution -> journal.record(execution))
        .tokens(id -> "token of " + id)
        .random(new Random(5))
        .limits(limits)
        .build();
  }

  /** Begins an execution with this JSON as its input. */
  public Execution start(String input) {
    ExecutionInfo info =
        new ExecutionInfo(
            "arn:aws:states:eu-west-1:111111111111:execution:m:x",
            "x",
            time.instant(),
            "arn:aws:iam::111111111111:role/r",
            "arn:aws:states:eu-west-1:111111111111:stateMachine:m",
            "m");
    return interpreter().start(machine, json(input), info);
  }

  Execution restore(JsonNode snapshot) {
    return interpreter().restore(machine, snapshot);
  }

  /** The same, until nothing is under way any more. */
  public Execution run(String input) throws InterruptedException {
    Execution execution = start(input);
    time.runUntilIdle();
    return execution;
  }

  @Override
  public RunningTask start(TaskRequest request, TaskCompletion completion) {
    requests.add(request);
    startedAt.put(request.id(), time.instant());
    requestedAt.add(Duration.between(START, time.instant()).toMillis());
    return answer(request, completion);
  }

  @Override
  public RunningTask resume(TaskRequest request, TaskCompletion completion) {
    resumed.add(request);
    return answer(request, completion);
  }

  private RunningTask answer(TaskRequest request, TaskCompletion completion) {
    completions.put(request.id(), completion);
    List<Answer> script = answers.getOrDefault(request.state(), List.of());
    if (request.attempt() < script.size()) {
      // Later, so that a snapshot can be taken between request and answer.
      time.schedule(
          startedAt.get(request.id()).plusMillis(10),
          () -> script.get(request.attempt()).give(completion));
    }
    return () -> cancelled.add(request.state());
  }

  List<HistoryEventType> eventTypes() {
    return events.stream().map(HistoryEvent::type).toList();
  }
}
