package dev.slipway.systems.net;

import java.util.List;

/**
 * The answer of DNS to one question.
 *
 * @param name the name asked, without a dot at the end
 * @param type the type asked
 * @param status whether there was an answer
 * @param values the records: addresses; names in lower case without a dot at the end; MX as {@code
 *     10 mail.example}, the null MX as {@code 0 .}; TXT with its strings joined; CAA as {@code
 *     issue "ca.example"}
 * @param detail what the resolver said when the look-up failed; empty otherwise
 */
public record NameAnswer(
    String name, RecordType type, Status status, List<String> values, String detail) {

  /** The kinds of answer. */
  public enum Status {
    /** There are records. */
    FOUND,
    /** The name exists, without records of this type. */
    NO_RECORDS,
    /** The name does not exist (NXDOMAIN). */
    NO_SUCH_NAME,
    /** The question was not answered: time-out, SERVFAIL, no network. */
    FAILED
  }

  public NameAnswer {
    values = List.copyOf(values);
  }

  /** Whether there are records. */
  public boolean found() {
    return status == Status.FOUND;
  }
}
