package dev.slipway.notice;

/** Sends mails. */
public interface Mailer {
  /**
   * A mail's words.
   *
   * @param html the same to look at; empty: plain text alone
   */
  record Letter(String subject, String text, String html) {}

  /**
   * Sends one.
   *
   * @throws Undeliverable if the receiver is refused, so that trying again helps nobody
   * @throws software.amazon.awssdk.core.exception.SdkException if it was not accepted otherwise
   */
  void send(Person to, Letter letter);
}
