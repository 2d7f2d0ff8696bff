package dev.slipway.systems.dns;

import dev.slipway.systems.dns.DomainFinding.Verdict;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.NameResolver;
import dev.slipway.systems.net.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks whether replies and bounces reach a domain (RFC 5321, section 5.1; RFC 7505). */
final class MxCheck {

  private static final String LOST = ", so replies and bounces are lost";

  private final NameResolver names;

  MxCheck(NameResolver names) {
    this.names = names;
  }

  DomainFinding check(String domain) {
    NameAnswer servers = names.lookup(domain, RecordType.MX);
    return switch (servers.status()) {
      case FOUND -> published(domain, servers.values());
      case FAILED ->
          finding(Verdict.UNKNOWN, "DNS did not answer for " + domain + ".", servers.detail());
      default -> implicit(domain);
    };
  }

  private DomainFinding published(String domain, List<String> records) {
    String seen = String.join(", ", records);
    List<String> hosts =
        records.stream().map(record -> record.substring(record.indexOf(' ') + 1)).toList();
    if (hosts.equals(List.of("."))) {
      return finding(
          Verdict.WARNING,
          domain
              + " says that it takes no mail (null MX, RFC 7505)"
              + LOST
              + ", and receivers may refuse mail from it: publish the MX record of its mail"
              + " server.",
          seen);
    }
    List<String> faults = new ArrayList<>();
    boolean reachable = false;
    for (String host : hosts) {
      Target target = target(host);
      if (target.unanswered()) {
        return finding(
            Verdict.UNKNOWN, "DNS did not answer for the mail server " + host + ".", seen);
      }
      reachable |= target.reachable();
      target.fault().ifPresent(faults::add);
    }
    String what = " Name a mail server that has an address of its own in each MX record.";
    if (!reachable) {
      return finding(
          Verdict.WRONG,
          "No MX record of "
              + domain
              + " can be used"
              + LOST
              + ": "
              + String.join("; ", faults)
              + "."
              + what,
          seen);
    }
    return faults.isEmpty()
        ? finding(Verdict.GOOD, domain + " receives mail.", seen)
        : finding(
            Verdict.WARNING,
            domain
                + " receives mail, but not by every MX record: "
                + String.join("; ", faults)
                + "."
                + what,
            seen);
  }

  /** One mail server: whether mail reaches it, and the fault of its name. */
  private record Target(boolean reachable, boolean unanswered, Optional<String> fault) {}

  private Target target(String host) {
    if (host.equals(".")) {
      return new Target(
          false,
          false,
          Optional.of("the null MX \".\" stands beside others, where it means nothing"));
    }
    List<NameAnswer> answers = addresses(host);
    boolean reachable = answers.stream().anyMatch(NameAnswer::found);
    if (reachable) {
      NameAnswer alias = names.lookup(host, RecordType.CNAME);
      return new Target(
          true,
          false,
          alias.found()
              ? Optional.of(
                  host
                      + " is an alias (CNAME) of "
                      + alias.values().getFirst()
                      + ", which an MX record must not name (RFC 5321, 5.1)")
              : Optional.empty());
    }
    boolean unanswered =
        answers.stream().anyMatch(answer -> answer.status() == NameAnswer.Status.FAILED);
    return new Target(
        false,
        unanswered,
        Optional.of(
            isAddress(host)
                ? host + " is an address, where a name belongs"
                : host + " has no address"));
  }

  /** Without an MX record the domain's own address is its mail server (RFC 5321, section 5.1). */
  private DomainFinding implicit(String domain) {
    List<NameAnswer> answers = addresses(domain);
    String seen =
        String.join(", ", answers.stream().flatMap(answer -> answer.values().stream()).toList());
    if (!seen.isEmpty()) {
      return finding(
          Verdict.GOOD,
          domain + " has no MX record, so mail for it goes to its own address, " + seen + ".",
          seen);
    }
    Optional<NameAnswer> failed =
        answers.stream().filter(a -> a.status() == NameAnswer.Status.FAILED).findFirst();
    return failed.isPresent()
        ? finding(Verdict.UNKNOWN, "DNS did not answer for " + domain + ".", failed.get().detail())
        : finding(
            Verdict.WARNING,
            domain + " receives no mail" + LOST + ": it has neither an MX record nor an address.",
            "");
  }

  private List<NameAnswer> addresses(String host) {
    return Stream.of(RecordType.A, RecordType.AAAA).map(type -> names.lookup(host, type)).toList();
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || Character.isDigit(c));
  }

  private static DomainFinding finding(Verdict verdict, String message, String seen) {
    return new DomainFinding("MX", verdict, message, seen);
  }
}
