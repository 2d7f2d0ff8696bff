package dev.slipway.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Keys on a real table: of many who want one, one gets it. */
final class KeysTest {
  private final TestLedger ledger = new TestLedger();
  private final Keys keys = new Keys(ledger.items);

  @Test
  void aKeyIsHeldByOneOfManyUntilItsTimeIsOver() throws Exception {
    Instant until = ledger.clock.instant().plus(Duration.ofHours(1));
    assertEquals(
        1,
        TestLedger.atOnce(8, () -> keys.hold("mail/ann", until)).stream().filter(ok -> ok).count());
    ledger.clock.pass(Duration.ofHours(1));
    assertTrue(keys.hold("mail/ann", ledger.clock.instant().plus(Duration.ofHours(1))));
  }

  @Test
  void whatMeetsATransactionIsTriedAgain() {
    AtomicInteger conflicts = new AtomicInteger(3);
    Keys busy =
        new Keys(
            ledger.table.disturbed(
                ledger.clock,
                method -> {
                  if (method.equals("putItem") && conflicts.getAndDecrement() > 0) {
                    throw TransactionConflictException.builder().message("ongoing").build();
                  }
                }));
    assertTrue(busy.take("mail/bob", ledger.clock.instant().plus(Duration.ofHours(1))));
    assertEquals(-1, conflicts.get());
  }

  @Test
  void aWriteWhoseAnswerIsLostIsNoLostRace() {
    Instant until = ledger.clock.instant().plus(Duration.ofHours(1));
    assertTrue(
        new Keys(ledger.table.losingAnAnswer(ledger.clock)).take("mail/cid", until), "one item");
    assertFalse(keys.take("mail/cid", until));
  }
}
