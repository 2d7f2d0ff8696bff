package dev.slipway.local.ses;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Brings a mail to where its receiver reads it. */
@FunctionalInterface
public interface MailRelay extends AutoCloseable {
  /**
   * Delivers one mail to one receiver.
   *
   * @throws IllegalArgumentException if it is none, such as one to no address
   * @throws IllegalStateException if it was refused; the message says why
   * @throws UncheckedIOException if it could not be delivered for the moment
   */
  void deliver(OutgoingMail mail);

  /** Lets go of what it keeps; it can still deliver. */
  @Override
  default void close() {}

  /** No mail server is attached: nothing is accepted. */
  static MailRelay none() {
    return mail -> {
      throw new UncheckedIOException(
          "No mail server is attached to this runtime.", new IOException());
    };
  }
}
