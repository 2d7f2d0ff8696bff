package dev.slipway.notice;

import java.time.Instant;
import java.util.Optional;

/** Finds the earliest of several times that is not past. */
final class EarliestTime {
  private final Instant now;
  private Instant earliest;

  EarliestTime(Instant now) {
    this.now = now;
  }

  void at(Instant time) {
    if (!time.isBefore(now) && (earliest == null || time.isBefore(earliest))) {
      earliest = time;
    }
  }

  Optional<Instant> time() {
    return Optional.ofNullable(earliest);
  }
}
