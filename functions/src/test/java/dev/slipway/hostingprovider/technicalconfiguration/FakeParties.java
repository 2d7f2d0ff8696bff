package dev.slipway.hostingprovider.technicalconfiguration;

import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.dns.DomainFinding;
import dev.slipway.systems.dns.DomainReport;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.smtp.SmtpLogin;
import dev.slipway.systems.smtp.SmtpReport;
import dev.slipway.systems.smtp.SmtpServer;
import dev.slipway.systems.tcp.NfsReport;
import dev.slipway.systems.tls.TlsReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Third parties in memory; everything is well until a test says otherwise. */
final class FakeParties implements ThirdParties {
  final FakePlatform platform = new FakePlatform();
  final Map<String, DomainFinding> dns = new HashMap<>();
  final List<String> connected = new ArrayList<>();
  Optional<String> certificateProblem = Optional.empty();
  Optional<SystemTrouble> mailTrouble = Optional.empty();
  Optional<SystemTrouble> tcpTrouble = Optional.empty();
  private final Map<String, Function<HttpCall, HttpAnswer>> hosts = new HashMap<>();

  /** Has a host answer. */
  FakeParties host(String name, Function<HttpCall, HttpAnswer> answers) {
    hosts.put(name, answers);
    return this;
  }

  /** Has DNS find something else. */
  void finds(String check, DomainFinding.Verdict verdict) {
    dns.put(check, new DomainFinding(check, verdict, check + " is " + verdict, "seen"));
  }

  static SystemTrouble trouble(String system, SystemTrouble.Kind kind) {
    return new SystemTrouble(system, kind, kind.code() + " happened", "asked", "against", "");
  }

  @Override
  public HttpPort http() {
    return call -> hosts.getOrDefault(call.uri().getHost(), platform::answer).apply(call);
  }

  @Override
  public DomainReport platformDomain(String domain) {
    return report(domain, "delegation", "api-host", "wildcard");
  }

  @Override
  public DomainReport senderDomain(String domain, Optional<String> dkimSelector, String mailHost) {
    return report(domain, "SPF", "DKIM", "DMARC", "MX");
  }

  private DomainReport report(String domain, String... checks) {
    List<DomainFinding> findings = new ArrayList<>();
    for (String check : checks) {
      findings.add(
          dns.getOrDefault(
              check,
              new DomainFinding(
                  check, DomainFinding.Verdict.GOOD, check + " is good", "ns1.a.example")));
    }
    return new DomainReport(domain, findings);
  }

  @Override
  public TlsReport certificate(String host) {
    Instant end = Instant.parse("2027-11-24T10:00:00Z");
    return new TlsReport(
        host,
        certificateProblem,
        true,
        List.of(host),
        Optional.of(end),
        Optional.of(end),
        "CA",
        "EC 256",
        2,
        true,
        Optional.of("TLSv1.3"),
        List.of());
  }

  @Override
  public SmtpReport mailServer(SmtpServer server, SmtpLogin login, String sender) {
    mailTrouble.ifPresent(
        trouble -> {
          throw trouble;
        });
    return new SmtpReport(
        "hello",
        List.of("PLAIN"),
        Optional.of("PLAIN"),
        Optional.of("TLSv1.3"),
        Optional.empty(),
        true,
        List.of());
  }

  @Override
  public void connect(String system, String host, int port) {
    tcpTrouble.ifPresent(
        trouble -> {
          throw trouble;
        });
    connected.add(host + ":" + port);
  }

  @Override
  public NfsReport nfs(String system, String host, int port) {
    connect(system, host, port);
    return new NfsReport(true, List.of(4), "NFS answered");
  }
}
