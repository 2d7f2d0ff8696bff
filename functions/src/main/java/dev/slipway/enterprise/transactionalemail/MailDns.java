package dev.slipway.enterprise.transactionalemail;

import dev.slipway.enterprise.NextLook;
import dev.slipway.enterprise.infrastructure.CustomerRecords;
import dev.slipway.systems.dns.DnsRecord;
import dev.slipway.systems.dns.DomainFinding;
import dev.slipway.systems.dns.DomainFinding.Verdict;
import dev.slipway.systems.dns.SenderDomainCheck;
import dev.slipway.systems.net.DnsReply;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.NameServers;
import dev.slipway.systems.net.RecordType;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The records by which receivers believe mails from a domain: entered where Slipway may, else by
 * the customer, and looked up by our resolver and a public one.
 */
final class MailDns {
  private static final String SYSTEM = "dns";
  private static final String FIELD = "mail-tool.domain";
  private static final String SPF = "v=spf1";

  /** Cloudflare's public resolver. */
  private static final String PUBLIC = "1.1.1.1";

  private final Work work;
  private final Egress egress;
  private final NameServers servers;
  private final CustomerRecords customer;
  private final String domain;
  private final List<DnsRecord> records;

  /**
   * @param records those that the tool wants
   */
  MailDns(
      Work work, Egress egress, CustomerRecords customer, String domain, List<DnsRecord> records) {
    this.work = work;
    this.egress = egress;
    this.servers = new NameServers(egress);
    this.customer = customer;
    this.domain = domain;
    this.records = records;
  }

  /** The lines that a person enters. */
  String lines() {
    return records.stream().map(DnsRecord::line).collect(Collectors.joining("\n"));
  }

  /** Enters what is missing, where Slipway may, and looks. */
  Finding ensure() {
    List<DnsRecord> missing =
        records.stream().filter(record -> unseen(record).isPresent()).toList();
    if (missing.isEmpty()) {
      return look();
    }
    if (customer.zone(domain).isEmpty()) {
      throw new SystemTrouble(
          SYSTEM,
          SystemTrouble.Kind.NOT_FOUND,
          "It is not in DNS yet: " + missing.getFirst().line(),
          missing.getFirst().type() + " " + missing.getFirst().name(),
          domain,
          unseen(missing.getFirst()).orElse(""));
    }
    Finding entered = customer.enter(domain, missing, MailDns::check);
    Optional<DnsRecord> hidden =
        records.stream().filter(record -> unseen(record).isPresent()).findFirst();
    if (hidden.isPresent()) {
      throw missing(hidden.get(), unseen(hidden.get()).orElse(""))
          .lookedAtAgain(NextLook.of(work, "dns:" + hidden.get().name()));
    }
    Finding seen = look();
    return new Finding(seen.probe(), seen.against(), entered.answer() + "; " + seen.answer());
  }

  private static void check(DnsRecord wanted, DnsRecord present) {
    boolean isSpf = isSpf(wanted);
    if (isSpf && present.values().stream().anyMatch(text -> text.startsWith(SPF))) {
      throw new UnmetRequirement(
          "mail.spf-other",
          SYSTEM,
          FIELD,
          wanted.name() + " has an SPF record already, and a second one would void both.",
          "Add `%s` to it; then retry.".formatted(String.join(" ", terms(wanted))));
    }
    if (!wanted.type().equals("TXT") || wanted.name().contains("._domainkey.")) {
      throw new UnmetRequirement(
          "mail.record-taken",
          SYSTEM,
          FIELD,
          wanted.name() + " has another record already: " + present.line(),
          "Remove it if nothing else needs it; then retry.");
    }
  }

  /** Each is seen from both places; SPF and DMARC are noted. */
  Finding look() {
    for (DnsRecord record : records) {
      Optional<String> otherwise = unseen(record);
      if (otherwise.isPresent()) {
        throw missing(record, otherwise.get());
      }
    }
    List<String> said = new ArrayList<>();
    said.add(records.size() + " record(s) as the tool wants them, seen by two resolvers");
    for (DomainFinding finding :
        new SenderDomainCheck(egress.names())
            .check(domain, Optional.empty(), Optional.empty())
            .findings()) {
      if (finding.check().equals("SPF") && finding.verdict() == Verdict.WRONG) {
        throw new UnmetRequirement(
            "mail.spf",
            SYSTEM,
            FIELD,
            finding.message(),
            "Have one SPF record at " + domain + "; then retry.");
      }
      if (finding.check().equals("SPF") || finding.check().equals("DMARC")) {
        said.add(finding.check() + " " + finding.verdict() + ": " + finding.message());
      }
    }
    return new Finding("look-up by two resolvers", domain, String.join("; ", said));
  }

  private static UnmetRequirement missing(DnsRecord record, String seen) {
    return new UnmetRequirement(
        "mail.dkim-missing",
        SYSTEM,
        FIELD,
        "%s is not seen: %s.".formatted(record.name(), seen),
        "Enter " + record.line());
  }

  /** What is seen where a record is not; empty where both resolvers see it. */
  private Optional<String> unseen(DnsRecord record) {
    RecordType type = RecordType.valueOf(record.type());
    DnsReply ours = egress.names().ask(record.name(), type);
    if (!says(ours, record)) {
      return Optional.of("our resolver: " + ours.seen());
    }
    DnsReply others = servers.ask(PUBLIC, record.name(), type);
    return others.status() == NameAnswer.Status.FAILED || says(others, record)
        ? Optional.empty()
        : Optional.of("public resolver " + PUBLIC + ": " + others.seen());
  }

  private static boolean says(DnsReply reply, DnsRecord record) {
    String wanted = record.values().getFirst();
    if (isSpf(record)) {
      return reply.values().stream()
          .filter(text -> text.startsWith(SPF))
          .anyMatch(text -> Arrays.asList(text.split(" ", -1)).containsAll(terms(record)));
    }
    return reply.values().stream().anyMatch(value -> dense(value).equals(dense(wanted)))
        || reply.aliases().contains(wanted.toLowerCase(Locale.ROOT));
  }

  private static boolean isSpf(DnsRecord record) {
    return record.type().equals("TXT") && record.values().getFirst().startsWith(SPF);
  }

  /** Those of an SPF record that name the tool. */
  private static List<String> terms(DnsRecord spf) {
    return Arrays.stream(spf.values().getFirst().split(" ", -1))
        .filter(term -> term.startsWith("include:"))
        .toList();
  }

  private static String dense(String text) {
    return text.replaceAll("\\s", "");
  }
}
