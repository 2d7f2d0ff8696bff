package dev.slipway.local.ses;

/**
 * A mail on its way to one receiver.
 *
 * @param from the sender's address
 * @param to the receiver's address
 * @param text the plain text
 * @param html the same as HTML; empty: none
 * @param messageId unique; without angle brackets
 */
public record OutgoingMail(
    String from, String to, String subject, String text, String html, String messageId) {}
