package dev.slipway.systems.smtp;

import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.net.Socket;
import java.util.Optional;

/**
 * Speaks with a submission server as RFC 5321, 3207 and 4954 have it: greeting, EHLO, STARTTLS, TLS
 * with host name check, EHLO again, AUTH PLAIN or LOGIN, and QUIT. A password never leaves before
 * TLS. A probe can offer the sender's address and take it back (MAIL FROM, RCPT TO, RSET), which
 * proves that the login may send in that name, and sends nothing.
 *
 * <pre>{@code
 * SmtpReport report = new SmtpClient(egress).probe(server, login, Optional.of("post@example.com"));
 * }</pre>
 */
public final class SmtpClient {

  static final String SYSTEM = "smtp";

  private static final String PROBE = "SMTP probe";

  private final Egress egress;

  /** Reaches mail servers through this way out. */
  public SmtpClient(Egress egress) {
    this.egress = egress;
  }

  /**
   * Probes server and login, and with a sender also whether that login may send in its name.
   *
   * @throws SystemTrouble {@code AUTHENTICATION_FAILED} (wrong user or password), {@code
   *     NOT_PERMITTED} (sender refused, login switched off), {@code REJECTED} (the way of logging
   *     in), {@code OUT_OF_ORDER} (4xx), {@code RATE_LIMITED} (too many connections or attempts),
   *     {@code CERTIFICATE}, {@code TLS}, or a trouble of the network
   */
  public SmtpReport probe(SmtpServer server, SmtpLogin login, Optional<String> sender) {
    try (SmtpSession session = begin(server, Optional.of(login))) {
      return session.report(sender.map(session::maySendAs).orElse(false));
    }
  }

  /**
   * Greets the server and begins the encryption, without logging in.
   *
   * @throws SystemTrouble as {@link #probe} does, but for what concerns a login
   */
  public SmtpReport greet(SmtpServer server) {
    try (SmtpSession session = begin(server, Optional.empty())) {
      return session.report(false);
    }
  }

  /**
   * Logs in to send messages.
   *
   * @throws SystemTrouble as {@link #probe} does
   */
  public Submission open(SmtpServer server, SmtpLogin login) {
    return begin(server, Optional.of(login));
  }

  /** A login that takes one message after another; for one thread at a time. */
  public interface Submission extends AutoCloseable {
    /**
     * Sends one message.
     *
     * @throws SystemTrouble when it is not accepted; the next one may be
     */
    void send(SmtpMessage message);

    /** Whether the server still answers. */
    boolean isAlive();

    @Override
    void close();
  }

  private SmtpSession begin(SmtpServer server, Optional<SmtpLogin> login) {
    if (server.encryption() == Encryption.NONE) {
      throw new SystemTrouble(
          SYSTEM,
          Kind.INPUT,
          "With encryption NONE the password would cross the network readably; Slipway does not"
              + " send it. Choose STARTTLS (port 587) or SSMTP (port 465).",
          "AUTH",
          server.against(),
          "");
    }
    try {
      SmtpSession session =
          egress.begin(
              SYSTEM, PROBE, server.host(), server.port(), plain -> met(server, login, plain));
      return orClosed(session, session::start);
    } catch (SystemTrouble trouble) {
      throw hinted(server, trouble);
    }
  }

  private SmtpSession met(SmtpServer server, Optional<SmtpLogin> login, Socket plain) {
    SmtpSession session = new SmtpSession(egress, server, login, plain);
    return orClosed(session, session::meet);
  }

  private static SmtpSession orClosed(SmtpSession session, Runnable step) {
    try {
      step.run();
      return session;
    } catch (SystemTrouble trouble) {
      session.close();
      throw trouble;
    }
  }

  /** The most frequent mistakes look alike on the wire; say what they probably are. */
  private static SystemTrouble hinted(SmtpServer server, SystemTrouble trouble) {
    String hint = "";
    if (server.encryption() == Encryption.STARTTLS
        && trouble.kind() == Kind.TIMED_OUT
        && server.port() == Encryption.SSMTP.usualPort()) {
      hint = " Port 465 usually expects TLS from the first byte: try encryption SSMTP.";
    } else if (server.encryption() == Encryption.SSMTP && trouble.kind() == Kind.TLS) {
      hint = " The port may begin unencrypted: try encryption STARTTLS.";
    }
    return hint.isEmpty()
        ? trouble
        : new SystemTrouble(
            trouble.system(),
            trouble.kind(),
            trouble.getMessage() + hint,
            trouble.asked(),
            trouble.against(),
            trouble.answered(),
            trouble.retryAt().orElse(null),
            trouble.getCause());
  }
}
