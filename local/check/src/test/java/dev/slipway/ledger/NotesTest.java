package dev.slipway.ledger;

import static dev.slipway.ledger.TestLedger.TASK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;

/** Notes on a real table. */
final class NotesTest {
  private final TestLedger ledger = new TestLedger();
  private final Notes notes = new Notes(ledger.items);

  @Test
  void theFirstValueRememberedStays() {
    String id = ledger.created("k1").id();
    var first = new Note(TASK, Note.Kind.PREVIOUS, "smtp.mail.host", TextNode.valueOf("old"), null);
    var second = new Note(TASK, Note.Kind.PREVIOUS, "smtp.mail.host", TextNode.valueOf("x"), null);
    assertEquals("old", notes.remember(id, first).value().textValue());
    assertEquals("old", notes.remember(id, second).value().textValue());
  }
}
