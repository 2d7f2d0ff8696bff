package dev.slipway.systems.smtp;

import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.smtp.SmtpRefusal.Step;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** One connection with a mail server, from its greeting to QUIT. */
final class SmtpSession implements SmtpClient.Submission {

  private static final int READY = 220;
  private static final int AUTHENTICATED = 235;
  private static final int GO_ON = 334;
  private static final int SEND_MESSAGE = 354;

  /** RFC 4954, section 4: a longer command must not hold the login; it follows on its own line. */
  private static final int LONGEST_COMMAND = 510;

  private final Egress egress;
  private final SmtpServer server;
  private final Optional<SmtpLogin> login;
  private SmtpConversation conversation;
  private Socket socket;
  private String greeting = "";
  private String mechanism = "";
  private SmtpExtensions extensions;

  SmtpSession(Egress egress, SmtpServer server, Optional<SmtpLogin> login, Socket plain) {
    this.egress = egress;
    this.server = server;
    this.login = login;
    this.socket = plain;
  }

  /** Waits until the server is ready; where it is not, another address of it may be. */
  void meet() {
    if (server.encryption() == Encryption.SSMTP) {
      socket = egress.tls(SmtpClient.SYSTEM, "TLS", socket, server.host());
    }
    conversation =
        new SmtpConversation(
            server.against(),
            login.map(l -> Redactor.of(l.user(), l.password())).orElseGet(Redactor::none),
            socket,
            egress.clock());
    SmtpReply welcome = conversation.reply();
    if (welcome.code() != READY) {
      throw refused(Step.GREETING, "", welcome);
    }
    greeting = welcome.text();
  }

  /** Begins the encryption and logs in. */
  void start() {
    extensions = hello();
    if (server.encryption() == Encryption.STARTTLS) {
      startTls();
      // Extensions offered before the encryption count no more (RFC 3207, section 4.2).
      extensions = hello();
    }
    login.ifPresent(this::authenticate);
  }

  /**
   * Offers a sender's address and takes it back. Postfix and others judge the sender only when a
   * receiver is named (smtpd_delay_reject), so one is: the sender itself, or the domain's
   * postmaster (RFC 5321, section 4.5.1).
   *
   * @return whether the sender was accepted; not, where neither is taken as a receiver
   */
  boolean maySendAs(String sender) {
    offer(sender);
    String postmaster = "postmaster" + sender.substring(sender.lastIndexOf('@'));
    boolean accepted = takes(sender) || takes(postmaster);
    conversation.askInPassing("RSET");
    return accepted;
  }

  private boolean takes(String receiver) {
    SmtpReply reply = conversation.ask("RCPT TO:<" + receiver + ">");
    if (reply.positive()) {
      return true;
    }
    SmtpRefusal refusal = SmtpRefusal.of(Step.RECEIVER, receiver, reply);
    if (refusal.ofReceiver()) {
      return false;
    }
    throw conversation.trouble(refusal.kind(), refusal.message(), reply);
  }

  @Override
  public void send(SmtpMessage message) {
    offer(message.from());
    expectDone(Step.RECEIVER, message.to(), conversation.ask("RCPT TO:<" + message.to() + ">"));
    SmtpReply ready = conversation.ask("DATA");
    if (ready.code() != SEND_MESSAGE) {
      throw refused(Step.MESSAGE, "", ready);
    }
    expectDone(
        Step.MESSAGE, "", conversation.ask(message.content(egress.clock().instant()), "(message)"));
  }

  @Override
  public boolean isAlive() {
    try {
      conversation.goOn();
      // Takes back as well what a message that was refused has left.
      return conversation.ask("RSET").positive();
    } catch (SystemTrouble gone) {
      return false;
    }
  }

  SmtpReport report(boolean senderAccepted) {
    Optional<SSLSocket> encrypted =
        socket instanceof SSLSocket tls ? Optional.of(tls) : Optional.empty();
    return new SmtpReport(
        greeting,
        extensions.mechanisms(),
        Optional.of(mechanism).filter(used -> !used.isEmpty()),
        encrypted.map(tls -> tls.getSession().getProtocol()),
        encrypted.flatMap(SmtpSession::expiry),
        senderAccepted,
        conversation.transcript());
  }

