package dev.slipway.systems.smtp;

import java.util.List;
import java.util.Optional;

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

  /** Whether the command was carried out. */
  boolean positive() {
    return code >= 200 && code < 300;
  }

  /** Whether it is refused for good; the enhanced status knows better than the digits. */
  boolean permanent() {
    return status().map(status -> status.permanence() == 5).orElse(code >= 500);
  }

  /** The enhanced status that it begins with. */
  Optional<EnhancedStatus> status() {
    return EnhancedStatus.of(lines.getFirst());
  }

  String text() {
    return String.join(" / ", lines);
  }

  @Override
  public String toString() {
    return code + " " + text();
  }
}
