package dev.slipway.local.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP answer.
 *
 * @param status the HTTP status
 * @param headers in the order in which they are sent
 * @param body the body; for HEAD its length is announced and nothing sent
 * @param outcome what the call log notes, see {@link RecordedCall}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and too large to copy.
public record HttpAnswer(int status, Map<String, String> headers, byte[] body, String outcome) {

  /** An answer of a media type; its outcome follows from the status. */
  public static HttpAnswer of(int status, String mediaType, String text) {
    return new HttpAnswer(
        status,
        text.isEmpty() ? Map.of() : Map.of("Content-Type", mediaType),
        text.getBytes(StandardCharsets.UTF_8),
        status < 400 ? RecordedCall.OK : Integer.toString(status));
  }

  /** A JSON answer. */
  public static HttpAnswer json(int status, JsonNode body) {
    return of(status, "application/json;charset=utf-8", body.toString());
  }

  /** A plain-text answer. */
  public static HttpAnswer text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text);
  }

  /** An XML answer. */
  public static HttpAnswer xml(int status, String xml) {
    return of(status, "application/xml", xml);
  }

  /** An answer without a body. */
  public static HttpAnswer empty(int status) {
    return of(status, "", "");
  }

  /** The same with one more header. */
  public HttpAnswer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpAnswer(status, more, body, outcome);
  }

  /** The same, noted differently in the call log. */
  public HttpAnswer noted(String other) {
    return new HttpAnswer(status, headers, body, other);
  }
}
