package dev.slipway.systems.dns;

import dev.slipway.systems.dns.SpfRecord.Mechanism;
import dev.slipway.systems.net.Cidr;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.NameResolver;
import dev.slipway.systems.net.RecordType;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Evaluates an SPF record as a receiver does (RFC 7208, section 4), and says which term decides.
 * Macros are not expanded: their terms count, and whether they match is not decided, for that
 * depends on each mail. One evaluation for each object.
 */
final class SpfPolicy {

  /**
   * RFC 7208, section 4.6.4: terms that ask DNS, hosts of one term, and answers without records.
   */
  private static final int MOST_LOOKUPS = 10;

  private static final int MOST_HOSTS = 10;
  private static final int MOST_VOID = 2;

  private final NameResolver names;
  private final Optional<InetAddress> sender;
  private int lookups;
  private int voids;
  private String undecided = "";
  private boolean undecidedMayForbid;

  /**
   * Evaluates for one address.
   *
   * @param sender who sends; empty: an address that no term covers, so that every term is read
   */
  SpfPolicy(NameResolver names, Optional<InetAddress> sender) {
    this.names = names;
    this.sender = sender;
  }

  /** The receivers' verdict. */
  enum Verdict {
    PASS,
    /** A term forbids the address, or none covers it. */
    NOT_COVERED,
    /** The verdict depends on each mail. */
    UNDECIDED,
    /** DNS did not answer (temperror). */
    UNANSWERED,
    /** The record cannot be used (permerror). */
    UNUSABLE
  }

  /**
   * The result.
   *
   * @param by the terms that lead to it, such as {@code include:_spf.example > ip4:192.0.2.0/24},
   *     or the fault in words
   */
  record Result(Verdict verdict, String by) {}

  /** The term that matches, its way, and what it means. */
  private record Match(char qualifier, String by) {}

  /** Evaluates the record of a domain. */
  Result evaluate(String domain, String record) {
    try {
      Optional<Match> match = check(domain, record, true);
      boolean passes = match.isPresent() && match.get().qualifier() == '+';
      if (passes && !undecidedMayForbid) {
        return new Result(Verdict.PASS, match.get().by());
      }
      return undecided.isEmpty()
          ? new Result(Verdict.NOT_COVERED, match.map(Match::by).orElse(""))
          : new Result(Verdict.UNDECIDED, undecided);
    } catch (SpfFault fault) {
      return new Result(
          fault.isPermanent() ? Verdict.UNUSABLE : Verdict.UNANSWERED, fault.getMessage());
    }
  }

  /**
   * The function check_host() (section 4).
   *
   * @param positive whether a match that passes makes the whole pass
   */
  private Optional<Match> check(String domain, String text, boolean positive) {
    SpfRecord record = SpfRecord.parse(domain, text);
    for (Mechanism each : record.mechanisms()) {
      boolean forAll = positive && each.qualifier() == '+';
      Optional<String> matched = each.asksDns() ? asked(domain, each, forAll) : fixed(each);
      if (matched.isPresent()) {
        return Optional.of(new Match(each.qualifier(), matched.get()));
      }
    }
    if (record.redirect().isEmpty()) {
      return Optional.empty();
    }
    // Section 6.1: only where nothing matched, so never after "all".
    String term = "redirect=" + record.redirect().get();
    count(term);
    if (term.indexOf('%') >= 0) {
      leaveOpen(term, positive);
      return Optional.empty();
    }
    String target = record.redirect().get();
    return check(target, only(target, term), positive)
        .map(match -> new Match(match.qualifier(), term + " > " + match.by()));
  }

  private Optional<String> fixed(Mechanism term) {
    boolean matches =
        term.kind() == SpfRecord.Kind.ALL
            || (sender.isPresent()
                && term.network().map(network -> network.contains(sender.get())).orElse(false));
    return matches ? Optional.of(term.term()) : Optional.empty();
  }

