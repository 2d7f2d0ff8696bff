package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.definition.MapItem;
import dev.slipway.local.asl.definition.MapState;
import dev.slipway.local.asl.definition.State;
import dev.slipway.local.asl.definition.StateFailure;
import dev.slipway.local.asl.definition.StateGroup;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * States that run one after the other: those of the execution itself, of a branch of a Parallel
 * state, or of an iteration of a Map. It holds where it stands; the {@link Scheduler} moves it.
 */
final class Branch {
  private static final int[] NO_RETRIES = {};

  /** The branch whose Parallel or Map state this one belongs to; null for the outermost. */
  final Branch parent;

  /** Number of the branch or of the iteration. */
  final int index;

  final StateGroup group;

  /** The item of the innermost Map around; null outside of Maps. */
  final MapItem item;

  /** The variables assigned in this branch; empty until there is one. */
  private Map<String, JsonNode> variables = Map.of();

  State state;
  JsonNode input;

  /** Null until the state was entered. */
  Instant enteredAt;

  long enteredEvent;
  long lastEvent;

  /** Retries of the current state, in all and by retrier. */
  int retryCount;

  private int[] retriesBy = NO_RETRIES;

  /** The wait of the branch; null while it moves. After a failure, the branches that failed. */
  Wait wait;

  /** Why it failed; null unless it has. */
  StateFailure failure;

  /** Cut short because another one failed or the execution ended. */
  boolean aborted;

  Branch(Branch parent, int index, StateGroup group, MapItem item) {
    this.parent = parent;
    this.index = index;
    this.group = group;
    this.item = item;
  }

  /** Comes to another state. */
  void moveTo(String name, JsonNode stateInput) {
    state = group.state(name);
    input = stateInput;
    enteredAt = null;
    clearRetries();
    wait = null;
  }

  void clearRetries() {
    retryCount = 0;
    retriesBy = NO_RETRIES;
  }

  int retriesBy(int retrier) {
    return retrier < retriesBy.length ? retriesBy[retrier] : 0;
  }

  void countRetry(int retrier) {
    if (retrier >= retriesBy.length) {
      retriesBy = Arrays.copyOf(retriesBy, retrier + 1);
    }
    retriesBy[retrier]++;
    retryCount++;
  }

  int[] retries() {
    return retriesBy.clone();
  }

  void restoreRetries(int count, int[] by) {
    retryCount = count;
    retriesBy = by;
  }

  void assign(String name, JsonNode value) {
    if (variables.isEmpty()) {
      variables = new HashMap<>(4);
    }
    variables.put(name, value);
  }

  Map<String, JsonNode> variables() {
    return variables;
  }

  /** The variable in this branch or, seen from outside in, in one around it; null if undefined. */
  JsonNode lookup(String name) {
    for (Branch branch = this; branch != null; branch = branch.parent) {
      JsonNode value = branch.variables.get(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** Index of the iteration in each Map around, outermost first. */
  List<Integer> mapIndexes() {
    int depth = 0;
    for (Branch branch = this; branch != null; branch = branch.parent) {
      depth += branch.isIteration() ? 1 : 0;
    }
    Integer[] indexes = new Integer[depth];
    for (Branch branch = this; branch != null; branch = branch.parent) {
      if (branch.isIteration()) {
        indexes[--depth] = branch.index;
      }
    }
    return List.of(indexes);
  }

  private boolean isIteration() {
    return parent != null && parent.state instanceof MapState;
  }

  /** Whether it waits for an event that may still come. */
  boolean open() {
    return failure == null && !aborted;
  }
}
