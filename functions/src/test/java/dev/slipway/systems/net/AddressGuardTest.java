package dev.slipway.systems.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.fake.FakeDns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "169.254.170.2",
        "100.64.0.1",
        "100.100.100.200",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::"
      })
  void refusesWhatPointsInside(String address) {
    AddressGuard guard = new AddressGuard(new NameResolver(Optional.empty()), List.of());
    SystemTrouble trouble =
        assertThrows(SystemTrouble.class, () -> guard.check("s", "a", address, false));
    assertEquals(SystemTrouble.Kind.ADDRESS_REFUSED, trouble.kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.10", "8.8.8.8", "172.32.0.1", "2606:4700::1", "100.128.0.1"})
  void letsPublicAddressesPass(String address) {
    AddressGuard guard = new AddressGuard(new NameResolver(Optional.empty()), List.of());
    assertEquals(1, guard.check("s", "a", address, false).addresses().size());
  }

  @Test
  void anAllowedNetworkIsAllowedAndOnlyThat() {
    AddressGuard guard =
        new AddressGuard(
            new NameResolver(Optional.empty()), Cidr.parseList("10.9.0.0/16, fd12::/16"));
    assertTrue(guard.check("s", "a", "10.9.1.1", false).allAllowedByOperator());
    assertTrue(guard.check("s", "a", "fd12::7", false).allAllowedByOperator());
    assertThrows(SystemTrouble.class, () -> guard.check("s", "a", "10.8.1.1", false));
  }

  @Test
  void oneAddressInsideIsEnoughToRefuseAHost() {
    try (FakeDns dns =
        new FakeDns()
            .with("two.example", "A", "203.0.113.5")
            .with("two.example", "A", "10.0.0.5")) {
      NameResolver names = new NameResolver(Optional.of(new HostPort("127.0.0.1", dns.port())));
      AddressGuard guard = new AddressGuard(names, List.of());
      SystemTrouble trouble =
          assertThrows(SystemTrouble.class, () -> guard.check("s", "a", "two.example", false));
      assertTrue(trouble.getMessage().contains("10.0.0.5"));
      assertEquals(
          SystemTrouble.Kind.NAME_UNKNOWN,
          assertThrows(SystemTrouble.class, () -> guard.check("s", "a", "none.example", false))
              .kind());
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsNoUnknownName() {
    try (FakeDns dns = new FakeDns().failing("down.example")) {
      AddressGuard guard = new AddressGuard(names(dns), List.of());
      SystemTrouble trouble =
          assertThrows(SystemTrouble.class, () -> guard.check("s", "a", "down.example", false));
      assertEquals(SystemTrouble.Kind.TIMED_OUT, trouble.kind());
      assertTrue(
          trouble.getMessage().startsWith("DNS did not answer where down.example is"),
          trouble.getMessage());
    }
  }

  @Test
  void aQuestionThatGotLostIsAskedAgain() {
    try (FakeDns dns = new FakeDns().with("far.example", "A", "203.0.113.5").losing(1)) {
      AddressGuard guard = new AddressGuard(names(dns), List.of());
      assertEquals(1, guard.check("s", "a", "far.example", false).addresses().size());
    }
  }

  private static NameResolver names(FakeDns dns) {
    return new NameResolver(
        Optional.of(new HostPort("127.0.0.1", dns.port())), Duration.ofSeconds(2));
  }

  @Test
  void networksAreReadStrictly() {
    assertThrows(IllegalArgumentException.class, () -> Cidr.parse("10.0.0.0/33"));
    assertThrows(IllegalArgumentException.class, () -> Cidr.parse("host.example/8"));
    assertTrue(Cidr.parseList(" ").isEmpty());
    assertEquals("10.0.0.1/32", Cidr.parse("10.0.0.1").toString());
  }
}
