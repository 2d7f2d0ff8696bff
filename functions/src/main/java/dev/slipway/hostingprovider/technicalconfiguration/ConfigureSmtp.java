package dev.slipway.hostingprovider.technicalconfiguration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Looks;
import dev.slipway.hostingprovider.MaintenanceWindow;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.dns.DomainFinding;
import dev.slipway.systems.dns.DomainReport;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.ClusterStatus;
import dev.slipway.systems.platform.PlatformClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.systems.smtp.Encryption;
import dev.slipway.systems.smtp.SmtpLogin;
import dev.slipway.systems.smtp.SmtpReport;
import dev.slipway.systems.smtp.SmtpServer;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Unmet;
import dev.slipway.task.Work;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * V01: the platform sends its e-mails through the hoster's mail server: probed from outside,
 * entered in the settings, applied inside the maintenance window, and received at the test mailbox.
 */
public final class ConfigureSmtp extends TaskFunction {
  /** No permission, or a platform that does not list these settings: a person enters them. */
  static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND);

  private static final String FIELD = "mail-server";

  private final ThirdParties parties;

  /** For Lambda. */
  public ConfigureSmtp() {
    this(FunctionContext.lambda());
  }

  public ConfigureSmtp(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  ConfigureSmtp(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    PlatformClient platform = parties.platform(work);
    MailSettings settings = new MailSettings(work, platform);
    work.machine("probe-mail-server", FIELD, () -> probed(work));
    records(work);
    work.machineOrPerson(
        "write-settings",
        FIELD,
        LEFT_TO_PERSON,
        settings::write,
        () -> settings.compare(work.answer("write-settings")));
    if (settings.toBeApplied()) {
      awaitWindow(work);
      work.machineOrPerson("apply-settings", FIELD, settings::apply, () -> delivery(platform));
      settings.applied();
    }
    work.machine("check-delivery", FIELD, () -> delivery(platform));
    new TestMails(work, platform, settings.changes()).send();
  }

  @Override
  protected void verify(Work work) {
    PlatformClient platform = parties.platform(work);
    work.proof(FIELD, () -> probed(work));
    records(work);
    MailSettings settings = new MailSettings(work, platform);
    work.proof(FIELD, () -> settings.compare(work.answer("write-settings")));
    work.proof(FIELD, () -> delivery(platform));
    new TestMails(work, platform, settings.changes()).received();
  }

  private Finding probed(Work work) {
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

  private void records(Work work) {
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

  private static void awaitWindow(Work work) {
    work.machine(
        "apply-settings",
        "maintenance-window",
        () -> {
          MaintenanceWindow window = new MaintenanceWindow(work.element("maintenance-window"));
          window
              .opensAt(work.now())
              .ifPresent(
                  opens ->
                      work.waitUntil(
                          opens,
                          "The settings are applied when the maintenance window opens at "
                              + opens
                              + "."));
          return new Finding("maintenance window", "maintenance-window", "open");
        });
  }

  private static Finding delivery(PlatformClient platform) {
    return Looks.ifPossible(
        "the test e-mails",
        () -> {
          ClusterStatus status = platform.clusterStatus(true);
          if (status.mailWorks().equals(Optional.of(false))) {
            throw new Unmet(
                "smtp.platform-cannot-send",
                "platform",
                FIELD,
                "The platform reports that its mail server does not work: " + status.answer(),
                "Check that the platform's network may reach the mail server; then retry.");
          }
          return new Finding(
              PlatformMethod.GET_CLUSTER_STATUS.permission() + " checkSMTP",
              platform.against(),
              status.mailWorks().isPresent()
                  ? "the mail server works"
                  : "unknown (the answer says nothing of mail); it rests on the test e-mails");
        });
  }
}
