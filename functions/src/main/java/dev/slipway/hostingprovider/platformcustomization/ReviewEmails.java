package dev.slipway.hostingprovider.platformcustomization;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;

/**
 * V10: the texts of the platform's e-mails are reviewed in each language. Reviewed and left
 * unchanged is a result; a changed text is checked, entered by a person, taken into use, and seen
 * arriving.
 */
public final class ReviewEmails extends TaskFunction {
  private static final String FIELD = "mail-texts.changes";

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
    work.step("review-texts").about(texts.reviewed()).attested();
    if (texts.unchanged()) {
      return;
    }
    ChangedMails changed = new ChangedMails(work, parties.mailTemplates(work), texts);
    work.step("check-texts").field(FIELD).machine(texts::check);
    work.step("enter-texts").about(texts.entered()).attested();
    changed.toRefresh().machine(changed::refresh).orAttested();
    changed.toSend().machine(changed::send).orAttested();
  }

  @Override
  protected void verify(Work work) {
    MailTexts texts = new MailTexts(work);
    work.step("review-texts").about(texts.reviewed()).attested();
    if (texts.unchanged()) {
      work.proof(
          FIELD,
          () -> new Finding("changes at intake", "mail-texts", "reviewed, nothing is changed"));
      return;
    }
    work.proof(FIELD, texts::check);
    work.step("enter-texts").about(texts.entered()).attested();
    ChangedMails changed = new ChangedMails(work, parties.mailTemplates(work), texts);
    changed.toConfirm().person(changed::received);
  }
}
