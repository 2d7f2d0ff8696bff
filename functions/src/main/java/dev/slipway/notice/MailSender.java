package dev.slipway.notice;

import dev.slipway.systems.net.SystemTrouble;

/** Sends the mails that are a task's own: a failure is a trouble with the mail service. */
public interface MailSender {

  /**
   * Sends one.
   *
   * @throws SystemTrouble of kind {@code REJECTED} if the mail service will not take it, and of
   *     kind {@code NOT_PERMITTED} if there is none
   */
  void send(String name, String address, String subject, String text);
}
