package dev.slipway.local.cli;

import dev.slipway.local.run.LiveView;
import dev.slipway.local.run.PlainView;
import dev.slipway.local.run.RunView;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * The streams to which a command writes.
 *
 * @param columns the terminal's width; 0: {@code out} is no terminal
 */
public record Terminal(PrintStream out, PrintStream err, int columns) {

  /** The process's own; the launcher says whether standard output is a terminal, and how wide. */
  public static Terminal system() {
    return new Terminal(System.out, System.err, Integer.getInteger("slipway.columns", 0));
  }

  /**
   * Asks the person at the terminal. Where input or output is none, nobody is asked and nobody
   * agrees.
   */
  boolean confirms(String question) {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> console.readLine("%s [y/N] ", question))
        .filter(answer -> answer.strip().toLowerCase(Locale.ROOT).matches("y|yes"))
        .isPresent();
  }

  /** The view in which a run shows its progress. */
  RunView view() {
    return columns > 0 ? new LiveView(out, columns) : new PlainView(out);
  }
}
