package dev.slipway.hostingprovider.technicalconfiguration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.probe.Probe;
import dev.slipway.systems.dns.DomainFinding;
import dev.slipway.systems.dns.DomainReport;
import dev.slipway.systems.smtp.Encryption;
import dev.slipway.systems.smtp.SmtpLogin;
import dev.slipway.systems.smtp.SmtpReport;
import dev.slipway.systems.smtp.SmtpServer;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Our own look at the mail server: the login, or from inside its encryption alone, and what DNS
 * says of the sender's domain. Changes nothing and sends nothing.
 */
final class MailServerProbe {
  private final Work work;
  private final ThirdParties parties;

  MailServerProbe(Work work, ThirdParties parties) {
    this.work = work;
    this.parties = parties;
  }

  void run() {
    JsonNode element = work.element("mail-server");
    if (isPrivate(element)) {
      fromInside(element);
    } else {
      work.step("probe-mail-server").field("mail-server").machine(this::login);
    }
    records();
  }

  /** The login stays out of it: no credential goes to a probe runner. The test mails prove it. */
  private void fromInside(JsonNode element) {
    Probe probe =
        new Probe.SmtpGreeting(
            element.path("host").asText(),
            element.path("port").asInt(),
            element.path("encryption").asText());
    work.step("probe-mail-server")
        .about("mail-server")
        .field("mail-server.host")
        .probed(
            probe,
            seen ->
                List.of(
                    new Finding(
                        "smtp EHLO, " + element.path("encryption").asText() + ", without a login",
                        probe.against(),
                        seen.fact("tls")
                            + ", offers AUTH "
                            + seen.fact("mechanisms")
                            + ", certificate until "
                            + seen.fact("certificateExpires"))));
  }

  private static boolean isPrivate(JsonNode element) {
    return element.path("network").asText().equals("private");
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
        "smtp EHLO, " + server.encryption() + ", AUTH, MAIL FROM, RCPT TO",
        server.against(),
        report.tls().orElse("no TLS")
            + ", AUTH "
            + report.mechanism().orElse("none")
            + (report.senderAccepted()
                ? ", sender accepted"
                : ", sender neither accepted nor refused: its address is not taken as a receiver")
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
            from.substring(from.indexOf('@') + 1),
            selector,
            isPrivate(element) ? "" : element.path("host").asText());
    for (DomainFinding finding : report.findings()) {
      work.step("check-mail-records")
          .field("mail-server.from")
          .machine(() -> record(report, finding));
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
          throw new UnmetRequirement(
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
