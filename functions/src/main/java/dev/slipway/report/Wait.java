package dev.slipway.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.ledger.Party;
import java.time.Duration;
import java.time.Instant;

/**
 * A period in which a party was waited for.
 *
 * @param party who
 * @param from since when
 * @param to until when; null while it goes on
 * @param why for what
 * @param seconds how long; of a wait that goes on, until the report was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Wait(Party party, Instant from, Instant to, String why, long seconds) {
  static Wait of(Party party, Instant from, Instant to, String why, Instant now) {
    Instant end = to == null ? now : to;
    return new Wait(party, from, to, why, Math.max(0, Duration.between(from, end).toSeconds()));
  }

  /** Whether it still goes on. */
  boolean isOpen() {
    return to == null;
  }

  boolean isContinuedBy(Party nextParty, String nextWhy) {
    return party == nextParty && why.equals(nextWhy);
  }
}
