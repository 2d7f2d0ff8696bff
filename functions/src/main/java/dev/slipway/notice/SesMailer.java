package dev.slipway.notice;

import dev.slipway.systems.smtp.SmtpMessage;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.Body;
import software.amazon.awssdk.services.ses.model.Content;
import software.amazon.awssdk.services.ses.model.SesException;

/** Sends mails with SES. */
public final class SesMailer implements Mailer {
  private static final String CHARSET = "UTF-8";

  /** SES's words, and those of the mail server that stands for it locally. */
  private static final List<String> ABOUT_RECEIVER =
      List.of("Address blacklisted", "suppression list", "did not accept the receiver");

  /** How SES begins what it says of an address that is none. */
  private static final Pattern ABOUT_ADDRESS =
      Pattern.compile("^(Missing|Domain|Local address|Illegal|Invalid|Address|User name)\\b");

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
   * Only an error that is known to be about the receiver is. An error of the sender, the account
   * (sending that is paused or suspended, an address that a new account has not verified) or a
   * permission is the operator's to mend: that passes, and concerns everybody (Amazon SES Developer
   * Guide, "Amazon SES email sending errors").
   */
  private boolean isAboutTheReceiver(SesException e) {
    if (e.awsErrorDetails() == null) {
      return false;
    }
    String message = String.valueOf(e.awsErrorDetails().errorMessage());
    return switch (String.valueOf(e.awsErrorDetails().errorCode())) {
      case "MessageRejected" -> ABOUT_RECEIVER.stream().anyMatch(message::contains);
      case "InvalidParameterValue" ->
          SmtpMessage.isAddress(from) && ABOUT_ADDRESS.matcher(message).find();
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
