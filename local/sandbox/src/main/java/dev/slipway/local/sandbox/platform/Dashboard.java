package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RecordedCall;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The dashboard's login page, with its provider's own content: logo and favicon, links and name by
 * the settings in effect, and the content of {@code header.html}.
 *
 * <p>That the page names its logo and links in its source is an assumption: a real dashboard may
 * load them by script. The names of the settings are not public; the names here are this stand-in's
 * own.
 *
 * <p>The world's part {@code platform.dashboard}: {@code header}, and {@code images} by kind, each
 * with {@code type} and {@code base64}.
 */
final class Dashboard {
  private static final String IMAGES = "/images/";

  private final World world;

  Dashboard(World world) {
    this.world = world;
  }

  static ObjectNode defaults() {
    ObjectNode dashboard = Json.object().put("header", "");
    dashboard.putObject("images");
    return dashboard;
  }

  /** The settings for links and name, as they are after the installation. */
  static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("links.terms", "https://www.vendor.example/terms");
    settings.put("links.documentation", "https://www.vendor.example/docs");
    settings.put("links.support", "https://www.vendor.example/support");
    settings.put("links.site", "https://www.vendor.example");
    settings.put("ui.platform.name", "Application Platform");
    return settings;
  }

  Map<String, Act> acts() {
    return Map.of("upload-image", this::uploadImage, "change-header", this::changeHeader);
  }

  /** The page, or a file of it; empty if the path is not the dashboard's. */
  Optional<HttpAnswer> answer(HttpCall call) {
    boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
    if (!reads) {
      return Optional.empty();
    }
    if (call.path().equals("/") || call.path().isEmpty()) {
      return Optional.of(HttpAnswer.of(200, "text/html; charset=utf-8", page()));
    }
    if (call.path().startsWith(IMAGES)) {
      return image(call.path().substring(IMAGES.length()));
    }
    return Optional.empty();
  }

  private String page() {
    return world.read(
        Platform.SYSTEM,
        part -> {
          JsonNode images = part.path("dashboard").path("images");
          String name = applied(part, "ui.platform.name");
          StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html><head><title>");
          page.append(escaped(name)).append("</title>\n");
          if (images.has("favicon")) {
            page.append("<link rel=\"icon\" href=\"/images/favicon\">\n");
          }
          page.append(part.path("dashboard").path("header").asText()).append("</head><body>\n");
          if (images.has("logo")) {
            page.append("<img src=\"/images/logo\" alt=\"").append(escaped(name)).append("\">\n");
          }
          for (String key : settings().keySet()) {
            if (key.startsWith("links.")) {
              page.append("<a href=\"").append(escaped(applied(part, key))).append("\">");
              page.append(key.substring("links.".length())).append("</a>\n");
            }
          }
          return page.append("</body></html>\n").toString();
        });
  }

  private Optional<HttpAnswer> image(String kind) {
    return world.read(
        Platform.SYSTEM,
        part -> {
          JsonNode image = part.path("dashboard").path("images").path(kind);
          return image.isObject()
              ? Optional.of(
                  new HttpAnswer(
                      200,
                      Map.of("Content-Type", image.path("type").asText()),
                      Base64.getDecoder().decode(image.path("base64").asText()),
                      RecordedCall.OK))
              : Optional.empty();
        });
  }

  /** {@code kind} (logo or favicon), {@code type}, and the content as {@code text} or base64. */
  private JsonNode uploadImage(JsonNode details) {
    String kind = details.path("kind").asText("logo");
    String base64 =
        details.has("text")
            ? Base64.getEncoder()
                .encodeToString(details.path("text").asText().getBytes(StandardCharsets.UTF_8))
            : details.path("base64").asText();
    if (base64.isEmpty()) {
      throw new IllegalArgumentException("The image has no content");
    }
    world.edit(
        Platform.SYSTEM,
        part ->
            part.withObjectProperty("dashboard")
                .withObjectProperty("images")
                .putObject(kind)
                .put("type", details.path("type").asText("image/svg+xml"))
                .put("base64", base64));
    return Json.object().put("served", "https://" + SandboxDefaults.PLATFORM_HOST + IMAGES + kind);
  }

  /** {@code html} becomes the content of {@code header.html}. */
  private JsonNode changeHeader(JsonNode details) {
    String html = details.path("html").asText();
    world.edit(Platform.SYSTEM, part -> part.withObjectProperty("dashboard").put("header", html));
    return Json.object().put("characters", html.length());
  }

  private static String applied(ObjectNode part, String key) {
    return part.path("config").path(key).path("applied").asText();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
