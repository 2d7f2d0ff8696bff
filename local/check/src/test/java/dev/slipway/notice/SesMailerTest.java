package dev.slipway.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SesException;

/** What SES refuses because of the receiver is told apart from what the operator has to mend. */
class SesMailerTest {
  private static final Person ANNA = new Person("Anna", "anna@hoster.example");

  private static void send(String code, String message) {
    SesClient ses =
        (SesClient)
            Proxy.newProxyInstance(
                SesClient.class.getClassLoader(),
                new Class<?>[] {SesClient.class},
                (proxy, method, arguments) -> {
                  throw SesException.builder()
                      .statusCode(400)
                      .awsErrorDetails(
                          AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
                      .build();
                });
    new SesMailer(ses, "slipway@vendor.example").send(ANNA, new Mailer.Letter("s", "t", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MessageRejected | Address blacklisted.",
        "MessageRejected | Email address is on the suppression list.",
        "MessageRejected | The mail server did not accept the receiver: 550 User unknown",
        "InvalidParameterValue | Missing final '@domain'",
        "InvalidParameterValue | Domain contains dot-dot",
        "InvalidParameterValue | Local address contains control or whitespace",
      })
  void theReceiverIsRefusedForGood(String code, String message) {
    assertEquals(code, assertThrows(Undeliverable.class, () -> send(code, message)).code());
  }

  /** Amazon SES Developer Guide, "Amazon SES email sending errors". */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MessageRejected | Sending paused for this account. For more information, please check the"
            + " inbox of the email address associated with your AWS account.",
        "MessageRejected | Sending suspended for this account. For more information, please check"
            + " the inbox of the email address associated with your AWS account.",
        "MessageRejected | Your account is under review.",
        "MessageRejected | Email address is not verified. The following identities failed the check"
            + " in region EU-CENTRAL-1: anna@hoster.example",
        "MessageRejected | Email address is not verified. The following identities failed the check"
            + " in region EU-CENTRAL-1: slipway@vendor.example, anna@hoster.example",
        "MessageRejected | Message failed to pass virus check.",
        "InvalidParameterValue | Recipient count exceeds 50.",
        "AccountSendingPausedException | paused",
        "ConfigurationSetSendingPausedException | paused",
        "MailFromDomainNotVerifiedException | not verified",
        "AccessDenied | User is not authorized to perform ses:SendEmail",
        "LimitExceededException | Daily message quota exceeded.",
        "Throttling | Maximum sending rate exceeded.",
      })
  void whatTheOperatorHasToMendIsTriedAgain(String code, String message) {
    assertThrows(SesException.class, () -> send(code, message));
  }
}
