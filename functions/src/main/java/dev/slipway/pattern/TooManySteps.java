package dev.slipway.pattern;

/** A search that was given up: the pattern tries more ways through the text than it may. */
public final class TooManySteps extends RuntimeException {
  private static final long serialVersionUID = 1;

  TooManySteps() {
    super("the regular expression takes too many steps on this text");
  }
}
