package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A person who came into an onboarding by an invitation.
 *
 * @param account of the person: the id that {@link Memberships#account} makes
 * @param version counts the writes
 * @param person as the audit trail names them
 * @param name as the inviter wrote it
 * @param email by which they were invited
 * @param role as what
 * @param invitedBy who invited
 * @param since when they came in
 * @param endedBy who ended it; null: it goes on
 * @param endedAt when; null: it goes on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Member(
    String account,
    long version,
    String person,
    String name,
    String email,
    String role,
    String invitedBy,
    Instant since,
    String endedBy,
    Instant endedAt) {

  /** Whether the person still is a member. */
  public boolean isOne() {
    return endedAt == null;
  }

  /** The same, ended. */
  Member ended(String by, Instant at) {
    return new Member(account, version, person, name, email, role, invitedBy, since, by, at);
  }
}
