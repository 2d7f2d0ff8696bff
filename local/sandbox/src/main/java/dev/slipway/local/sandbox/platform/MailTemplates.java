package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.util.List;
import java.util.Map;

/**
 * The texts of the platform's e-mails. A text that a person enters is sent only after a refresh; a
 * language without a text of its own gets the default's, which is how a forgotten translation
 * behaves.
 *
 * <p>The world's part {@code platform.mailTexts}: {@code entered} and {@code live}, each by
 * template and language, with {@code subject} and {@code body}; {@code refreshes}.
 */
final class MailTemplates {
  private static final String DEFAULT_LANGUAGE = "en";

  private final World world;

  MailTemplates(World world) {
    this.world = world;
  }

  static ObjectNode defaults() {
    ObjectNode texts = Json.object().put("refreshes", 0);
    texts.putObject("entered");
    texts.putObject("live");
    return texts;
  }

  /** A message. */
  record Text(String subject, String body) {}

  List<PlatformMethod> methods() {
    return List.of(
        PlatformMethod.of(
            "administration.cluster.RefreshEmailTemplates", List.of("modules"), this::refresh));
  }

  Map<String, Act> acts() {
    return Map.of("enter-mail-text", this::enter);
  }

  /** The text of a template that is sent in a language. */
  Text text(String template, String language) {
    return world.read(
        Platform.SYSTEM,
        part -> {
          JsonNode texts = part.path("mailTexts").path("live").path(template);
          JsonNode live = texts.path(texts.has(language) ? language : DEFAULT_LANGUAGE);
          return live.isObject()
              ? new Text(live.path("subject").asText(), live.path("body").asText())
              : new Text(
                  "[" + template + "] Message of the platform",
                  "This is the template " + template + ", sent by the platform.");
        });
  }

  private ObjectNode refresh(PlatformCall call) {
    world.edit(
        Platform.SYSTEM,
        part -> {
          ObjectNode texts = part.withObjectProperty("mailTexts");
          texts.set("live", texts.path("entered").deepCopy());
          texts.put("refreshes", texts.path("refreshes").asInt() + 1);
        });
    return Json.object();
  }

  /** {@code template}, {@code language}, {@code subject}, {@code body}. */
  private JsonNode enter(JsonNode details) {
    world.edit(
        Platform.SYSTEM,
        part ->
            part.withObjectProperty("mailTexts")
                .withObjectProperty("entered")
                .withObjectProperty(details.path("template").asText())
                .putObject(details.path("language").asText())
                .put("subject", details.path("subject").asText())
                .put("body", details.path("body").asText()));
    return Json.object();
  }
}
