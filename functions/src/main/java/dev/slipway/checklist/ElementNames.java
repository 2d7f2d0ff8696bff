package dev.slipway.checklist;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The elements that a rule speaks of: the first names of its paths, bare or in backticks, also
 * behind {@code $$}. A name that is none of an element (a function's, a field's in a predicate)
 * does no harm: callers look only for elements that the checklist has.
 */
public final class ElementNames {
  /**
   * Texts and comments are skipped, so that nothing in them is taken for a name; one that is never
   * closed goes to the end.
   */
  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.)*+(?:'|\\z)|\"(?:[^\"\\\\]|\\\\.)*+(?:\"|\\z)|/\\*.*?(?:\\*/|\\z)"
              + "|(?<step>(?<root>\\$\\$\\s*)?\\.\\s*)?(?:`(?<quoted>[^`]+)`|(?<bare>[$A-Za-z_][$A-Za-z0-9_]*))",
          Pattern.DOTALL);

  private ElementNames() {}

  /** Their names. */
  public static Set<String> in(String rule) {
    Set<String> names = new LinkedHashSet<>();
    if (rule == null) {
      return names;
    }
    Matcher token = TOKEN.matcher(rule);
    while (token.find()) {
      String name = token.group("quoted") == null ? token.group("bare") : token.group("quoted");
      boolean startsPath = token.group("step") == null || token.group("root") != null;
      if (name != null && startsPath && !name.startsWith("$")) {
        names.add(name);
      }
    }
    return names;
  }
}
