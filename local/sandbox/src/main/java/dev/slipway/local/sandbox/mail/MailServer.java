package dev.slipway.local.sandbox.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.tls.ServerIdentities;
import dev.slipway.local.sandbox.world.CallLog;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Faults;
import dev.slipway.local.sandbox.world.Journal;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.RecordedCall;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.TcpStandIn;
import dev.slipway.local.sandbox.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.subethamail.smtp.AuthenticationHandler;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/**
 * The hoster's mail server: a real one (SubEthaSMTP), with submission on 587 (STARTTLS before AUTH)
 * and 465 (TLS at once). AUTH PLAIN and LOGIN, 535 for a wrong password, 530 before STARTTLS, 553
 * for a sender that is not the user's: at RCPT, as Postfix does unless told otherwise
 * (smtpd_delay_reject). It keeps every mail and sends none on.
 *
 * <p>The world's part {@code smtp}: {@code users} (by name: {@code password}, and {@code senders},
 * addresses or {@code @domain}), {@code refusedRecipients}. Faults of the system {@code smtp} are
 * matched on {@code CONNECT}, {@code AUTH user}, {@code MAIL sender}, {@code RCPT recipient} or
 * {@code DATA}; {@code status-5xx} replies with the fault's status (default 451, at {@code CONNECT}
 * 421), {@code slow} delays, {@code hang} delays for ten minutes; to cut a connection use {@code
 * network}.
 */
public final class MailServer implements TcpStandIn {

  private static final String SYSTEM = "smtp";
  private static final String ADDRESS = "203.0.113.25";
  private static final int MAX_MESSAGE = 1024 * 1024;
  private static final long HANG_MILLIS = 600_000;

  private final World world;
  private final Faults faults;
  private final CallLog calls;
  private final Journal<Mail> mails;
  private final ServerIdentities identities;
  private final InstantSource clock;
  private final List<SMTPServer> servers = new ArrayList<>();

  /** A mail server that delivers into {@code mails}. */
  public MailServer(
      World world,
      Faults faults,
      CallLog calls,
      Journal<Mail> mails,
      ServerIdentities identities,
      InstantSource clock) {
    this.world = world;
    this.faults = faults;
    this.calls = calls;
    this.mails = mails;
    this.identities = identities;
    this.clock = clock;
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public List<Site> sites() {
    return List.of(
        new Site(SandboxDefaults.SMTP_HOST, ADDRESS, 587, Site.Transport.TCP),
        new Site(SandboxDefaults.SMTP_HOST, ADDRESS, 465, Site.Transport.TCP),
        new Site(SandboxDefaults.INSIDE_SMTP_HOST, "10.20.0.20", 587, Site.Transport.TCP));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    ObjectNode user = part.putObject("users").putObject(SandboxDefaults.SMTP_USER);
    user.put("password", SandboxDefaults.SMTP_PASSWORD);
    user.putArray("senders").add("@" + SandboxDefaults.MAIL_DOMAIN);
    ObjectNode slipway = part.withObject("users").putObject(SandboxDefaults.SLIPWAY_MAIL_USER);
    slipway.put("password", SandboxDefaults.SLIPWAY_MAIL_PASSWORD);
    slipway.putArray("senders").add(SandboxDefaults.SLIPWAY_MAIL_FROM);
    part.putArray("refusedRecipients");
    return part;
  }

  @Override
  public int[] start() {
    SSLContext tls = identities.serverContext(SandboxDefaults.SMTP_HOST);
    SMTPServer submission =
        server()
            .enableTLS()
            .requireTLS()
            .startTlsSocketFactory(plain -> startTls(tls, plain))
            .build();
    SMTPServer submissions = server().hideTLS().serverSocketFactory(tls).build();
    servers.add(submission);
    servers.add(submissions);
    servers.forEach(SMTPServer::start);
    return new int[] {
      submission.getPortAllocated(), submissions.getPortAllocated(), submission.getPortAllocated()
    };
  }

  @Override
  public void close() {
    servers.forEach(SMTPServer::stop);
  }

  private SMTPServer.Builder server() {
    return SMTPServer.port(0)
        .bindAddress(InetAddress.getLoopbackAddress())
        .hostName(SandboxDefaults.SMTP_HOST)
        .softwareName("Slipway sandbox")
        .requireAuth()
        .maxMessageSize(MAX_MESSAGE)
        .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory(this::login))
        .messageHandlerFactory(Delivery::new)
        .sessionHandler(new Doorkeeper());
  }

