package dev.slipway.systems.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.json.Json;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In whatever form a third party, or a library on the way, gives a secret back: it is gone. */
class RedactedFormsTest {
  private static final String USER = "paas@hoster.example";
  private static final String SECRET = "pä ss/\"w&<ö>+'rd\\=9%";

  /** The forms by name. */
  private static Stream<Arguments> forms() {
    byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
    String json = Json.MAPPER.getNodeFactory().textNode(SECRET).toString();
    String inJson = json.substring(1, json.length() - 1);
    String percent = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
    String html =
        SECRET
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;");
    byte[] basic = (USER + ":" + SECRET).getBytes(StandardCharsets.UTF_8);
    byte[] inside =
        ("{\"user\":\"x\",\"password\":\"" + SECRET + "\"}").getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        Arguments.of("as it is", SECRET),
        Arguments.of("JSON", inJson),
        Arguments.of("JSON with slashes", inJson.replace("/", "\\/")),
        Arguments.of("JSON in ASCII", unicode(SECRET, "\\u%04x")),
        Arguments.of("JSON in ASCII, upper case", unicode(SECRET, "\\u%04X")),
        Arguments.of("JSON within JSON", inJson.replace("\\", "\\\\").replace("\"", "\\\"")),
        Arguments.of("HTML", html),
        Arguments.of("HTML, twice", html.replace("&", "&amp;")),
        Arguments.of("HTML, decimal", unicode(SECRET, "&#%d;")),
        Arguments.of("HTML, hexadecimal", unicode(SECRET, "&#x%x;")),
        Arguments.of("HTML, hexadecimal, upper case", unicode(SECRET, "&#X%X;")),
        Arguments.of("HTML, names", html.replace("ö", "&ouml;").replace("ä", "&auml;")),
        Arguments.of("form", percent),
        Arguments.of("form, lower case", lower(percent)),
        Arguments.of("URL", percent.replace("+", "%20")),
        Arguments.of("URL, every byte", bytes("%%%02x", bytes)),
        Arguments.of("URL, twice", percent.replace("+", "%20").replace("%", "%25")),
        Arguments.of("URL, Latin 1", URLEncoder.encode(SECRET, StandardCharsets.ISO_8859_1)),
        Arguments.of("Base64", Base64.getEncoder().encodeToString(bytes)),
        Arguments.of("Base64 for URLs", Base64.getUrlEncoder().encodeToString(bytes)),
        Arguments.of(
            "Base64 for URLs, unpadded",
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)),
        Arguments.of(
            "Base64 in a URL",
            URLEncoder.encode(Base64.getEncoder().encodeToString(bytes), StandardCharsets.UTF_8)),
        Arguments.of("basic login", Base64.getEncoder().encodeToString(basic)),
        Arguments.of("basic login for URLs", Base64.getUrlEncoder().encodeToString(basic)),
        Arguments.of("Base64 of a document", Base64.getEncoder().encodeToString(inside)),
        Arguments.of("hexadecimal", HexFormat.of().formatHex(bytes)),
        Arguments.of("UTF-8 read as Latin 1", new String(bytes, StandardCharsets.ISO_8859_1)),
        Arguments.of(
            "UTF-8 read as Windows 1252", new String(bytes, Charset.forName("windows-1252"))),
        Arguments.of(
            "UTF-8 read as Latin 1, in JSON",
            unicode(new String(bytes, StandardCharsets.ISO_8859_1), "\\u%04x")),
        Arguments.of(
            "Latin 1 read as UTF-8",
            new String(SECRET.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)));
  }

  private static String unicode(String text, String form) {
    return text.codePoints().mapToObj(form::formatted).collect(Collectors.joining());
  }

  private static String bytes(String form, byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte each : bytes) {
      text.append(form.formatted(each & 0xff));
    }
    return text.toString();
  }

  /** Of the escapes only. */
  private static String lower(String percent) {
    return java.util.regex.Pattern.compile("%..")
        .matcher(percent)
        .replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void isGone(String name, String form) {
    String clean = Redactor.of(USER, SECRET).redact("it said <" + form + "> and more");

    assertTrue(clean.startsWith("it said <"), clean);
    assertTrue(clean.endsWith("> and more"), clean);
    assertTrue(clean.contains(Redactor.MASK), clean);
    boolean partly = name.equals("Base64 of a document");
    assertTrue(partly || clean.equals("it said <[redacted]> and more"), clean);
    assertFalse(clean.contains(form), clean);
  }

  @Test
  void leavesEverythingElseAsItIs() {
    String text = "50% of \\server\\share & &copy; %zz + \\q \\u12 &#xZ; \uD83D\uDE00 %F0%9F";
    assertEquals(text, Redactor.of("secret").redact(text));
  }

  @Test
  @Timeout(120) // Only a guard against a hang.
  void takesTimeInProportionToTheText() {
    Redactor redactor = Redactor.of(USER, SECRET, "k".repeat(2000));
    for (String piece : List.of("\\", "%", "&", "%25", "&amp;", "\\u005c", "a", "%e2%82", "&#")) {
      String text = piece.repeat(1_000_000 / piece.length());
      redactor.redact(text);
    }
  }
}
