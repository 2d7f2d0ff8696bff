package dev.slipway.systems.mailtool;

import dev.slipway.systems.smtp.SmtpMessage;
import dev.slipway.systems.smtp.SmtpServer;
import java.util.Optional;
import java.util.Set;

/**
 * A tool that sends the platform's transactional mails (M45–M49): a template service, which also
 * keeps their texts (Mandrill, SparkPost), or a delivery service (Mailgun, a mail server of the
 * customer's own). What a tool does not have is empty. Every method throws {@link
 * dev.slipway.systems.net.SystemTrouble} when it cannot be answered.
 *
 * <pre>{@code
 * MailTool tool = new Mandrill(http, key);
 * tool.service().ifPresent(service -> service.addDomain("customer.example"));
 * String id = tool.send(message, Optional.of("acme-uat"));
 * tool.delivery(id);
 * }</pre>
 */
public interface MailTool {

  /** Its name, as in the credential's name. */
  String system();

  /** The host that is asked. */
  String against();

  /** Whether it takes mails of this account. */
  Standing standing();

  /**
   * What a tool tells of the account.
   *
   * @param isSuspended whether it sends nothing for it
   * @param said its words, with a warning if mails may come late
   */
  record Standing(boolean isSuspended, String said) {}

  /** Its sub-accounts and sending domains; empty for a mail server. */
  default Optional<MailService> service() {
    return Optional.empty();
  }

  /**
   * Where the platform itself hands its mails in; empty for a template service, which the platform
   * asks by its API.
   */
  default Optional<SmtpServer> submission() {
    return Optional.empty();
  }

  /** Its logins for sending; empty where the platform sends by the login that was given. */
  default Optional<SendingLogins> logins() {
    return Optional.empty();
  }

  /** The addresses of its users; empty where no API lists them. */
  default Optional<Set<String>> users() {
    return Optional.empty();
  }

  /** The texts of mails that it keeps; empty for a delivery service. */
  default Optional<MailTemplates> templates() {
    return Optional.empty();
  }

  /**
   * Sends a mail. Whether it was sent cannot be asked before its id is known.
   *
   * @param subAccount in whose name; empty for the account's own
   * @return the tool's id of it
   */
  String send(SmtpMessage mail, Optional<String> subAccount);

  /** What became of a mail that was sent. */
  Delivery delivery(String id);

  /**
   * What a tool tells of a mail.
   *
   * @param said its words, such as the reason why it came back
   */
  record Delivery(State state, String said) {

    /** How far it is. */
    public enum State {
      /** The receiver's server took it. */
      DELIVERED,
      /** It is on its way. */
      UNDER_WAY,
      /** It was refused, or came back. */
      FAILED,
      /** The tool does not tell. */
      UNKNOWN
    }
  }
}
