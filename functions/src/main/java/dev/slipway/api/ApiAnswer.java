package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.report.Compressed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The response of a route, never kept by a cache: JSON, but for a report in a form for people, and
 * for files.
 *
 * @param headers besides those that every answer has
 * @param body the very text that is sent; of bytes, in base 64
 * @param isBase64 whether the gateway sends the bytes that the body encodes
 */
record ApiAnswer(int status, Map<String, String> headers, String body, boolean isBase64) {
  /** Characters below which gzip saves less than its own time. */
  private static final int WORTH_COMPRESSING = 2_000;

  ApiAnswer {
    headers = Map.copyOf(headers);
  }

  static ApiAnswer of(int status, Object body) {
    return text(status, "application/json", Json.text(body));
  }

  /** A text that has its form already. */
  static ApiAnswer text(int status, String mediaType, String body) {
    return new ApiAnswer(status, Map.of("Content-Type", mediaType), body, false);
  }

  /** Bytes of any sort. */
  static ApiAnswer bytes(int status, byte[] content) {
    return new ApiAnswer(
        status,
        Map.of("Content-Type", "application/octet-stream"),
        Base64.getEncoder().encodeToString(content),
        true);
  }

  /** The caller has it already, by its entity tag. */
  static ApiAnswer unchanged(String tag) {
    return new ApiAnswer(304, Map.of("ETag", tag), null, false);
  }

  static ApiAnswer problem(int status, Map<String, String> headers, JsonNode body) {
    return new ApiAnswer(status, headers, body.toString(), false)
        .header("Content-Type", "application/problem+json");
  }

  ApiAnswer header(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new ApiAnswer(status, all, body, isBase64);
  }

  /** The same as gzip, where that is worth its while; HTTP APIs do not compress by themselves. */
  ApiAnswer compressed() {
    if (body == null || isBase64 || body.length() < WORTH_COMPRESSING) {
      return this;
    }
    byte[] gzip = Compressed.of(body.getBytes(StandardCharsets.UTF_8));
    return new ApiAnswer(status, headers, Base64.getEncoder().encodeToString(gzip), true)
        .header("Content-Encoding", "gzip")
        .header("Vary", "Accept-Encoding");
  }

  /** In payload format 2.0. */
  ObjectNode payload() {
    ObjectNode payload = Json.MAPPER.createObjectNode();
    payload.put("statusCode", status);
    ObjectNode all = payload.putObject("headers");
    all.put("Cache-Control", "no-store");
    all.put("X-Content-Type-Options", "nosniff");
    headers.forEach(all::put);
    payload.put("body", body);
    payload.put("isBase64Encoded", isBase64);
    return payload;
  }
}
