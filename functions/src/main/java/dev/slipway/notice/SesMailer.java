package dev.slipway.notice;

import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.Body;
import software.amazon.awssdk.services.ses.model.Content;
import software.amazon.awssdk.services.ses.model.SesException;

/** Sends mails with SES. */
public final class SesMailer implements Mailer {
  private static final String CHARSET = "UTF-8";

  private final SesClient ses;
  private final String from;

  /**
   * @param from an address of an identity that SES has verified
   */
  public SesMailer(SesClient ses, String from) {
    this.ses = ses;
    this.from = from;
  }

  /** Sends a mail of plain text. */
  public void send(Person to, String subject, String text) {
    submit(to, new Letter(subject, text, ""));
  }

  @Override
  public void send(Person to, Letter letter) {
    try {
      submit(to, letter);
    } catch (SesException e) {
      if (isAboutTheReceiver(e)) {
        throw new Undeliverable(e.awsErrorDetails().errorCode(), e);
      }
      throw e;
    }
  }

  /**
   * What is wrong with the sender, the account or a permission is the operator's to mend: that
   * passes, and concerns everybody. SES names the identities that it does not accept.
   */
  private boolean isAboutTheReceiver(SesException e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    String domain = from.substring(from.indexOf('@') + 1);
    return switch (code) {
      case "MessageRejected", "InvalidParameterValue" ->
          !String.valueOf(e.awsErrorDetails().errorMessage()).contains(domain);
      default -> false;
    };
  }

  private void submit(Person to, Letter letter) {
    Body.Builder body = Body.builder().text(content(letter.text()));
    if (!letter.html().isEmpty()) {
      body.html(content(letter.html()));
    }
    ses.sendEmail(
        r ->
            r.source(from)
                .destination(d -> d.toAddresses(to.email()))
                .message(m -> m.subject(content(letter.subject())).body(body.build())));
  }

  private static Content content(String words) {
    return Content.builder().charset(CHARSET).data(words).build();
  }
}
