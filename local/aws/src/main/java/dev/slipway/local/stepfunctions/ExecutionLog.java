package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.history.HistoryEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The record of one execution. Appended to by one thread at a time. */
interface ExecutionLog {

  /**
   * Records a durable point; a completed answer means that it was written for good.
   *
   * @param snapshot asked for only where it is kept
   * @param submitted the open tasks whose request is known to have been accepted
   */
  void append(
      List<HistoryEvent> events,
      ExecutionState state,
      Supplier<JsonNode> snapshot,
      Set<String> submitted);

  /** All events so far, in the API's form. */
  List<JsonNode> events();

  /** Keeps everything in memory, and no snapshot. */
  final class InMemory implements ExecutionLog {
    private final java.util.ArrayList<HistoryEvent> events = new java.util.ArrayList<>();

    @Override
    public synchronized void append(
        List<HistoryEvent> more,
        ExecutionState state,
        Supplier<JsonNode> snapshot,
        Set<String> submitted) {
      events.addAll(more);
    }

    @Override
    public synchronized List<JsonNode> events() {
      return events.stream().map(HistoryEvent::toJson).toList();
    }
  }
}
