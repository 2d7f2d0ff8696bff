package dev.slipway.systems.smtp;

import java.util.List;

/**
 * One reply of a mail server.
 *
 * @param code the three digits
 * @param lines the text of each line, without the code
 */
record SmtpReply(int code, List<String> lines) {

  SmtpReply {
    lines = List.copyOf(lines);
  }

  boolean positive() {
    return code >= 200 && code < 400;
  }

  String text() {
    return String.join(" / ", lines);
  }

  @Override
  public String toString() {
    return code + " " + text();
  }
}
