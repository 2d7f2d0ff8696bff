package dev.slipway.systems.dns;

import dev.slipway.systems.dns.DomainFinding.Verdict;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.NameResolver;
import dev.slipway.systems.net.RecordType;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks whether a domain's SPF record can be used, and covers the addresses of a mail server. */
final class SpfCheck {

  private final NameResolver names;

  SpfCheck(NameResolver names) {
    this.names = names;
  }

  DomainFinding check(String domain, Optional<String> mailHost) {
    NameAnswer texts = names.lookup(domain, RecordType.TXT);
    if (texts.status() == NameAnswer.Status.FAILED) {
      return finding(Verdict.UNKNOWN, "DNS did not answer for " + domain + ".", texts.detail());
    }
    List<String> records = SpfRecord.among(texts);
    if (records.isEmpty()) {
      return missing(domain, texts.values());
    }
    String seen = String.join(" | ", records);
    if (records.size() > 1) {
      return finding(
          Verdict.WRONG,
          domain
              + " has "
              + records.size()
              + " SPF records, so receivers use none of them (permerror): publish one that holds"
              + " the terms of all.",
          seen);
    }
    return mailHost
        .map(host -> coverage(domain, seen, host))
        .or(() -> unusable(domain, seen))
        .orElseGet(() -> finding(Verdict.GOOD, domain + " has an SPF record.", seen));
  }

  private static DomainFinding missing(String domain, List<String> texts) {
    Optional<String> nearly =
        texts.stream().filter(text -> text.toLowerCase(Locale.ROOT).contains("v=spf1")).findFirst();
    return finding(
        Verdict.MISSING,
        domain
            + " has no SPF record: add a TXT record v=spf1 that names the mail server."
            + (nearly.isPresent()
                ? " The text that is there counts for nothing: v=spf1 must be its first word,"
                    + " without a quotation mark or blank before it, and a blank after it."
                : ""),
        nearly.orElse(""));
  }

  private DomainFinding coverage(String domain, String record, String mailHost) {
    NameResolver.HostAnswer host = names.host(mailHost);
    List<String> covered = new ArrayList<>();
    for (InetAddress address : host.addresses()) {
      String where = mailHost + " (" + address.getHostAddress() + ")";
      SpfPolicy.Result result = new SpfPolicy(names, Optional.of(address)).evaluate(domain, record);
      if (result.verdict() != SpfPolicy.Verdict.PASS) {
        return notCovered(domain, record, where, address, result);
      }
      if (("> " + result.by()).toLowerCase(Locale.ROOT).endsWith("> all")) {
        return finding(
            Verdict.WARNING,
            "The SPF record of "
                + domain
                + " lets every computer send in its name ("
                + result.by()
                + "): end it with -all or ~all and name the mail server before it.",
            record);
      }
      covered.add(where + " by " + result.by());
    }
    Optional<DomainFinding> forOthers = unusable(domain, record);
    if (covered.isEmpty()) {
      return forOthers.orElseGet(
          () ->
              host.failure().isEmpty()
                  ? finding(
                      Verdict.WARNING, mailHost + " has no address that SPF could cover.", record)
                  : finding(
                      Verdict.UNKNOWN,
                      "DNS did not answer for " + mailHost + ", which SPF should cover.",
                      host.failure()));
    }
    String found = "The SPF record of " + domain + " covers " + String.join(", ", covered) + ".";
    return forOthers
        .map(
            fault ->
                finding(
                    Verdict.WARNING,
                    found + " For senders it does not cover: " + fault.message(),
                    record))
        .orElseGet(() -> finding(Verdict.GOOD, found, record));
  }

  private static DomainFinding notCovered(
      String domain, String record, String where, InetAddress address, SpfPolicy.Result result) {
    return switch (result.verdict()) {
      case UNUSABLE -> unusable(domain, record, result.by());
      case UNANSWERED ->
          finding(
              Verdict.UNKNOWN,
              "Whether the SPF record of "
                  + domain
                  + " covers "
                  + where
                  + " is open: "
                  + result.by()
                  + ".",
              record);
      case UNDECIDED ->
          finding(
              Verdict.WARNING,
              "Whether the SPF record of "
                  + domain
                  + " covers "
                  + where
                  + " cannot be decided for one sender: the term \""
                  + result.by()
                  + "\" holds a macro, so it means another thing for each mail.",
              record);
      default ->
          finding(
              Verdict.WARNING,
              "The SPF record of "
                  + domain
                  + " does not cover "
                  + where
                  + (result.by().isEmpty() ? "" : ", which ends at \"" + result.by() + "\"")
                  + ": check from which addresses that server sends; to cover this one, put "
                  + (address.getAddress().length == 4 ? "ip4:" : "ip6:")
                  + address.getHostAddress()
                  + " before its other terms.",
              record);
    };
  }

  /** The first error that a receiver meets when no term matches earlier. */
  private Optional<DomainFinding> unusable(String domain, String record) {
    SpfPolicy.Result result = new SpfPolicy(names, Optional.empty()).evaluate(domain, record);
    return result.verdict() == SpfPolicy.Verdict.UNUSABLE
        ? Optional.of(unusable(domain, record, result.by()))
        : Optional.empty();
  }

  private static DomainFinding unusable(String domain, String record, String fault) {
    return finding(
        Verdict.WRONG,
        "Receivers cannot use the SPF record of " + domain + " (permerror): " + fault,
        record);
  }

  private static DomainFinding finding(Verdict verdict, String message, String seen) {
    return new DomainFinding("SPF", verdict, message, seen);
  }
}
