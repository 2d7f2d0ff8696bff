package dev.slipway.local.sandbox.mail;

/**
 * The settings with which a sender reaches its mail server.
 *
 * @param host the mail server's name
 * @param port its port
 * @param user the user to log in as
 * @param password the user's password; secret
 * @param security {@code NONE}, {@code STARTTLS} or {@code SSMTP}, as the platform names them
 * @param from the sender's address
 */
public record MailSettings(
    String host, int port, String user, String password, String security, String from) {}
