package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;

/**
 * An address to which no mail about an onboarding can be sent: it was refused for good, and not for
 * the moment.
 *
 * @param alias names the address without telling it
 * @param version counts the writes
 * @param name of the person
 * @param code what the mail service called it the last time
 * @param refusals how often in a row; 0: a mail was accepted since
 * @param at when it was refused the last time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RefusedMailbox(
    String alias, long version, String name, String code, int refusals, Instant at) {
  private static final int MOST_TRIES = 3;
  private static final Duration PAUSE = Duration.ofDays(7);
  private static final Duration TO_MEND = Duration.ofDays(3);

  /** Nothing was refused yet. */
  public static RefusedMailbox none(String alias, String name, Instant now) {
    return new RefusedMailbox(alias, 0, name, "", 0, now);
  }

  /** Refused once more. */
  public RefusedMailbox again(String why, Instant now) {
    return new RefusedMailbox(alias, version, name, why, refusals + 1, now);
  }

  /** A mail was accepted. */
  public RefusedMailbox mended(Instant now) {
    return new RefusedMailbox(alias, version, name, code, 0, now);
  }

  /** Whether no mail reaches it, as far as is known. */
  public boolean isDead() {
    return refusals > 0;
  }

  /** Whether it is time to find out whether that still holds; never after some tries. */
  public boolean isToBeTried(Instant now) {
    return refusals == 0 || (refusals < MOST_TRIES && !now.isBefore(at.plus(PAUSE)));
  }

  /** When it is tried again, in words. */
  public String nextTry() {
    return refusals < MOST_TRIES
        ? "it is tried again in " + PAUSE.toDays() + " days"
        : "it is not tried again";
  }

  /** By when somebody should have mended the address. */
  public Instant due() {
    return at.plus(TO_MEND);
  }
}
