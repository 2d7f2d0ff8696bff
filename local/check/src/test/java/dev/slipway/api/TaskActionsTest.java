package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Mode;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The actions that the answer for a task names are those that the routes take, in each state and
 * role: all others are refused.
 */
class TaskActionsTest {
  private final ApiWorld world = new ApiWorld();

  @AfterEach
  void close() {
    world.close();
  }

  /** A state of a task. */
  enum State {
    PENDING,
    ASKS_CUSTOMER,
    ASKS_VENDOR,
    FAILED,
    DONE,
    WAIVER_ASKED
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void theRoutesTakeWhatIsNamedOfAMandatoryTask(State state) {
    everyRole(state, Requirement.MANDATORY);
  }

  @ParameterizedTest
  @EnumSource(value = State.class, mode = EnumSource.Mode.EXCLUDE, names = "WAIVER_ASKED")
  void theRoutesTakeWhatIsNamedOfAnOptionalTask(State state) {
    everyRole(state, Requirement.OPTIONAL);
  }

  private void everyRole(State state, Requirement requirement) {
    String id = world.running();
    List<Task> tasks =
        new Checklists()
            .newest("hosting-provider")
            .tasks()
            .filter(task -> !task.planned() && task.requirement() == requirement)
            .filter(task -> task.waivedWith() == null && step(task) != null)
            .toList();
    List<Token> callers =
        List.of(Token.manager(), Token.otherManager(), Token.engineer(), Token.customer(id));
    Map<String, Set<String>> named = new LinkedHashMap<>();
    Map<String, Set<String>> taken = new LinkedHashMap<>();
    put(id, tasks.getFirst(), state);
    // What is refused changes nothing: all of it is tried of the first task.
    for (Token caller : callers) {
      Set<String> actions = named(caller, id, tasks.getFirst());
      named.put(caller.name(), actions);
      Set<String> all = new TreeSet<>();
      for (TaskAction action : TaskAction.values()) {
        boolean isNamed = actions.contains(action.word());
        // An answer may come before it is asked for; no page asks for one then.
        boolean mayComeEarly = action == TaskAction.COMPLETE && state != State.DONE;
        if (isNamed || (!mayComeEarly && isTaken(caller, id, tasks.getFirst(), action))) {
          all.add(action.word());
        }
      }
      taken.put(caller.name(), all);
    }
    assertEquals(named, taken, state + " refuses more than it names");
    // What is named is taken, each in an onboarding of its own.
    for (Token caller : callers) {
      for (String word : named.get(caller.name())) {
        TaskAction action =
            List.of(TaskAction.values()).stream()
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow();
        String other = world.running();
        Token own = caller.onboarding() == null ? caller : Token.customer(other);
        put(other, tasks.getFirst(), state);
        Answer answer = take(own, other, tasks.getFirst(), action);
        assertEquals(2, answer.status() / 100, state + " " + word + ": " + answer.text());
      }
    }
  }

  /** A step that a customer may be asked for, and that takes words alone. */
  private static Step step(Task task) {
    return task.steps().stream()
        .filter(step -> step.mayBeAsked() && step.mode() != Mode.AUTOMATIC)
        .filter(step -> step.values() == null)
        .findFirst()
        .orElse(null);
  }

  private void put(String id, Task task, State state) {
    Outcome outcome =
        switch (state) {
          case PENDING -> null;
          case ASKS_CUSTOMER, WAIVER_ASKED -> asks(Party.CUSTOMER, task);
          case ASKS_VENDOR -> asks(Party.VENDOR, task);
          case FAILED ->
              new Outcome.Failed(
                  new Problem("x.broken", "x", null, "It broke.", "Mend it."),
                  Party.VENDOR,
                  world.clock().instant(),
                  null,
                  null,
                  List.of());
          case DONE -> new Outcome.Done(List.of());
        };
    if (outcome != null) {
      world.outcome(id, task.id(), outcome);
    }
    if (state == State.DONE || state == State.FAILED) {
      world
          .context()
          .notes()
          .remember(
              id,
              new Note(
                  new TaskKey(task.id(), ""),
                  Note.Kind.PREVIOUS,
                  "setting",
                  Json.tree("before"),
                  world.clock().instant()));
    }
    if (state == State.WAIVER_ASKED) {
      world.act("WaiveTask", Token.manager(), id, task.id());
    }
  }

  private Outcome.Waiting asks(Party party, Task task) {
    return new Outcome.Waiting(
        party,
        step(task).id(),
        List.of(),
        "Do it.",
        "It is looked at.",
        world.clock().instant().plus(Duration.ofDays(3)),
        null,
        null,
        List.of());
  }

  private Set<String> named(Token caller, String id, Task task) {
    JsonNode told =
        world.request("GetTask").by(caller).on(id).path("task", task.id()).send().body();
    Set<String> actions = new TreeSet<>();
    told.path("actions").forEach(action -> actions.add(action.asText()));
    told.path("openWork")
        .forEach(work -> work.path("actions").forEach(action -> actions.add(action.asText())));
    return actions;
  }

  private boolean isTaken(Token caller, String id, Task task, TaskAction action) {
    return take(caller, id, task, action).status() < 300;
  }

  private Answer take(Token caller, String id, Task task, TaskAction action) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(action == TaskAction.COMPLETE ? "statement" : "reason", "because");
    switch (action) {
      case COMPLETE -> body.put("step", step(task).id());
      case REFUSE -> body.put("refused", true);
      case DELEGATE -> body.put("to", Map.of("name", "Kurt", "email", "kurt@customer.example"));
      default -> {}
    }
    String route =
        switch (action) {
          case COMPLETE -> "CompleteTask";
          case RETRY -> "RetryTask";
          case DELEGATE -> "DelegateTask";
          case SKIP -> "SkipTask";
          case WAIVE -> "WaiveTask";
          case APPROVE, REFUSE -> "ApproveTask";
          case PUT_BACK -> "PutBackTask";
        };
    return world
        .request(route)
        .by(caller)
        .on(id)
        .path("task", task.id())
        .body(Json.tree(body).toString())
        .send();
  }
}
