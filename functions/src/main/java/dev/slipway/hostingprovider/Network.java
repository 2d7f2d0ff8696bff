package dev.slipway.hostingprovider;

import dev.slipway.systems.dns.DelegationCheck;
import dev.slipway.systems.dns.DomainReport;
import dev.slipway.systems.dns.SenderDomainCheck;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.smtp.SmtpClient;
import dev.slipway.systems.smtp.SmtpLogin;
import dev.slipway.systems.smtp.SmtpReport;
import dev.slipway.systems.smtp.SmtpServer;
import dev.slipway.systems.tcp.NfsReport;
import dev.slipway.systems.tcp.TcpProbe;
import dev.slipway.systems.tls.TlsProbe;
import dev.slipway.systems.tls.TlsReport;
import java.util.Optional;

/** The third parties themselves, over the network. */
public final class Network implements ThirdParties {
  private static final int HTTPS = 443;

  private final Egress egress;

  /** Through this way out. */
  public Network(Egress egress) {
    this.egress = egress;
  }

  @Override
  public HttpPort http() {
    return egress;
  }

  @Override
  public DomainReport platformDomain(String domain) {
    return new DelegationCheck(egress.names()).check(domain);
  }

  @Override
  public DomainReport senderDomain(String domain, Optional<String> dkimSelector, String mailHost) {
    return new SenderDomainCheck(egress.names())
        .check(domain, dkimSelector, Optional.of(mailHost).filter(host -> !host.isEmpty()));
  }

  @Override
  public TlsReport certificate(String host) {
    return new TlsProbe(egress).inspect("platform", host, HTTPS);
  }

  @Override
  public SmtpReport mailServer(SmtpServer server, SmtpLogin login, String sender) {
    return new SmtpClient(egress).probe(server, login, Optional.of(sender));
  }

  @Override
  public void connect(String system, String host, int port) {
    new TcpProbe(egress).connect(system, host, port);
  }

  @Override
  public NfsReport nfs(String system, String host, int port) {
    return new TcpProbe(egress).nfs(system, host, port);
  }
}
