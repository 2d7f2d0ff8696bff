package dev.slipway.systems.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.smtp.SmtpRefusal.Step;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers say when they refuse, in the words of Postfix, Exim, Gmail and Microsoft. */
class SmtpRefusalTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "535 | 5.7.8 Error: authentication failed | AUTHENTICATION_FAILED",
        "535 | 5.7.3 Authentication unsuccessful | AUTHENTICATION_FAILED",
        "535 | Incorrect authentication data | AUTHENTICATION_FAILED",
        "550 | 5.7.8 bad credentials | AUTHENTICATION_FAILED",
        "535 | 5.7.139 SmtpClientAuthentication is disabled for the Tenant | NOT_PERMITTED",
        "535 | 5.7.139 Authentication unsuccessful, basic authentication is disabled | NOT_PERMITTED",
        "535 | 5.7.139 did not meet the criteria; contact your administrator | NOT_PERMITTED",
        "535 | 5.7.139 the user credentials were incorrect | AUTHENTICATION_FAILED",
        "535 | 5.7.8 this account is disabled | NOT_PERMITTED",
        "525 | 5.7.13 user account disabled | NOT_PERMITTED",
        "550 | 5.7.30 Basic authentication is not supported for Client Submission | NOT_PERMITTED",
        "530 | 5.7.57 Client not authenticated to send mail | NOT_PERMITTED",
        "534 | 5.7.9 Application-specific password required | REJECTED",
        "534 | 5.7.9 please log in with your web browser | REJECTED",
        "504 | 5.7.4 unrecognized authentication type | REJECTED",
        "538 | 5.7.11 encryption required | REJECTED",
        "530 | 5.7.0 must issue a STARTTLS command first | REJECTED",
        "432 | 4.7.12 a password transition is needed | REJECTED",
        "454 | 4.7.0 temporary authentication failure | OUT_OF_ORDER",
        "454 | 4.7.0 too many login attempts, try later | RATE_LIMITED",
        "421 | 4.7.0 connection rate limit exceeded | RATE_LIMITED",
        "421 | 4.3.2 service shutting down | OUT_OF_ORDER",
        "501 | 5.5.2 cannot decode | REJECTED",
        "250 | what | NOT_UNDERSTOOD",
        "334 |  | NOT_UNDERSTOOD",
      })
  void atTheLogin(int code, String text, Kind kind) {
    sorted(Step.LOGIN, code, text, kind, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "553 | 5.7.1 sender address rejected: not owned by user paas | NOT_PERMITTED",
        "550 | sender verify failed | NOT_PERMITTED",
        "550 | 5.7.60 client does not have permissions to send as this sender | NOT_PERMITTED",
        "554 | 5.2.252 SendAsDenied | NOT_PERMITTED",
        "501 | 5.1.7 bad sender address syntax | NOT_PERMITTED",
        "530 | 5.7.57 client not authenticated to send anonymous mail | NOT_PERMITTED",
        "530 | authentication required | AUTHENTICATION_FAILED",
        "530 | 5.7.0 must issue a STARTTLS command first | REJECTED",
        "552 | 5.3.4 message too big | REJECTED",
        "503 | 5.5.1 bad sequence of commands | REJECTED",
        "451 | 4.3.0 local error | OUT_OF_ORDER",
        "550 | 5.4.5 daily sending quota exceeded | RATE_LIMITED",
        "452 | 4.2.2 mailbox over quota | OUT_OF_ORDER",
        "421 | 4.4.2 timeout | OUT_OF_ORDER",
      })
  void atTheSender(int code, String text, Kind kind) {
    sorted(Step.SENDER, code, text, kind, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "553 | 5.7.1 sender address rejected: not owned by user paas | NOT_PERMITTED | false",
        "554 | 5.7.1 relay access denied | NOT_PERMITTED | false",
        "550 | relay not permitted | NOT_PERMITTED | false",
        "550 | 5.1.8 sender address rejected: domain not found | NOT_PERMITTED | false",
        "554 | 5.2.252 SendAsDenied | NOT_PERMITTED | false",
        "550 | 5.1.1 user unknown in local recipient table | REJECTED | true",
        "550 | 5.1.10 recipient not found | REJECTED | true",
        "550 | 5.4.1 recipient address rejected: access denied | REJECTED | true",
        "550 | 5.2.1 mailbox disabled | REJECTED | true",
        "550 | no such user here | REJECTED | true",
        "450 | 4.2.0 greylisted, try again | OUT_OF_ORDER | false",
      })
  void atTheReceiver(int code, String text, Kind kind, boolean ofReceiver) {
    sorted(Step.RECEIVER, code, text, kind, ofReceiver);
  }

  private static void sorted(Step step, int code, String text, Kind kind, boolean ofReceiver) {
    String words = text == null ? "" : text;
    SmtpRefusal refusal = SmtpRefusal.of(step, "a@b.example", new SmtpReply(code, List.of(words)));
    assertEquals(kind, refusal.kind(), refusal.message());
    assertEquals(ofReceiver, refusal.ofReceiver(), refusal.message());
    assertTrue(refusal.message().contains(code + " " + words), refusal.message());
  }
}
