package dev.slipway.notice;

import dev.slipway.log.Log;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Keeps the trouble that one onboarding makes from the others: every throwable, a stack overflow
 * included, goes to the log, and the onboarding is left aside until the next look.
 */
final class Isolation {
  private final Log log;
  private final Set<String> skipped = new TreeSet<>();

  Isolation(Log log) {
    this.log = log;
  }

  /** The ids of those that were left aside. */
  Set<String> skipped() {
    return skipped;
  }

  void run(String onboarding, Runnable look) {
    get(
        onboarding,
        () -> {
          look.run();
          return true;
        },
        false);
  }

  /** The look's answer; else the given empty value. */
  <T> T get(String onboarding, Supplier<T> look, T nothing) {
    if (skipped.contains(onboarding)) {
      return nothing;
    }
    try {
      return look.get();
    } catch (Throwable e) {
      skipped.add(onboarding);
      log.with("onboarding", onboarding).trouble("left aside, for it could not be looked at", e);
      return nothing;
    }
  }
}
