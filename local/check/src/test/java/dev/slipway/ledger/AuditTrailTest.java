package dev.slipway.ledger;

import static dev.slipway.ledger.TestLedger.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The audit trail on a real table. */
final class AuditTrailTest {
  private final TestLedger ledger = new TestLedger();
  private final AuditTrail auditTrail = new AuditTrail(ledger.items);

  @Test
  void eventsComeInOrderPageByPage() {
    String id = ledger.created("k1").id();
    for (int i = 0; i < 7; i++) {
      ledger.clock.pass(Duration.ofMillis(5));
      auditTrail.record(id, ANN, "noted", "n" + i, null, null);
    }
    List<String> subjects = new ArrayList<>();
    String after = null;
    List<Event> page = auditTrail.events(id, null, 3);
    while (!page.isEmpty()) {
      page.forEach(event -> subjects.add(event.subject()));
      after = page.getLast().id();
      page = auditTrail.events(id, after, 3);
    }
    assertEquals(List.of("n0", "n1", "n2", "n3", "n4", "n5", "n6"), subjects.subList(1, 8));
  }
}
