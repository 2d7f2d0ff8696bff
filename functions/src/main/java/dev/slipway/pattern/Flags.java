package dev.slipway.pattern;

import java.util.regex.PatternSyntaxException;

/** The flags that change what a pattern matches. */
record Flags(boolean ignoreCase, boolean multiline, boolean dotAll, boolean unicode) {

  static Flags of(String source, String flags) {
    for (int i = 0; i < flags.length(); i++) {
      if ("imsu".indexOf(flags.charAt(i)) < 0 || flags.indexOf(flags.charAt(i)) < i) {
        throw new PatternSyntaxException("Invalid flags " + flags, source, -1);
      }
    }
    return new Flags(
        flags.contains("i"), flags.contains("m"), flags.contains("s"), flags.contains("u"));
  }
}
