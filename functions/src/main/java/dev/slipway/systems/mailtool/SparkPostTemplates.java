package dev.slipway.systems.mailtool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.rest.JsonApi;
import java.util.Map;
import java.util.Optional;

/** The templates of an account at SparkPost, shared with its sub-accounts. */
final class SparkPostTemplates implements MailTemplates {
  private static final String TEMPLATE = "template";

  private final JsonApi api;

  SparkPostTemplates(JsonApi api) {
    this.api = api;
  }

  @Override
  public Optional<MailTemplate> find(String name) {
    return api.find(TEMPLATE, path(name) + "?draft=false")
        .or(() -> api.find(TEMPLATE, path(name) + "?draft=true"))
        .map(answer -> template(name, answer.json().path("results")));
  }

  private static MailTemplate template(String name, JsonNode known) {
    JsonNode content = known.path("content");
    return new MailTemplate(
        name,
        content.path("from").path("email").asText(),
        content.path("subject").asText(),
        content.path("html").asText(),
        content.path("text").asText(),
        known.path("published").asBoolean());
  }

  @Override
  public void add(MailTemplate template) {
    ObjectNode body = body(template);
    body.put("id", template.name()).put("published", template.isPublished());
    api.post(TEMPLATE, "templates", body);
  }

  @Override
  public void replace(MailTemplate template) {
    String path = path(template.name()) + "?update_published=" + template.isPublished();
    api.send(api.call(TEMPLATE, path).method("PUT").json(body(template)));
  }

  private static ObjectNode body(MailTemplate template) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", template.name())
            .put("shared_with_subaccounts", true);
    ObjectNode content =
        body.putObject("content").put("subject", template.subject()).put("html", template.html());
    content.putObject("from").put("email", template.from()).put("name", template.from());
    if (!template.text().isEmpty()) {
      content.put("text", template.text());
    }
    return body;
  }

  @Override
  public void delete(String name) {
    api.send(api.call(TEMPLATE, path(name)).method("DELETE"));
  }

  @Override
  public String render(String name, Map<String, String> variables) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode data = body.putObject("substitution_data");
    variables.forEach(data::put);
    return api.ask("preview", path(name) + "/preview?draft=false", body)
        .json()
        .at("/results/html")
        .asText();
  }

  private static String path(String name) {
    return "templates/" + name;
  }
}
