package dev.slipway.local.cli;

import dev.slipway.local.run.LiveView;
import dev.slipway.local.run.PlainView;
import dev.slipway.local.run.RunView;
import dev.slipway.local.run.TerminalText;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * The streams to which a command writes.
 *
 * @param columns the terminal's width; 0: {@code out} is no terminal
 * @param errorColumns the same of {@code err}
 * @param colour whether it has colours, and the person at it wants them
 */
public record Terminal(
    PrintStream out, PrintStream err, int columns, int errorColumns, boolean colour) {

  /** Without colours, and with errors as they are. */
  public Terminal(PrintStream out, PrintStream err, int columns) {
    this(out, err, columns, 0, false);
  }

  /**
   * The process's own; the launcher says whether its streams are a terminal, and how wide.
   *
   * @param environment where {@code NO_COLOR} says that colours are not wanted
   */
  public static Terminal system(Environment environment) {
    int columns = Integer.getInteger("slipway.columns", 0);
    boolean colour = columns > 0 && environment.variable("NO_COLOR").isEmpty();
    return new Terminal(
        System.out, System.err, columns, Integer.getInteger("slipway.errors.columns", 0), colour);
  }

  /** Writes words for a person; what a program may read goes to {@link #out} as it is. */
  void say(String line) {
    text().lines(line).forEach(out::println);
  }

  /** Writes a warning or an error for a person, behind what was written so far. */
  void warn(String line) {
    out.flush();
    new TerminalText(errorColumns, false).lines(line).forEach(err::println);
  }

  /** Names the command that usually comes next, where a person reads it. */
  void next(String command) {
    if (columns > 0) {
      out.println("Next:  " + command.strip());
    }
  }

  /** The view in which little is told: lines only. */
  RunView lines() {
    return new PlainView(out, text());
  }

  private TerminalText text() {
    return new TerminalText(columns, colour);
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
    return columns > 0 ? new LiveView(out, text()) : new PlainView(out);
  }
}
