package dev.slipway.enterprise.transactionalemail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.NotedAddress;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.TaskKey;
import dev.slipway.systems.mailtool.MailTool;
import dev.slipway.systems.mailtool.MailTool.Delivery;
import dev.slipway.systems.smtp.SmtpMessage;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One mail by the tool to the test mailbox. Whether it was sent cannot be looked up before its id
 * is known, so it is noted before and after: it is sent at least once, and twice only after a crash
 * in between. One that came back is sent anew at the next attempt.
 */
final class TestMail {
  static final String MAILBOX = "test-mailbox";

  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration USUAL = Duration.ofMinutes(10);
  private static final Duration LATE = Duration.ofHours(1);

  private final Work work;
  private final MailTool tool;
  private final String domain;
  private final String address;

  TestMail(Work work, MailTool tool) {
    this.work = work;
    this.tool = tool;
    this.domain = work.element(MailTools.ELEMENT).path("domain").asText();
    this.address = work.element(MAILBOX).path("address").asText();
  }

  /** From whom the platform's mails are. */
  static String sender(String domain) {
    return "noreply@" + domain;
  }

  /** Names the mail in notes and statements. */
  String name() {
    return "%s:%s:%d".formatted(version(), NotedAddress.of(address), number());
  }

  private String version() {
    return work.secretVersion(tool.system());
  }

  private int number() {
    int number = 1;
    while (work.remembered(Note.Kind.RESOURCE, returned(number)).isPresent()) {
      number++;
    }
    return number;
  }

  private String returned(int number) {
    return "returned:%s:%s:%d".formatted(version(), NotedAddress.of(address), number);
  }

  /** Whether any was sent. */
  boolean wasSent() {
    return work.remembered(Note.Kind.INTENT, "send:" + name()).isPresent() || number() > 1;
  }

  /** Sends it, unless it was, and looks what became of it. */
  Finding delivered(Optional<String> subAccount) {
    int number = number();
    String name = name();
    String id =
        work.remembered(Note.Kind.RESOURCE, "sent:" + name)
            .map(JsonNode::asText)
            .orElseGet(
                () -> {
                  work.remember(Note.Kind.INTENT, "send:" + name, Json.tree(work.now()));
                  String sent = tool.send(message(name), subAccount);
                  return work.remember(Note.Kind.RESOURCE, "sent:" + name, Json.tree(sent))
                      .asText();
                });
    Delivery delivery = tool.delivery(id);
    Instant sent = work.rememberedAt(Note.Kind.RESOURCE, "sent:" + name).orElseThrow();
    return switch (delivery.state()) {
      case DELIVERED, UNKNOWN -> new Finding("test e-mail", tool.against(), delivery.said());
      case FAILED -> {
        work.remember(Note.Kind.RESOURCE, returned(number), Json.tree(work.now()));
        throw notDelivered("The test e-mail came back: " + delivery.said() + ".");
      }
      case UNDER_WAY -> {
        if (work.now().isBefore(sent.plus(USUAL))) {
          work.waitUntil(work.now().plus(PAUSE), "The test e-mail is on its way.");
        }
        throw notDelivered(
                "The test e-mail of %s is on its way still: %s.".formatted(sent, delivery.said()))
            .lookedAtAgain(work.now().plus(LATE));
      }
    };
  }

  private SmtpMessage message(String name) {
    return new SmtpMessage(
        sender(domain),
        address,
        "Test of e-mails, " + TaskKey.place(work.at("environment")),
        "The platform of the environment %s sends its e-mails this way. It is a test: say in Slipway that it arrived."
            .formatted(TaskKey.place(work.at("environment"))),
        Json.hash(Json.tree(work.onboarding() + name)).substring(0, 32) + "@" + domain);
  }

  private UnmetRequirement notDelivered(String message) {
    return new UnmetRequirement(
        "mail.not-delivered",
        tool.system(),
        MAILBOX,
        message,
        "Look into the mailbox's spam folder and the tool's log, or correct the address; then retry.");
  }

  /** What a person tells of its receipt: with the header, that its signature held. */
  Finding received(Answer answer) {
    JsonNode header = answer.value("authenticationResults");
    if (header.isTextual() && !header.asText().contains("dkim=pass")) {
      throw new UnmetRequirement(
          "mail.dkim-failed",
          tool.system(),
          MAILBOX,
          "The receiver's server did not accept the mail's signature: " + header.asText(),
          "See that nothing changes mails on their way, and give the header of a new one.");
    }
    return new Finding(
            "receipt of the test e-mail",
            domain,
            header.isTextual() ? "DKIM: " + header.asText() : "stated")
        .saidIn(answer);
  }
}
