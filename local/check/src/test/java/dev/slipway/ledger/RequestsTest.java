package dev.slipway.ledger;

import static dev.slipway.ledger.TestLedger.ANN;
import static dev.slipway.ledger.TestLedger.TASK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests to look again on a real table: none is lost. */
final class RequestsTest {
  private final TestLedger ledger = new TestLedger();
  private final AuditTrail auditTrail = new AuditTrail(ledger.items);
  private final Requests requests = new Requests(ledger.items);
  private final Tasks tasks = new Tasks(ledger.items);

  @Test
  void aRequestMovesTheTaskAndTheAuditTrailTogether() {
    String id = ledger.created("k1").id();
    requests.request(
        id, TASK, true, Optional.empty(), Optional.empty(), ANN, "task.retried", "mended");
    TaskRecord task = tasks.of(id, TASK);
    assertEquals(1, task.requestedGeneration());
    assertTrue(task.signalDue() && task.performAgain());
    Event event = auditTrail.events(id, null, 10).getLast();
    assertEquals("task.retried", event.what());
    assertEquals("mended", event.why());
    assertEquals("section.task", event.subject());
  }

  @Test
  void manyRequestsAtOnceAreAllCounted() throws Exception {
    String id = ledger.created("k1").id();
    TestLedger.atOnce(
        8,
        () -> {
          requests.request(
              id, TASK, false, Optional.empty(), Optional.empty(), ANN, "task.retried", "why");
          return true;
        });
    assertEquals(8, tasks.of(id, TASK).requestedGeneration());
  }
}
