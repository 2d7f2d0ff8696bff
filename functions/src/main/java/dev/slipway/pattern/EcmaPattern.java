package dev.slipway.pattern;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of ECMA-262 (2025 edition, 22.2), without its flag {@code v}. Neither
 * pattern nor text overflows the thread's stack, and a search ends after a bounded number of steps.
 */
public final class EcmaPattern {
  private final Flags flags;
  private final Program program;
  private final LetterCase letters;
  private final Map<String, Integer> names;
  private final int groups;

  private EcmaPattern(String source, Flags flags) {
    PatternParser parser = new PatternParser(source, flags);
    this.flags = flags;
    this.program = new Program(source, parser.parse(), parser.groups());
    this.letters = parser.letters();
    this.names = Map.copyOf(parser.names());
    this.groups = parser.groups();
  }

  /**
   * Reads a pattern.
   *
   * @param flags of {@code i}, {@code m}, {@code s} and {@code u}, each once at most
   * @throws PatternSyntaxException if it is none, or if it is nested or repeated beyond what is
   *     reasonable
   */
  public static EcmaPattern compile(String source, String flags) {
    return new EcmaPattern(source, Flags.of(source, flags));
  }

  /**
   * Whether it matches anywhere in a text.
   *
   * @throws TooManySteps if that cannot be found out in reasonable time
   */
  public boolean isIn(String text) {
    return new Matching(program, flags, letters, text, false).find(0) != null;
  }

  /**
   * The first match that starts at an index or after it.
   *
   * @param from in UTF-16 units, from 0 to the text's length
   * @throws TooManySteps if that cannot be found out in reasonable time
   */
  public Optional<Match> find(String text, int from) {
    int[] found = new Matching(program, flags, letters, text, true).find(from);
    return found == null ? Optional.empty() : Optional.of(new Match(text, found, names, groups));
  }

  /** A match. Indexes are in UTF-16 units; group 0 is the whole. */
  public static final class Match {
    private final String text;
    private final int[] positions;
    private final Map<String, Integer> names;
    private final int groups;

    private Match(String text, int[] positions, Map<String, Integer> names, int groups) {
      this.text = text;
      this.positions = positions;
      this.names = names;
      this.groups = groups;
    }

    public int start() {
      return positions[0];
    }

    public int end() {
      return positions[1];
    }

    /** How many groups the pattern has, the whole not counted. */
    public int groups() {
      return groups;
    }

    /** The text that a group matched; empty if it took no part. */
    public Optional<String> group(int number) {
      int start = positions[2 * number];
      int end = positions[2 * number + 1];
      return start < 0 || end < 0 ? Optional.empty() : Optional.of(text.substring(start, end));
    }

    /** The number of a named group. */
    public OptionalInt number(String name) {
      Integer number = names.get(name);
      return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
  }
}
