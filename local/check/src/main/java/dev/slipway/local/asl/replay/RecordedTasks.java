package dev.slipway.local.asl.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.task.RunningTask;
import dev.slipway.local.asl.task.TaskCompletion;
import dev.slipway.local.asl.task.TaskExecutor;
import dev.slipway.local.asl.task.TaskRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers tasks with the recorded answers, regardless of their resource, and notes requests that
 * differ from the recording.
 */
final class RecordedTasks implements TaskExecutor {
  private final List<Visit> visits = new ArrayList<>();
  private final boolean inOrder;
  private final List<String> differences = new ArrayList<>();
  private final Map<String, Visit> current = new HashMap<>();

  /** One recorded visit of a Task state, and how many of its attempts were made. */
  private static final class Visit {
    final JsonNode recorded;
    boolean begun;
    int attempts;

    Visit(JsonNode recorded) {
      this.recorded = recorded;
    }

    String describe() {
      return "task " + recorded.get("state").asText() + recorded.path("mapIndexes");
    }
  }

  /**
   * @param tasks the recorded visits
   * @param inOrder whether they happened in that order
   */
  RecordedTasks(JsonNode tasks, boolean inOrder) {
    this.inOrder = inOrder;
    tasks.forEach(task -> visits.add(new Visit(task)));
  }

  @Override
  public RunningTask start(TaskRequest request, TaskCompletion completion) {
    Optional<Visit> visit = request.attempt() == 0 ? begin(request) : carryOn(request);
    if (visit.isEmpty()) {
      differences.add("task " + request.state() + request.mapIndexes() + " was not recorded");
      completion.fail("Replay.NotRecorded", "the recording has no such attempt");
      return RunningTask.notCancellable();
    }
    JsonNode attempt = visit.get().recorded.path("attempts").path(visit.get().attempts++);
    answer(attempt, completion);
    return RunningTask.notCancellable();
  }

  @Override
  public RunningTask resume(TaskRequest request, TaskCompletion completion) {
    throw new UnsupportedOperationException("a replay is not interrupted");
  }

  private static String key(TaskRequest request) {
    return request.state() + request.mapIndexes();
  }

  private Optional<Visit> begin(TaskRequest request) {
    Optional<Visit> visit = choose(request);
    visit.ifPresent(
        found -> {
          found.begun = true;
          current.put(key(request), found);
          compare(found, request);
        });
    return visit;
  }

  private Optional<Visit> carryOn(TaskRequest request) {
    // A first attempt whose fields failed to evaluate called nobody.
    Visit visit = current.get(key(request));
    boolean left = visit != null && visit.attempts < visit.recorded.path("attempts").size();
    return left ? Optional.of(visit) : begin(request);
  }

  /**
   * The first of this state that has not begun; where order says nothing, the one that fits best.
   */
  private Optional<Visit> choose(TaskRequest request) {
    List<Visit> candidates =
        visits.stream().filter(visit -> !visit.begun && isOf(visit, request)).toList();
    Optional<Visit> fitting =
        candidates.stream().filter(visit -> difference(visit, request).isEmpty()).findFirst();
    return inOrder || fitting.isEmpty() ? candidates.stream().findFirst() : fitting;
  }

  private static boolean isOf(Visit visit, TaskRequest request) {
    JsonNode indexes = visit.recorded.path("mapIndexes");
    List<Integer> recorded = new ArrayList<>();
    indexes.forEach(index -> recorded.add(index.asInt()));
    return visit.recorded.path("state").asText().equals(request.state())
        && recorded.equals(request.mapIndexes());
  }

  private void compare(Visit visit, TaskRequest request) {
    difference(visit, request).ifPresent(differences::add);
  }

  private static Optional<String> difference(Visit visit, TaskRequest request) {
    JsonNode recorded = visit.recorded;
    ObjectNode expected = JsonNodeFactory.instance.objectNode();
    ObjectNode actual = JsonNodeFactory.instance.objectNode();
    put(expected, actual, recorded, "resource", text(request.resource()));
    put(expected, actual, recorded, "arguments", request.arguments());
    put(expected, actual, recorded, "timeoutSeconds", seconds(request.timeout()));
    put(expected, actual, recorded, "heartbeatSeconds", seconds(request.heartbeat()));
    if (recorded.has("credentials")) {
      expected.set("credentials", recorded.path("credentials").path("roleArn"));
      actual.set("credentials", text(request.credentials().orElse(null)));
    }
    return Comparison.difference(visit.describe(), expected, actual);
  }

  private static void put(
      ObjectNode expected, ObjectNode actual, JsonNode recorded, String field, JsonNode value) {
    if (recorded.has(field)) {
      expected.set(field, recorded.get(field));
      actual.set(field, value);
    }
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.textNode(text);
  }

  private static JsonNode seconds(Optional<Duration> duration) {
    return duration
        .map(d -> (JsonNode) JsonNodeFactory.instance.numberNode(d.toSeconds()))
        .orElse(JsonNodeFactory.instance.nullNode());
  }

  private static void answer(JsonNode attempt, TaskCompletion completion) {
    if (attempt.has("submitted")) {
      completion.submitted(attempt.get("submitted"));
    }
    if (attempt.has("output")) {
      completion.succeed(attempt.get("output"));
    } else if (!isSilent(attempt)) {
      completion.fail(attempt.path("error").textValue(), attempt.path("cause").textValue());
    }
  }

  /** No answer came: the interpreter has to notice by itself. */
  private static boolean isSilent(JsonNode attempt) {
    return attempt.path("timeout").asBoolean()
        || attempt.path("heartbeatTimeout").asBoolean()
        || attempt.path("aborted").asBoolean();
  }

  /** Requests that differ from the recorded ones, and recorded ones that were not made. */
  List<String> differences() {
    List<String> all = new ArrayList<>(differences);
    for (Visit visit : visits) {
      int recorded = visit.recorded.path("attempts").size();
      if (visit.attempts < recorded) {
        all.add(visit.describe() + " made " + visit.attempts + " of " + recorded + " attempts");
      }
    }
    return all;
  }
}
