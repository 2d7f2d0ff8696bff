package dev.slipway.ledger;

import static dev.slipway.ledger.TestLedger.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Elements on a real table: nothing is overwritten, nothing is lost between pages. */
final class ElementsTest {
  private final TestLedger ledger = new TestLedger();
  private final Elements elements = new Elements(ledger.items);

  @Test
  void ofTwoEditorsWhoSawTheSameVersionOneIsTold() throws Exception {
    String id = ledger.created("k1").id();
    List<Boolean> saved =
        TestLedger.atOnce(
            2,
            () -> {
              try {
                elements.save(
                    id,
                    new ElementRecord(
                        "platform", 0, TextNode.valueOf("x"), "ann", ledger.clock.instant()),
                    0,
                    ANN);
                return true;
              } catch (LostRaceException e) {
                return false;
              }
            });
    assertEquals(1, saved.stream().filter(ok -> ok).count());
    assertEquals(1, elements.find(id, "platform").orElseThrow().version());
  }

  @Test
  void listsGoOnBeyondOnePage() {
    String id = ledger.created("k1").id();
    String large = "x".repeat(300_000);
    for (int i = 0; i < 8; i++) {
      elements.save(
          id,
          new ElementRecord("e" + i, 0, TextNode.valueOf(large), "ann", ledger.clock.instant()),
          0,
          ANN);
    }
    assertEquals(8, elements.of(id).size());
  }

  @Test
  void aWriteWhoseAnswerIsLostIsNoLostRace() {
    String id = ledger.created("k1").id();
    new Elements(ledger.table.losingAnAnswer(ledger.clock))
        .save(
            id,
            new ElementRecord("e", 0, TextNode.valueOf("x"), "ann", ledger.clock.instant()),
            0,
            ANN);
    assertEquals(1, elements.find(id, "e").orElseThrow().version(), "a transaction");
  }
}
