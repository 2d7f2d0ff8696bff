package dev.slipway.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mailboxes in what people write, however they write it. */
class MailboxSearchTest {
  @ParameterizedTest
  @CsvSource({
    "Write to ann@hoster.example., ann@hoster.example",
    "<ann.o'neil+x@mail.hoster.example>, ann.o'neil+x@mail.hoster.example",
    "a@b.c@d.e, a@b.c",
    "a@@b.c, ",
    "a@b, ",
    "@b.c, ",
    "a@b..c, ",
    "x@a@b.c, a@b.c"
  })
  void findsThem(String text, String mailbox) {
    assertEquals(mailbox == null ? List.of() : List.of(mailbox), MailboxSearch.in(text));
  }

  @Test
  void findsAllOfThemInTheirOrder() {
    assertEquals(
        List.of("ann@hoster.example", "bob@hoster.example"),
        MailboxSearch.in("ann@hoster.example,bob@hoster.example;carl@"));
    assertTrue(MailboxSearch.isMailbox("ann@hoster.example"));
    assertFalse(MailboxSearch.isMailbox("Ann ann@hoster.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@a.", "a", "a.", "@a.a", "a@", "@", "a@a", ".a@-"})
  @Timeout(120) // Only a guard against a hang.
  void isNotStoppedByAnyText(String part) {
    String text = "a@a" + part.repeat(1_000_000 / part.length()) + "!";
    MailboxSearch.in(text);
  }
}
