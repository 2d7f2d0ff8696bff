package dev.slipway.systems.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.fake.FakeDns;
import dev.slipway.systems.fake.FakeHttp;
import dev.slipway.systems.fake.FakeTcp;
import dev.slipway.systems.fake.Loopback;
import dev.slipway.systems.fake.TestAuthority;
import dev.slipway.systems.fake.TestAuthority.Issued;
import dev.slipway.systems.net.SystemTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class TlsProbeTest {

  private final Issued root = TestAuthority.root("Test root");
  private final Issued middle = TestAuthority.intermediate(root, "Test intermediate");

  @Test
  void aWildcardCertificateIsGoodForOneLabel() {
    Issued leaf = TestAuthority.server(middle, "*.paas.example", "paas.example");
    SSLContext context = TestAuthority.context(leaf, middle);
    TlsReport good = inspect("x.paas.example", context);
    assertTrue(good.good(), good.summary());
    assertEquals("Test intermediate", good.issuer());
    assertEquals("EC 256", good.key());
    assertEquals(2, good.chainLength());
    assertTrue(good.chainInOrder());
    assertTrue(good.protocol().isPresent());
    assertTrue(good.warnings().isEmpty());
    TlsReport twoLabels = inspect("a.b.paas.example", context);
    assertFalse(twoLabels.good());
    assertFalse(twoLabels.coversHost());
    assertTrue(twoLabels.problem().orElseThrow().contains("not for a.b.paas.example"));
  }

  @Test
  void aMissingIntermediateIsNamed() {
    Issued leaf = TestAuthority.server(middle, "x.paas.example");
    TlsReport report = inspect("x.paas.example", TestAuthority.context(leaf));
    assertTrue(report.coversHost());
    assertTrue(report.problem().orElseThrow().contains("Test intermediate"));
    assertTrue(report.problem().orElseThrow().contains("missing"));
  }

  @Test
  void selfSignedAndExpiredAndNotYetValidAreToldApart() {
    assertTrue(
        problem(TestAuthority.context(TestAuthority.selfSigned("x.paas.example")))
            .contains("self-signed"));
    Instant now = Instant.now();
    Duration day = Duration.ofDays(1);
    Issued expired =
        TestAuthority.server(
            root, now.minus(day), now.minus(Duration.ofHours(1)), "x.paas.example");
    assertTrue(problem(TestAuthority.context(expired, root)).contains("expired on"));
    Issued early =
        TestAuthority.server(root, now.plus(day), now.plus(day.multipliedBy(9)), "x.paas.example");
    assertTrue(problem(TestAuthority.context(early, root)).contains("valid only from"));
  }

  @Test
  void aCertificateThatEndsSoonIsAWarning() {
    Instant now = Instant.now();
    Issued leaf =
        TestAuthority.server(
            root, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(10)), "x.paas.example");
    TlsReport report = inspect("x.paas.example", TestAuthority.context(leaf, root));
    assertTrue(report.good());
    assertTrue(report.warnings().getFirst().contains("ends in"));
  }

  @Test
  void aPortThatDoesNotSpeakTlsIsAReportAndAClosedOneATrouble() throws IOException {
    try (FakeDns dns = new FakeDns().with("x.paas.example", "A", "127.0.0.1");
        FakeTcp plain =
            new FakeTcp(
                socket ->
                    socket
                        .getOutputStream()
                        .write("220 hello hello\r\n".getBytes(StandardCharsets.US_ASCII)))) {
      TlsProbe probe = new TlsProbe(new Loopback().dns(dns.port()).build());
      TlsReport report = probe.inspect("platform", "x.paas.example", plain.port());
      assertFalse(report.good());
      assertTrue(report.problem().orElseThrow().contains("before a certificate"));
      assertThrows(SystemTrouble.class, () -> probe.inspect("platform", "none.paas.example", 443));
    }
  }

  private String problem(SSLContext context) {
    return inspect("x.paas.example", context).problem().orElseThrow();
  }

  private TlsReport inspect(String host, SSLContext context) {
    try (FakeHttp server = new FakeHttp(request -> FakeHttp.Response.json("{}"), context);
        FakeDns dns = new FakeDns().with(host, "A", "127.0.0.1")) {
      return new TlsProbe(new Loopback().dns(dns.port()).trusting(root.certificate()).build())
          .inspect("platform", host, server.port());
    }
  }
}
