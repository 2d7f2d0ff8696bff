package dev.slipway.ledger;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A name as people wrote it, made fit to be shown to other people: on one line, short, and without
 * anything that a mail program makes a link of.
 */
public final class DisplayName {
  private static final int LONGEST = 60;

  /** Nobody's name; more is not looked at. */
  private static final int LONGEST_GIVEN = 1000;

  private DisplayName() {}

  /** The name; empty if nothing of it can be shown. */
  public static String of(String given) {
    String plain =
        given
            .substring(0, Math.min(given.length(), LONGEST_GIVEN))
            .codePoints()
            .map(c -> isShown(c) ? c : ' ')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    String name =
        Arrays.stream(plain.split(" ", -1))
            .filter(word -> !word.isEmpty() && !isLink(word))
            .map(DisplayName::withoutDomains)
            .collect(Collectors.joining(" "))
            .strip();
    return name.codePointCount(0, name.length()) <= LONGEST
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST)).strip();
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> c != '<' && c != '>';
    };
  }

  /** A scheme, a path or a mailbox; a name has none of their characters. */
  private static boolean isLink(String word) {
    return word.chars().anyMatch(c -> ":/\\@\uFF0F\uFF1A\uFF20".indexOf(c) >= 0)
        || word.regionMatches(true, 0, "www.", 0, 4);
  }

  /** A dot before a letter makes a host of two words, an initial's dot does not. */
  private static String withoutDomains(String word) {
    StringBuilder apart = new StringBuilder();
    word.codePoints()
        .forEach(
            c -> {
              boolean dot =
                  !apart.isEmpty()
                      && ".\u3002\uFF0E\uFF61".indexOf(apart.charAt(apart.length() - 1)) >= 0;
              apart.append(dot && Character.isLetterOrDigit(c) ? " " : "").appendCodePoint(c);
            });
    return apart.toString();
  }
}
