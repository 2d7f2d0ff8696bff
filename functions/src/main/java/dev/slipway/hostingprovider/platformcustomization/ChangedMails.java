package dev.slipway.hostingprovider.platformcustomization;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.MailTemplatesClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Changed texts on their way: taken into use, then sent to the test mailbox, each in its language.
 * Whether a mail was sent cannot be looked up, so each is noted before it is sent and after: it is
 * sent at least once, and twice only after a crash in between.
 */
final class ChangedMails {
  /** No permission, or a platform that knows no such template: a person does it. */
  private static final Set<Kind> LEFT_TO_PERSON =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.REJECTED);

  private final Work work;
  private final MailTemplatesClient templates;
  private final MailTexts texts;

  ChangedMails(Work work, MailTemplatesClient templates, MailTexts texts) {
    this.work = work;
    this.templates = templates;
    this.texts = texts;
  }

  /** The step that takes the texts into use, of which a statement is about these modules. */
  PersonStep toRefresh() {
    return work.step("refresh-templates")
        .about(work.about("platform.domain", "mail-texts.modules").and("change", change()))
        .field("mail-texts.changes")
        .leftToPerson(LEFT_TO_PERSON);
  }

  /** The step that sends each text. */
  PersonStep toSend() {
    return work.step("send-test-mails")
        .about(sent())
        .field("mail-texts.changes")
        .leftToPerson(LEFT_TO_PERSON);
  }

  /** The step that confirms the receipt of each text. */
  PersonStep toConfirm() {
    return work.step("confirm-receipt")
        .about(sent())
        .material("Look for these at " + address() + ": " + String.join(", ", names()) + ".")
        .field("test-mailbox");
  }

  /** The mails with these texts: a statement that they were sent, or arrived, is about them. */
  private About sent() {
    return work.about("platform.domain", "test-mailbox.address").and("change", change());
  }

  /** Has the platform take the texts into use: once for each change, and each entering. */
  Finding refresh() {
    String name = "refreshed:" + change();
    if (work.remembered(Note.Kind.RESOURCE, name).isEmpty()) {
      templates.refresh(texts.modules());
      work.remember(Note.Kind.RESOURCE, name, Json.tree(work.now()));
    }
    return new Finding(
        PlatformMethod.REFRESH_EMAIL_TEMPLATES.permission(),
        templates.against(),
        "taken into use at " + work.remembered(Note.Kind.RESOURCE, name).orElseThrow().asText());
  }

  /** Has the platform send each text. */
  Finding send() {
    texts.changes().forEach(this::send);
    return new Finding(
        PlatformMethod.SEND_TEMPLATE_EMAIL.permission(),
        templates.against(),
        "sent to " + address() + ": " + String.join(", ", names()));
  }

  private void send(MailTexts.Change text) {
    String name = change() + ":" + text.name() + ":" + address();
    work.once(
        "send:" + name,
        "sent:" + name,
        () -> templates.send(text.template(), text.language(), address()));
  }

  /** Looks whether a person names every e-mail, or none in particular. */
  Finding received(Answer answer) {
    JsonNode named = Optional.ofNullable(answer.values()).orElse(Json.tree(null)).path("received");
    List<String> received = new ArrayList<>();
    named.forEach(name -> received.add(name.asText()));
    Set<String> missing = new TreeSet<>(names());
    missing.removeAll(received);
    if (!named.isMissingNode() && !missing.isEmpty()) {
      throw new UnmetRequirement(
          "mail-texts.not-received",
          "smtp",
          "test-mailbox",
          "These e-mails did not arrive in their language: " + String.join(", ", missing) + ".",
          "Check in the admin panel that the translation has no red mark, which means that the"
              + " default language is sent; look into the spam folder; then confirm again.");
    }
    return new Finding(
            "receipt of changed e-mails",
            address(),
            received.isEmpty() ? "stated" : "stated for " + String.join(", ", received))
        .saidIn(answer);
  }

  private List<String> names() {
    return texts.changes().stream().map(MailTexts.Change::name).toList();
  }

  private String address() {
    return work.element("test-mailbox").path("address").asText();
  }

  /** The texts, and when a person said that they were entered. */
  private String change() {
    return texts.hash() + ":" + work.answer("enter-texts").map(Answer::id).orElse("");
  }
}
