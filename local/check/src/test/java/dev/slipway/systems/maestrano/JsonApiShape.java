package dev.slipway.systems.maestrano;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds each request and each answer against <a href="https://jsonapi.org/format/1.0/">JSON:API
 * 1.0</a>: media types (section 5), documents, resources, links and errors (7, 11), pages of 30.
 */
record JsonApiShape(HttpPort http) implements HttpPort {
  private static final String MEDIA_TYPE = "application/vnd.api+json";
  private static final Set<String> TOP = Set.of("data", "errors", "meta", "links", "included");

  /** Operations of MnoHub's own, whose documents name neither type nor id. */
  private static final List<String> OWN =
      List.of("/provision", "/enable", "/disable", "/freeze", "/unfreeze");

  @Override
  public HttpAnswer send(HttpCall call) {
    request(call);
    HttpAnswer answer = http.send(call);
    answer(answer);
    return answer;
  }

  private static void request(HttpCall call) {
    Map<String, String> headers = call.headers();
    assertEquals(MEDIA_TYPE, headers.get("Accept"));
    if (call.method().equals("GET") || call.method().equals("DELETE")) {
      assertEquals(Bytes.NONE, call.body());
      return;
    }
    assertEquals(MEDIA_TYPE, headers.get("Content-Type"));
    JsonNode document = json(call.body());
    assertEquals(Set.of("data"), names(document));
    JsonNode data = document.path("data");
    assertTrue(data.path("attributes").isObject(), document::toString);
    String path = call.uri().getPath();
    if (OWN.stream().noneMatch(path::endsWith)) {
      assertTrue(data.path("type").isTextual(), document::toString);
      assertEquals(call.method().equals("PATCH"), data.path("id").isTextual(), document::toString);
    }
  }

  private static void answer(HttpAnswer answer) {
    if (answer.status() == 204) {
      assertEquals(0, answer.body().size());
      return;
    }
    assertEquals(MEDIA_TYPE, answer.header("content-type").orElse(""));
    JsonNode document = answer.json();
    assertTrue(TOP.containsAll(names(document)), document::toString);
    assertEquals(!answer.isSuccess(), document.has("errors"), document::toString);
    assertEquals(answer.isSuccess(), document.has("data"), document::toString);
    if (answer.isSuccess()) {
      JsonNode data = document.path("data");
      (data.isArray() ? data : List.of(data)).forEach(JsonApiShape::resource);
      if (data.isArray()) {
        page(document);
      }
    } else {
      document.path("errors").forEach(error -> error(answer, error));
    }
  }

  private static void resource(JsonNode resource) {
    assertTrue(resource.path("type").isTextual() && resource.path("id").isTextual());
    JsonNode attributes = resource.path("attributes");
    assertTrue(attributes.isObject(), resource::toString);
    assertFalse(attributes.has("id") || attributes.has("type"), resource::toString);
  }

  private static void page(JsonNode document) {
    JsonNode links = document.path("links");
    int count = document.path("meta").path("record_count").asInt(-1);
    assertTrue(count >= document.path("data").size(), document::toString);
    assertTrue(document.path("data").size() <= 30, document::toString);
    assertTrue(links.path("first").isTextual() && links.path("last").isTextual());
  }

  private static void error(HttpAnswer answer, JsonNode error) {
    assertEquals(String.valueOf(answer.status()), error.path("status").asText());
    assertTrue(error.path("title").isTextual() && error.path("detail").isTextual());
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode json(Bytes body) {
    return Json.parse(body.text());
  }
}
