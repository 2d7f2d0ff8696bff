package dev.slipway.ledger;

import static dev.slipway.ledger.TestLedger.ANN;
import static dev.slipway.ledger.TestLedger.TASK;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The index of signals on a real table. */
final class SignalsTest {
  private final TestLedger ledger = new TestLedger();
  private final Requests requests = new Requests(ledger.items);
  private final Signals signals = new Signals(ledger.items);
  private final Tasks tasks = new Tasks(ledger.items);

  @Test
  void whatWakeHasToLookAtIsFoundOnceItsTimeCame() {
    String id = ledger.created("k1").id();
    requests.request(
        id, TASK, false, Optional.empty(), Optional.empty(), ANN, "task.retried", "why");
    assertTrue(
        signals.since().stream()
            .anyMatch(each -> each.due().equals(new Signals.Due.OfTask(id, TASK))));
    TaskRecord before = tasks.of(id, TASK);
    tasks.save(id, before, before.settled());
    assertTrue(signals.since().isEmpty());
  }
}
