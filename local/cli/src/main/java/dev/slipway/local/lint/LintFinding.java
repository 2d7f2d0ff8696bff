package dev.slipway.local.lint;

import java.util.Comparator;

/**
 * An error of the project.
 *
 * @param file from the project's root, with slashes
 * @param line counted from 1
 * @param rule the rule's name, such as {@code unknown-reference}
 * @param message what is wrong, in a sentence
 */
public record LintFinding(String file, int line, String rule, String message)
    implements Comparable<LintFinding> {

  private static final Comparator<LintFinding> ORDER =
      Comparator.comparing(LintFinding::file)
          .thenComparingInt(LintFinding::line)
          .thenComparing(LintFinding::rule)
          .thenComparing(LintFinding::message);

  @Override
  public int compareTo(LintFinding other) {
    return ORDER.compare(this, other);
  }

  /** As compilers print it: {@code file:line: message [rule]}. */
  @Override
  public String toString() {
    return "%s:%d: %s [%s]".formatted(file, line, message, rule);
  }
}
