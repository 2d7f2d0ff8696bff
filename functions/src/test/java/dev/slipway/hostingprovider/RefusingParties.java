package dev.slipway.hostingprovider;

import dev.slipway.systems.dns.DomainFinding;
import dev.slipway.systems.dns.DomainReport;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.smtp.SmtpLogin;
import dev.slipway.systems.smtp.SmtpReport;
import dev.slipway.systems.smtp.SmtpServer;
import dev.slipway.systems.tcp.NfsReport;
import dev.slipway.systems.tls.TlsReport;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Third parties that permit a machine nothing, so that people take the steps: every method of the
 * platform answers error 8202, unless a test writes an answer down. Names and certificates are in
 * order; nothing else can be reached.
 */
public final class RefusingParties implements ThirdParties {
  private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");

  private final Map<String, Function<HttpCall, HttpAnswer>> answers = new HashMap<>();

  /**
   * Answers so instead.
   *
   * @param what a host, or the last segment of a path, such as {@code getversion}
   */
  public RefusingParties on(String what, Function<HttpCall, HttpAnswer> answer) {
    answers.put(what, answer);
    return this;
  }

  /** Answers with this JSON instead. */
  public RefusingParties on(String what, String json) {
    return on(what, call -> answer(call, Map.of(), json));
  }

  /** An answer of HTTP status 200. */
  public static HttpAnswer answer(HttpCall call, Map<String, List<String>> headers, String body) {
    return new HttpAnswer(call, 200, headers, Bytes.of(body), AT);
  }

  @Override
  public HttpPort http() {
    return call -> {
      String path = call.uri().getPath();
      Function<HttpCall, HttpAnswer> refusal =
          refused -> answer(refused, Map.of(), "{\"result\":8202,\"error\":\"denied\"}");
      return answers
          .getOrDefault(
              call.uri().getHost(),
              answers.getOrDefault(path.substring(path.lastIndexOf('/') + 1), refusal))
          .apply(call);
    };
  }

  @Override
  public DomainReport platformDomain(String domain) {
    return inOrder(domain);
  }

  @Override
  public DomainReport senderDomain(String domain, Optional<String> dkimSelector, String mailHost) {
    return inOrder(domain);
  }

  private static DomainReport inOrder(String domain) {
    return new DomainReport(
        domain,
        List.of(new DomainFinding("all", DomainFinding.Verdict.GOOD, "in order", "ns1.a.example")));
  }

  @Override
  public TlsReport certificate(String host) {
    Optional<Instant> end = Optional.of(AT.plusSeconds(1_000_000));
    return new TlsReport(
        host,
        Optional.empty(),
        true,
        List.of(host),
        end,
        end,
        "CA",
        "EC 256",
        2,
        true,
        Optional.of("TLSv1.3"),
        Optional.empty(),
        List.of());
  }

  @Override
  public SmtpReport mailServer(SmtpServer server, SmtpLogin login, String sender) {
    throw new AssertionError("a private network's mail server is not asked");
  }

  @Override
  public void connect(String system, String host, int port) {
    throw new AssertionError("a private network's host is not asked");
  }

  @Override
  public NfsReport nfs(String system, String host, int port) {
    throw new AssertionError("a private network's host is not asked");
  }
}
