package dev.slipway.systems.smtp;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * The message as DATA wants it: header, dots at the beginning of a line doubled, a lone dot.
   *
   * @param date when it is sent
   */
  String content(Instant date) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC)));
    lines.add("From: <" + from + ">");
    lines.add("To: <" + to + ">");
    lines.add("Message-ID: <" + id + ">");
    lines.add("Subject: " + subject);
    lines.add("MIME-Version: 1.0");
    if (html.isEmpty()) {
      part(lines, "text/plain", text);
    } else {
      String boundary = "slipway-" + id.replaceAll("[^A-Za-z0-9]", "");
      lines.add("Content-Type: multipart/alternative; boundary=\"" + boundary + "\"");
      lines.add("");
      lines.add("--" + boundary);
      part(lines, "text/plain", text);
      lines.add("--" + boundary);
      part(lines, "text/html", html);
      lines.add("--" + boundary + "--");
    }
    lines.add(".");
    return String.join("\r\n", lines);
  }

  private static void part(List<String> lines, String type, String content) {
    lines.add("Content-Type: " + type + "; charset=utf-8");
    lines.add("Content-Transfer-Encoding: 8bit");
    lines.add("");
    content.lines().map(line -> line.startsWith(".") ? "." + line : line).forEach(lines::add);
  }

  private static boolean hasLineBreak(String text) {
    return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0;
  }
}