  @Override
  public void close() {
    if (conversation != null) {
      conversation.askInPassing("QUIT");
    }
    try {
      socket.close();
    } catch (IOException e) {
      // The conversation is over; whether the socket closes cleanly changes nothing.
      return;
    }
  }

  private SmtpExtensions hello() {
    String address = socket.getLocalAddress().getHostAddress();
    String literal =
        socket.getLocalAddress() instanceof Inet6Address
            ? "[IPv6:" + address.replaceFirst("%.*", "") + "]"
            : "[" + address + "]";
    SmtpReply reply = conversation.ask("EHLO " + literal);
    expectDone(Step.HELLO, "", reply);
    return SmtpExtensions.of(reply);
  }

  private void startTls() {
    if (!extensions.startTls()) {
      throw conversation.trouble(
          Kind.TLS, "The mail server does not offer STARTTLS on this port.", extensions.reply());
    }
    SmtpReply reply = conversation.ask("STARTTLS");
    if (reply.code() != READY) {
      throw refused(Step.STARTTLS, "", reply);
    }
    if (conversation.hasMore()) {
      throw conversation.trouble(
          Kind.TLS,
          "Text stands between STARTTLS and the encryption: an attacker's, or a fault.",
          reply);
    }
    socket = egress.tls(SmtpClient.SYSTEM, "STARTTLS", socket, server.host());
    conversation.use(socket);
  }

  private void authenticate(SmtpLogin account) {
    SmtpReply reply;
    if (extensions.mechanisms().contains("PLAIN")) {
      mechanism = "PLAIN";
      reply = plain(base64("\0" + account.user() + "\0" + account.password()));
    } else if (extensions.mechanisms().contains("LOGIN")) {
      mechanism = "LOGIN";
      reply = conversation.ask("AUTH LOGIN");
      if (reply.code() == GO_ON) {
        reply = conversation.ask(base64(account.user()), "(user)");
      }
      if (reply.code() == GO_ON) {
        reply = conversation.ask(base64(account.password()), "(password)");
      }
    } else {
      throw conversation.trouble(
          Kind.REJECTED,
          "The mail server offers no login that Slipway knows (PLAIN, LOGIN) but "
              + (extensions.mechanisms().isEmpty()
                  ? "none at all"
                  : String.join(", ", extensions.mechanisms()))
              + ".",
          extensions.reply());
    }
    if (reply.code() != AUTHENTICATED) {
      throw refused(Step.LOGIN, "", reply);
    }
  }

  private SmtpReply plain(String token) {
    String shown = "AUTH PLAIN (credentials)";
    String command = "AUTH PLAIN " + token;
    SmtpReply reply =
        command.length() > LONGEST_COMMAND
            ? conversation.ask("AUTH PLAIN")
            : conversation.ask(command, shown);
    // Some servers ask once more for what the command held already.
    return reply.code() == GO_ON ? conversation.ask(token, shown) : reply;
  }

  private void offer(String sender) {
    if (!SmtpMessage.isAddress(sender)) {
      throw new SystemTrouble(
          SmtpClient.SYSTEM,
          Kind.INPUT,
          "The sender is not a mail address.",
          "MAIL FROM",
          server.against(),
          "");
    }
    expectDone(Step.SENDER, sender, conversation.ask("MAIL FROM:<" + sender + ">"));
  }

  private void expectDone(Step step, String about, SmtpReply reply) {
    if (!reply.positive()) {
      throw refused(step, about, reply);
    }
  }

  private SystemTrouble refused(Step step, String about, SmtpReply reply) {
    SmtpRefusal refusal = SmtpRefusal.of(step, about, reply);
    return conversation.trouble(refusal.kind(), refusal.message(), reply);
  }

  private static Optional<Instant> expiry(SSLSocket tls) {
    try {
      return tls.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
          ? Optional.of(certificate.getNotAfter().toInstant())
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
