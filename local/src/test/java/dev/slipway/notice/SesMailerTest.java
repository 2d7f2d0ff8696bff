package dev.slipway.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
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

  private static void assertPasses(String code, String message) {
    assertThrows(SesException.class, () -> send(code, message), code + ": " + message);
  }

  @Test
  void theReceiverIsRefusedForGood() {
    for (String message :
        new String[] {
          "Email address is not verified. The following identities failed the check in region"
              + " EU-CENTRAL-1: anna@hoster.example",
          "The mail server did not accept the receiver: 550 User unknown"
        }) {
      assertEquals(
          "MessageRejected",
          assertThrows(Undeliverable.class, () -> send("MessageRejected", message)).code());
    }
    assertThrows(
        Undeliverable.class, () -> send("InvalidParameterValue", "Missing final '@domain'"));
  }

  @Test
  void whatTheOperatorHasToMendIsTriedAgain() {
    assertPasses(
        "MessageRejected",
        "Email address is not verified. The following identities failed the check in region"
            + " EU-CENTRAL-1: slipway@vendor.example, anna@hoster.example");
    assertPasses("AccountSendingPausedException", "paused");
    assertPasses("MailFromDomainNotVerifiedException", "not verified");
    assertPasses("AccessDenied", "User is not authorized to perform ses:SendEmail");
    assertPasses("Throttling", "Maximum sending rate exceeded.");
  }
}
