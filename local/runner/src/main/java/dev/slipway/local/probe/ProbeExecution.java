package dev.slipway.local.probe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.probe.SeenNames;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.DnsReply;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.RecordType;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.prometheus.BasicLogin;
import dev.slipway.systems.prometheus.PrometheusClient;
import dev.slipway.systems.prometheus.Targets;
import dev.slipway.systems.smtp.Encryption;
import dev.slipway.systems.smtp.SmtpClient;
import dev.slipway.systems.smtp.SmtpReport;
import dev.slipway.systems.smtp.SmtpServer;
import dev.slipway.systems.storage.BackupStorage;
import dev.slipway.systems.storage.S3Bucket;
import dev.slipway.systems.storage.S3Login;
import dev.slipway.systems.storage.S3Storage;
import dev.slipway.systems.storage.StorageReport;
import dev.slipway.systems.storage.WebDavStorage;
import dev.slipway.systems.tcp.TcpProbe;
import dev.slipway.systems.web.PageHead;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;

/**
 * Runs a probe. The switch is over all probes there are: no other command can be run. The clients
 * are those with which Slipway itself looks at what it can reach.
 */
public final class ProbeExecution implements Execution {
  private static final int LONGEST_FACT = 1000;

  private final Egress egress;

  /**
   * @param egress the way to systems inside the network
   */
  public ProbeExecution(Egress egress) {
    this.egress = egress;
  }

  @Override
  public boolean takes(Probe probe) {
    return !(probe instanceof DataJob);
  }

  @Override
  public ProbeResult run(String id, Probe probe, JsonNode login) {
    Instant at = egress.clock().instant();
    try {
      Map<String, String> facts = new LinkedHashMap<>();
      look(id, probe, login).forEach((name, value) -> facts.put(name, plain(value)));
      return new ProbeResult(id, probe.hash(), at, facts, null);
    } catch (SystemTrouble trouble) {
      return new ProbeResult(
          id,
          probe.hash(),
          at,
          Map.of(),
          new ProbeResult.Trouble(
              trouble.kind().code(), plain(trouble.getMessage()), plain(trouble.answered())));
    }
  }

  private Map<String, String> look(String id, Probe probe, JsonNode login) {
    return switch (probe) {
      case Probe.TcpConnect tcp -> {
        new TcpProbe(egress).connect("probe", tcp.host(), tcp.port());
        yield Map.of("answer", "connected");
      }
      case Probe.NfsNullCall nfs ->
          Map.of("answer", new TcpProbe(egress).nfs("probe", nfs.host(), nfs.port()).answer());
      case Probe.TlsHandshake tls -> handshake(tls);
      case Probe.SmtpGreeting smtp -> greeting(smtp);
      case Probe.HttpStatus page -> page(page);
      case Probe.DnsLookup names -> names(names);
      case Probe.PrometheusStatus prometheus -> status(prometheus, login);
      case Probe.S3RoundTrip s3 ->
          written(
              id,
              new S3Storage(
                  egress,
                  egress.clock(),
                  new S3Bucket(s3.endpoint(), s3.region(), s3.bucket()),
                  new S3Login(text(login, "accessKey"), text(login, "secretKey"))));
      case Probe.WebDavRoundTrip dav ->
          written(
              id,
              new WebDavStorage(egress, dav.url(), text(login, "user"), text(login, "password")));
      case DataJob job -> throw new IllegalArgumentException(job.kind() + " is a data runner's");
    };
  }

  private Map<String, String> page(Probe.HttpStatus probe) {
    PageHead seen =
        PageHead.of(
            egress.send(
                HttpCall.get("probe", "GET", Destination.CUSTOMER, probe.url(), Redactor.none())));
    return Map.of("status", Integer.toString(seen.status()), "title", seen.title());
  }

  private Map<String, String> names(Probe.DnsLookup probe) {
    Map<String, List<String>> ends = new LinkedHashMap<>();
    for (String name : probe.names()) {
      DnsReply reply = egress.names().ask(name, RecordType.A);
      if (reply.status() == NameAnswer.Status.NO_RECORDS) {
        reply = egress.names().ask(name, RecordType.AAAA);
      }
      if (reply.status() == NameAnswer.Status.FAILED) {
        throw new SystemTrouble(
            "dns",
            SystemTrouble.Kind.TIMED_OUT,
            "The network's resolver does not answer for " + name + ".",
            "A " + name,
            name,
            reply.detail());
      }
      ends.put(name, Stream.concat(reply.aliases().stream(), reply.values().stream()).toList());
    }
    return new SeenNames(ends).facts();
  }

  private Map<String, String> handshake(Probe.TlsHandshake probe) {
    Socket plain = egress.open("probe", "TLS handshake", probe.host(), probe.port());
    try (SSLSocket tls = egress.tls("probe", "TLS handshake", plain, probe.name())) {
      X509Certificate shown = (X509Certificate) tls.getSession().getPeerCertificates()[0];
      return Map.of(
          "protocol", tls.getSession().getProtocol(),
          "certificateExpires", shown.getNotAfter().toInstant().toString());
    } catch (IOException e) {
      throw new SystemTrouble(
          "probe",
          SystemTrouble.Kind.CUT_OFF,
          "The connection ended in the handshake.",
          "TLS handshake",
          probe.against(),
          "");
    }
  }

  private Map<String, String> greeting(Probe.SmtpGreeting probe) {
    SmtpReport report =
        new SmtpClient(egress)
            .greet(
                new SmtpServer(probe.host(), probe.port(), Encryption.valueOf(probe.encryption())));
    return Map.of(
        "tls", report.tls().orElse(""),
        "mechanisms", String.join(" ", report.mechanisms()),
        "certificateExpires", report.certificateExpires().map(Instant::toString).orElse(""),
        "greeting", report.greeting());
  }

  private Map<String, String> status(Probe.PrometheusStatus probe, JsonNode login) {
    PrometheusClient prometheus =
        new PrometheusClient(
            egress,
            probe.url(),
            text(login, "user").isEmpty()
                ? Optional.empty()
                : Optional.of(new BasicLogin(text(login, "user"), text(login, "password"))));
    prometheus.ready();
    Targets targets = prometheus.targets();
    return Map.of(
        "version", prometheus.version(),
        "targets", Integer.toString(targets.active()),
        "down", Integer.toString(targets.down()),
        "unscraped", Integer.toString(targets.unscraped()),
        "downTargets", String.join(", ", targets.firstDown()),
        "newestSample", prometheus.newestSample().map(Instant::toString).orElse(""));
  }

  private static Map<String, String> written(String id, BackupStorage storage) {
    StorageReport report = storage.probe(id);
    return Map.of(
        "steps",
        String.join(", ", report.steps()),
        "freeBytes",
        report.freeBytes().isPresent() ? Long.toString(report.freeBytes().getAsLong()) : "");
  }

  private static String text(JsonNode login, String field) {
    return login.path(field).asText("");
  }

  /** As a result may hold it. */
  private static String plain(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ").strip();
    return line.substring(0, Math.min(line.length(), LONGEST_FACT));
  }
}
