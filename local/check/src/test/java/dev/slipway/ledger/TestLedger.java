package dev.slipway.ledger;

import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A real table of a test's own, what every test of the ledger starts with, and a clock. */
final class TestLedger {
  static final Actor ANN = new Actor("ann", "manager");
  static final TaskKey TASK = new TaskKey("section.task", "");
  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  final TestClock clock = new TestClock();
  final TestTable table = new TestTable();
  final Items items = new Items(table.client(), table.name(), clock);

  Onboarding created(String key) {
    return new Onboardings(items)
        .create(key, "print", "Hoster Ltd.", "hosting-provider", "1.0.0", ANN);
  }

  static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : executor.invokeAll(Collections.nCopies(times, call))) {
        results.add(future.get());
      }
      return results;
    }
  }
}
