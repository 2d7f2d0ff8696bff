package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * An invitation of a person into one onboarding. Whoever redeems it needs its secret, and an
 * account whose verified mail address is the invited one.
 *
 * @param id a ULID
 * @param version counts the writes
 * @param name of the person, as the inviter wrote it
 * @param email whose account may redeem it
 * @param role as what
 * @param secretHash the SHA-256 of the secret; the secret itself is kept nowhere
 * @param invitedBy who invited
 * @param invitedAt when
 * @param expiresAt until when it can be redeemed
 * @param state where it stands
 * @param account of whoever redeemed it; null before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Invitation(
    String id,
    long version,
    String name,
    String email,
    String role,
    String secretHash,
    String invitedBy,
    Instant invitedAt,
    Instant expiresAt,
    State state,
    String account) {

  /** The state of an invitation. */
  public enum State {
    /** Nobody has redeemed it. */
    OPEN,
    /** It made a person a member. */
    REDEEMED,
    /** It was ended, or another one took its place. */
    ENDED
  }

  /** The same, redeemed by an account. */
  Invitation redeemedBy(String whose) {
    return to(State.REDEEMED, whose);
  }

  /** The same, good for nothing any more. */
  Invitation ended() {
    return to(State.ENDED, account);
  }

  private Invitation to(State next, String whose) {
    return new Invitation(
        id, version, name, email, role, secretHash, invitedBy, invitedAt, expiresAt, next, whose);
  }

  /** Whether it can be redeemed at this time. */
  public boolean isOpen(Instant now) {
    return state == State.OPEN && now.isBefore(expiresAt);
  }
}
