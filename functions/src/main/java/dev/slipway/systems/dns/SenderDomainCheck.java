package dev.slipway.systems.dns;

import dev.slipway.systems.dns.DomainFinding.Verdict;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.Names;
import dev.slipway.systems.net.RecordType;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether mail from a domain will be believed by its receivers: SPF, DKIM and DMARC (row V01).
 *
 * <p>SPF is evaluated for the addresses of the submission server. A relay may send from others than
 * it receives on, so an address that is not covered is a warning and not a fault.
 */
public final class SenderDomainCheck {

  private final Names names;

  /** Looks names up here. */
  public SenderDomainCheck(Names names) {
    this.names = names;
  }

  /**
   * Checks {@code SPF}, {@code DKIM}, {@code DMARC} and {@code MX}.
   *
   * @param domain the domain after the @ of the sender
   * @param dkimSelector the selector of the signing key, if known: it cannot be found out
   * @param mailHost the server that mails are handed to, if its addresses are to be covered by SPF
   */
  public DomainReport check(
      String domain, Optional<String> dkimSelector, Optional<String> mailHost) {
    return new DomainReport(
        domain,
        List.of(spf(domain, mailHost), dkim(domain, dkimSelector), dmarc(domain), mx(domain)));
  }

  private DomainFinding spf(String domain, Optional<String> mailHost) {
    NameAnswer texts = names.lookup(domain, RecordType.TXT);
    if (texts.status() == NameAnswer.Status.FAILED) {
      return unanswered("SPF", domain, texts);
    }
    List<String> records = SpfPolicy.records(texts);
    if (records.isEmpty()) {
      return new DomainFinding(
          "SPF",
          Verdict.MISSING,
          domain + " has no SPF record: add a TXT record v=spf1 that names the mail server.",
          "");
    }
    String seen = String.join(" | ", records);
    if (records.size() > 1) {
      return new DomainFinding(
          "SPF",
          Verdict.WRONG,
          domain + " has " + records.size() + " SPF records; receivers then ignore all of them.",
          seen);
    }
    return mailHost
        .map(host -> coverage(domain, seen, host))
        .orElseGet(
            () -> new DomainFinding("SPF", Verdict.GOOD, domain + " has an SPF record.", seen));
  }

  private DomainFinding coverage(String domain, String record, String mailHost) {
    List<String> covered = new ArrayList<>();
    for (InetAddress address : names.addresses(mailHost)) {
      SpfPolicy.Result result = new SpfPolicy(names).evaluate(domain, record, address);
      String where = mailHost + " (" + address.getHostAddress() + ")";
      if (result.tooMany()) {
        return new DomainFinding(
            "SPF",
            Verdict.WRONG,
            "The SPF record of " + domain + " needs more than 10 look-ups; receivers refuse that.",
            record);
      }
      if (!result.covered()) {
        return new DomainFinding(
            "SPF",
            Verdict.WARNING,
            "The SPF record of "
                + domain
                + (result.unclear() ? " may not cover " : " does not cover ")
                + where
                + ": check from which addresses that server sends.",
            record);
      }
      covered.add(where + " by " + result.by());
    }
    return covered.isEmpty()
        ? new DomainFinding(
            "SPF", Verdict.WARNING, mailHost + " has no address that SPF could cover.", record)
        : new DomainFinding(
            "SPF",
            Verdict.GOOD,
            "The SPF record of " + domain + " covers " + String.join(", ", covered) + ".",
            record);
  }

  private DomainFinding dkim(String domain, Optional<String> selector) {
    if (selector.isEmpty()) {
      return new DomainFinding(
          "DKIM",
          Verdict.UNKNOWN,
          "Without the DKIM selector its record cannot be looked up: give it, or look for"
              + " DKIM-Signature in a mail that was received.",
          "");
    }
    String name = selector.get() + "._domainkey." + domain;
    NameAnswer texts = names.lookup(name, RecordType.TXT);
    if (texts.status() == NameAnswer.Status.FAILED) {
      return unanswered("DKIM", name, texts);
    }
    Optional<String> record =
        texts.values().stream().filter(text -> tag(text, "p").isPresent()).findFirst();
    if (record.isEmpty()) {
      return new DomainFinding(
          "DKIM",
          Verdict.MISSING,
          "There is no DKIM key at " + name + ".",
          String.join(" | ", texts.values()));
    }
    boolean revoked = tag(record.get(), "p").orElse("").isBlank();
    return revoked
        ? new DomainFinding(
            "DKIM",
            Verdict.WRONG,
            "The DKIM key at " + name + " is revoked (empty p=).",
            record.get())
        : new DomainFinding(
            "DKIM", Verdict.GOOD, "There is a DKIM key at " + name + ".", record.get());
  }

  private DomainFinding dmarc(String domain) {
    NameAnswer texts = names.lookup("_dmarc." + domain, RecordType.TXT);
    if (texts.status() == NameAnswer.Status.FAILED) {
      return unanswered("DMARC", "_dmarc." + domain, texts);
    }
    Optional<String> own = policy(texts);
    // The policy of the organisation's domain holds for the domains below it.
    int dot = domain.indexOf('.');
    Optional<String> record =
        own.isPresent() || dot < 0 || domain.indexOf('.', dot + 1) < 0
            ? own
            : policy(names.lookup("_dmarc." + domain.substring(dot + 1), RecordType.TXT));
    if (record.isEmpty()) {
      return new DomainFinding(
          "DMARC",
          Verdict.WARNING,
          domain + " has no DMARC policy; large receivers ask for one: add _dmarc." + domain + ".",
          "");
    }
    boolean onlyWatches = tag(record.get(), "p").orElse("none").equals("none");
    return new DomainFinding(
        "DMARC",
        Verdict.GOOD,
        domain + " has a DMARC policy" + (onlyWatches ? ", which watches only (p=none)." : "."),
        record.get());
  }

  private DomainFinding mx(String domain) {
    NameAnswer servers = names.lookup(domain, RecordType.MX);
    return switch (servers.status()) {
      case FOUND ->
          new DomainFinding(
              "MX", Verdict.GOOD, domain + " receives mail.", String.join(", ", servers.values()));
      case FAILED -> unanswered("MX", domain, servers);
      default ->
          new DomainFinding(
              "MX",
              Verdict.WARNING,
              domain + " receives no mail, so replies and bounces are lost.",
              "");
    };
  }

  private static Optional<String> policy(NameAnswer texts) {
    return texts.values().stream()
        .filter(text -> text.toLowerCase(Locale.ROOT).replace(" ", "").startsWith("v=dmarc1"))
        .findFirst();
  }

  /** The value of {@code name=value} in a list separated by semicolons. */
  private static Optional<String> tag(String record, String name) {
    for (String part : record.split(";", -1)) {
      String tag = part.strip();
      if (tag.startsWith(name + "=")) {
        return Optional.of(tag.substring(name.length() + 1).strip());
      }
    }
    return Optional.empty();
  }

  private static DomainFinding unanswered(String check, String name, NameAnswer answer) {
    return new DomainFinding(
        check, Verdict.UNKNOWN, "DNS did not answer for " + name + ".", answer.detail());
  }
}
