package dev.slipway.notice;

/** Sends mails. */
public interface Mailer {
  /**
   * Sends one.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if it was not accepted
   */
  void send(Person to, String subject, String text);
}
