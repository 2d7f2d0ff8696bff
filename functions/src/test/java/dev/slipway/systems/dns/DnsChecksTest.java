package dev.slipway.systems.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.dns.DomainFinding.Verdict;
import dev.slipway.systems.fake.FakeDns;
import dev.slipway.systems.net.HostPort;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.NameResolver;
import dev.slipway.systems.net.RecordType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsChecksTest {

  private static final String DOMAIN = "hoster.example";

  /** The public key of RFC 8463, appendix A. */
  private static final String ED25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  private final FakeDns dns = new FakeDns();
  private final NameResolver names =
      new NameResolver(Optional.of(new HostPort("127.0.0.1", dns.port())));

  @AfterEach
  void stop() {
    dns.close();
  }

  @Test
  void everyRecordTypeIsRead() {
    dns.with("x.example", "A", "203.0.113.1")
        .with("x.example", "AAAA", "2001:db8::1")
        .with("x.example", "NS", "NS1.X.example.")
        .with("x.example", "MX", "10 mail.x.example.")
        .with("x.example", "TXT", "\"one \" \"two\"")
        .with("x.example", "CAA", "0 issue \"ca.example\"");
    assertEquals(List.of("203.0.113.1"), lookup("x.example.", RecordType.A).values());
    assertEquals(List.of("2001:db8:0:0:0:0:0:1"), lookup("x.example", RecordType.AAAA).values());
    assertEquals(List.of("ns1.x.example"), lookup("x.example", RecordType.NS).values());
    assertEquals(List.of("10 mail.x.example"), lookup("x.example", RecordType.MX).values());
    assertEquals(List.of("one two"), lookup("x.example", RecordType.TXT).values());
    assertEquals(List.of("issue \"ca.example\""), lookup("x.example", RecordType.CAA).values());
    assertEquals(NameAnswer.Status.NO_RECORDS, lookup("x.example", RecordType.CNAME).status());
    assertEquals(NameAnswer.Status.NO_SUCH_NAME, lookup("y.example", RecordType.A).status());
    dns.failing("z.example");
    assertEquals(NameAnswer.Status.FAILED, lookup("z.example", RecordType.A).status());
    assertEquals(2, names.addresses("x.example").size());
  }

  @Test
  void aDelegatedDomainWithAWildcardIsGood() {
    dns.with("paas.example", "NS", "ns1.paas.example.")
        .with("ns1.paas.example", "A", "203.0.113.2")
        .with("app.paas.example", "A", "203.0.113.10")
        .with("*.paas.example", "A", "203.0.113.11");
    DomainReport report = new DelegationCheck(names).check("paas.example");
    assertTrue(report.good());
    assertEquals("203.0.113.11", report.of("wildcard").seen());
  }

  @Test
  void whatIsMissingInADelegationIsNamed() {
    dns.with("paas.example", "NS", "ns1.gone.example.");
    DomainReport report = new DelegationCheck(names).check("paas.example");
    assertEquals(Verdict.WRONG, report.of("delegation").verdict());
    assertTrue(report.of("delegation").message().contains("ns1.gone.example"));
    assertEquals(Verdict.MISSING, report.of("api-host").verdict());
    assertEquals(Verdict.MISSING, report.of("wildcard").verdict());
    assertEquals(
        Verdict.MISSING, new DelegationCheck(names).check("no.example").of("delegation").verdict());
    dns.failing("bad.example");
    assertEquals(
        Verdict.UNKNOWN,
        new DelegationCheck(names).check("bad.example").of("delegation").verdict());
  }

  @Test
  void aNameServerThatDoesNotAnswerIsNotADeadOne() {
    dns.with("paas.example", "NS", "ns1.paas.example.").failing("ns1.paas.example");
    assertEquals(
        Verdict.UNKNOWN,
        new DelegationCheck(names).check("paas.example").of("delegation").verdict());
  }

  @Test
  void aWellKeptSenderDomainIsGood() {
    dns.with(DOMAIN, "TXT", "\"v=spf1 mx include:_spf.relay.example -all\"")
        .with(DOMAIN, "MX", "10 mx.hoster.example.")
        .with("mx.hoster.example", "A", "203.0.113.30")
        .with("_spf.relay.example", "TXT", "\"v=spf1 ip4:203.0.113.64/26 ~all\"")
        .with("smtp.relay.example", "A", "203.0.113.70")
        .with("s1._domainkey.hoster.example", "TXT", "\"v=DKIM1; k=ed25519; p=" + ED25519 + "\"")
        .with("_dmarc.hoster.example", "TXT", "\"v=DMARC1; p=reject\"");
    DomainReport report =
        new SenderDomainCheck(names)
            .check(DOMAIN, Optional.of("s1"), Optional.of("smtp.relay.example"));
    assertTrue(report.good());
    assertTrue(
        report.of("SPF").message().contains("include:_spf.relay.example > ip4:203.0.113.64/26"),
        report.of("SPF").message());
    assertTrue(report.findings().stream().allMatch(f -> f.verdict() == Verdict.GOOD));
  }

  private NameAnswer lookup(String name, RecordType type) {
    return names.lookup(name, type);
  }
}
