package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as API Gateway's HTTP API hands it to a function (payload format 2.0).
 *
 * @param requestId names the request in the log
 * @param host the API's own, by which it was called
 * @param route such as {@code GET /onboardings/{onboarding}}
 * @param headers by name in lower case
 * @param cookies such as {@code name=value}
 * @param claims of the caller's JWT
 * @param body as it stands in the event; null without one
 * @param base64 whether the body is encoded
 */
record ApiEvent(
    String requestId,
    String host,
    String route,
    Map<String, String> headers,
    Map<String, String> query,
    Map<String, String> path,
    List<String> cookies,
    JsonNode claims,
    String body,
    boolean base64) {
  ApiEvent {
    headers = Map.copyOf(headers);
    query = Map.copyOf(query);
    path = Map.copyOf(path);
    cookies = List.copyOf(cookies);
  }

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if it is none of an HTTP API
   */
  static ApiEvent read(InputStream in) throws IOException {
    JsonNode event = Json.MAPPER.readTree(in);
    JsonNode context = event == null ? null : event.path("requestContext");
    if (context == null || !context.path("http").has("method")) {
      throw new IllegalArgumentException(
          "event: must be one of an HTTP API, payload format 2.0, with requestContext.http.method");
    }
    JsonNode body = event.path("body");
    return new ApiEvent(
        context.path("requestId").asText("-"),
        context.path("domainName").asText(""),
        event.path("routeKey").asText(context.path("http").path("method").asText()),
        texts(event.path("headers"), true),
        texts(event.path("queryStringParameters"), false),
        texts(event.path("pathParameters"), false),
        event.path("cookies").valueStream().map(JsonNode::asText).toList(),
        context.path("authorizer").path("jwt").path("claims"),
        body.isTextual() ? body.textValue() : null,
        event.path("isBase64Encoded").asBoolean(false));
  }

  private static Map<String, String> texts(JsonNode object, boolean lowerCase) {
    Map<String, String> texts = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            entry ->
                texts.put(
                    lowerCase ? entry.getKey().toLowerCase(Locale.ROOT) : entry.getKey(),
                    entry.getValue().asText("")));
    return texts;
  }

  /** The address of the API and the pages; without TLS only on this machine. */
  String origin() {
    boolean isHere = host.matches("(127\\.0\\.0\\.1|localhost)(:[0-9]{1,5})?");
    return (isHere ? "http://" : "https://") + host;
  }

  /** The value of a cookie. */
  Optional<String> cookie(String name) {
    return cookies.stream()
        .filter(each -> each.startsWith(name + "="))
        .map(each -> each.substring(name.length() + 1))
        .findFirst();
  }

  /** The same request with other headers, another path and another body. */
  ApiEvent like(
      Map<String, String> otherHeaders, Map<String, String> named, String text, boolean encoded) {
    return new ApiEvent(
        requestId, host, route, otherHeaders, query, named, cookies, claims, text, encoded);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(String::strip);
  }

  /** Whether the caller reads gzip; {@code q=0} says that it does not. */
  boolean acceptsGzip() {
    return header("accept-encoding").stream()
        .flatMap(codings -> Arrays.stream(codings.split(",")))
        .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
        .anyMatch(
            coding -> coding.startsWith("gzip") && !coding.matches("gzip\\s*;\\s*q=0(\\.0*)?"));
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /**
   * The value of an enumeration that a parameter of the query names.
   *
   * @throws Refusal 400 if it names none of them
   */
  <E extends Enum<E>> Optional<E> query(String name, Class<E> type) {
    List<E> values = List.of(type.getEnumConstants());
    return query(name)
        .map(
            text ->
                values.stream()
                    .filter(value -> value.name().equals(text))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            Refusal.of(
                                    400,
                                    "query." + name,
                                    "`" + name + "` must be one of " + values + ".")
                                .at(name)));
  }

  /** A parameter of the path; percent-encoding that the gateway left is undone. */
  String path(String name) {
    String value = path.getOrDefault(name, "");
    if (value.indexOf('%') < 0) {
      return value;
    }
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  boolean hasBody() {
    return body != null && !body.isEmpty();
  }

  /**
   * The body's bytes.
   *
   * @throws Refusal 400 without a body, 413 with one above the limit
   */
  byte[] bytes(int limit) {
    if (body == null || body.isEmpty()) {
      throw Refusal.of(400, "body.missing", "The request needs a body.").at("body");
    }
    // Three bytes are four characters in base 64; a character takes at least a byte otherwise.
    long least = base64 ? body.length() / 4L * 3 - 2 : body.length();
    byte[] bytes = least > limit ? null : decoded();
    if (bytes == null || bytes.length > limit) {
      throw Refusal.of(413, "body.too-large", "The body may have " + limit + " bytes at most.")
          .at("body");
    }
    return bytes;
  }

  private byte[] decoded() {
    if (!base64) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(400, "body.not-base64", "The body is not encoded as the event says.")
          .at("body");
    }
  }
}
