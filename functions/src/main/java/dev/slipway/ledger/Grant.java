package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The access of a guest, who has no account, to one ask. The link's secret, the code and the
 * session are kept as hashes only.
 *
 * @param id a ULID
 * @param version counts the writes
 * @param name of the guest, as the granter wrote it
 * @param email where the codes go
 * @param about the one thing
 * @param party whose ask it was when it was granted
 * @param secretHash the SHA-256 of the link's secret
 * @param grantedBy who granted it
 * @param grantedAt when
 * @param expiresAt until when
 * @param code the newest code; null: none was asked for, or it is spent
 * @param codesAt when the last codes were sent
 * @param wrongCodes how often a wrong code was typed, all in all
 * @param session the newest session; null: none yet
 * @param endedBy who ended it; null: it goes on
 * @param endedAt when; null: it goes on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Grant(
    String id,
    long version,
    String name,
    String email,
    About about,
    Party party,
    String secretHash,
    String grantedBy,
    Instant grantedAt,
    Instant expiresAt,
    Code code,
    List<Instant> codesAt,
    int wrongCodes,
    Session session,
    String endedBy,
    Instant endedAt) {
  /** How many times of codes are remembered. */
  public static final int CODES_AN_HOUR = 3;

  public Grant {
    codesAt = codesAt == null ? List.of() : List.copyOf(codesAt);
  }

  /**
   * The one thing that a guest is let in for: a step of a task, an element, or a credential; the
   * others are null.
   *
   * @param task with its instance
   * @param step empty of what a task asks without naming a step
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record About(String task, String step, String element, String credential) {
    /** A step. */
    public static About step(TaskKey key, String step) {
      return new About(key.toString(), step, null, null);
    }

    /** An element, with its instance. */
    public static About element(String name) {
      return new About(null, null, name, null);
    }

    /** A credential, with its instance. */
    public static About credential(String name) {
      return new About(null, null, null, name);
    }

    /** What an event is about. */
    public String subject() {
      return Stream.of(task, element, credential)
          .filter(each -> each != null)
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * A code that was mailed.
   *
   * @param hash of the link's secret and the code together: six digits alone are soon guessed
   * @param tries how often a wrong one was typed since
   */
  public record Code(String hash, Instant expiresAt, int tries) {}

  /** A browser that showed a code. */
  public record Session(String hash, Instant expiresAt) {}

  /** Whether a guest may come in by it at this time. */
  public boolean isOpen(Instant now) {
    return endedAt == null && now.isBefore(expiresAt);
  }

  /** The guest as one who acts. */
  public Actor actor() {
    return new Actor(name + " (" + subject() + ")", "guest");
  }

  /** In the place of an account's subject. */
  public String subject() {
    String granter = grantedBy.replaceFirst(" \\([^()]*\\)$", "").replaceAll("[()]", "");
    return "guest of " + granter;
  }

  /** With a code that goes out now. */
  public Grant sending(Code next, Instant now) {
    List<Instant> last =
        Stream.concat(codesAt.stream(), Stream.of(now))
            .skip(Math.max(0, codesAt.size() + 1 - CODES_AN_HOUR))
            .toList();
    return with(next, last, wrongCodes, session, endedBy, endedAt);
  }

  /** A wrong code was typed. */
  public Grant wronglyCoded() {
    Code counted = new Code(code.hash(), code.expiresAt(), code.tries() + 1);
    return with(counted, codesAt, wrongCodes + 1, session, endedBy, endedAt);
  }

  /** The code was right, and is spent. */
  public Grant signedIn(Session next) {
    return with(null, codesAt, wrongCodes, next, endedBy, endedAt);
  }

  /** The same, ended. */
  public Grant ended(String by, Instant at) {
    return with(null, codesAt, wrongCodes, null, by, at);
  }

  private Grant with(
      Code nextCode, List<Instant> sent, int wrong, Session next, String by, Instant at) {
    return new Grant(
        id,
        version,
        name,
        email,
        about,
        party,
        secretHash,
        grantedBy,
        grantedAt,
        expiresAt,
        nextCode,
        sent,
        wrong,
        next,
        by,
        at);
  }
}
