package dev.slipway.hostingprovider;

import dev.slipway.systems.dns.DomainReport;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.platform.AccountsClient;
import dev.slipway.systems.platform.CustomerClient;
import dev.slipway.systems.platform.MailTemplatesClient;
import dev.slipway.systems.platform.PlatformAddress;
import dev.slipway.systems.platform.PlatformBilling;
import dev.slipway.systems.platform.PlatformClient;
import dev.slipway.systems.platform.VisitorClient;
import dev.slipway.systems.smtp.SmtpLogin;
import dev.slipway.systems.smtp.SmtpReport;
import dev.slipway.systems.smtp.SmtpServer;
import dev.slipway.systems.tcp.NfsReport;
import dev.slipway.systems.tls.TlsReport;
import dev.slipway.task.Work;
import java.util.Optional;

/**
 * The third parties of a hosting provider, as its handlers ask them. Every method throws {@link
 * SystemTrouble} when it cannot be answered.
 */
public interface ThirdParties {

  /** Carries every call by HTTP. */
  HttpPort http();

  /** The DNS records of a domain of the platform. */
  DomainReport platformDomain(String domain);

  /**
   * The DNS records of a domain that mail comes from.
   *
   * @param dkimSelector in front of {@code ._domainkey}, if known
   * @param mailHost the server that SPF should cover; empty: the world sees another address of it
   */
  DomainReport senderDomain(String domain, Optional<String> dkimSelector, String mailHost);

  /** The certificate that a host shows on port 443. */
  TlsReport certificate(String host);

  /** A login at a mail server, and whether it may send as a sender; sends nothing. */
  SmtpReport mailServer(SmtpServer server, SmtpLogin login, String sender);

  /** Opens a TCP connection and closes it. */
  void connect(String system, String host, int port);

  /** Opens a TCP connection and makes NFS's NULL call. */
  NfsReport nfs(String system, String host, int port);

  /** The platform, with the administrator's token. */
  default PlatformClient platform(Work work) {
    return new PlatformClient(
        http(),
        PlatformAddress.ofDomain(work.element("platform").path("domain").asText()),
        work.secret("platform").path("token").asText());
  }

  /** The platform's own billing, with the administrator's token. */
  default PlatformBilling platformBilling(Work work) {
    return new PlatformBilling(
        http(),
        PlatformAddress.ofDomain(work.element("platform").path("domain").asText()),
        work.secret("platform").path("token").asText());
  }

  /** The platform's accounts, with the administrator's token. */
  default AccountsClient accounts(Work work) {
    return new AccountsClient(
        http(),
        PlatformAddress.ofDomain(work.element("platform").path("domain").asText()),
        work.secret("platform").path("token").asText());
  }

  /** The platform's e-mail templates, with the administrator's token. */
  default MailTemplatesClient mailTemplates(Work work) {
    return new MailTemplatesClient(
        http(),
        PlatformAddress.ofDomain(work.element("platform").path("domain").asText()),
        work.secret("platform").path("token").asText());
  }

  /** The platform as its test customer sees it. */
  default CustomerClient customer(Work work) {
    return new CustomerClient(
        http(),
        PlatformAddress.ofDomain(work.element("platform").path("domain").asText()),
        work.secret("test-customer").path("token").asText());
  }

  /** The platform as a visitor without an account sees it. */
  default VisitorClient visitor(Work work) {
    return new VisitorClient(
        http(), PlatformAddress.ofDomain(work.element("platform").path("domain").asText()));
  }
}
