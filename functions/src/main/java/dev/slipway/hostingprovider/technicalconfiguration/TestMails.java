package dev.slipway.hostingprovider.technicalconfiguration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.PlatformClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One e-mail of each category, sent by the platform to the test mailbox after each change of the
 * settings. Whether a mail was sent cannot be looked up, so each is noted before it is sent and
 * after: it is sent at least once, and twice only after a crash in between.
 */
final class TestMails {
  /** The mails that the guide names; others are sent if a template is given for them. */
  private static final List<String> REQUIRED = List.of("accountManagement", "environmentLifecycle");

  /** The list of a platform's templates is not public. */
  private static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND);

  private static final String FIELD = "test-mailbox";

  private final Work work;
  private final PlatformClient platform;
  private final int change;
  private final JsonNode mailbox;

  /** After a number of changes. */
  TestMails(Work work, PlatformClient platform, int change) {
    this.work = work;
    this.platform = platform;
    this.change = change;
    this.mailbox = work.element(FIELD);
  }

  /** The mails of this change, from this platform to this mailbox. */
  private About about() {
    return work.about("platform.domain", "test-mailbox").and("change", change);
  }

  /** Has the mails sent, by a person where a template is not known. */
  void send() {
    JsonNode templates = mailbox.path("templates");
    if (REQUIRED.stream().anyMatch(category -> !templates.has(category))) {
      work.step("send-test-mails").about(about()).attested();
      return;
    }
    work.step("send-test-mails")
        .about(about())
        .field(FIELD)
        .leftToPerson(LEFT_TO_PERSON)
        .machine(() -> sent(templates))
        .orAttested();
  }

  /** Looks at what a person says of their receipt. */
  void received() {
    work.step("confirm-receipt").about(about()).field(FIELD).person(this::confirmed);
  }

  private Finding sent(JsonNode templates) {
    List<String> sent = new ArrayList<>();
    templates
        .properties()
        .forEach(
            template -> {
              send(template.getKey(), template.getValue().asText());
              sent.add(template.getKey());
            });
    return new Finding(
        PlatformMethod.SEND_TEMPLATE_EMAIL.permission(),
        platform.against(),
        "sent to " + mailbox.path("address").asText() + ": " + String.join(", ", sent));
  }

  private void send(String category, String template) {
    String address = mailbox.path("address").asText();
    String name = String.join(":", "" + change, category, template, address, platform.against());
    work.once("send:" + name, "sent:" + name, () -> platform.sendTemplate(template, address));
  }

  private Finding confirmed(Answer answer) {
    JsonNode named = Optional.ofNullable(answer.values()).orElse(Json.tree(null)).path("received");
    List<String> received = new ArrayList<>();
    named.forEach(category -> received.add(category.asText()));
    Optional<String> missing =
        REQUIRED.stream()
            .filter(category -> !named.isMissingNode() && !received.contains(category))
            .findFirst();
    if (missing.isPresent()) {
      throw new UnmetRequirement(
          "smtp.mail-not-received",
          "smtp",
          FIELD,
          "The e-mail of the category `" + missing.get() + "` did not arrive.",
          "Look into the spam folder and the mail server's log, and confirm again.");
    }
    return new Finding(
            "receipt of platform e-mails",
            mailbox.path("address").asText(),
            received.isEmpty() ? "stated" : "stated for " + String.join(", ", received))
        .saidIn(answer);
  }
}
