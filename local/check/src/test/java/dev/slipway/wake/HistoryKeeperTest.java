package dev.slipway.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Claim;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.ledger.Tasks;
import dev.slipway.log.Log;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestLambdaContext;
import dev.slipway.testing.TestTable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A run is replaced before a section's history is full, by what its tasks' retries have cost. */
class HistoryKeeperTest {
  private static final TaskKey ACME = new TaskKey("tenants.front", "uat.acme");

  private final TestTable table = new TestTable();
  private final TestClock clock = new TestClock();
  private final Items items = new Items(table.client(), table.name(), clock);
  private final Onboardings onboardings = new Onboardings(items);
  private final Tasks tasks = new Tasks(items);
  private final String id = running();

  @Test
  void countsTheRetriesOfAllTasksOfTheSection() {
    claimed(new TaskKey("tenants.front", "uat.beta"), 1, 10); // 6 + 40 events
    claimed(ACME, 1, 16); // 6 + 64 events
    look(117);
    assertFalse(isStale());
    look(116);
    assertTrue(isStale());
  }

  @Test
  void countsNeitherOtherSectionsNorEarlierRuns() {
    claimed(new TaskKey("tenants.front", "uat.beta"), 0, 1_000);
    claimed(new TaskKey("apps.check", "xero"), 1, 1_000);
    claimed(ACME, 1, 16);
    look(100);
    assertFalse(isStale());
  }

  @Test
  void countsAtEverySixteenthRetryOnly() {
    claimed(ACME, 1, 17);
    look(1);
    assertFalse(isStale());
  }

  private void look(int most) {
    new HistoryKeeper(onboardings, tasks, most, Log.of(new TestLambdaContext(10_000)))
        .look(id, tasks.of(id, ACME));
  }

  private boolean isStale() {
    return onboardings.find(id).orElseThrow().stale();
  }

  private void claimed(TaskKey key, int run, int retry) {
    TaskRecord before = tasks.of(id, key);
    Claim claim = new Claim("claim", run, clock.instant(), retry, "token-" + retry, 0, null, null);
    TaskRecord.ClaimAnswer answer = before.claim(claim, clock.instant(), Duration.ofMinutes(1));
    tasks.save(id, before, ((TaskRecord.ClaimAnswer.Granted) answer).record());
    assertEquals(retry, tasks.of(id, key).claim().retry());
  }

  private String running() {
    Actor mia = new Actor("mia", "manager");
    Onboarding created = onboardings.create("key", "", "one", "one", "1", mia);
    Onboarding starting = created.starting("plan", clock.instant());
    onboardings.save(created, starting, mia, "start", null);
    onboardings.save(starting, starting.running("arn"), mia, "run", null);
    return created.id();
  }
}
