package dev.slipway.systems.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.dns.DomainFinding.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a domain receives mail, as RFC 5321 and 7505 decide it. */
class MxCheckTest {

  private final DnsZone zone = new DnsZone().with("mx.example", "A", "203.0.113.25");

  @AfterEach
  void stop() {
    zone.close();
  }

  @Test
  void aMailServerWithAnAddressOfEitherVersionIsGood() {
    zone.with("a.example", "MX", "10 mx.example.")
        .with("six.example", "AAAA", "2001:db8::25")
        .with("b.example", "MX", "10 six.example.");
    check(Verdict.GOOD, "a.example", "receives mail");
    check(Verdict.GOOD, "b.example", "receives mail");
  }

  @Test
  void withoutMxTheDomainsOwnAddressReceives() {
    zone.with("a.example", "A", "203.0.113.9").with("b.example", "AAAA", "2001:db8::9");
    check(Verdict.GOOD, "a.example", "its own address, 203.0.113.9");
    check(Verdict.GOOD, "b.example", "its own address");
    check(Verdict.WARNING, "none.example", "neither an MX record nor an address");
  }

  @Test
  void aNullMxSaysThatNoMailIsTaken() {
    zone.with("a.example", "MX", "0 .")
        .with("a.example", "A", "203.0.113.9")
        .with("b.example", "MX", "0 .")
        .with("b.example", "MX", "10 mx.example.");
    check(Verdict.WARNING, "a.example", "null MX");
    check(Verdict.WARNING, "b.example", "stands beside others");
  }

  @Test
  void mailServersThatCannotBeUsedAreNamed() {
    zone.with("a.example", "MX", "10 gone.example.")
        .with("b.example", "MX", "10 203.0.113.25.")
        .with("c.example", "MX", "10 mx.example.")
        .with("c.example", "MX", "20 gone.example.")
        .with("alias.example", "CNAME", "mx.example.")
        .with("d.example", "MX", "10 alias.example.");
    check(Verdict.WRONG, "a.example", "gone.example has no address");
    check(Verdict.WRONG, "b.example", "203.0.113.25 is an address, where a name belongs");
    check(Verdict.WARNING, "c.example", "gone.example has no address");
    check(Verdict.WARNING, "d.example", "alias.example is an alias (CNAME) of mx.example");
  }

  @Test
  void whatDnsDoesNotAnswerIsOpen() {
    zone.failing("a.example").failing("down.example").with("b.example", "MX", "10 down.example.");
    check(Verdict.UNKNOWN, "a.example", "a.example");
    check(Verdict.UNKNOWN, "b.example", "down.example");
  }

  private void check(Verdict verdict, String domain, String words) {
    DomainFinding mx = new MxCheck(zone.names()).check(domain);
    assertEquals(verdict, mx.verdict(), mx.message());
    assertTrue(mx.message().contains(words), mx.message());
  }
}
