package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The writes of one transaction on an onboarding; task records are written by nothing else.
 *
 * <p>A change of a task's final outcome moves the version of {@code META} in the same transaction.
 * So a sign-off, which writes {@code META} over the version that it read first, signs only what
 * still holds, however many tasks there are. No other change of a task touches {@code META}:
 * parallel branches do not meet there.
 */
final class Transaction {
  private final String onboarding;
  private final List<Write> writes = new ArrayList<>();
  private boolean moves;
  private boolean writesMeta;
  private Write asRead;

  Transaction(String onboarding) {
    this.onboarding = onboarding;
  }

  Transaction with(Write write) {
    writes.add(write);
    return this;
  }

  /** The same for an item that a report rests on without being a task, such as an element. */
  Transaction moving(Write write) {
    moves = true;
    return with(write);
  }

  boolean writesMeta() {
    return writesMeta;
  }

  /** Writes {@code META} itself, whose version moves by that. */
  Transaction meta(Write write) {
    writesMeta = true;
    return with(write);
  }

  /**
   * Only if {@code META} is still as it was read.
   *
   * @param meta writes the same over the version that was read
   */
  Transaction over(Write meta) {
    asRead = meta;
    return this;
  }

  Transaction task(TaskRecord before, TaskRecord after) {
    moves |= !Objects.equals(before.finalOutcome(), after.finalOutcome());
    Map<String, String> index = new HashMap<>();
    if (after.signalDue()) {
      index.putAll(Signals.index(after.signalAt()));
    }
    if (after.outcome() != null) {
      index.putAll(OpenWork.index(after.outcome()));
    }
    return with(
        Write.put(
                Partition.of(onboarding), "TASK#" + after.key(), before.version(), Json.tree(after))
            .indexed(index));
  }

  List<Write> writes() {
    List<Write> all = new ArrayList<>(writes);
    if (!writesMeta && asRead != null) {
      all.add(
          moves
              ? asRead
              : Write.check(asRead.partition(), asRead.sort(), asRead.expectedVersion()));
    } else if (!writesMeta && moves) {
      all.add(Write.move(Partition.of(onboarding), Partition.META));
    }
    return all;
  }
}
