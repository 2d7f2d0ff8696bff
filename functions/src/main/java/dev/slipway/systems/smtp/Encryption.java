package dev.slipway.systems.smtp;

/** The encryption with a mail server; the names are the platform's ({@code smtp.mail.ssl}). */
public enum Encryption {
  /** Not encrypted. Slipway then never sends a password. */
  NONE(25),
  /** Begins in the clear and changes to TLS before the password. */
  STARTTLS(587),
  /** TLS from the first byte. */
  SSMTP(465);

  private final int usualPort;

  Encryption(int usualPort) {
    this.usualPort = usualPort;
  }

  /** The port that servers usually offer it on. */
  public int usualPort() {
    return usualPort;
  }
}
