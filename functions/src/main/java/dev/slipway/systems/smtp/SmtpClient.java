package dev.slipway.systems.smtp;

import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * Speaks with a submission server as RFC 5321, 3207 and 4954 have it: greeting, EHLO, STARTTLS, TLS
 * with host name check, EHLO again, AUTH PLAIN or LOGIN, and QUIT. A password never leaves before
 * TLS. A probe can offer the sender's address and take it back (MAIL FROM, RSET), which proves that
 * the login may send in that name, and sends nothing.
 */
public final class SmtpClient {

  static final String SYSTEM = "smtp";

  private static final String PROBE = "SMTP probe";
  private static final int OK_AUTHENTICATED = 235;
  private static final Pattern TOO_BUSY = Pattern.compile("too many|rate|limit|connections");

  private final Egress egress;

  /** Reaches mail servers through this way out. */
  public SmtpClient(Egress egress) {
    this.egress = egress;
  }

  /**
   * Probes server and login, and with a sender also whether that login may send in its name.
   *
   * @throws SystemTrouble {@code AUTHENTICATION_FAILED} (535), {@code NOT_PERMITTED} (sender
   *     refused), {@code REJECTED} (530, 534, 538: the way of logging in), {@code OUT_OF_ORDER}
   *     (4xx), {@code RATE_LIMITED} (421 with too many connections), {@code CERTIFICATE}, {@code
   *     TLS}, or a trouble of the network
   */
  public SmtpReport probe(SmtpServer server, SmtpLogin login, Optional<String> sender) {
    try (Session session = begin(server, Optional.of(login))) {
      if (sender.isPresent()) {
        offerSender(session.conversation(), sender.get());
        session.conversation().ask("RSET");
      }
      session.conversation().ask("QUIT");
      return session.report(sender.isPresent());
    }
  }

