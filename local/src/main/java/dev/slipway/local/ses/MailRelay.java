package dev.slipway.local.ses;

import dev.slipway.systems.smtp.SmtpMessage;

/** Brings a mail to where its receiver reads it. */
@FunctionalInterface
public interface MailRelay {
  /**
   * Delivers one mail to one receiver.
   *
   * @throws IllegalStateException if it was not accepted; the message says why
   */
  void deliver(SmtpMessage message);

  /** No mail server is attached: nothing is accepted. */
  static MailRelay none() {
    return message -> {
      throw new IllegalStateException("No mail server is attached to this runtime.");
    };
  }
}
