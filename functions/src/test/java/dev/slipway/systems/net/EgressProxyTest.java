package dev.slipway.systems.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.fake.FakeDns;
import dev.slipway.systems.fake.FakeHttp;
import dev.slipway.systems.fake.FakeProxy;
import dev.slipway.systems.fake.FakeTcp;
import dev.slipway.systems.fake.Loopback;
import dev.slipway.systems.fake.TestAuthority;
import dev.slipway.systems.fake.TestAuthority.Issued;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Through a proxy, with names, addresses, ports and certificates as in the real world. */
class EgressProxyTest {

  private final Issued root = TestAuthority.root("Test root");

  @Test
  void httpsGoesThroughTheProxyWithTheRealName() throws IOException {
    Issued leaf = TestAuthority.server(root, "app.paas.example");
    try (FakeHttp server =
            new FakeHttp(
                request -> FakeHttp.Response.json("{}"), TestAuthority.context(leaf, root));
        FakeDns dns = new FakeDns().with("app.paas.example", "A", "203.0.113.10");
        FakeProxy proxy = new FakeProxy(Map.of("app.paas.example:443", server.port()))) {
      Egress egress =
          new Loopback()
              .strict()
              .dns(dns.port())
              .proxy(proxy.port())
              .trusting(root.certificate())
              .build();
      assertEquals(200, egress.send(get("https://app.paas.example/1.0/")).status());
      assertEquals(List.of("app.paas.example:443"), proxy.targets());
      assertEquals("app.paas.example", server.requests().getFirst().header("host"));
    }
  }

  @Test
  void aRawConnectionGoesToTheVeryAddressThatWasChecked() throws IOException {
    try (FakeTcp server = new FakeTcp(socket -> socket.getOutputStream().write('!'));
        FakeDns dns = new FakeDns().with("smtp.example", "A", "203.0.113.20");
        FakeProxy proxy = new FakeProxy(Map.of("203.0.113.20:587", server.port()))) {
      Egress egress = new Loopback().strict().dns(dns.port()).proxy(proxy.port()).build();
      try (Socket socket = egress.open("smtp", "connect", "smtp.example", 587)) {
        assertEquals('!', socket.getInputStream().read());
      }
      assertEquals(List.of("203.0.113.20:587"), proxy.targets());
    }
  }

  @Test
  void aTargetThatTheProxyCannotReachIsNotConnected() throws IOException {
    try (FakeDns dns = new FakeDns().with("smtp.example", "A", "203.0.113.20");
        FakeProxy proxy = new FakeProxy(Map.of())) {
      Egress egress = new Loopback().dns(dns.port()).proxy(proxy.port()).build();
      assertEquals(
          Kind.NOT_CONNECTED,
          assertThrows(SystemTrouble.class, () -> egress.open("smtp", "x", "smtp.example", 587))
              .kind());
      assertEquals(
          Kind.NOT_CONNECTED,
          assertThrows(SystemTrouble.class, () -> egress.send(get("https://smtp.example/")))
              .kind());
      assertEquals(
          Kind.NAME_UNKNOWN,
          assertThrows(SystemTrouble.class, () -> egress.send(get("https://no.example/"))).kind());
    }
  }

  @Test
  void anExpiredCertificateIsNamedWithItsDate() throws IOException {
    Instant past = Instant.parse("2026-01-31T10:00:00Z");
    Issued leaf =
        TestAuthority.server(root, past.minus(Duration.ofDays(90)), past, "app.paas.example");
    SystemTrouble trouble = refused(leaf, root);
    assertEquals(Kind.CERTIFICATE, trouble.kind());
    assertEquals(
        "The certificate of app.paas.example expired on 2026-01-31 10:00 UTC.",
        trouble.getMessage());
  }

  @Test
  void aCertificateForAnotherHostIsNamedWithItsNames() throws IOException {
    SystemTrouble trouble =
        refused(TestAuthority.server(root, "www.example", "*.other.example"), root);
    assertEquals(Kind.CERTIFICATE, trouble.kind());
    assertTrue(trouble.getMessage().contains("www.example, *.other.example"), trouble.getMessage());
  }

  @Test
  void anUnknownAuthorityIsNamed() throws IOException {
    Issued stranger = TestAuthority.root("Stranger");
    SystemTrouble trouble = refused(TestAuthority.server(stranger, "app.paas.example"), stranger);
    assertTrue(trouble.getMessage().contains("Stranger"), trouble.getMessage());
  }

  @Test
  void aCustomersOwnAuthorityIsTrustedForTheCallsThatNameIt() throws IOException {
    Issued own = TestAuthority.root("Customer");
    Issued leaf = TestAuthority.server(own, "splunk.customer.example");
    HttpCall call = get("https://splunk.customer.example/");
    try (FakeHttp server =
            new FakeHttp(
                request -> FakeHttp.Response.json("{}"), TestAuthority.context(leaf, own));
        FakeDns dns = new FakeDns().with("splunk.customer.example", "A", "203.0.113.10");
        FakeProxy proxy =
            new FakeProxy(
                Map.of(
                    "splunk.customer.example:443", server.port(),
                    "203.0.113.10:443", server.port()))) {
      Egress egress = new Loopback().dns(dns.port()).proxy(proxy.port()).build();
      assertEquals(200, egress.trusting(TestAuthority.pem(own)).send(call).status());
      assertEquals(
          Kind.CERTIFICATE, assertThrows(SystemTrouble.class, () -> egress.send(call)).kind());
      assertThrows(IllegalArgumentException.class, () -> egress.trusting("no PEM"));
    }
  }

  private SystemTrouble refused(Issued leaf, Issued shownWith) throws IOException {
    try (FakeHttp server =
            new FakeHttp(
                request -> FakeHttp.Response.json("{}"), TestAuthority.context(leaf, shownWith));
        FakeDns dns = new FakeDns().with("app.paas.example", "A", "203.0.113.10");
        FakeProxy proxy =
            new FakeProxy(
                Map.of("app.paas.example:443", server.port(), "203.0.113.10:443", server.port()))) {
      Egress egress =
          new Loopback().dns(dns.port()).proxy(proxy.port()).trusting(root.certificate()).build();
      SystemTrouble trouble =
          assertThrows(SystemTrouble.class, () -> egress.send(get("https://app.paas.example/")));
      assertTrue(server.requests().isEmpty());
      return trouble;
    }
  }

  private static HttpCall get(String address) {
    return HttpCall.get(
        "platform", "a thing", Destination.CUSTOMER, URI.create(address), Redactor.none());
  }
}
