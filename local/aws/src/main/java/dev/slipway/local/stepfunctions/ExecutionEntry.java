package dev.slipway.local.stepfunctions;

import dev.slipway.local.asl.Execution;
import dev.slipway.local.asl.history.HistoryEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** An execution in the service's books: what was recorded of it, and the live object behind. */
final class ExecutionEntry {
  private final ExecutionHeader header;
  private final ExecutionLog log;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<Void> known = new CompletableFuture<>();
  private final Set<String> submitted = ConcurrentHashMap.newKeySet();
  private final List<HistoryEvent> pending = new ArrayList<>();
  private volatile ExecutionState state;
  private volatile Execution live;
  private volatile CompletableFuture<ExecutionState> ended = new CompletableFuture<>();

  ExecutionEntry(ExecutionHeader header, ExecutionLog log, ExecutionState state) {
    this.header = header;
    this.log = log;
    this.state = state;
    if (!state.running()) {
      ended.complete(state);
    }
  }

  ExecutionHeader header() {
    return header;
  }

  ExecutionLog log() {
    return log;
  }

  ExecutionState state() {
    return state;
  }

  /** Completes when the start was recorded; fails if it could not be. */
  CompletableFuture<Void> begun() {
    return begun;
  }

  /** Completes when this run of it has ended (anew after a redrive). */
  CompletableFuture<ExecutionState> ended() {
    return ended;
  }

  Optional<Execution> live() {
    return Optional.ofNullable(live);
  }

  void live(Execution execution) {
    live = execution;
    known.complete(null);
  }

  /**
   * Completes when the execution can be told to stop, which may be before its start is recorded.
   */
  CompletableFuture<Void> known() {
    return known;
  }

  /** The open tasks whose request was accepted. */
  Set<String> submitted() {
    return submitted;
  }

  void add(HistoryEvent event) {
    pending.add(event);
  }

  /** Writes what is new; from the interpreter's thread for this execution. */
  void record(Execution execution, ExecutionState now) {
    log.append(List.copyOf(pending), now, execution::snapshot, submitted);
    pending.clear();
    boolean wasRunning = state.running();
    state = now;
    if (!wasRunning && now.running()) {
      ended = new CompletableFuture<>();
    }
  }

  /** Tells those who wait for the end; after the end was recorded. */
  void announceEnd() {
    if (!state.running()) {
      ended.complete(state);
    }
  }
}
