package dev.slipway.local.check;

import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.network.HttpListener.Reaction;
import dev.slipway.systems.dns.DomainReport;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Egress;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A sandbox as a handler asks it: HTTP within the JVM, everything else over its network. */
final class SandboxParties implements ThirdParties {

  private final Sandbox sandbox;
  private final Network network;

  SandboxParties(Sandbox sandbox, Egress egress) {
    this.sandbox = sandbox;
    this.network = new Network(egress);
  }

  @Override
  public HttpPort http() {
    return call ->
        switch (sandbox.respond(received(call))) {
          case Reaction.Answer given -> answer(call, given.answer());
          case Reaction.Silence silence -> throw lost(call, SystemTrouble.Kind.TIMED_OUT);
          case Reaction.Hangup hangup -> throw lost(call, SystemTrouble.Kind.CUT_OFF);
        };
  }

  private static dev.slipway.local.sandbox.world.HttpCall received(HttpCall call) {
    Map<String, String> headers = new LinkedHashMap<>();
    call.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return new dev.slipway.local.sandbox.world.HttpCall(
        call.method(),
        call.uri().getHost().toLowerCase(Locale.ROOT),
        call.uri().getRawPath(),
        Optional.ofNullable(call.uri().getRawQuery()).orElse(""),
        headers,
        call.body().toArray());
  }

  private static HttpAnswer answer(
      HttpCall call, dev.slipway.local.sandbox.world.HttpAnswer given) {
    return new HttpAnswer(
        call,
        given.status(),
        given.headers().entrySet().stream()
            .collect(
                Collectors.toMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT),
                    header -> List.of(header.getValue()))),
        call.method().equals("HEAD") ? Bytes.NONE : Bytes.of(given.body()),
        Instant.now());
  }

  private static SystemTrouble lost(HttpCall call, SystemTrouble.Kind kind) {
    return new SystemTrouble(
        call.system(), kind, "The answer was lost.", call.asked(), call.against(), "");
  }

  @Override
  public DomainReport platformDomain(String domain) {
    return network.platformDomain(domain);
  }

  @Override
  public DomainReport senderDomain(String domain, Optional<String> dkimSelector, String mailHost) {
    return network.senderDomain(domain, dkimSelector, mailHost);
  }

  @Override
  public TlsReport certificate(String host) {
    return network.certificate(host);
  }

  @Override
  public SmtpReport mailServer(SmtpServer server, SmtpLogin login, String sender) {
    return network.mailServer(server, login, sender);
  }

  @Override
  public void connect(String system, String host, int port) {
    network.connect(system, host, port);
  }

  @Override
  public NfsReport nfs(String system, String host, int port) {
    return network.nfs(system, host, port);
  }
}
