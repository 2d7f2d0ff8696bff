package dev.slipway.local.asl.jsonata;

/** Finds a text in another one, in time that grows with their lengths only. */
final class Search {
  /** Up to this length the JDK's search, which tries at each place, is quick enough. */
  private static final int SHORT = 64;

  private Search() {}

  /** The index of the part, at or after a place; -1 if it is nowhere. */
  static int indexOf(String text, String part, int from, Budget budget) {
    if (part.length() <= SHORT || from + part.length() > text.length()) {
      return text.indexOf(part, from);
    }
    // After Knuth, Morris and Pratt: how much of the part's begin ends at each of its places.
    budget.take(4.0 * part.length());
    int[] borders = new int[part.length()];
    int matched = 0;
    for (int at = 1; at < part.length(); at++) {
      budget.step();
      while (matched > 0 && part.charAt(at) != part.charAt(matched)) {
        matched = borders[matched - 1];
      }
      matched += part.charAt(at) == part.charAt(matched) ? 1 : 0;
      borders[at] = matched;
    }
    matched = 0;
    for (int at = from; at < text.length(); at++) {
      budget.step();
      while (matched > 0 && text.charAt(at) != part.charAt(matched)) {
        matched = borders[matched - 1];
      }
      matched += text.charAt(at) == part.charAt(matched) ? 1 : 0;
      if (matched == part.length()) {
        return at - matched + 1;
      }
    }
    return -1;
  }
}
