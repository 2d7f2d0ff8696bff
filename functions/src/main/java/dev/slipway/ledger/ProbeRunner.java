package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A program that a person runs inside a customer's network, and that probes systems which only that
 * network reaches.
 *
 * @param id unique within the onboarding
 * @param version counts the writes
 * @param name what people call it, such as the host it runs on
 * @param state where it stands
 * @param codeHash the SHA-256 of the code's secret; the secret itself is kept nowhere
 * @param codeExpiresAt until when the code can be redeemed
 * @param wrongCodes how often a wrong code was sent
 * @param publicKey its Ed25519 key, X.509 in base 64; null until it is enrolled
 * @param invitedBy who asked for the code
 * @param invitedAt when
 * @param enrolledAt when the code was redeemed; null before
 * @param expiresAt until when it is listened to; null before it is enrolled
 * @param revokedBy who ended it; null otherwise
 * @param revokedAt when; null otherwise
 * @param reason why it was ended; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProbeRunner(
    String id,
    long version,
    String name,
    State state,
    String codeHash,
    Instant codeExpiresAt,
    int wrongCodes,
    String publicKey,
    String invitedBy,
    Instant invitedAt,
    Instant enrolledAt,
    Instant expiresAt,
    String revokedBy,
    Instant revokedAt,
    String reason) {

  /** The state of a runner. */
  public enum State {
    /** There is a code that nobody has redeemed. */
    INVITED,
    /** It has a key of its own. */
    ENROLLED,
    /** Ended by a person, or by too many wrong codes. */
    REVOKED
  }

  /** A runner for whom a code was made. */
  public static ProbeRunner invited(
      String id, String name, String codeHash, Instant codeExpiresAt, String by, Instant now) {
    return new ProbeRunner(
        id,
        0,
        name,
        State.INVITED,
        codeHash,
        codeExpiresAt,
        0,
        null,
        by,
        now,
        null,
        null,
        null,
        null,
        null);
  }

  /** The code is redeemed: it is worth nothing any more. */
  public ProbeRunner enrolled(String key, Instant now, Instant until) {
    return new ProbeRunner(
        id,
        version,
        name,
        State.ENROLLED,
        codeHash,
        codeExpiresAt,
        wrongCodes,
        key,
        invitedBy,
        invitedAt,
        now,
        until,
        null,
        null,
        null);
  }

  /** One wrong code more. */
  public ProbeRunner wronglyCoded() {
    return new ProbeRunner(
        id,
        version,
        name,
        state,
        codeHash,
        codeExpiresAt,
        wrongCodes + 1,
        publicKey,
        invitedBy,
        invitedAt,
        enrolledAt,
        expiresAt,
        revokedBy,
        revokedAt,
        reason);
  }

  /** It is not listened to any more. */
  public ProbeRunner revoked(String by, Instant now, String why) {
    return new ProbeRunner(
        id,
        version,
        name,
        State.REVOKED,
        codeHash,
        codeExpiresAt,
        wrongCodes,
        publicKey,
        invitedBy,
        invitedAt,
        enrolledAt,
        expiresAt,
        by,
        now,
        why);
  }
}
