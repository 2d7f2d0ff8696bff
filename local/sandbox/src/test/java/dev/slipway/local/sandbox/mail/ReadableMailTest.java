package dev.slipway.local.sandbox.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mails of all sorts are shown as a mail program would show them. */
class ReadableMailTest {
  private static ReadableMail read(String... lines) {
    return ReadableMail.of(
        new Mail(
            Instant.parse("2026-03-02T08:00:00Z"),
            "sender@hoster.example",
            List.of("anna@hoster.example", "bert@hoster.example"),
            "",
            "envelope",
            String.join("\r\n", lines)));
  }

  @Test
  void takesThePlainOneOfTwoForms() {
    ReadableMail mail =
        read(
            "From: Slipway <slipway@slipway.example>",
            "To: =?UTF-8?Q?Anna_K=C3=B6hler?= <anna@hoster.example>",
            "Subject: =?UTF-8?B?R3LDvMOfZQ==?=",
            " =?UTF-8?Q?_aus_M=C3=BCnchen?=",
            "Date: Mon, 2 Mar 2026 08:00:00 +0000",
            "MIME-Version: 1.0",
            "Content-Type: multipart/alternative; boundary=b",
            "",
            "--b",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: base64",
            "",
            "R3V0ZW4gVGFnLCBLw7ZobGVyIQ==",
            "--b",
            "Content-Type: text/html; charset=UTF-8",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            "<p>Guten Tag, K=C3=B6hler!</p>",
            "--b--");
    assertEquals("Slipway <slipway@slipway.example>", mail.from());
    assertEquals("Anna Köhler <anna@hoster.example>", mail.to());
    assertEquals("Grüße aus München", mail.subject());
    assertEquals("Mon, 2 Mar 2026 08:00:00 +0000", mail.date());
    assertEquals("Guten Tag, Köhler!", mail.text());
    assertEquals(List.of(), mail.attached());
  }

  @Test
  void readsWhatItCanOfHtmlAlone() {
    ReadableMail mail =
        read(
            "Content-Type: text/html; charset=utf-8",
            "",
            "<html><head><style>p {}</style></head><p>Fish &amp;\r\n chips</p><p>twice</p></html>");
    assertEquals("Fish & chips\ntwice", mail.text());
    assertEquals("sender@hoster.example", mail.from());
    assertEquals("anna@hoster.example, bert@hoster.example", mail.to());
    assertEquals("envelope", mail.subject());
  }

  @Test
  void namesWhatIsAttached() {
    ReadableMail mail =
        read(
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "",
            "See there.",
            "--b",
            "Content-Type: application/pdf",
            "Content-Disposition: attachment; filename=pack.pdf",
            "",
            "x",
            "--b--");
    assertEquals("See there.", mail.text());
    assertEquals(List.of("pack.pdf, application/pdf"), mail.attached());
  }

  @Test
  void showsWhatIsNoMailAndSteersNoTerminal() {
    ReadableMail broken =
        read("Content-Type: multipart/mixed", "", "no parts \u001b]0;owned\u0007 here");
    assertTrue(broken.text().contains("no parts"), broken.text());
    ReadableMail steering = read("Subject: a\u001b[2Jb", "", "c\u001b[2Jd\u009be");
    assertEquals("a [2Jb", steering.subject());
    assertFalse(steering.text().contains("\u001b"), steering.text());
    assertFalse(steering.text().contains("\u009b"), steering.text());
    assertFalse(broken.text().contains("\u001b"), broken.text());
  }
}
