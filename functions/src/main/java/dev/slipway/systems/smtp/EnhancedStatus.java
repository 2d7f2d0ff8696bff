package dev.slipway.systems.smtp;

import java.util.Optional;

/**
 * The status that a reply names beside its three digits, such as {@code 5.7.8}: the reason of a
 * refusal (RFC 3463; the registry of RFC 5248).
 *
 * @param permanence 2: done, 4: may pass, 5: stays so
 * @param subject 1: address, 2: mailbox, 4: routing, 5: protocol, 7: security
 * @param detail what exactly
 */
record EnhancedStatus(int permanence, int subject, int detail) {

  /** The status at the beginning of a reply's text. */
  static Optional<EnhancedStatus> of(String text) {
    int space = text.indexOf(' ');
    String[] parts = (space < 0 ? text : text.substring(0, space)).split("\\.", -1);
    if (parts.length != 3 || !parts[0].matches("[245]")) {
      return Optional.empty();
    }
    for (String part : parts) {
      if (!part.matches("[0-9]{1,3}")) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new EnhancedStatus(
            Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
  }

  /** Subject and detail, which mean the same in either permanence: {@code 7.8}. */
  String reason() {
    return subject + "." + detail;
  }
}
