package dev.slipway.systems.smtp;

import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The meaning of a refusal, by its enhanced status (RFC 3463, 5248; Microsoft's own 5.7.30, 5.7.57,
 * 5.7.139 and 5.2.252), then by its three digits (RFC 5321, section 4.2; RFC 4954, section 6), and
 * by the server's words where both say little.
 *
 * @param kind how it is told apart
 * @param message for a person, the server's words included
 * @param ofReceiver whether the receiver is at fault and not the one who sends
 */
record SmtpRefusal(Kind kind, String message, boolean ofReceiver) {

  private static final Set<String> SWITCHED_OFF = Set.of("7.13", "7.30", "7.57", "7.139");
  private static final Set<String> ANOTHER_WAY = Set.of("5.4", "7.4", "7.9", "7.10", "7.11");
  private static final Set<String> WRONG_LOGIN = Set.of("7.3", "7.8");
  private static final Set<String> SENDER = Set.of("1.7", "1.8", "2.252");

  /** The refused step. */
  enum Step {
    GREETING("does not take connections"),
    HELLO("did not accept the greeting EHLO"),
    STARTTLS("did not begin TLS"),
    LOGIN("did not let Slipway log in"),
    SENDER("did not accept the sender"),
    RECEIVER("did not accept the receiver"),
    MESSAGE("did not accept the message");

    private final String words;

    Step(String words) {
      this.words = words;
    }
  }

  /**
   * Sorts a refusal.
   *
   * @param about whom the step is for, such as the sender's address; may be empty
   */
  static SmtpRefusal of(Step step, String about, SmtpReply reply) {
    String said = " (" + reply + ").";
    String plain = "The mail server " + step.words + (about.isEmpty() ? "" : " " + about) + said;
    String words = reply.text().toLowerCase(Locale.ROOT);
    if (reply.code() < 400) {
      return refusal(Kind.NOT_UNDERSTOOD, plain);
    }
    if (isRate(reply, words)) {
      return refusal(Kind.RATE_LIMITED, plain);
    }
    boolean transition = reply.code() == 432 || is(reply, Set.of("7.12"));
    if (!reply.permanent() && !transition) {
      return refusal(Kind.OUT_OF_ORDER, plain);
    }
    return switch (step) {
      case LOGIN -> login(reply, words, said, plain, transition);
      case SENDER, RECEIVER -> mail(step, about, reply, words, said, plain);
      default -> refusal(Kind.REJECTED, plain);
    };
  }

  private static SmtpRefusal login(
      SmtpReply reply, String words, String said, String plain, boolean transition) {
    // Microsoft says 5.7.139 for a wrong password as well.
    boolean wrongAfterAll = words.contains("incorrect");
    boolean anotherWay =
        transition || reply.code() == 534 || reply.code() == 538 || is(reply, ANOTHER_WAY);
    boolean switchedOff =
        reply.code() == 525
            || is(reply, SWITCHED_OFF)
            || (!anotherWay
                && Stream.of("disabled", "suspended", "switched off").anyMatch(words::contains));
    if (switchedOff && !wrongAfterAll) {
      return refusal(
          Kind.NOT_PERMITTED,
          "The login is switched off at the mail server; its administrator can switch it on"
              + said);
    }
    if (anotherWay) {
      return refusal(Kind.REJECTED, "The mail server wants another way of logging in" + said);
    }
    if (reply.code() == 530) {
      return refusal(Kind.REJECTED, "The mail server wants the encryption to begin first" + said);
    }
    return reply.code() == 535 || is(reply, WRONG_LOGIN)
        ? refusal(
            Kind.AUTHENTICATION_FAILED,
            "The mail server does not accept this user and password" + said)
        : refusal(Kind.REJECTED, plain);
  }

  private static SmtpRefusal mail(
      Step step, String about, SmtpReply reply, String words, String said, String plain) {
    if (words.contains("starttls")) {
      return refusal(Kind.REJECTED, plain);
    }
    if (step == Step.RECEIVER && isReceiversFault(reply, words)) {
      return new SmtpRefusal(Kind.REJECTED, plain, true);
    }
    boolean policy =
        reply.status().map(status -> status.subject() == 7).orElse(false) || is(reply, SENDER);
    boolean refused = List.of(550, 551, 553, 554).contains(reply.code());
    if (reply.code() == 530 && !policy) {
      return refusal(Kind.AUTHENTICATION_FAILED, plain);
    }
    return policy || refused
        ? refusal(
            Kind.NOT_PERMITTED,
            step == Step.SENDER
                ? "The login is good, but it may not send as " + about + said
                : "The login is good, but it may not send this mail to " + about + said)
        : refusal(Kind.REJECTED, plain);
  }

  /**
   * The address (X.1, but for those of the sender), the mailbox (X.2) and the way to it (X.4)
   * concern the receiver.
   */
  private static boolean isReceiversFault(SmtpReply reply, String words) {
    return reply
        .status()
        .map(
            status ->
                !is(reply, SENDER)
                    && switch (status.subject()) {
                      case 1 -> status.detail() > 0;
                      case 2, 4 -> true;
                      default -> false;
                    })
        .orElseGet(
            () ->
                Stream.of("user unknown", "unknown user", "no such", "does not exist", "mailbox")
                    .anyMatch(words::contains));
  }

  private static boolean isRate(SmtpReply reply, String words) {
    boolean mayPass = reply.code() < 500 || is(reply, Set.of("4.5"));
    boolean many =
        Stream.of("too many", "rate limit", "ratelimit", "limit exceeded", "throttl", "quota")
            .anyMatch(words::contains);
    boolean door =
        reply.code() == 421 && Stream.of("limit", "connections").anyMatch(words::contains);
    // X.2.2 is a full mailbox.
    return mayPass && (many || door) && !is(reply, Set.of("2.2"));
  }

  private static boolean is(SmtpReply reply, Set<String> reasons) {
    return reply.status().map(status -> reasons.contains(status.reason())).orElse(false);
  }

  private static SmtpRefusal refusal(Kind kind, String message) {
    return new SmtpRefusal(kind, message, false);
  }
}
