package dev.slipway.pattern;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Tells characters that are the same if case does not matter: ECMA-262, 22.2.2.7.3 Canonicalize.
 */
final class LetterCase {
  /** Beyond it there are no letters with case. */
  private static final int END = 0x1f000;

  /** The tables are made when a pattern first asks for them. */
  private static final class Units {
    static final LetterCase TABLE = new LetterCase(false);
  }

  private static final class CodePoints {
    static final LetterCase TABLE = new LetterCase(true);
  }

  private final boolean unicode;
  private final Map<Integer, int[]> same = new HashMap<>();

  private LetterCase(boolean unicode) {
    this.unicode = unicode;
    Map<Integer, int[]> byForm = new HashMap<>();
    for (int c = 0; c < END; c++) {
      int form = canonical(c);
      if (form != c) {
        byForm.merge(form, new int[] {form, c}, LetterCase::joined);
      }
    }
    byForm.forEach(
        (form, group) -> {
          for (int c : group) {
            same.put(c, group);
          }
        });
  }

  static LetterCase of(boolean unicode) {
    return unicode ? CodePoints.TABLE : Units.TABLE;
  }

  /** A character and those that differ from it by case only. */
  int[] same(int c) {
    int[] group = same.get(c);
    return group == null ? new int[] {c} : group;
  }

  int canonical(int c) {
    if (unicode) {
      return folded(c);
    }
    if (c > Character.MAX_VALUE) {
      return c;
    }
    String upper = Character.toString(c).toUpperCase(Locale.ROOT);
    if (upper.length() != 1 || (c >= 128 && upper.charAt(0) < 128)) {
      return c;
    }
    return upper.charAt(0);
  }

  /** Unicode's simple case folding. */
  private static int folded(int c) {
    return switch (c) {
      case 0x130, 0x131 -> c;
      case 0x1e9e -> 0xdf;
      default -> {
        boolean cherokee = (c >= 0x13a0 && c <= 0x13fd) || (c >= 0xab70 && c <= 0xabbf);
        int upper = Character.toUpperCase(c);
        yield cherokee ? upper : Character.toLowerCase(upper);
      }
    };
  }

  private static int[] joined(int[] group, int[] other) {
    int[] all = Arrays.copyOf(group, group.length + 1);
    all[group.length] = other[1];
    return all;
  }
}
