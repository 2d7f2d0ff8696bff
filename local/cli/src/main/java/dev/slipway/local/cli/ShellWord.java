package dev.slipway.local.cli;

/** One word of a command line that people paste into a shell. */
final class ShellWord {
  private ShellWord() {}

  /** The word, in quotes where a shell would read it otherwise. */
  static String of(String text) {
    return text.matches("[A-Za-z0-9_./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
