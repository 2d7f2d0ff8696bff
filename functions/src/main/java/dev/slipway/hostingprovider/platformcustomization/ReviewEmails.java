package dev.slipway.hostingprovider.platformcustomization;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.MailTemplatesClient;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.Set;

/**
 * V10: the texts of the platform's e-mails are reviewed in each language. Reviewed and left
 * unchanged is a result; a changed text is checked, entered by a person, taken into use, and seen
 * arriving.
 */
public final class ReviewEmails extends TaskFunction {
  private static final String FIELD = "mail-texts.changes";

  private static final Set<Kind> LEFT_TO_PERSON =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.REJECTED);

  private final ThirdParties parties;

  /** For Lambda. */
  public ReviewEmails() {
    this(FunctionContext.lambda());
  }

  public ReviewEmails(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  ReviewEmails(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    MailTexts texts = new MailTexts(work);
    work.attested("review-texts", texts.reviewed());
    if (texts.unchanged()) {
      return;
    }
    MailTemplatesClient templates = parties.mailTemplates(work);
    ChangedMails changed = new ChangedMails(work, templates, texts);
    work.machine("check-texts", FIELD, texts::check);
    work.attested("enter-texts", texts.entered());
    work.machineOrAttested(
        "refresh-templates", changed.entered(), FIELD, LEFT_TO_PERSON, changed::refresh);
    work.machineOrAttested("send-test-mails", changed.sent(), FIELD, LEFT_TO_PERSON, changed::send);
  }

  @Override
  protected void verify(Work work) {
    MailTexts texts = new MailTexts(work);
    work.attested("review-texts", texts.reviewed());
    if (texts.unchanged()) {
      work.proof(
          FIELD,
          () -> new Finding("changes at intake", "mail-texts", "reviewed, nothing is changed"));
      return;
    }
    work.proof(FIELD, texts::check);
    work.attested("enter-texts", texts.entered());
    ChangedMails changed = new ChangedMails(work, parties.mailTemplates(work), texts);
    work.person(
        "confirm-receipt", changed.sent(), changed.expected(), "test-mailbox", changed::received);
  }
}
