package dev.slipway.local.data.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeySetTest {
  @Test
  void holdsNumbersAndTexts() {
    KeySet keys = new KeySet();
    for (int i = 0; i < 100_000; i++) {
      keys.add(Integer.toString(7 * i));
      keys.add(Integer.toString(7 * i));
    }
    keys.add("org-a");
    keys.add("007");
    keys.add("99999999999999999999");
    keys.add(null);

    assertEquals(100_003, keys.size());
    assertTrue(keys.contains("0"));
    assertTrue(keys.contains("699993"));
    assertFalse(keys.contains("699994"));
    assertTrue(keys.contains("007"), "which is no number");
    assertTrue(keys.contains("7"));
    assertTrue(keys.contains("99999999999999999999"));
    assertFalse(keys.contains("-7"));
    assertFalse(keys.contains(null));
    TreeSet<String> all = new TreeSet<>();
    keys.forEach(all::add);
    assertEquals(100_003, all.size());
  }
}
