package dev.slipway.hostingprovider.technicalconfiguration;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.OldSettings;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.platform.ClusterStatus;
import dev.slipway.systems.platform.PlatformClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.task.Finding;
import dev.slipway.task.OptionalLook;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.Optional;

/**
 * V01: the platform sends its e-mails through the hoster's mail server: probed from outside,
 * entered in the settings, applied inside the maintenance window, and received at the test mailbox.
 */
public final class ConfigureSmtp extends TaskFunction {
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
    new MailServerProbe(work, parties).run();
    settings
        .step()
        .machine(settings::write)
        .orPerson(entered -> settings.compare(Optional.of(entered)));
    settings.changes().applyInWindow(FIELD, () -> delivery(platform));
    work.step("check-delivery").field(FIELD).machine(() -> delivery(platform));
    new TestMails(work, platform, settings.changes().count()).send();
  }

  @Override
  protected void verify(Work work) {
    PlatformClient platform = parties.platform(work);
    new MailServerProbe(work, parties).run();
    MailSettings settings = new MailSettings(work, platform);
    work.proof(FIELD, () -> settings.compare(settings.step().statement()));
    work.proof(FIELD, () -> delivery(platform));
    new TestMails(work, platform, settings.changes().count()).received();
  }

  @Override
  protected void putBack(Work work, String request) {
    new OldSettings(work, parties.platform(work), FIELD).putBack(request);
  }

  private static Finding delivery(PlatformClient platform) {
    return OptionalLook.take(
        "the test e-mails",
        () -> {
          ClusterStatus status = platform.clusterStatus(true);
          if (status.mailWorks().equals(Optional.of(false))) {
            throw new UnmetRequirement(
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
