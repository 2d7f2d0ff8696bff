package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends a request with a problem (RFC 9457). Says what is wrong and where; never quotes what was
 * sent, for it could be a secret.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String field;
  private final transient List<FieldError> errors;
  private final transient Map<String, String> headers;
  private final transient Map<String, JsonNode> more;

  private Refusal(
      int status,
      String code,
      String detail,
      String field,
      List<FieldError> errors,
      Map<String, String> headers,
      Map<String, JsonNode> more) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.field = field;
    this.errors = errors;
    this.headers = headers;
    this.more = more;
  }

  /**
   * A problem.
   *
   * @param code the kind of problem, such as {@code element.unknown}
   * @param detail what is wrong and what to do, for a person
   */
  static Refusal of(int status, String code, String detail) {
    return new Refusal(status, code, detail, null, List.of(), Map.of(), Map.of());
  }

  /** There is no such thing, or the caller may not know of it. */
  static Refusal notFound(String code, String field, String detail) {
    return of(404, code, detail).at(field);
  }

  /** The problem at a field: of the body, the path, the query or the headers. */
  Refusal at(String name) {
    return new Refusal(status, code, getMessage(), name, errors, headers, more);
  }

  /** With the errors of single fields. */
  Refusal errors(List<FieldError> list) {
    return new Refusal(status, code, getMessage(), field, List.copyOf(list), headers, more);
  }

  /** With a header on the answer. */
  Refusal header(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Refusal(status, code, getMessage(), field, errors, all, more);
  }

  /** With a further member in the problem's body. */
  Refusal with(String name, Object value) {
    Map<String, JsonNode> all = new LinkedHashMap<>(more);
    all.put(name, Json.tree(value));
    return new Refusal(status, code, getMessage(), field, errors, headers, all);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  /** A further member of the problem's body; null without. */
  JsonNode member(String name) {
    return more.get(name);
  }

  /**
   * The answer.
   *
   * @param requestId names the request in the log
   */
  ApiAnswer answer(String requestId) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("type", "urn:slipway:problem:" + code);
    body.put("title", title());
    body.put("status", status);
    body.put("detail", getMessage());
    body.put("instance", "urn:slipway:request:" + requestId);
    body.put("code", code);
    if (field != null) {
      body.put("field", field);
    }
    if (!errors.isEmpty()) {
      body.set("errors", Json.tree(errors));
    }
    more.forEach(body::set);
    return ApiAnswer.problem(status, headers, body);
  }

  private String title() {
    return switch (status) {
      case 400 -> "The request cannot be read";
      case 401 -> "Nobody is signed in";
      case 403 -> "Not permitted to this caller";
      case 404 -> "There is no such thing";
      case 409 -> "Not possible as things stand";
      case 410 -> "Over and gone";
      case 412 -> "Another caller changed it first";
      case 413 -> "Too large";
      case 415 -> "Not the expected media type";
      case 422 -> "The request is not as it must be";
      case 428 -> "A precondition is missing";
      case 429 -> "Too many requests";
      case 503 -> "Not available for the moment";
      default -> "An unexpected error happened";
    };
  }
}
