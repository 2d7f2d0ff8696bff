package dev.slipway.local.asl.jsonata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A set of UTF-16 code units, for regular expressions. Immutable. */
final class CharSet {
  /** Members lie in {@code [bounds[2i], bounds[2i+1])}; ascending. */
  private final int[] bounds;

  private static final int END = 0x10000;

  static final CharSet DIGITS = of('0', '9');
  static final CharSet WORDS =
      union(List.of(of('0', '9'), of('A', 'Z'), of('_', '_'), of('a', 'z')));

  /** White space and line terminators. */
  static final CharSet SPACES =
      union(
          List.of(
              of('\t', '\r'),
              of(' ', ' '),
              of('\u00A0', '\u00A0'),
              of('\u1680', '\u1680'),
              of('\u2000', '\u200A'),
              of('\u2028', '\u2029'),
              of('\u202F', '\u202F'),
              of('\u205F', '\u205F'),
              of('\u3000', '\u3000'),
              of('\uFEFF', '\uFEFF')));

  static final CharSet LINE_ENDS =
      union(List.of(of('\n', '\n'), of('\r', '\r'), of('\u2028', '\u2029')));

  private CharSet(int[] bounds) {
    this.bounds = bounds;
  }

  /** Both bounds are members. */
  static CharSet of(int first, int last) {
    return new CharSet(new int[] {first, last + 1});
  }

  static CharSet union(List<CharSet> sets) {
    List<int[]> ranges = new ArrayList<>();
    for (CharSet set : sets) {
      for (int i = 0; i < set.bounds.length; i += 2) {
        ranges.add(new int[] {set.bounds[i], set.bounds[i + 1]});
      }
    }
    ranges.sort((one, other) -> Integer.compare(one[0], other[0]));
    int[] merged = new int[2 * ranges.size()];
    int size = 0;
    for (int[] range : ranges) {
      if (size > 0 && range[0] <= merged[size - 1]) {
        merged[size - 1] = Math.max(merged[size - 1], range[1]);
      } else {
        merged[size++] = range[0];
        merged[size++] = range[1];
      }
    }
    return new CharSet(Arrays.copyOf(merged, size));
  }

  CharSet negated() {
    int[] outside = new int[bounds.length + 2];
    int size = 0;
    int from = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      if (bounds[i] > from) {
        outside[size++] = from;
        outside[size++] = bounds[i];
      }
      from = bounds[i + 1];
    }
    if (from < END) {
      outside[size++] = from;
      outside[size++] = END;
    }
    return new CharSet(Arrays.copyOf(outside, size));
  }

  /** The only member that was given by itself; -1 if it is a class. */
  int single() {
    return bounds.length == 2 && bounds[1] == bounds[0] + 1 ? bounds[0] : -1;
  }

  boolean contains(char c) {
    if (c < 128 && bounds.length <= 8) {
      for (int i = 0; i < bounds.length; i += 2) {
        if (c < bounds[i + 1]) {
          return c >= bounds[i];
        }
      }
      return false;
    }
    int found = Arrays.binarySearch(bounds, c);
    return found >= 0 ? found % 2 == 0 : -found % 2 == 0;
  }

  /** Whether it contains the character, or one that differs from it by case only. */
  boolean containsFolded(char c) {
    for (char variant : Folding.VARIANTS.getOrDefault(Folding.TABLE[c], new char[] {c})) {
      if (contains(variant)) {
        return true;
      }
    }
    return false;
  }

  /** One for all cases of a character, as the specification's Canonicalize without the flag u. */
  static char folded(char c) {
    return Folding.TABLE[c];
  }

  /** Made when the first expression asks for it. */
  private static final class Folding {
    private static final char[] TABLE = new char[END];

    /** By what they fold to; only where there are several. */
    private static final Map<Character, char[]> VARIANTS = new HashMap<>();

    static {
      for (int c = 0; c < END; c++) {
        String upper = String.valueOf((char) c).toUpperCase(Locale.ROOT);
        boolean folds = upper.length() == 1 && (c < 128 || upper.charAt(0) >= 128);
        TABLE[c] = folds ? upper.charAt(0) : (char) c;
      }
      for (int c = 0; c < END; c++) {
        if (TABLE[c] != c) {
          char[] known = VARIANTS.getOrDefault(TABLE[c], new char[] {TABLE[c]});
          char[] more = Arrays.copyOf(known, known.length + 1);
          more[known.length] = (char) c;
          VARIANTS.put(TABLE[c], more);
        }
      }
    }
  }
}
