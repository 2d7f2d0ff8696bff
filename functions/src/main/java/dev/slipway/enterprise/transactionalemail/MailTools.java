package dev.slipway.enterprise.transactionalemail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Party;
import dev.slipway.systems.mailtool.MailTool;
import dev.slipway.systems.mailtool.Mailgun;
import dev.slipway.systems.mailtool.Mandrill;
import dev.slipway.systems.mailtool.SparkPost;
import dev.slipway.systems.mailtool.SubmissionServer;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.smtp.SmtpClient;
import dev.slipway.systems.smtp.SmtpLogin;
import dev.slipway.task.Work;

/** The mail tool of the customer's choice, as the element {@code mail-tool} names it. */
final class MailTools {
  static final String ELEMENT = "mail-tool";

  private final HttpPort http;
  private final Egress egress;

  MailTools(HttpPort http, Egress egress) {
    this.http = http;
    this.egress = egress;
  }

  /** The system whose credential opens it. */
  static String system(Work work) {
    return work.element(ELEMENT).path("tool").asText();
  }

  /** Whose task a new account is, and inviting people into it. */
  static Party creator(Work work) {
    return work.element(ELEMENT).path("createdBy").asText().equals("customer")
        ? Party.CUSTOMER
        : Party.VENDOR;
  }

  /** Opens it with the environment's credential; waits for one. */
  MailTool open(Work work) {
    JsonNode element = work.element(ELEMENT);
    String region = element.path("region").asText("us");
    JsonNode secret = work.secret(system(work));
    String key = secret.path("key").asText();
    return switch (system(work)) {
      case Mandrill.SYSTEM -> new Mandrill(http, key);
      case SparkPost.SYSTEM -> new SparkPost(http, SparkPost.BASES.get(region), key);
      case Mailgun.SYSTEM ->
          new Mailgun(http, Mailgun.BASES.get(region), element.path("domain").asText(), key);
      default ->
          new SubmissionServer(
              new SmtpClient(egress),
              SubmissionServer.of(element),
              new SmtpLogin(secret.path("user").asText(), secret.path("password").asText()),
              TestMail.sender(element.path("domain").asText()));
    };
  }
}
