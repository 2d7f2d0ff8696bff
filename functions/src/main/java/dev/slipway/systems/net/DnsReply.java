package dev.slipway.systems.net;

import java.util.List;
import java.util.OptionalLong;

/**
 * The reply of one server to one question, as it came: aliases told apart from what they lead to.
 *
 * @param name the name asked, without a dot at the end
 * @param status whether there was an answer
 * @param aliases the names that the server's CNAMEs lead to, one after another
 * @param values the records of the type asked, in the form of {@link NameAnswer}
 * @param isAuthoritative whether the server answers for the zone itself
 * @param ttl for how many seconds the reply may be kept
 * @param negativeTtl for how many seconds it may be kept that there is nothing (RFC 2308)
 * @param delegation the name servers that the reply refers to for this very name
 * @param detail why there was no answer; empty otherwise
 */
public record DnsReply(
    String name,
    NameAnswer.Status status,
    List<String> aliases,
    List<String> values,
    boolean isAuthoritative,
    long ttl,
    OptionalLong negativeTtl,
    List<String> delegation,
    String detail) {

  public DnsReply {
    aliases = List.copyOf(aliases);
    values = List.copyOf(values);
    delegation = List.copyOf(delegation);
  }

  /** The reply in a few words, for an evidence. */
  public String seen() {
    return switch (status) {
      case FOUND ->
          String.join(" → ", aliases)
              + (aliases.isEmpty() || values.isEmpty() ? "" : " → ")
              + String.join(", ", values)
              + " (TTL "
              + ttl
              + " s)";
      case NO_RECORDS -> "no such record";
      case NO_SUCH_NAME -> "no such name";
      case FAILED -> "no answer: " + detail;
    };
  }
}
