package dev.slipway.ledger;

import static dev.slipway.ledger.TestLedger.ANN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files on a real table: whole, once, and not too large. */
final class FilesTest {
  private final TestLedger ledger = new TestLedger();
  private final Files files = Files.handedOver(ledger.items);

  @Test
  void aFileComesBackWholeAndIsKeptOnce() {
    String id = ledger.created("k1").id();
    byte[] content = new byte[Files.MAX_BYTES];
    new Random(1).nextBytes(content);
    var info = files.keep(id, content, "logo.png", "image/png", ANN);
    files.keep(id, content, "again.png", "image/png", ANN);
    assertArrayEquals(content, files.content(id, info.sha256()).orElseThrow());
    assertEquals(1, files.list(id).size());
  }

  @Test
  void aFileThatIsTooLargeIsRefused() {
    String id = ledger.created("k1").id();
    byte[] content = new byte[Files.MAX_BYTES + 1];
    assertThrows(
        IllegalArgumentException.class, () -> files.keep(id, content, "big", "image/png", ANN));
  }
}
