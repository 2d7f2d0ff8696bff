package dev.slipway.local.lint;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The name that was meant by one that is unknown.
 *
 * <pre>{@code
 * new Nearest(List.of("mail-server", "platform")).to("mailserver")  // mail-server
 * }</pre>
 *
 * @param names those that there are
 */
public record Nearest(Collection<String> names) {
  /** Of three letters one may be wrong. */
  private static final int LETTERS_PER_MISTAKE = 3;

  /** The nearest name; empty if none is near. */
  public Optional<String> to(String given) {
    String wanted = given.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(
            name -> distance(wanted, name) <= Math.max(1, wanted.length() / LETTERS_PER_MISTAKE))
        .min(
            Comparator.comparingInt((String name) -> distance(wanted, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Words for the end of a message: {@code ; did you mean X?} or nothing. */
  public String hint(String given) {
    return to(given).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** A task may be called without its section. */
  private static int distance(String given, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String last = lower.substring(lower.lastIndexOf('.') + 1);
    return given.indexOf('.') < 0 && last.length() < lower.length()
        ? edits(given, last)
        : edits(given, lower);
  }

  /** Levenshtein's distance: letters to put in, take out or replace. */
  private static int edits(String one, String other) {
    int[] before = new int[other.length() + 1];
    for (int j = 0; j < before.length; j++) {
      before[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[before.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
      }
      before = row;
    }
    return before[other.length()];
  }
}
