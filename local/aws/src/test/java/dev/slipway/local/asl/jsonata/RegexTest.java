package dev.slipway.local.asl.jsonata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Regular expressions mean what they mean in JavaScript (ECMA-262, 22.2 and B.1.2). */
class RegexTest {
  @ParameterizedTest(name = "/{0}/{1} in {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        // pattern; flags; text (~ is a line feed) | first match; none if there is none
        "a$; ; a~; none",
        "a$; m; a~; a",
        "^b; m; a~b; b",
        "^b; ; a~b; none",
        "a.b; ; a~b; none",
        "[^]; ; ~; ~",
        "[]; ; a; none",
        "[&&]; ; x&y; &",
        "[a&&b]+; ; a&b; a&b",
        "münchen; i; MÜNCHEN; MÜNCHEN",
        "[à-ý]+; i; ÀÉ; ÀÉ",
        "[^ü]; i; Üx; x",
        "ß; i; SSß; ß",
        "k; i; \u212A; none",
        "\\s+; ; a\u00A0\u2003b; \u00A0\u2003",
        "\\d; ; \u0663; none",
        "\\w+; ; üa_1; a_1",
        "\\bü; ; aü; ü",
        "(a)|b; ; b; b",
        "(z)((a+)?(b+)?(c))*; ; zaacbbbcac; zaacbbbcac",
        "(?=(a+))a*b\\1; ; baaabac; aba",
        "(.*?)a(?!(a+)b\\2c)\\2(.*); ; baaabaac; baaabaac",
        "(a*)*; ; b; ''",
        "(?:a?)*?$; ; a; a",
        "(?<=\\$)\\d+; ; 1$20; 20",
        "(?<!a)b; ; abb; b",
        "(?<y>\\d{4})-\\k<y>; ; 2024-2024; 2024-2024",
        "\\k; ; k; k",
        "a{,2}; ; a{,2}; a{,2}",
        "x{; ; x{; x{",
        "]; ; ]; ]",
        "\\07; ; '\u0007'; '\u0007'",
        "\\1(a); ; a; a",
        "[\\d-x]+; ; 1-x; 1-x",
        "\\u00e9\\x41; ; éA; éA",
        "a{2,}?; ; aaaa; aa",
        "^.$; ; \uD83D\uDE00; none",
      })
  void matchesAsInJavaScript(String pattern, String flags, String text, String match) {
    String given = text.replace('~', '\n');
    int[] groups = search(pattern, flags == null ? "" : flags, given);
    String found = groups == null ? "none" : given.substring(groups[0], groups[1]);
    assertEquals(match.replace('~', '\n'), found);
  }

  @Test
  void resetsGroupsInEachIteration() {
    int[] groups = search("(?:(a)|(b)|(c))+", "", "abc");
    assertEquals(-1, groups[2]);
    assertEquals(-1, groups[4]);
    assertArrayEquals(new int[] {2, 3}, Arrays.copyOfRange(groups, 6, 8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a{2,1}",
        "*",
        "a**",
        "a++",
        "(",
        ")",
        "(a",
        "[",
        "[b-a]",
        "(?",
        "(?x)",
        "(?i)a",
        "\\",
        "(?<a>x)(?<a>y)",
        "(?<1>x)",
        "(?<a>x)\\k<b>",
        "{1}",
        "^*",
        "\\b+",
        "(?<=a)*",
      })
  void refusesWhatJavaScriptRefuses(String pattern) {
    assertThrows(JsonataException.class, () -> Regex.compile(pattern, ""));
  }

  @Test
  void refusesAFlagThatIsThereTwice() {
    assertThrows(JsonataException.class, () -> Regex.compile("a", "ii"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"^(a+)+\\1$", "^(a|a)*b", "(a*)*b", "(?:a?){40}b(?=x)", "(.*)(.*)(.*)(.*)\\d"})
  void endsWhenItBacktracksForTooLong(String pattern) {
    String text = "a".repeat(5000) + "!";
    JsonataException failure =
        assertThrows(JsonataException.class, () -> search(pattern, "", text));
    assertNull(failure.code());
  }

  @Test
  void needsNoDeepStackForALongText() {
    String text = "ab".repeat(100_000);
    int[] groups = Regex.compile("^(?:(a)|(b))*$", "").match(text, 0, new Budget());
    assertEquals(text.length(), groups[1]);
  }

  private static int[] search(String pattern, String flags, String text) {
    return Regex.compile(pattern, flags).match(text, 0, new Budget(Duration.ofMillis(300)));
  }
}
