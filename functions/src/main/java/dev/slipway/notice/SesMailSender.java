package dev.slipway.notice;

import dev.slipway.context.FunctionContext;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Sends as the reminders do: by SES, from the operator's address. */
public final class SesMailSender implements MailSender {
  private static final String ASKED = "ses:SendEmail";

  private final FunctionContext context;

  public SesMailSender(FunctionContext context) {
    this.context = context;
  }

  @Override
  public void send(String name, String address, String subject, String text) {
    Optional<String> from = context.value("SLIPWAY_MAIL_FROM");
    if (from.isEmpty()) {
      throw trouble(Kind.NOT_PERMITTED, "The operator has set up no address to send mails from.");
    }
    try {
      new SesMailer(context.ses(), from.get()).send(new Person(name, address), subject, text);
    } catch (AwsServiceException e) {
      if (e.statusCode() >= 500 || e.isThrottlingException()) {
        throw e;
      }
      throw trouble(
          Kind.REJECTED,
          "The mail service did not take the mail: " + e.awsErrorDetails().errorCode() + ".");
    }
  }

  private static SystemTrouble trouble(Kind kind, String message) {
    return new SystemTrouble("mail", kind, message, ASKED, "SES", "");
  }
}
