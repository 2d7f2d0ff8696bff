package dev.slipway.pattern;

import java.util.List;
import java.util.function.IntPredicate;

/** A set of characters; ASCII is looked up in a table. */
final class CharacterSet {
  private static final int ASCII = 128;

  /** ECMA-262 12.3: LineTerminator. */
  static final CharacterSet LINE_ENDS =
      new CharacterSet(c -> c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029);

  static final CharacterSet DIGITS = new CharacterSet(c -> c >= '0' && c <= '9');

  /** ECMA-262 12.2 and 12.3: WhiteSpace and LineTerminator. */
  static final CharacterSet SPACES =
      new CharacterSet(
          c ->
              (c >= 0x09 && c <= 0x0d)
                  || c == 0xfeff
                  || LINE_ENDS.contains(c)
                  || Character.getType(c) == Character.SPACE_SEPARATOR);

  static final CharacterSet WORD =
      new CharacterSet(
          c ->
              (c >= 'a' && c <= 'z')
                  || (c >= 'A' && c <= 'Z')
                  || (c >= '0' && c <= '9')
                  || c == '_');

  private final boolean[] ascii = new boolean[ASCII];
  private final IntPredicate all;

  CharacterSet(IntPredicate all) {
    this.all = all;
    for (int c = 0; c < ASCII; c++) {
      ascii[c] = all.test(c);
    }
  }

  static CharacterSet of(int character) {
    return new CharacterSet(c -> c == character);
  }

  static CharacterSet range(int first, int last) {
    return new CharacterSet(c -> c >= first && c <= last);
  }

  static CharacterSet union(List<CharacterSet> sets) {
    return new CharacterSet(c -> sets.stream().anyMatch(set -> set.contains(c)));
  }

  boolean contains(int c) {
    return c < ASCII ? ascii[c] : all.test(c);
  }

  CharacterSet negated() {
    return new CharacterSet(c -> !contains(c));
  }

  /** The characters that are in the set if case does not matter. */
  CharacterSet inAnyCase(LetterCase letters) {
    return new CharacterSet(
        c -> {
          for (int same : letters.same(c)) {
            if (contains(same)) {
              return true;
            }
          }
          return false;
        });
  }
}
