package dev.slipway.systems.mailtool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.smtp.Encryption;
import dev.slipway.systems.smtp.SmtpClient;
import dev.slipway.systems.smtp.SmtpLogin;
import dev.slipway.systems.smtp.SmtpMessage;
import dev.slipway.systems.smtp.SmtpReport;
import dev.slipway.systems.smtp.SmtpServer;
import java.util.Optional;

/** A mail server of the customer's own, to which mails are handed in by login. */
public final class SubmissionServer implements MailTool {

  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "smtp";

  private final SmtpClient client;
  private final SmtpServer server;
  private final SmtpLogin login;
  private final String sender;

  /**
   * @param sender in whose name the login has to be allowed to send
   */
  public SubmissionServer(SmtpClient client, SmtpServer server, SmtpLogin login, String sender) {
    this.client = client;
    this.server = server;
    this.login = login;
    this.sender = sender;
  }

  /** The server that the element {@code mail-tool} names: {host, port, security}. */
  public static SmtpServer of(JsonNode element) {
    Encryption encryption =
        element.path("security").asText().equals("tls") ? Encryption.SSMTP : Encryption.STARTTLS;
    return new SmtpServer(
        element.path("host").asText(),
        element.path("port").asInt(encryption.usualPort()),
        encryption);
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public String against() {
    return server.against();
  }

  @Override
  public Standing standing() {
    SmtpReport report = client.probe(server, login, Optional.of(sender));
    return new Standing(
        false,
        "%s, AUTH %s, %s"
            .formatted(
                report.tls().orElse("no TLS"),
                report.mechanism().orElse("none"),
                report.senderAccepted()
                    ? "takes mails from " + sender
                    : "neither takes nor refuses the sender " + sender));
  }

  @Override
  public Optional<SmtpServer> submission() {
    return Optional.of(server);
  }

  @Override
  public String send(SmtpMessage mail, Optional<String> subAccount) {
    try (SmtpClient.Submission session = client.open(server, login)) {
      session.send(mail);
    }
    return mail.id();
  }

  /** It took the mail, and tells no more. */
  @Override
  public Delivery delivery(String id) {
    return new Delivery(Delivery.State.UNKNOWN, "the server took it: " + id);
  }
}
