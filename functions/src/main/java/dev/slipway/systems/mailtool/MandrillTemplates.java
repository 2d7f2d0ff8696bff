package dev.slipway.systems.mailtool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The templates of an account at Mandrill, which all of its sub-accounts use. A template has a
 * draft beside what is published.
 */
final class MandrillTemplates implements MailTemplates {
  private final Mandrill mandrill;

  MandrillTemplates(Mandrill mandrill) {
    this.mandrill = mandrill;
  }

  @Override
  public Optional<MailTemplate> find(String name) {
    return mandrill
        .found("templates/info", mandrill.body().put("name", name))
        .map(answer -> template(name, answer.json()));
  }

  private static MailTemplate template(String name, JsonNode known) {
    boolean isPublished = known.hasNonNull("published_at");
    String prefix = isPublished ? "publish_" : "";
    return new MailTemplate(
        name,
        text(known, prefix + "from_email"),
        text(known, prefix + "subject"),
        text(known, prefix + "code"),
        text(known, prefix + "text"),
        isPublished);
  }

  private static String text(JsonNode known, String field) {
    return known.path(field).asText("");
  }

  @Override
  public void add(MailTemplate template) {
    mandrill.post("templates/add", body(template));
  }

  @Override
  public void replace(MailTemplate template) {
    mandrill.post("templates/update", body(template));
  }

  private ObjectNode body(MailTemplate template) {
    return mandrill
        .body()
        .put("name", template.name())
        .put("from_email", template.from())
        .put("subject", template.subject())
        .put("code", template.html())
        .put("text", template.text())
        .put("publish", template.isPublished());
  }

  @Override
  public void delete(String name) {
    mandrill.post("templates/delete", mandrill.body().put("name", name));
  }

  @Override
  public String render(String name, Map<String, String> variables) {
    ObjectNode body = mandrill.body().put("template_name", name);
    body.putArray("template_content");
    ArrayNode merge = body.putArray("merge_vars");
    variables.forEach(
        (variable, value) ->
            merge.addObject().put("name", variable.toUpperCase(Locale.ROOT)).put("content", value));
    return mandrill.ask("templates/render", body).json().path("html").asText();
  }
}
