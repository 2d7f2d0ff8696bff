package dev.slipway.systems.smtp;

import java.util.regex.Pattern;

/**
 * A short message, as plain text, and if wanted as HTML beside it.
 *
 * @param from the sender's address
 * @param to the receiver's address
 * @param subject one line
 * @param text the body
 * @param html the same to look at; empty: text alone
 * @param id the message id without angle brackets, by which it is recognised when it arrives
 */
public record SmtpMessage(
    String from, String to, String subject, String text, String html, String id) {

  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@\"]{1,64}@[A-Za-z0-9.-]{1,255}");

  public SmtpMessage {
    if (!isAddress(from) || !isAddress(to)) {
      throw new IllegalArgumentException("not a mail address");
    }
    if (hasLineBreak(subject) || hasLineBreak(id)) {
      throw new IllegalArgumentException("a header must be one line");
    }
  }

  /** Text alone. */
  public SmtpMessage(String from, String to, String subject, String text, String id) {
    this(from, to, subject, text, "", id);
  }

  /** Whether a text is a plain mail address, free of anything that could end a command. */
  public static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  private static boolean hasLineBreak(String text) {
    return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0;
  }
}
