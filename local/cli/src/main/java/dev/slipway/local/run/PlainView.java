package dev.slipway.local.run;

import java.io.PrintStream;

/** The view for a pipe or a file: one line per change and nothing else. */
public final class PlainView implements RunView {
  private final PrintStream out;

  public PlainView(PrintStream out) {
    this.out = out;
  }

  @Override
  public void line(String text) {
    out.println(text);
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
