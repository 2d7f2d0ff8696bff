package dev.slipway.hostingprovider.golive;

import dev.slipway.systems.net.SystemTrouble;

/** Sends e-mails to the onboarding manager. */
interface MailSender {

  /**
   * Sends one.
   *
   * @throws SystemTrouble of kind {@code REJECTED} if the mail service will not take it, and of
   *     kind {@code NOT_OFFERED} if there is none
   */
  void send(String name, String address, String subject, String text);
}
