package dev.slipway.systems.smtp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The result of a probe of a mail server.
 *
 * @param greeting the server's first line
 * @param mechanisms the ways to log in that it offers after TLS
 * @param mechanism the one that was used; empty when no login was tried
 * @param tls protocol of the encryption, such as {@code TLSv1.3}; empty when not encrypted
 * @param certificateExpires when the server's certificate ends
 * @param senderAccepted whether the sender's address was offered and accepted, a receiver included
 * @param transcript commands and replies, secrets left out
 */
public record SmtpReport(
    String greeting,
    List<String> mechanisms,
    Optional<String> mechanism,
    Optional<String> tls,
    Optional<Instant> certificateExpires,
    boolean senderAccepted,
    List<String> transcript) {

  public SmtpReport {
    mechanisms = List.copyOf(mechanisms);
    transcript = List.copyOf(transcript);
  }
}
