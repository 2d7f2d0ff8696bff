package dev.slipway.systems.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.dns.DomainFinding.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DMARC as RFC 7489 finds and reads it. */
class DmarcCheckTest {

  private final DnsZone zone = new DnsZone();

  @AfterEach
  void stop() {
    zone.close();
  }

  @ParameterizedTest
  @CsvSource({
    "mail.hoster.example, hoster.example",
    "deep.sub.hoster.example, hoster.example",
    "hoster.example, hoster.example",
    "a.b.hoster.co.uk, hoster.co.uk",
    "co.uk, co.uk",
    "uk, uk",
    "a.hoster.kawasaki.jp, a.hoster.kawasaki.jp",
    "x.a.hoster.kawasaki.jp, a.hoster.kawasaki.jp",
    "x.city.kawasaki.jp, city.kawasaki.jp",
    "MAIL.Hoster.CO.UK, hoster.co.uk",
    "mail.hoster.xn--55qx5d.cn, hoster.xn--55qx5d.cn",
    "a.customer.github.io, customer.github.io",
  })
  void theOrganisationsDomainFollowsThePublicSuffixList(String domain, String organisation) {
    assertEquals(organisation, new PublicSuffixes().organisation(domain));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=DMARC1; p=reject | a DMARC policy: reject",
        "v=DMARC1;p=quarantine; | a DMARC policy: quarantine",
        "v = DMARC1 ; p = Reject | a DMARC policy: reject",
        "v=DMARC1; p=none | watches only (p=none)",
        "v=DMARC1; p=reject; sp=none | a DMARC policy: reject",
        "v=DMARC1; p=reject; pct=20 | for 20 of 100 mails",
        "v=DMARC1; rua=mailto:a@b.example; p=reject; x=y | a DMARC policy: reject",
      })
  void aValidPolicyIsGood(String record, String words) {
    zone.text("_dmarc.hoster.example", record);
    DomainFinding dmarc = check("hoster.example");
    assertEquals(Verdict.GOOD, dmarc.verdict(), dmarc.message());
    assertTrue(dmarc.message().contains(words), dmarc.message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=dmarc1; p=reject | does not and counts for nothing",
        "v=DMARC1 p=reject | does not and counts for nothing",
        "p=reject; v=DMARC1 | does not and counts for nothing",
        "; v=DMARC1; p=reject | does not and counts for nothing",
        "\"v=DMARC1; p=reject\" | does not and counts for nothing",
        "v=DMARC2; p=reject | has no DMARC policy",
        "v=DMARC1 | apply no DMARC at all",
        "v=DMARC1; p=block | apply no DMARC at all",
        "v=DMARC1; p=reject; sp=block | no valid sp=",
        "v=DMARC1; rua=mailto:a@b.example | watch only",
        "v=DMARC1; rua=nonsense | apply no DMARC at all",
        "v=DMARC1; p=reject; pct=200 | pct=200 is not from 0 to 100",
        "v=DMARC1; p=reject; garbage | \"garbage\" is not of the form",
      })
  void whatReceiversCannotUseIsToldWithAWarning(String record, String words) {
    zone.text("_dmarc.hoster.example", record);
    DomainFinding dmarc = check("hoster.example");
    assertEquals(Verdict.WARNING, dmarc.verdict(), dmarc.message());
    assertTrue(dmarc.message().contains(words), dmarc.message());
  }

  @Test
  void everyDomainBelowInheritsAndItsOwnPolicyComesFirst() {
    zone.text("_dmarc.org.example", "v=DMARC1; p=reject; sp=none")
        .text("_dmarc.own.org.example", "v=DMARC1; p=quarantine; sp=none")
        .text("_dmarc.broken.org.example", "v=DMARC9; p=quarantine");
    for (String domain :
        new String[] {"sub.org.example", "deep.sub.org.example", "broken.org.example"}) {
      DomainFinding dmarc = check(domain);
      assertEquals(Verdict.GOOD, dmarc.verdict(), dmarc.message());
      assertEquals(
          domain + " inherits the DMARC policy of org.example, which watches only (sp=none).",
          dmarc.message());
    }
    assertTrue(check("own.org.example").message().contains("quarantine (p=)"));
    // Not the domain between, only the organisation's.
    assertTrue(check("x.own.org.example").message().contains("of org.example"));
    assertTrue(check("org.example").message().contains("reject (p=)"));
  }

  @Test
  void withoutSpThePolicyItselfIsInherited() {
    zone.text("_dmarc.org.example", "v=DMARC1; p=reject");
    assertTrue(check("sub.org.example").message().contains("reject (p=)"));
  }

  @Test
  void aPublicSuffixHandsNothingDown() {
    zone.text("_dmarc.co.uk", "v=DMARC1; p=reject");
    assertEquals(Verdict.WARNING, check("hoster.co.uk").verdict());
  }

  @Test
  void severalRecordsAreNone() {
    zone.text("_dmarc.org.example", "v=DMARC1; p=reject")
        .text("_dmarc.sub.org.example", "v=DMARC1; p=none")
        .text("_dmarc.sub.org.example", "v=DMARC1; p=reject");
    DomainFinding dmarc = check("sub.org.example");
    assertEquals(Verdict.WARNING, dmarc.verdict());
    assertTrue(dmarc.message().contains("2 records"), dmarc.message());
  }

  @Test
  void whatDnsDoesNotAnswerIsOpen() {
    zone.failing("_dmarc.org.example").failing("_dmarc.down.example");
    assertEquals(Verdict.UNKNOWN, check("sub.org.example").verdict());
    assertEquals(Verdict.UNKNOWN, check("down.example").verdict());
  }

  private DomainFinding check(String domain) {
    return new DmarcCheck(zone.names()).check(domain);
  }
}