  private Optional<String> asked(String domain, Mechanism term, boolean positive) {
    count(term.term());
    if (term.hasMacro()) {
      leaveOpen(term.term(), positive);
      return Optional.empty();
    }
    String target = term.domain().isEmpty() ? domain : term.domain();
    if (term.kind() == SpfRecord.Kind.INCLUDE) {
      return check(target, only(target, term.term()), positive)
          .filter(match -> match.qualifier() == '+')
          .map(match -> term.term() + " > " + match.by());
    }
    boolean matches =
        switch (term.kind()) {
          case A -> sender.isPresent() && holds(target, term);
          case MX -> mailServers(target, term).stream().anyMatch(host -> holds(host, term));
          case EXISTS -> sender.isPresent() && look(target, RecordType.A).found();
          case PTR -> sender.isPresent() && isNamed(target);
          default -> throw new IllegalStateException(term.text());
        };
    return matches ? Optional.of(term.term()) : Optional.empty();
  }

  /** The one record that an include or a redirect needs. */
  private String only(String target, String term) {
    NameAnswer texts = answered(target, RecordType.TXT);
    List<String> records = SpfRecord.among(texts);
    if (records.size() != 1) {
      throw SpfFault.permanent(
          "\""
              + term
              + "\" leads to "
              + target
              + ", which has "
              + (records.isEmpty() ? "no SPF record" : records.size() + " SPF records")
              + ": publish exactly one there, or take the term away.");
    }
    return records.getFirst();
  }

  private List<String> mailServers(String target, Mechanism term) {
    List<String> servers = look(target, RecordType.MX).values();
    if (servers.size() > MOST_HOSTS) {
      throw SpfFault.permanent(
          "\""
              + term.term()
              + "\" leads to "
              + servers.size()
              + " mail servers, more than the 10 that receivers look up: name their networks by"
              + " ip4: or ip6:.");
    }
    return sender.isEmpty()
        ? List.of()
        : servers.stream()
            .map(server -> server.substring(server.indexOf(' ') + 1))
            .filter(host -> !host.equals("."))
            .toList();
  }

  private boolean holds(String host, Mechanism term) {
    int bits = isV4() ? term.v4Bits() : term.v6Bits();
    return addresses(host).anyMatch(address -> new Cidr(address, bits).contains(sender.get()));
  }

  /** Section 5.5: a name of the address that leads back to it, in the domain or below. */
  private boolean isNamed(String domain) {
    NameAnswer hosts = names.lookup(NameResolver.reverse(sender.orElseThrow()), RecordType.PTR);
    String target = domain.toLowerCase(Locale.ROOT);
    noteVoid(hosts);
    return hosts.values().stream()
        .limit(MOST_HOSTS)
        .filter(host -> host.equals(target) || host.endsWith("." + target))
        .anyMatch(
            host ->
                names.lookup(host, family()).values().stream()
                    .anyMatch(text -> InetAddress.ofLiteral(text).equals(sender.get())));
  }

  private Stream<InetAddress> addresses(String host) {
    return look(host, family()).values().stream().map(InetAddress::ofLiteral);
  }

  private RecordType family() {
    return isV4() ? RecordType.A : RecordType.AAAA;
  }

  private boolean isV4() {
    return sender.orElseThrow().getAddress().length == 4;
  }

  private NameAnswer look(String name, RecordType type) {
    NameAnswer answer = answered(name, type);
    noteVoid(answer);
    return answer;
  }

  private NameAnswer answered(String name, RecordType type) {
    NameAnswer answer = names.lookup(name, type);
    if (answer.status() == NameAnswer.Status.FAILED) {
      throw SpfFault.temporary(
          "DNS did not answer for " + type + " of " + name + " (" + answer.detail() + ")");
    }
    return answer;
  }

  private void noteVoid(NameAnswer answer) {
    boolean none =
        answer.status() == NameAnswer.Status.NO_RECORDS
            || answer.status() == NameAnswer.Status.NO_SUCH_NAME;
    if (none && ++voids > MOST_VOID) {
      throw SpfFault.permanent(
          "more than 2 of the names it looks up have no records, the last one "
              + answer.name()
              + " ("
              + answer.type()
              + "): take the terms away that lead nowhere.");
    }
  }

  private void count(String term) {
    if (++lookups > MOST_LOOKUPS) {
      throw SpfFault.permanent(
          "it needs more than 10 look-ups, and \""
              + term
              + "\" is the eleventh: publish fewer include, a, mx, ptr, exists and redirect terms,"
              + " and networks by ip4: and ip6: instead.");
    }
  }

  private void leaveOpen(String term, boolean positive) {
    undecided = undecided.isEmpty() ? term : undecided;
    undecidedMayForbid |= !positive;
  }
}
