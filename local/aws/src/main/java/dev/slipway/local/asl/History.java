package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.definition.State;
import dev.slipway.local.asl.history.HistoryEvent;
import dev.slipway.local.asl.history.HistoryEventType;
import java.util.Locale;
import java.util.Map;

/** Numbers the events of an execution, and tells them. */
final class History {
  /** There is room for one more event only, which is the end. */
  static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Full() {
      super("history is full", null, false, false);
    }
  }

  private final Ports ports;
  private final String executionArn;
  private long lastId;

  /** After a restart, the number of the last event. */
  History(Ports ports, String executionArn, long lastId) {
    this.ports = ports;
    this.executionArn = executionArn;
    this.lastId = lastId;
  }

  long lastId() {
    return lastId;
  }

  static ObjectNode details() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Puts JSON text as the API does, with a note that it is complete. */
  static ObjectNode putData(ObjectNode details, String field, String text) {
    details.put(field, text);
    details.putObject(field + "Details").put("truncated", false);
    return details;
  }

  static ObjectNode putData(ObjectNode details, String field, JsonNode data) {
    return putData(details, field, data.toString());
  }

  static ObjectNode putError(ObjectNode details, String error, String cause) {
    if (error != null) {
      details.put("error", error);
    }
    if (cause != null) {
      details.put("cause", cause);
    }
    return details;
  }

  /** Adds an event to a branch. */
  void add(Branch branch, HistoryEventType type, ObjectNode details) {
    if (lastId + 1 >= ports.limits().historyEvents()) {
      throw new Full();
    }
    branch.lastEvent = append(branch.lastEvent, type, details);
  }

  /** Adds an event of the execution as a whole: its start and its end, for which there is room. */
  long append(long previous, HistoryEventType type, ObjectNode details) {
    long id = ++lastId;
    ports
        .history()
        .on(executionArn, new HistoryEvent(id, previous, ports.clock().instant(), type, details));
    return id;
  }

  void entered(Branch branch, String input) {
    ObjectNode details = details().put("name", branch.state.name());
    add(branch, StateEvents.of(branch.state).entered(), putData(details, "input", input));
    branch.enteredEvent = branch.lastEvent;
  }

  void exited(Branch branch, String output, ObjectNode assigned) {
    ObjectNode details = putData(details().put("name", branch.state.name()), "output", output);
    if (!assigned.isEmpty()) {
      ObjectNode variables = details.putObject("assignedVariables");
      assigned.properties().forEach(v -> variables.put(v.getKey(), v.getValue().toString()));
      details.putObject("assignedVariablesDetails").put("truncated", false);
    }
    add(branch, StateEvents.of(branch.state).exited(), details);
  }

  void aborted(Branch branch) {
    HistoryEventType type = StateEvents.of(branch.state).aborted();
    if (type != null) {
      add(branch, type, null);
    }
  }

  /** The events that each type of state has. */
  private record StateEvents(
      HistoryEventType entered, HistoryEventType exited, HistoryEventType aborted) {
    private static final Map<String, StateEvents> BY_TYPE =
        Map.of(
            "Pass", named("PASS"),
            "Task", named("TASK"),
            "Choice", named("CHOICE"),
            "Wait", named("WAIT"),
            "Succeed", named("SUCCEED"),
            "Fail", named("FAIL"),
            "Parallel", named("PARALLEL"),
            "Map", named("MAP"));

    static StateEvents of(State state) {
      return BY_TYPE.get(state.type());
    }

    private static StateEvents named(String type) {
      return new StateEvents(find(type, "ENTERED"), find(type, "EXITED"), find(type, "ABORTED"));
    }

    private static HistoryEventType find(String type, String what) {
      String name = "%s_STATE_%s".formatted(type, what).toUpperCase(Locale.ROOT);
      for (HistoryEventType candidate : HistoryEventType.values()) {
        if (candidate.name().equals(name)) {
          return candidate;
        }
      }
      return null;
    }
  }
}
