package dev.slipway.systems.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactorTest {

  @Test
  void takesOutEveryFormOfASecret() {
    String secret = "p w/ö+rd=1";
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String text =
        String.join(
            " ",
            "plain " + secret,
            URLEncoder.encode(secret, StandardCharsets.UTF_8),
            Base64.getEncoder().encodeToString(bytes));
    String clean = Redactor.of(secret).redact(text);
    assertEquals("plain [redacted] [redacted] [redacted]", clean);
  }

  @Test
  void knowsEveryTextOfASecretDocument() throws Exception {
    Redactor redactor =
        Redactor.ofSecret(
            new ObjectMapper().readTree("{\"user\":\"alice\",\"deep\":[{\"token\":\"MARKER\"}]}"));
    assertEquals("[redacted] has [redacted]", redactor.redact("alice has MARKER"));
    assertFalse(redactor.toString().contains("MARKER"));
  }

  @Test
  void anAnswerForTheRecordIsOneShortLine() {
    String answer = Redactor.none().answer("a\r\nb\tc" + "x".repeat(1000));
    assertEquals("a b cx", answer.substring(0, 6));
    assertEquals(301, answer.length());
  }

  @Test
  void whatIsStoredHasTwoKilobytesAtMost() {
    for (String character : List.of("x", "ü", "…", "😀")) {
      String text = Redactor.of("secret").redact("secret" + character.repeat(100_000));
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes <= 2048 && bytes > 2040, character + " " + bytes);
      assertTrue(text.startsWith("[redacted]" + character), text);
      assertTrue(text.endsWith(character + "…"), "no character is cut in two");
    }
    assertEquals("short", Redactor.none().redact("short"));
  }

  @Test
  void theLongerOfTwoOverlappingSecretsGoesFirst() {
    assertEquals("[redacted]", Redactor.of("secret", "secret-and-more").redact("secret-and-more"));
  }
}
