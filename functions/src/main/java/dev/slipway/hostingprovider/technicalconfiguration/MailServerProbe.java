package dev.slipway.hostingprovider.technicalconfiguration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.dns.DomainFinding;
import dev.slipway.systems.dns.DomainReport;
import dev.slipway.systems.smtp.Encryption;
import dev.slipway.systems.smtp.SmtpLogin;
import dev.slipway.systems.smtp.SmtpReport;
import dev.slipway.systems.smtp.SmtpServer;
import dev.slipway.task.Finding;
import dev.slipway.task.Unmet;
import dev.slipway.task.Work;
import java.util.Locale;
import java.util.Optional;

/**
 * Our own look at the mail server, from outside: the login, and what DNS says of the sender's
 * domain. Changes nothing and sends nothing.
 */
final class MailServerProbe {
  private final Work work;
  private final ThirdParties parties;

  MailServerProbe(Work work, ThirdParties parties) {
    this.work = work;
    this.parties = parties;
  }

  void run() {
    work.machine("probe-mail-server", "mail-server", this::login);
    records();
  }

  private Finding login() {
    JsonNode element = work.element("mail-server");
    JsonNode secret = work.secret("smtp");
    SmtpServer server =
        new SmtpServer(
            element.path("host").asText(),
            element.path("port").asInt(),
            Encryption.valueOf(element.path("encryption").asText()));
    SmtpReport report =
        parties.mailServer(
            server,
            new SmtpLogin(secret.path("user").asText(), secret.path("password").asText()),
            element.path("from").asText());
    return new Finding(
        "smtp EHLO, " + server.encryption() + ", AUTH, MAIL FROM",
        server.against(),
        report.tls().orElse("no TLS")
            + ", AUTH "
            + report.mechanism().orElse("none")
            + ", certificate until "
            + report.certificateExpires().map(Object::toString).orElse("unknown"));
  }

  private void records() {
    JsonNode element = work.element("mail-server");
    String from = element.path("from").asText();
    Optional<String> selector =
        Optional.of(element.path("dkimSelector").asText()).filter(text -> !text.isEmpty());
    DomainReport report =
        parties.senderDomain(
            from.substring(from.indexOf('@') + 1), selector, element.path("host").asText());
    for (DomainFinding finding : report.findings()) {
      work.machine("check-mail-records", "mail-server.from", () -> record(report, finding));
    }
  }

  private static Finding record(DomainReport report, DomainFinding finding) {
    return switch (finding.verdict()) {
      case GOOD, WARNING, UNKNOWN ->
          new Finding(
              "dns " + finding.check(),
              report.domain(),
              finding.verdict() + ": " + finding.message());
      case MISSING, WRONG ->
          throw new Unmet(
              "dns." + finding.check().toLowerCase(Locale.ROOT),
              "dns",
              finding.check().equals("DKIM") ? "mail-server.dkimSelector" : "mail-server.from",
              finding.message(),
              "Correct the "
                  + finding.check()
                  + " record of "
                  + report.domain()
                  + " (or the element), wait until it is published, and retry.");
    };
  }
}
