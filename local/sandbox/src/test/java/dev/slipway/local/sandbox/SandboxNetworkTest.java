package dev.slipway.local.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.sandbox.tls.CertificateFault;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Proxy, name server, certificates and faults, as a handler meets them. */
final class SandboxNetworkTest {

  private static final String VERSION =
      "https://app.paas.hoster.example/1.0/system/service/rest/getversion";

  private static Sandbox sandbox;
  private static SandboxClient client;
  private static SandboxControl control;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxOptions.inMemory());
    client = new SandboxClient(sandbox.endpoints());
    control = sandbox.control();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void reset() {
    control.reset();
  }

  @Test
  void aHostIsReachedByItsOwnNameOverTls() throws Exception {
    var response = client.get(VERSION);
    assertEquals(200, response.statusCode());
    assertEquals("{\"result\":0,\"version\":\"8.11.2\"}", response.body());
    assertEquals(1, control.count("platform", "system.service.GetVersion"));
  }

  @Test
  void theProxyRefusesStrangersAndKnowsClosedPorts() throws Exception {
    assertRefused("403", "example.com", 443);
    assertRefused("403", "127.0.0.1", 22);
    assertRefused("403", "localhost", 443);
    assertRefused("502", "app.paas.hoster.example", 22);
    client.tunnel("203.0.113.10", 443).close();
    client.tunnel("[2001:db8::10]", 443).close();
    assertRefused("403", "[::1]", 443);
  }

  @Test
  void plainHttpGoesThroughTheProxyToo() throws Exception {
    control.patchWorld("{\"prometheus\":{\"auth\":null}}");
    assertEquals(200, client.get("http://prometheus.hoster.example:9090/-/healthy").statusCode());
    assertEquals(403, client.get("http://example.com/").statusCode());
  }

  private static void assertRefused(String status, String host, int port) {
    IOException refused = assertThrows(IOException.class, () -> client.tunnel(host, port));
    assertTrue(refused.getMessage().contains(status), refused.getMessage());
  }

  @Test
  void everyCertificateFaultIsSeenAndHeals() throws Exception {
    for (CertificateFault fault : CertificateFault.values()) {
      control.certificate("app.paas.hoster.example", fault);
      // A new client each time: connections and TLS sessions are reused otherwise.
      SandboxClient fresh = new SandboxClient(sandbox.endpoints());
      if (fault == CertificateFault.NONE) {
        assertEquals(200, fresh.get(VERSION).statusCode());
      } else {
        assertThrows(SSLHandshakeException.class, () -> fresh.get(VERSION), fault.name());
      }
    }
    control.certificate("app.paas.hoster.example", CertificateFault.NONE);
    assertEquals(200, new SandboxClient(sandbox.endpoints()).get(VERSION).statusCode());
  }

  @Test
  void theWildcardCertificateCoversAnyEnvironment() throws Exception {
    assertEquals(404, client.get("https://anything.paas.hoster.example/").statusCode());
    assertEquals(404, client.get("https://env-1.eu1.paas.hoster.example/").statusCode());
    control.certificate("*.paas.hoster.example", CertificateFault.EXPIRED);
    SandboxClient fresh = new SandboxClient(sandbox.endpoints());
    assertThrows(
        SSLHandshakeException.class, () -> fresh.get("https://other.paas.hoster.example/"));
  }

  @Test
  void theNameServerAnswersItsZones() throws Exception {
    for (boolean tcp : new boolean[] {false, true}) {
      assertEquals(List.of("203.0.113.10"), answers("app.paas.hoster.example", Type.A, tcp));
      assertEquals(List.of("203.0.113.10"), answers("new.paas.hoster.example", Type.A, tcp));
      assertEquals(
          List.of("ns1.paas.hoster.example.", "ns2.paas.hoster.example."),
          answers("paas.hoster.example", Type.NS, tcp));
      assertEquals(List.of("10 smtp.hoster.example."), answers("hoster.example", Type.MX, tcp));
      assertEquals(
          List.of("\"v=spf1 mx a:smtp.hoster.example -all\""),
          answers("hoster.example", Type.TXT, tcp));
      assertTrue(
          answers("paas._domainkey.hoster.example", Type.TXT, tcp).getFirst().contains("DKIM1"));
      assertTrue(answers("_dmarc.hoster.example", Type.TXT, tcp).getFirst().contains("DMARC1"));
      assertEquals(List.of(), answers("app.paas.hoster.example", Type.AAAA, tcp));
    }
    assertEquals(Rcode.NXDOMAIN, client.dns("no.hoster.example", Type.A, false).getRcode());
    assertEquals(Rcode.NOERROR, client.dns("hub.docker.com", Type.AAAA, false).getRcode());
    assertEquals(Rcode.REFUSED, client.dns("example.com", Type.A, false).getRcode());
  }

  @Test
  void recordsCanBeTakenAwayAndNameServersCanFail() throws Exception {
    control.dns("paas.hoster.example", "NS");
    assertEquals(List.of(), answers("paas.hoster.example", Type.NS, false));
    control.dns("hoster.example", "TXT", "\"v=spf1 -all\"");
    assertEquals(List.of("\"v=spf1 -all\""), answers("hoster.example", Type.TXT, false));
    control.dns("app.paas.hoster.example", "AAAA", "2001:db8::10");
    assertEquals(1, answers("app.paas.hoster.example", Type.AAAA, true).size());
    control.fault(Fault.of("dns", "MX", 1, Fault.Kind.STATUS_5XX));
    assertEquals(Rcode.SERVFAIL, client.dns("hoster.example", Type.MX, false).getRcode());
    assertEquals(1, answers("hoster.example", Type.MX, false).size());
    control.fault(Fault.of("dns", "MX", 1, Fault.Kind.HANG));
    assertThrows(
        IOException.class,
        () -> client.dns("hoster.example", Type.MX, false, Duration.ofMillis(700)));
  }

  private static List<String> answers(String name, int type, boolean tcp) throws IOException {
    Message message = client.dns(name, type, tcp);
    return message.getSection(Section.ANSWER).stream()
        .filter(record -> record.getType() == type)
        .map(Record::rdataToString)
        .toList();
  }

  @Test
  void eachKindOfHttpFaultHappensAndEnds() throws Exception {
    fault(Fault.of("platform", "getversion", 1, Fault.Kind.STATUS_429));
    var limited = client.get(VERSION);
    assertEquals(429, limited.statusCode());
    assertEquals("2", limited.headers().firstValue("Retry-After").orElseThrow());

    fault(
        Fault.of("platform", "", 1, Fault.Kind.STATUS_429)
            .withRetryAfter(Fault.RetryAfter.HTTP_DATE, Duration.ofMinutes(1)));
    assertTrue(
        client.get(VERSION).headers().firstValue("Retry-After").orElseThrow().endsWith("GMT"));

    fault(
        Fault.of("platform", "", 1, Fault.Kind.STATUS_429)
            .withRetryAfter(Fault.RetryAfter.EPOCH, Duration.ofMinutes(1)));
    assertTrue(
        Long.parseLong(client.get(VERSION).headers().firstValue("X-Retry-After").orElseThrow())
            > 1_700_000_000L);

    fault(Fault.of("platform", "", 1, Fault.Kind.STATUS_5XX).withStatus(502));
    assertEquals(502, client.get(VERSION).statusCode());

    fault(Fault.of("platform", "", 1, Fault.Kind.HTML));
    assertTrue(client.get(VERSION).body().startsWith("<!DOCTYPE html>"));

    fault(Fault.of("platform", "", 1, Fault.Kind.OK_WITH_ERROR).withMessage("out of order"));
    assertEquals("{\"result\":99,\"error\":\"out of order\"}", client.get(VERSION).body());

    // Twice: the JDK's client repeats a GET on a connection that closes under it.
    fault(Fault.of("platform", "", 2, Fault.Kind.RESET));
    assertThrows(IOException.class, () -> client.get(VERSION));
    control.clearFaults();

    fault(Fault.of("platform", "", 1, Fault.Kind.SLOW).withDelay(Duration.ofMillis(300)));
    long before = System.nanoTime();
    assertEquals(200, client.get(VERSION).statusCode());
    assertTrue(System.nanoTime() - before >= 300_000_000L);

    fault(Fault.of("platform", "", 1, Fault.Kind.HANG));
    assertThrows(
        HttpTimeoutException.class,
        () -> client.send(HttpRequest.newBuilder(URI.create(VERSION)), Duration.ofMillis(400)));

    assertEquals(200, client.get(VERSION).statusCode());
    assertTrue(control.state().path("faults").isEmpty());
  }

  private static void fault(Fault fault) {
    control.fault(fault);
  }

  @Test
  void anAnswerCanBeLostAfterTheWorkWasDone() throws Exception {
    control.fault(Fault.of("platform", "AddExtIps", 1, Fault.Kind.STATUS_5XX).afterTheWork());
    Map<String, String> range =
        Map.of("ipfrom", "198.51.100.10", "ipto", "198.51.100.11", "regions", "eu1");
    assertThrows(
        IOException.class,
        () ->
            client.platform(
                "administration/cluster/rest/addextips", SandboxDefaults.PLATFORM_TOKEN, range));
    assertEquals(2, control.world().path("platform").path("extIps").size());
    assertEquals(
        1,
        control.performed(
            "platform", "administration.cluster.AddExtIps", "198.51.100.10 198.51.100.11"));
  }

  @Test
  void theWayToAHostCanBeCutOrSilent() throws Exception {
    control.fault(Fault.of("network", "smtp.hoster.example:587", 1, Fault.Kind.REFUSED));
    assertRefused("502", "smtp.hoster.example", 587);
    control.fault(Fault.of("network", "smtp.hoster.example:587", 1, Fault.Kind.RESET));
    assertThrows(IOException.class, () -> client.tunnel("smtp.hoster.example", 587));
    try (Socket socket = client.tunnel("smtp.hoster.example", 587)) {
      assertTrue(SandboxClient.line(socket.getInputStream()).startsWith("220 "));
    }
  }

  @Test
  void peopleMendTheirZonesAndCertificates() throws Exception {
    control.dns("hoster.example", "TXT");
    var record = Json.object().put("name", "hoster.example").put("type", "TXT");
    record.putArray("values").add("\"v=spf1 mx -all\"");
    control.act("publish-dns", record);
    assertEquals(List.of("\"v=spf1 mx -all\""), answers("hoster.example", Type.TXT, false));
    control.certificate("app.paas.hoster.example", CertificateFault.EXPIRED);
    control.act("renew-certificate", Map.of("host", "app.paas.hoster.example"));
    assertEquals(200, new SandboxClient(sandbox.endpoints()).get(VERSION).statusCode());
    assertEquals(2, control.calls().stream().filter(c -> c.system().equals("person")).count());
  }

  @Test
  void hostsServeTheCertificateThatPeopleInstall() throws Exception {
    assertEquals(List.of("hub.docker.com"), namesServed("https://hub.docker.com/"));
    control.act("install-certificate", Map.of("domain", "docker.com"));
    assertEquals(List.of("*.docker.com"), namesServed("https://hub.docker.com/"));
  }

  private List<String> namesServed(String url) throws Exception {
    SSLSession session = new SandboxClient(sandbox.endpoints()).get(url).sslSession().orElseThrow();
    X509Certificate served = (X509Certificate) session.getPeerCertificates()[0];
    return served.getSubjectAlternativeNames().stream().map(name -> (String) name.get(1)).toList();
  }

  @Test
  void twoSandboxesShareNothing() throws Exception {
    try (Sandbox other = Sandbox.start(SandboxOptions.inMemory())) {
      other.control().patchWorld("{\"platform\":{\"version\":\"9.0\"}}");
      assertTrue(new SandboxClient(other.endpoints()).get(VERSION).body().contains("9.0"));
      assertTrue(client.get(VERSION).body().contains("8.11.2"));
      assertEquals(
          1, other.control().calls().stream().filter(c -> c.system().equals("platform")).count());
    }
  }

  /** What a profile says of an act is held against its form, so each act has one. */
  @Test
  void eachActHasAForm() {
    assertEquals(
        ActForm.acts(),
        StreamSupport.stream(control.state().path("acts").spliterator(), false)
            .map(JsonNode::asText)
            .toList());
  }

  @Test
  void wrongRequestsToTheControlEndpointSaySo() {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> control.act("fly", Map.of()))
            .getMessage()
            .contains("Unknown act"));
    assertThrows(
        IllegalArgumentException.class,
        () -> control.act("assign-docker-account", Map.of("user", "x")));
    assertThrows(IllegalArgumentException.class, () -> control.patchWorld("{\"dns\":5}"));
    assertThrows(IllegalArgumentException.class, () -> control.patchWorld("[]"));
  }
}
