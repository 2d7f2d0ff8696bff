package dev.slipway.local.run;

import java.util.List;

/** The end of a run. */
public sealed interface Ending {
  /** Every row is final. */
  record AllFinal() implements Ending {}

  /**
   * Nothing can go on by itself any more.
   *
   * @param reasons each open item, who is waited for and why; never empty
   */
  record Stuck(List<String> reasons) implements Ending {
    public Stuck {
      reasons = List.copyOf(reasons);
    }
  }

  /** The time that was given is over. */
  record TimedOut(List<String> open) implements Ending {
    public TimedOut {
      open = List.copyOf(open);
    }
  }

  /** Another person stopped or cancelled the onboarding. */
  record Halted(String state) implements Ending {}

  /** The person at the terminal wants to stop. */
  record Interrupted() implements Ending {}
}
