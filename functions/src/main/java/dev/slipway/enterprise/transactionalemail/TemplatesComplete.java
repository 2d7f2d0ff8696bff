package dev.slipway.enterprise.transactionalemail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.web.HtmlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The customer's own e-mails can be sent: their HTML is well-formed, and they use the variables
 * that the platform gives them and no others (M47).
 */
public final class TemplatesComplete implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    List<ElementFinding> findings = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : subject.value().path("templates").properties()) {
      String field = "/templates/" + each.getKey();
      unknown(
          each.getKey(), field + "/subject", each.getValue().path("subject").asText(), findings);
      unknown(each.getKey(), field + "/text", each.getValue().path("text").asText(), findings);
      html(subject, each.getKey(), field + "/html", each.getValue().path("html"), findings);
    }
    return findings;
  }

  private static void html(
      CheckSubject subject,
      String mail,
      String field,
      JsonNode sha256,
      List<ElementFinding> findings) {
    Optional<String> html = subject.files().apply(sha256.asText()).map(Bytes::text);
    if (html.isEmpty()) {
      findings.add(
          error(
              "no-file",
              field,
              "The file was not handed over.",
              "Hand over the e-mail's HTML as a file."));
      return;
    }
    new HtmlText(html.get())
        .problem()
        .ifPresent(
            problem ->
                findings.add(
                    error("html", field, "In the HTML, " + problem, "Correct it, and upload it.")));
    unknown(mail, field, html.get(), findings);
    MergeVariables.of(mail).stream()
        .filter(name -> name.endsWith("_link") && !MergeVariables.uses(html.get(), name))
        .forEach(
            name ->
                findings.add(
                    ElementFinding.warning(
                        "mail-branding.link-missing",
                        field,
                        "The e-mail does not use the variable %s.".formatted(name),
                        "Put the link in, unless its reader shall not follow it.")));
  }

  private static void unknown(
      String mail, String field, String text, List<ElementFinding> findings) {
    List<String> unknown = MergeVariables.unknownIn(text, mail);
    if (!unknown.isEmpty()) {
      findings.add(
          error(
              "variable-unknown",
              field,
              "The platform does not give this e-mail the variable %s."
                  .formatted(String.join(", ", unknown)),
              "Use those that it gives: %s."
                  .formatted(String.join(", ", MergeVariables.of(mail)))));
    }
  }

  private static ElementFinding error(String code, String field, String message, String nextStep) {
    return ElementFinding.error("mail-branding." + code, field, message, nextStep);
  }
}
