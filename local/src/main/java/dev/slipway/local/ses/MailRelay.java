package dev.slipway.local.ses;

/** Brings a mail to where its receiver reads it. */
@FunctionalInterface
public interface MailRelay {
  /**
   * Delivers one mail to one receiver.
   *
   * @throws IllegalStateException if it was not accepted; the message says why
   */
  void deliver(String from, String to, String subject, String text, String id);

  /** No mail server is attached: nothing is accepted. */
  static MailRelay none() {
    return (from, to, subject, text, id) -> {
      throw new IllegalStateException("No mail server is attached to this runtime.");
    };
  }
}
