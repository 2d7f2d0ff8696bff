package dev.slipway.systems.dns;

/**
 * One thing looked up about a domain.
 *
 * @param check what was looked at, such as {@code SPF} or {@code delegation}
 * @param verdict what to think of it
 * @param message one sentence for a person
 * @param seen the record, or what the resolver said
 */
public record DomainFinding(String check, Verdict verdict, String message, String seen) {

  /** The verdict on a finding. */
  public enum Verdict {
    /** As it should be. */
    GOOD,
    /** Works, but a person should look at it. */
    WARNING,
    /** There is no such record. */
    MISSING,
    /** There is one, and it does not do. */
    WRONG,
    /** DNS did not answer, or it cannot be told from outside. */
    UNKNOWN
  }
}
