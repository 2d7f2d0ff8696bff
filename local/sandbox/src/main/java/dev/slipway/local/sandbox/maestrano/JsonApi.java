package dev.slipway.local.sandbox.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers in the form of <a href="https://jsonapi.org/format/1.0/">JSON:API 1.0</a>, in pages of 30
 * as MnoHub's are ({@code meta.record_count}, {@code links.next}); of Nex!, too.
 */
final class JsonApi {
  private static final String MEDIA_TYPE = "application/vnd.api+json";
  private static final int PAGE = 30;

  private JsonApi() {}

  /** A resource: id, type, and all else that its record has as attributes. */
  static ObjectNode resource(String type, JsonNode record, String... hidden) {
    ObjectNode resource = Json.object().put("id", record.path("id").asText()).put("type", type);
    ObjectNode attributes = record.<ObjectNode>deepCopy();
    attributes.remove("id");
    attributes.remove(List.of(hidden));
    resource.set("attributes", attributes);
    return resource;
  }

  /** HTTP 200 or 201 with one resource. */
  static HttpAnswer one(int status, ObjectNode resource) {
    ObjectNode document = Json.object();
    document.set("data", resource);
    return answer(status, document);
  }

  /** HTTP 200 with the page of resources that the call asks for. */
  static HttpAnswer page(RestCall call, List<ObjectNode> all) {
    int size = Math.min(number(call, "page[size]", PAGE), PAGE);
    int page = number(call, "page[number]", 1);
    int pages = Math.max(1, (all.size() + size - 1) / size);
    ObjectNode document = Json.object();
    ArrayNode data = document.putArray("data");
    all.stream().skip((long) (page - 1) * size).limit(size).forEach(data::add);
    document.putObject("meta").put("record_count", all.size()).put("page_count", pages);
    ObjectNode links = document.putObject("links");
    links.put("first", link(call, 1, size));
    if (page > 1) {
      links.put("prev", link(call, page - 1, size));
    }
    if (page < pages) {
      links.put("next", link(call, page + 1, size));
    }
    links.put("last", link(call, pages, size));
    return answer(200, document);
  }

  /** The attributes of the resource that a call sends. */
  static ObjectNode attributes(RestCall call, String type) {
    if (!call.http().header("content-type").orElse("").equals(MEDIA_TYPE)) {
      throw refusal(415, "Unsupported media type", "Send " + MEDIA_TYPE + ".", "");
    }
    JsonNode data = call.json().path("data");
    if (!type.isEmpty() && !data.path("type").asText().equals(type)) {
      throw refusal(400, "Invalid resource", "The type is not " + type + ".", "/data/type");
    }
    if (!(data.path("attributes") instanceof ObjectNode attributes)) {
      throw refusal(400, "Missing parameter", "There are no attributes.", "/data/attributes");
    }
    return attributes;
  }

  /** An error, by its pointer into what was sent; empty text for none. */
  static Refusal refusal(int status, String title, String detail, String pointer) {
    ObjectNode document = Json.object();
    ObjectNode error = document.putArray("errors").addObject();
    error.put("title", title).put("detail", detail).put("status", String.valueOf(status));
    if (!pointer.isEmpty()) {
      error.putObject("source").put("pointer", pointer);
    }
    return new Refusal(answer(status, document));
  }

  private static HttpAnswer answer(int status, ObjectNode document) {
    return HttpAnswer.of(status, MEDIA_TYPE, document.toString());
  }

  private static int number(RestCall call, String parameter, int otherwise) {
    String given = call.parameter(parameter);
    if (given.isEmpty()) {
      return otherwise;
    }
    if (!given.matches("[1-9]\\d{0,5}")) {
      throw refusal(400, "Invalid page value", given + " is no number of a page.", "");
    }
    return Integer.parseInt(given);
  }

  private static String link(RestCall call, int page, int size) {
    Map<String, String> query = new TreeMap<>(call.http().parameters());
    query.put("page[number]", String.valueOf(page));
    query.put("page[size]", String.valueOf(size));
    StringBuilder text = new StringBuilder("https://" + call.http().host() + call.http().path());
    query.forEach(
        (name, value) ->
            text.append(text.indexOf("?") < 0 ? '?' : '&')
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return text.toString();
  }
}
