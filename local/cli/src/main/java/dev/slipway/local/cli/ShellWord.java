package dev.slipway.local.cli;

import dev.slipway.local.run.OpenWorkText;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** One word of a command line that people paste into a shell. */
final class ShellWord {
  private ShellWord() {}

  /** The command line as it was typed, to be pasted again with all its options. */
  static String again(CommandSpec command) {
    return Stream.concat(
            Stream.of(OpenWorkText.COMMAND),
            command.root().commandLine().getParseResult().originalArgs().stream())
        .map(ShellWord::of)
        .collect(Collectors.joining(" "));
  }

  /** The word, in quotes where a shell would read it otherwise. */
  static String of(String text) {
    return text.matches("[A-Za-z0-9_./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