  private static SSLSocket startTls(SSLContext tls, Socket plain) throws IOException {
    // Or a reply would wait for the receipt of the session ticket sent before it.
    plain.setTcpNoDelay(true);
    InetSocketAddress remote = (InetSocketAddress) plain.getRemoteSocketAddress();
    SSLSocket secured =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(plain, remote.getHostString(), plain.getPort(), true);
    secured.setUseClientMode(false);
    return secured;
  }

  private void login(String user, String password, MessageContext context)
      throws LoginFailedException {
    Operation operation = new Operation("AUTH", user);
    boolean accepted =
        world.read(
            SYSTEM,
            part -> {
              JsonNode known = part.path("users").path(user).path("password");
              return known.isTextual() && known.asText().equals(password);
            });
    try {
      disturb(operation, 535);
    } catch (RejectException e) {
      throw new LoginFailedException(e.getMessage());
    }
    calls.record(SYSTEM, operation, accepted ? RecordedCall.OK : "535");
    if (!accepted) {
      throw new LoginFailedException("authentication failed");
    }
  }

  private void disturb(Operation operation, int usualStatus) throws RejectException {
    Optional<Fault> fault = faults.take(SYSTEM, operation);
    if (fault.isEmpty()) {
      return;
    }
    Fault trouble = fault.get();
    calls.record(SYSTEM, operation, "fault:" + trouble.kind().wireName());
    switch (trouble.kind()) {
      case SLOW -> pause(trouble.delay().toMillis());
      case HANG -> pause(HANG_MILLIS);
      default -> {
        int status = trouble.status() == 0 ? usualStatus : trouble.status();
        String message =
            trouble.message().isEmpty() ? "Temporary local problem" : trouble.message();
        throw new RejectException(status, message);
      }
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets sessions in, unless a fault stands at the door. */
  private final class Doorkeeper implements SessionHandler {

    @Override
    public SessionAcceptance accept(Session session) {
      try {
        disturb(Operation.of("CONNECT"), 421);
        return SessionAcceptance.success();
      } catch (RejectException e) {
        return SessionAcceptance.failure(e.getCode(), e.getMessage());
      }
    }

    @Override
    public void onSessionEnd(Session session) {
      // Nothing is kept per session.
    }
  }

  /** Takes in one mail. */
  private final class Delivery implements MessageHandler {

    private final String user;
    private final List<String> recipients = new ArrayList<>();
    private String sender = "";

    Delivery(MessageContext context) {
      this.user =
          context
              .getAuthenticationHandler()
              .map(AuthenticationHandler::getIdentity)
              .map(Object::toString)
              .orElse("");
    }

    @Override
    public void from(String from) throws RejectException {
      Operation operation = new Operation("MAIL", from);
      disturb(operation, 451);
      sender = from;
    }

    @Override
    public void recipient(String recipient) throws RejectException {
      Operation operation = new Operation("RCPT", recipient);
      disturb(operation, 451);
      if (!maySend()) {
        calls.record(SYSTEM, operation, "553");
        throw new RejectException(553, "5.7.1 Sender address rejected: not owned by user " + user);
      }
      if (world.read(
          SYSTEM, part -> Json.strings(part.path("refusedRecipients")).contains(recipient))) {
        calls.record(SYSTEM, operation, "550");
        throw new RejectException(550, "5.1.1 Recipient address rejected: User unknown");
      }
      recipients.add(recipient);
    }

    private boolean maySend() {
      return world.read(
          SYSTEM,
          part ->
              Json.strings(part.path("users").path(user).path("senders")).stream()
                  .anyMatch(
                      each -> each.startsWith("@") ? sender.endsWith(each) : sender.equals(each)));
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
      String content = new String(data.readAllBytes(), StandardCharsets.UTF_8);
      disturb(Operation.of("DATA"), 451);
      mails.add(
          new Mail(clock.instant(), sender, recipients, user, Mail.subjectOf(content), content));
      calls.record(SYSTEM, new Operation("DATA", String.join(",", recipients)), RecordedCall.OK);
      return null;
    }

    @Override
    public void done() {
      recipients.clear();
    }
  }
}
