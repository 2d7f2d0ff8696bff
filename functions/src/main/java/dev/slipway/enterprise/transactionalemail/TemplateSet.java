package dev.slipway.enterprise.transactionalemail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.EnvironmentTenants;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.maestrano.Express;
import dev.slipway.systems.mailtool.MailTemplates;
import dev.slipway.systems.mailtool.MailTemplates.MailTemplate;
import dev.slipway.systems.mailtool.MailTool;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The e-mails that an environment's frontends send, at a template service: those that were given
 * are entered, and each is there and published, for a mail without one is not sent.
 */
final class TemplateSet {
  private static final String GIVEN = "mail-branding";
  private static final String TEMPLATE = "template:";

  private final Work work;
  private final MailTool tool;
  private final MailTemplates templates;
  private final VendorAccount account;
  private final String host;
  private final List<String> mails;

  TemplateSet(Work work, HttpPort http, MailTool tool) {
    this.work = work;
    this.tool = tool;
    this.templates = tool.templates().orElseThrow();
    this.account = new VendorAccount(work, tool.system(), GIVEN);
    EnvironmentTenants tenants = new EnvironmentTenants(work, http);
    this.host = tenants.host(tenants.names().getFirst());
    this.mails = MergeVariables.mails(new Express(http, host).version().series());
  }

  private JsonNode given() {
    return work.element(GIVEN).path("templates");
  }

  /** Enters those that were given; a person enters the others, if they are missing. */
  Finding ensure() {
    given().fieldNames().forEachRemaining(mail -> wanted(mail).ifPresent(this::ensure));
    Optional<String> missing = mails.stream().filter(mail -> !isPublished(mail)).findFirst();
    if (missing.isPresent()) {
      throw new SystemTrouble(
          tool.system(),
          Kind.NOT_FOUND,
          "The e-mail %s is not published, and no text of it was given.".formatted(missing.get()),
          TEMPLATE + missing.get(),
          tool.against(),
          "");
    }
    return look();
  }

  private void ensure(MailTemplate wanted) {
    try {
      account.ensure(
          TEMPLATE + wanted.name(),
          () -> templates.find(wanted.name()).map(MailTemplate::name),
          () -> {
            templates.add(wanted);
            return wanted.name();
          });
      MailTemplate present = templates.find(wanted.name()).orElseThrow();
      if (!present.saysAs(wanted)) {
        if (account.made(TEMPLATE + wanted.name()).isEmpty()) {
          work.remember(Note.Kind.PREVIOUS, TEMPLATE + wanted.name(), Json.tree(present));
        }
        templates.replace(wanted);
      }
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == Kind.REJECTED) {
        throw unmet(
            "invalid-template",
            wanted.name(),
            "The tool cannot read the text: " + trouble.answered(),
            "Correct it, and upload it again.");
      }
      throw trouble;
    }
  }

  /** What was given for a mail, if the frontends send it. */
  private Optional<MailTemplate> wanted(String mail) {
    JsonNode text = given().path(mail);
    Optional<String> html = work.file(text.path("html").asText()).map(Bytes::text);
    return html.filter(any -> mails.contains(mail))
        .map(
            found ->
                new MailTemplate(
                    mail,
                    TestMail.sender(work.element(MailTools.ELEMENT).path("domain").asText()),
                    text.path("subject").asText(),
                    found,
                    text.path("text").asText(),
                    true));
  }

  private boolean isPublished(String mail) {
    return templates.find(mail).filter(MailTemplate::isPublished).isPresent();
  }

  /** The mails of which a person has to enter the text, for below the instructions. */
  String lines() {
    List<String> missing = mails.stream().filter(mail -> !isPublished(mail)).toList();
    return missing.isEmpty() ? "" : "Not published yet: " + String.join(", ", missing);
  }

  /** Each is published, with the text that was given. */
  Finding look() {
    for (String mail : mails) {
      Optional<MailTemplate> present = templates.find(mail);
      if (present.isEmpty() || !present.get().isPublished()) {
        throw unmet(
            present.isEmpty() ? "template-missing" : "template-draft",
            mail,
            "The e-mail %s is %s."
                .formatted(mail, present.isEmpty() ? "not there" : "a draft, which is not sent"),
            "Enter its text, and publish it.");
      }
      if (wanted(mail).filter(text -> !present.get().saysAs(text)).isPresent()) {
        throw unmet(
            "template-differs",
            mail,
            "The e-mail %s has another text than was given.".formatted(mail),
            "Enter the text that was given, or give the one that is there.");
      }
    }
    return new Finding("templates", tool.against(), mails.size() + " e-mail(s) published");
  }

  /** Each is rendered with all of its variables: none is left, and links lead to the tenant. */
  Finding render() {
    for (String mail : mails) {
      Map<String, String> variables = new LinkedHashMap<>();
      MergeVariables.of(mail).forEach(name -> variables.put(name, sample(name)));
      String html = templates.render(mail, variables);
      Optional<String> left = MergeVariables.leftIn(html);
      if (left.isPresent()) {
        throw new UnmetRequirement(
            "mail.variable-left",
            tool.system(),
            field(mail),
            "The e-mail %s shows the variable %s to its reader.".formatted(mail, left.get()),
            "Correct the variable in its text; then retry.");
      }
    }
    return new Finding(
        "rendered with all variables",
        tool.against(),
        mails.size() + " e-mail(s), no variable left");
  }

  private String sample(String variable) {
    return variable.endsWith("_link")
        ? "https://" + host + "/" + variable.replace('_', '-')
        : variable.replace('_', ' ');
  }

  /** Deletes those that this task added, and puts old texts back. */
  List<String> putBack() {
    List<String> done = new ArrayList<>();
    for (String mail : mails) {
      Optional<MailTemplate> old =
          work.remembered(Note.Kind.PREVIOUS, TEMPLATE + mail)
              .map(note -> Json.MAPPER.convertValue(note, MailTemplate.class));
      if (old.isPresent()) {
        templates.replace(old.get());
        done.add(mail + " has its old text");
      } else if (account.made(TEMPLATE + mail).isPresent() && templates.find(mail).isPresent()) {
        templates.delete(mail);
        done.add(mail + " is deleted");
      }
    }
    return done;
  }

  private static String field(String mail) {
    return GIVEN + ".templates." + mail;
  }

  private UnmetRequirement unmet(String code, String mail, String message, String next) {
    return new UnmetRequirement(
        tool.system() + "." + code, tool.system(), field(mail), message, next);
  }
}
