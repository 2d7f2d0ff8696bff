package dev.slipway.local.run;

import java.io.PrintStream;

/** The view for a pipe or a file, and for little that is told: lines and nothing else. */
public final class PlainView implements RunView {
  private final PrintStream out;
  private final TerminalText text;

  public PlainView(PrintStream out) {
    this(out, TerminalText.PLAIN);
  }

  /**
   * @param text how the lines are shown
   */
  public PlainView(PrintStream out, TerminalText text) {
    this.out = out;
    this.text = text;
  }

  @Override
  public void line(String words) {
    text.lines(words).forEach(out::println);
    out.flush();
  }

  @Override
  public void status(OnboardingStatus status) {
    // Changes come as lines.
  }

  @Override
  public void close() {
    out.flush();
  }
}
