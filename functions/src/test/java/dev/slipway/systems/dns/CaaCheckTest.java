package dev.slipway.systems.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.net.SystemTrouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 8659. */
final class CaaCheckTest {
  private static final String HOST = "hub.uat.customer.example";

  private final DnsZone zone = new DnsZone().with(HOST, "A", "192.0.2.1");

  @AfterEach
  void close() {
    zone.close();
  }

  private CaaCheck.Policy policy(String host) {
    return new CaaCheck(zone.names()).policy(host, CaaCheck.AMAZON);
  }

  @Test
  void withoutRecordsEveryAuthorityMayIssue() {
    assertTrue(policy(HOST).isAllowed());
    assertEquals("", policy(HOST).at());
  }

  @Test
  void theNameNearestToTheHostDecides() {
    zone.with("customer.example", "CAA", "0 issue \"ca.example\"");
    assertFalse(policy(HOST).isAllowed());
    assertEquals("customer.example", policy(HOST).at());

    zone.with("uat.customer.example", "CAA", "0 issue \"amazon.com; account=1\"");
    assertTrue(policy(HOST).isAllowed());
    assertEquals("uat.customer.example", policy(HOST).at());
  }

  @Test
  void ofAWildcardItsOwnPropertyDecides() {
    zone.with("uat.customer.example", "CAA", "0 issue \"amazon.com\"")
        .with("uat.customer.example", "CAA", "0 issuewild \";\"");

    assertTrue(policy(HOST).isAllowed());
    assertFalse(policy("*.uat.customer.example").isAllowed());
  }

  @Test
  void whatSaysNothingOfIssuingForbidsNothing() {
    zone.with("customer.example", "CAA", "0 iodef \"mailto:ca@customer.example\"");

    assertTrue(policy(HOST).isAllowed());
  }

  @Test
  void aServerThatDoesNotAnswerIsNotTakenForNoRecord() {
    zone.failing("customer.example");

    assertThrows(SystemTrouble.class, () -> policy(HOST));
  }
}
