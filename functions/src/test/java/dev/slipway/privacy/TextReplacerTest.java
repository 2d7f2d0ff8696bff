package dev.slipway.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People by their aliases, wherever they stand. */
class TextReplacerTest {
  private static final TextReplacer WORDS =
      TextReplacer.of(
          Map.of(
              "Ann", "contact-1",
              "Ann Example", "contact-2",
              "ann@hoster.example", "mailbox-1",
              "Ann (sub-ann)", "manager-1"));

  @ParameterizedTest
  @CsvSource({
    "Ann, contact-1",
    "Ann said: Ann., contact-1 said: contact-1.",
    "Anna and JoAnn and Ann2, Anna and JoAnn and Ann2",
    "Ann Example, contact-2",
    "Ann Examples, contact-1 Examples",
    "Ann (sub-ann) and <ann@hoster.example>, manager-1 and <mailbox-1>",
    "ann@hoster.examples, ann@hoster.examples",
    "😀Ann😀, 😀contact-1😀",
    "nobody, nobody"
  })
  void stayWhole(String text, String hidden) {
    assertEquals(hidden, WORDS.in(text));
  }

  @Test
  @Timeout(120) // Only a guard against a hang.
  void thousandsOfThemTakeAMoment() {
    Map<String, String> texts = new HashMap<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      texts.put("a" + i + "@b.cc", "mailbox-" + i);
      text.append("a").append(i).append("@b.cc ");
    }
    TextReplacer.of(texts).in(text.toString());
  }
}
