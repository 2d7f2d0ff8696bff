package dev.slipway.systems.smtp;

/**
 * A login at a mail server.
 *
 * @param user the user name
 * @param password the password
 */
public record SmtpLogin(String user, String password) {

  @Override
  public String toString() {
    return "SmtpLogin[…]";
  }
}