  /**
   * Greets the server and begins the encryption, without logging in.
   *
   * @throws SystemTrouble as {@link #probe} does, but for what concerns a login
   */
  public SmtpReport greet(SmtpServer server) {
    try (Session session = begin(server, Optional.empty())) {
      session.conversation().ask("QUIT");
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

  private Session begin(SmtpServer server, Optional<SmtpLogin> login) {
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
    Socket plain = egress.open(SYSTEM, PROBE, server.host(), server.port());
    Session session = new Session(server, login, plain);
    try {
      session.start();
      return session;
    } catch (SystemTrouble trouble) {
      session.close();
      throw Hints.about(server, trouble);
    }
  }

  private static void offerSender(SmtpConversation conversation, String sender) {
    if (!SmtpMessage.isAddress(sender)) {
      throw new SystemTrouble(
          SYSTEM, Kind.INPUT, "The sender is not a mail address.", "MAIL FROM", "smtp", "");
    }
    SmtpReply reply = conversation.ask("MAIL FROM:<" + sender + ">");
    if (reply.code() == 550 || reply.code() == 553 || reply.code() == 554) {
      throw conversation.trouble(
          Kind.NOT_PERMITTED,
          "The login is good, but it may not send as " + sender + " (" + reply.code() + ").",
          reply);
    }
    expect(conversation, reply, "the sender " + sender);
  }

  private static void expect(SmtpConversation conversation, SmtpReply reply, String what) {
    if (!reply.positive()) {
      throw refusal(conversation, reply, "did not accept " + what);
    }
  }

  /** Sorts a refusal that has no meaning particular to its command. */
  private static SystemTrouble refusal(
      SmtpConversation conversation, SmtpReply reply, String what) {
    String words = reply.text().toLowerCase(Locale.ROOT);
    Kind kind;
    if (reply.code() == 421 && TOO_BUSY.matcher(words).find()) {
      kind = Kind.RATE_LIMITED;
    } else if (reply.code() >= 400 && reply.code() < 500) {
      kind = Kind.OUT_OF_ORDER;
    } else if (reply.code() == 530) {
      kind = words.contains("starttls") ? Kind.REJECTED : Kind.AUTHENTICATION_FAILED;
    } else {
      kind = Kind.REJECTED;
    }
    return conversation.trouble(
        kind, "The mail server " + what + ": " + reply.code() + " " + reply.text(), reply);
  }

  /** A message as DATA wants it: header, dots at the beginning of a line doubled, a lone dot. */
  private String content(SmtpMessage message) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            egress.clock().instant().atOffset(ZoneOffset.UTC));
    List<String> lines = new ArrayList<>();
    lines.add("Date: " + date);
    lines.add("From: <" + message.from() + ">");
    lines.add("To: <" + message.to() + ">");
    lines.add("Message-ID: <" + message.id() + ">");
    lines.add("Subject: " + message.subject());
    lines.add("MIME-Version: 1.0");
    if (message.html().isEmpty()) {
      part(lines, "text/plain", message.text());
    } else {
      String boundary = "slipway-" + message.id().replaceAll("[^A-Za-z0-9]", "");
      lines.add("Content-Type: multipart/alternative; boundary=\"" + boundary + "\"");
      lines.add("");
      lines.add("--" + boundary);
      part(lines, "text/plain", message.text());
      lines.add("--" + boundary);
      part(lines, "text/html", message.html());
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

  /** One connection, logged in after {@link #start}. */
  private final class Session implements Submission {

    private final SmtpServer server;
    private final Optional<SmtpLogin> login;
    private SmtpConversation conversation;
    private Socket socket;
    private String greeting = "";
    private String mechanism = "";
    private List<String> mechanisms = List.of();

    Session(SmtpServer server, Optional<SmtpLogin> login, Socket plain) {
      this.server = server;
      this.login = login;
      this.socket = plain;
    }

    void start() {
      if (server.encryption() == Encryption.SSMTP) {
        socket = egress.tls(SYSTEM, "TLS", socket, server.host());
      }
      conversation =
          new SmtpConversation(
              server.against(),
              login.map(l -> Redactor.of(l.user(), l.password())).orElseGet(Redactor::none),
              socket,
              egress.clock());
      SmtpReply welcome = conversation.reply();
      if (welcome.code() != 220) {
        throw refusal(conversation, welcome, "does not take connections");
      }
      greeting = welcome.text();
      SmtpReply offered = hello();
      if (server.encryption() == Encryption.STARTTLS) {
        startTls(offered);
        offered = hello();
      }
      mechanisms = mechanisms(offered);
      login.ifPresent(this::authenticate);
    }

    @Override
    public void send(SmtpMessage message) {
      offerSender(conversation, message.from());
      expect(conversation, conversation.ask("RCPT TO:<" + message.to() + ">"), "the receiver");
      expect(conversation, conversation.ask("DATA"), "a message");
      expect(conversation, conversation.ask(content(message), "(message)"), "the message");
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

    SmtpConversation conversation() {
      return conversation;
    }

    SmtpReport report(boolean senderAccepted) {
      Optional<SSLSocket> encrypted =
          socket instanceof SSLSocket tls ? Optional.of(tls) : Optional.empty();
      return new SmtpReport(
          greeting,
          mechanisms,
          Optional.of(mechanism).filter(used -> !used.isEmpty()),
          encrypted.map(tls -> tls.getSession().getProtocol()),
          encrypted.flatMap(Session::expiry),
          senderAccepted,
          conversation.transcript());
    }

    private SmtpReply hello() {
      String address = socket.getLocalAddress().getHostAddress();
      String literal =
          socket.getLocalAddress() instanceof Inet6Address
              ? "[IPv6:" + address.replaceFirst("%.*", "") + "]"
              : "[" + address + "]";
      SmtpReply reply = conversation.ask("EHLO " + literal);
      expect(conversation, reply, "the greeting EHLO");
      return reply;
    }

    private void startTls(SmtpReply offered) {
      if (offered.lines().stream().noneMatch(line -> line.strip().equalsIgnoreCase("STARTTLS"))) {
        throw conversation.trouble(
            Kind.TLS, "The mail server does not offer STARTTLS on this port.", offered);
      }
      SmtpReply reply = conversation.ask("STARTTLS");
      if (reply.code() != 220) {
        throw refusal(conversation, reply, "did not begin TLS");
      }
      if (conversation.hasMore()) {
        throw conversation.trouble(
            Kind.TLS, "Somebody put text between STARTTLS and the encryption.", reply);
      }
      socket = egress.tls(SYSTEM, "STARTTLS", socket, server.host());
      conversation.use(socket);
    }

    private void authenticate(SmtpLogin account) {
      SmtpReply reply;
      if (mechanisms.contains("PLAIN")) {
        mechanism = "PLAIN";
        String token = base64("\0" + account.user() + "\0" + account.password());
        reply = conversation.ask("AUTH PLAIN " + token, "AUTH PLAIN (credentials)");
      } else if (mechanisms.contains("LOGIN")) {
        mechanism = "LOGIN";
        reply = conversation.ask("AUTH LOGIN");
        if (reply.code() == 334) {
          reply = conversation.ask(base64(account.user()), "(user)");
        }
        if (reply.code() == 334) {
          reply = conversation.ask(base64(account.password()), "(password)");
        }
      } else {
        throw conversation.trouble(
            Kind.REJECTED,
            "The mail server offers no login that Slipway knows (PLAIN, LOGIN) but "
                + (mechanisms.isEmpty() ? "none at all" : String.join(", ", mechanisms))
                + ".",
            new SmtpReply(250, mechanisms));
      }
      if (reply.code() == OK_AUTHENTICATED) {
        return;
      }
      throw switch (reply.code()) {
        case 535 ->
            conversation.trouble(
                Kind.AUTHENTICATION_FAILED,
                "The mail server does not accept this user and password (535).",
                reply);
        case 534, 538 ->
            conversation.trouble(
                Kind.REJECTED,
                "The mail server wants another way of logging in ("
                    + reply.code()
                    + "): "
                    + reply.text(),
                reply);
        case 530 ->
            conversation.trouble(
                Kind.REJECTED,
                "The mail server wants the encryption to begin first (530): " + reply.text(),
                reply);
        default -> refusal(conversation, reply, "did not let Slipway log in");
      };
    }

    private static List<String> mechanisms(SmtpReply hello) {
      return hello.lines().stream()
          .filter(line -> line.regionMatches(true, 0, "AUTH", 0, 4))
          .flatMap(line -> Arrays.stream(line.substring(4).strip().split("[ =]+", -1)))
          .filter(name -> !name.isBlank())
          .map(name -> name.toUpperCase(Locale.ROOT))
          .distinct()
          .toList();
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

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        // The conversation is over; whether the socket closes cleanly changes nothing.
        return;
      }
    }
  }

  /** The most frequent mistakes look alike on the wire; say what they probably are. */
  private static final class Hints {

    static SystemTrouble about(SmtpServer server, SystemTrouble trouble) {
      String hint = hint(server, trouble);
      return hint.isEmpty()
          ? trouble
          : new SystemTrouble(
              trouble.system(),
              trouble.kind(),
              trouble.getMessage() + " " + hint,
              trouble.asked(),
              trouble.against(),
              trouble.answered(),
              trouble.retryAt().orElse(null),
              trouble.getCause());
    }

    private static String hint(SmtpServer server, SystemTrouble trouble) {
      if (server.encryption() == Encryption.STARTTLS
          && trouble.kind() == Kind.TIMED_OUT
          && server.port() == Encryption.SSMTP.usualPort()) {
        return "Port 465 usually expects TLS from the first byte: try encryption SSMTP.";
      }
      if (server.encryption() == Encryption.SSMTP && trouble.kind() == Kind.TLS) {
        return "The port may begin unencrypted: try encryption STARTTLS.";
      }
      return "";
    }
  }
}
