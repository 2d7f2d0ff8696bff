package dev.slipway.systems.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.dns.DomainFinding.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SPF as RFC 7208 evaluates it, for a mail server at 203.0.113.70. */
class SpfCheckTest {

  private static final String DOMAIN = "hoster.example";
  private static final String HOST = "smtp.relay.example";

  private final DnsZone zone =
      new DnsZone()
          .with(HOST, "A", "203.0.113.70")
          .with("near.example", "A", "203.0.113.1")
          .with("far.example", "A", "198.51.100.1")
          .with("mailed.example", "MX", "10 " + HOST + ".")
          .text("covers.example", "v=spf1 ip4:203.0.113.64/26 -all")
          .text("denies.example", "v=spf1 -ip4:203.0.113.70 +all")
          .text("others.example", "v=spf1 ip4:198.51.100.0/24 -all")
          .text("loop.example", "v=spf1 include:loop.example -all")
          .text("typo.example", "v=spf1 ipv4:203.0.113.70 -all")
          .text("twice.example", "v=spf1 -all")
          .text("twice.example", "v=spf1 mx -all");

  @AfterEach
  void stop() {
    zone.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=spf1 a:smtp.relay.example -all",
        "v=spf1 a:near.example/24 -all",
        "v=spf1 a:near.example/24//64 -all",
        "v=spf1 ip4:203.0.113.70 -all",
        "V=SPF1 IP4:203.0.113.70 -ALL",
        "v=spf1  ip4:203.0.113.64/26  -all ",
        "v=spf1 mx:mailed.example -all",
        "v=spf1 redirect=covers.example",
        "v=spf1 redirect=COVERS.example.",
        "v=spf1 include:covers.example -all",
        "v=spf1 include:denies.example include:covers.example -all",
        "v=spf1 exists:near.example -all",
        "v=spf1 ip4:203.0.113.70 -all exp=why.%{d2} moo.cow=man:dog/cat",
        "v=spf1 include:%{d}.macros.example ip4:203.0.113.70 -all",
        "v=spf1 ip6:::ffff:203.0.113.70 ip4:203.0.113.70 -all",
      })
  void coversTheMailServer(String record) {
    DomainFinding spf = check(record);
    assertEquals(Verdict.GOOD, spf.verdict(), spf.message());
    assertTrue(spf.message().contains("203.0.113.70"), spf.message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=spf1 ip4:198.51.100.0/24 -all | does not cover",
        "v=spf1 -ip4:203.0.113.70 +all | -ip4:203.0.113.70",
        "v=spf1 a:far.example | put ip4:203.0.113.70",
        "v=spf1 include:others.example ?all | does not cover",
        "v=spf1 ?all redirect=covers.example | does not cover",
        "v=spf1 +all | every computer",
        "v=spf1 exists:%{i}.x.example -all | cannot be decided for one sender",
        "v=spf1 -exists:%{i}.x.example ip4:203.0.113.70 | cannot be decided for one sender",
        "v=spf1 redirect=%{d}.x.example | cannot be decided for one sender",
      })
  void warnsWhereItIsNotCoveredForSure(String record, String words) {
    DomainFinding spf = check(record);
    assertEquals(Verdict.WARNING, spf.verdict(), spf.message());
    assertTrue(spf.message().contains(words), spf.message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=spf1 ipv4:203.0.113.70 ip4:203.0.113.70 -all | \"ipv4:203.0.113.70\"",
        "v=spf1 ip4:203.0.113.70 -all ipv4:203.0.113.1 | \"ipv4:203.0.113.1\"",
        "v=spf1 ip4:203.0.113.300 ip4:203.0.113.70 -all | 203.0.113.300",
        "v=spf1 ip4:203.0.113 ip4:203.0.113.70 -all | no IPv4 address",
        "v=spf1 ip4:203.0.113.070 -all | no IPv4 address",
        "v=spf1 ip4:203.0.113.70/33 -all | prefix length",
        "v=spf1 ip4:203.0.113.70/ -all | prefix length",
        "v=spf1 ip4:203.0.113.70/032 -all | prefix length",
        "v=spf1 ip4:203.0.113.70:25 -all | no IPv4 address",
        "v=spf1 ip4 -all | no IPv4 address",
        "v=spf1 ip6:203.0.113.70 -all | no IPv6 address",
        "v=spf1 ip6:2001:db8::/129 -all | prefix length",
        "v=spf1 ip6:fe80::1%eth0 -all | no IPv6 address",
        "v=spf1 include: ip4:203.0.113.70 -all | no domain",
        "v=spf1 include ip4:203.0.113.70 -all | a colon and a domain",
        "v=spf1 include:localhost -all | no domain",
        "v=spf1 include:covers.example/24 -all | no domain",
        "v=spf1 a: -all | no domain",
        "v=spf1 a:near.123 -all | no domain",
        "v=spf1 a:near.example/24/64 -all | no domain",
        "v=spf1 a/33 -all | prefix length",
        "v=spf1 mx:near.example//129 -all | prefix length",
        "v=spf1 ptr/24 -all | a colon and a domain",
        "v=spf1 all:near.example | stands alone",
        "v=spf1 exists:%{x}.example -all | macro",
        "v=spf1 exists:%{i.example -all | macro",
        "v=spf1 exists:%i.example -all | macro",
        "v=spf1 exists:%{d0}.example -all | macro",
        "v=spf1 exists:%{c}.example -all | macro",
        "v=spf1 redirect=covers.example redirect=covers.example | once only",
        "v=spf1 ip4:203.0.113.70 -all exp=a.example exp=b.example | once only",
        "v=spf1 -redirect=covers.example | no mechanism",
        "v=spf1 ip4:203.0.113.70, -all | no IPv4 address",
        "v=spf1 ip4:203.0.113.70 –all | no mechanism",
        "v=spf1 include:typo.example ip4:203.0.113.70 -all | record of typo.example",
        "v=spf1 include:nothing.example ip4:203.0.113.70 -all | has no SPF record",
        "v=spf1 include:twice.example ip4:203.0.113.70 -all | has 2 SPF records",
        "v=spf1 redirect=nothing.example | has no SPF record",
        "v=spf1 include:loop.example -all | more than 10 look-ups",
        "v=spf1 a:n1.example a:n2.example a:n3.example ip4:203.0.113.70 -all | have no records",
        "v=spf1 mx:n1.example exists:n2.example a:n3.example -all | have no records",
      })
  void namesWhatMakesAllReceiversGiveUp(String record, String words) {
    DomainFinding spf = check(record);
    assertEquals(Verdict.WRONG, spf.verdict(), spf.message());
    assertTrue(spf.message().contains(words), spf.message());
  }

  @Test
  void everyTermThatAsksDnsCounts() {
    StringBuilder record = new StringBuilder("v=spf1");
    for (int i = 0; i < 4; i++) {
      zone.with("a" + i + ".example", "A", "198.51.100.1")
          .text("i" + i + ".example", "v=spf1 -all");
      record.append(" include:i" + i + ".example a:a" + i + ".example");
    }
    String eight = record.toString();
    assertEquals(
        Verdict.GOOD,
        check(eight + " ptr:x.example exists:%{i}.x.example ip4:203.0.113.70 -all").verdict());
    for (String eleventh :
        new String[] {
          "exists:%{i}.y.example", "exists:a1.example", "ptr", "mx", "a:%{d}.example"
        }) {
      DomainFinding spf =
          check(eight + " ptr:x.example mx:mailed2.example " + eleventh + " ip4:203.0.113.70 -all");
      assertEquals(Verdict.WRONG, spf.verdict(), spf.message());
      assertTrue(spf.message().contains("\"" + eleventh + "\" is the eleventh"), spf.message());
    }
    DomainFinding redirect =
        check(eight + " ptr:x.example mx:mailed2.example redirect=covers.example");
    assertEquals(Verdict.WRONG, redirect.verdict());
    assertTrue(redirect.message().contains("redirect=covers.example"), redirect.message());

    DomainFinding early =
        check("v=spf1 ip4:203.0.113.70" + eight.substring(6) + " ptr ptr ptr -all");
    assertEquals(Verdict.WARNING, early.verdict(), "others than this server meet the limit");
    assertTrue(early.message().contains("covers smtp.relay.example"), early.message());
    assertTrue(early.message().contains("more than 10 look-ups"), early.message());
  }

  @Test
  void elevenMailServersAreTooManyForOneTerm() {
    for (int i = 0; i < 11; i++) {
      zone.with("many.example", "MX", i + " " + HOST.replace("smtp", "smtp" + i) + ".");
    }
    DomainFinding spf = check("v=spf1 mx:many.example -all");
    assertEquals(Verdict.WRONG, spf.verdict());
    assertTrue(spf.message().contains("11 mail servers"), spf.message());
  }

  @Test
  void aNameOfTheAddressCountsOnlyIfItLeadsBack() {
    zone.with("70.113.0.203.in-addr.arpa", "PTR", HOST + ".")
        .with("70.113.0.203.in-addr.arpa", "PTR", "forged.bank.example.")
        .with("forged.bank.example", "A", "198.51.100.9");
    assertEquals(Verdict.GOOD, check("v=spf1 ptr:relay.example -all").verdict());
    assertEquals(Verdict.WARNING, check("v=spf1 ptr:bank.example -all").verdict());
  }

  @Test
  void eachAddressOfTheServerIsToBeCovered() {
    zone.with(HOST, "AAAA", "2001:db8:1::70").with("six.example", "AAAA", "2001:db8:1::1");
    DomainFinding four = check("v=spf1 ip4:203.0.113.70 -all");
    assertEquals(Verdict.WARNING, four.verdict());
    assertTrue(four.message().contains("put ip6:2001:db8:1:0:0:0:0:70"), four.message());
    assertEquals(Verdict.GOOD, check("v=spf1 ip4:203.0.113.70 ip6:2001:DB8:1::/48 -all").verdict());
    assertEquals(Verdict.GOOD, check("v=spf1 a:near.example/24 a:six.example//64 -all").verdict());
    assertEquals(Verdict.WARNING, check("v=spf1 ip4:203.0.113.70 a:six.example/24 -all").verdict());
  }

  @Test
  void aRecordOfSeveralStringsIsReadAsOne() {
    zone.text(DOMAIN, "v=spf1 ip4:203.0.", "113.70 -all");
    assertEquals(Verdict.GOOD, look(Optional.of(HOST)).verdict());
  }

  @Test
  void severalRecordsAreNone() {
    zone.text(DOMAIN, "v=spf1 -all").text(DOMAIN, "V=SPF1 ip4:203.0.113.70 -all");
    assertEquals(Verdict.WRONG, look(Optional.of(HOST)).verdict());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"v=spf10 mx -all", "\"v=spf1 mx -all\"", " v=spf1 mx -all", "spf1 v=spf1 mx"})
  void aRecordThatDoesNotBeginAsOneIsMissing(String record) {
    DomainFinding spf = check(record);
    assertEquals(Verdict.MISSING, spf.verdict());
    assertTrue(spf.message().contains("must be its first word"), spf.message());
  }

  @Test
  void whatDnsDoesNotAnswerIsOpen() {
    zone.failing("down.example");
    DomainFinding spf = check("v=spf1 include:down.example ip4:203.0.113.70 -all");
    assertEquals(Verdict.UNKNOWN, spf.verdict(), spf.message());
    assertTrue(spf.message().contains("down.example"), spf.message());
  }

  @Test
  void withoutAServerToCoverTheRecordIsReadAllTheSame() {
    zone.text("a.example", "v=spf1 mx -all").text("b.example", "v=spf1 mx ipv4:1.2.3.4 -all");
    SpfCheck check = new SpfCheck(zone.names());
    assertEquals(Verdict.GOOD, check.check("a.example", Optional.empty()).verdict());
    assertEquals(Verdict.WRONG, check.check("b.example", Optional.empty()).verdict());
    assertEquals(Verdict.WARNING, check.check("a.example", Optional.of("none.example")).verdict());
  }

  private int records;

  private DomainFinding check(String record) {
    String domain = "r" + records++ + "." + DOMAIN;
    zone.text(domain, record).with(domain, "MX", "10 mx.example.");
    return new SpfCheck(zone.names()).check(domain, Optional.of(HOST));
  }

  private DomainFinding look(Optional<String> host) {
    return new SpfCheck(zone.names()).check(DOMAIN, host);
  }
}
