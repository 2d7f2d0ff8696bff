package dev.slipway.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ECMA-262 says a pattern matches; values and their places as V8 has them. */
final class EcmaPatternTest {

  @Test
  void theEndOfTheTextIsNotThePlaceBeforeALastLineFeed() {
    for (String end : List.of("\n", "\r", "\r\n", "\u2028", "\u2029", "\u0085")) {
      assertEquals(List.of(), matches("^[a-z]+$", "u", "hoster" + end));
      assertEquals(List.of(), matches("^[a-z]+$", "u", end + "hoster"));
    }
    assertEquals(List.of("hoster"), matches("^[a-z]+$", "u", "hoster"));
  }

  @Test
  void linesEndWhereJavaScriptEndsThem() {
    assertEquals(List.of("a", "b", "c", "d"), matches("^.$", "m", "a\nb\u2028c\rd"));
    assertEquals(List.of(), matches("^.$", "m", "a\u0085b"));
    assertEquals(List.of("a", "b"), matches(".", "", "a\u2029b"));
    assertEquals(List.of("a", "\u2029", "b"), matches(".", "s", "a\u2029b"));
    assertEquals(List.of("\u0085"), matches(".", "", "\u0085"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\t", "\n", "\u000b", "\f", "\r", " ", "\u00a0", "\u1680", "\u2003", "\u2028", "\u2029",
        "\u202f", "\u205f", "\u3000", "\ufeff"
      })
  void whiteSpaceIsUnicodes(String space) {
    assertEquals(List.of(space), matches("\\s", "u", space));
    assertEquals(List.of(), matches("\\S", "u", space));
    assertEquals(List.of(), matches("^[^\\s]$", "u", space));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0085", "\u180e", "\u200b", "\u001c", "\u001f"})
  void whatIsNoWhiteSpaceInEcma262(String character) {
    assertEquals(List.of(), matches("\\s", "u", character));
  }

  @Test
  void digitsAndWordCharactersAreAscii() {
    assertEquals(List.of(), matches("\\d|\\w", "u", "\u0663\u00e9\u00df"));
    assertEquals(List.of("7", "_"), matches("[\\d_]", "u", "\u06637\u00e9_"));
    assertEquals(List.of("a"), matches("\\ba\\b", "u", "\u00e9a\u00e9"));
  }

  @ParameterizedTest
  @CsvSource({
    // Case folds by Unicode with u, by upper case of single units without.
    "k, iu, \u212a, \u212a",
    "k, i, \u212a, ",
    "\u03c3, i, \u03c2, \u03c2",
    "\u00df, i, \u1e9e, ",
    "\u00df, iu, \u1e9e, \u1e9e",
    "\\w, iu, \u017f, \u017f",
    "\\w, i, \u017f, ",
    "[^x], iu, X, ",
    "i, iu, \u0130, ",
    // Code points with u, UTF-16 units without.
    "^.$, u, \ud83d\ude00, \ud83d\ude00",
    "^.$, '', \ud83d\ude00, ",
    "'^[\\u{1f600}-\\u{1f64f}]$', u, \ud83d\ude00, \ud83d\ude00",
    "'\\u{3}', '', uuu, uuu",
    "'^\\p{Lu}$', u, \u00c9, \u00c9",
    "'^\\p{Script=Greek}+$', u, \u03b1\u03b2, \u03b1\u03b2",
    "'^\\p{Uppercase_Letter}$', u, A, A",
    // Groups and looks.
    "(a)|b\\1, '', b, b",
    "(?<=(\\d+)(\\d+))$, '', 1053, ''",
    "(z)((a+)?(b+)?(c))*, '', zaacbbbcac, zaacbbbcac",
    "(?<y>\\d{4})-\\k<y>, u, 2026-2026, 2026-2026",
    "(?!foo)..., '', foobar, oob",
    "(\\S*?)*, '', xb, xb",
    "'^(?!0+(\\.0+)?$)\\d{1,6}(\\.\\d{1,2})?$', u, 0.00, ",
    "'^(?!0+(\\.0+)?$)\\d{1,6}(\\.\\d{1,2})?$', u, 10.05, 10.05",
    // What Annex B tolerates without u.
    "'a{,2}', '', 'a{,2}', 'a{,2}'",
    "'x{1', '', 'x{1', 'x{1'",
    "\\-]\\/, '', '-]/', '-]/'",
    "\\101\\8, '', A8, A8",
    "'[\\w-.]+', '', a-., a-.",
    "[\\cA\\c_]+, '', '\u0001\u001f', '\u0001\u001f'",
    "(?=a){2}a, '', a, a",
  })
  void matchesAsInJavaScript(String pattern, String flags, String text, String expected) {
    assertEquals(
        Optional.ofNullable(expected),
        EcmaPattern.compile(pattern, flags).find(text, 0).flatMap(match -> match.group(0)));
  }

  @Test
  void aGroupOfARepetitionIsThatOfTheLastRound() {
    EcmaPattern.Match match =
        EcmaPattern.compile("(z)((a+)?(b+)?(c))*", "").find("zaacbbbcac", 0).orElseThrow();
    assertEquals(Optional.of("ac"), match.group(2));
    assertEquals(Optional.of("a"), match.group(3));
    assertEquals(Optional.empty(), match.group(4));
    assertEquals(5, match.groups());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "[",
        "a**",
        "+",
        "\\",
        "a{2,1}",
        "{1}",
        "a{",
        "]",
        "}",
        "\\-",
        "\\1",
        "\\k<n>",
        "\\a",
        "\\u{110000}",
        "\\x1",
        "[z-a]",
        "[\\w-a]",
        "(?<n>a)(?<n>b)",
        "(?<1>a)",
        "(?i)a",
        "\\p{Nothing}",
        "\\p{Script=Nothing}",
        "(?<=a)*",
        "^*",
        "\\01"
      })
  void refusesWhatIsNoPatternInUnicodeMode(String pattern) {
    assertThrows(PatternSyntaxException.class, () -> EcmaPattern.compile(pattern, "u"));
  }

  @Test
  void refusesFlagsThatItDoesNotKnow() {
    assertThrows(PatternSyntaxException.class, () -> EcmaPattern.compile("a", "x"));
    assertThrows(PatternSyntaxException.class, () -> EcmaPattern.compile("a", "ii"));
  }

  @Test
  void neitherPatternNorTextOverflowsASmallStack() throws InterruptedException {
    List<Throwable> trouble = new ArrayList<>();
    Thread small =
        new Thread(
            null,
            () -> {
              String text = "a@" + "a.".repeat(50_000);
              for (String pattern :
                  List.of(
                      "^(a|b|[.@])*$",
                      "^(([a-z@])*\\.?)*!$",
                      "(a|a)*b",
                      "^(a+\\.?@?)+$",
                      "(.*)*x")) {
                EcmaPattern.compile(pattern, "u").isIn(text);
              }
              assertThrows(
                  PatternSyntaxException.class, () -> EcmaPattern.compile("(".repeat(100_000), ""));
              assertThrows(
                  PatternSyntaxException.class,
                  () -> EcmaPattern.compile("((a{1000}){1000}){1000}", ""));
            },
            "small stack",
            512 * 1024);
    small.setUncaughtExceptionHandler((thread, e) -> trouble.add(e));
    small.start();
    small.join();
    assertEquals(List.of(), trouble);
  }

  @Test
  void givesUpWhatTakesTooManySteps() {
    EcmaPattern pattern = EcmaPattern.compile("^(a+)+\\1b", "");
    String text = "a".repeat(5_000);
    assertThrows(TooManySteps.class, () -> pattern.isIn(text));
    assertTrue(EcmaPattern.compile("^(a+)+$", "").isIn(text));
  }

  private static List<String> matches(String pattern, String flags, String text) {
    List<String> found = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      Optional<EcmaPattern.Match> match = EcmaPattern.compile(pattern, flags).find(text, from);
      if (match.isEmpty()) {
        break;
      }
      found.add(match.get().group(0).orElseThrow());
      from = Math.max(match.get().end(), match.get().start() + 1);
    }
    return found;
  }
}
