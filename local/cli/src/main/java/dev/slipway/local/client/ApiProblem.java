package dev.slipway.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The API refused a request, or answered what is no answer of it; says what and why. */
public final class ApiProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonNode body;

  /**
   * @param request the method and path
   * @param status the HTTP status
   * @param body an RFC 9457 problem, or any other body; may be null
   */
  ApiProblem(String request, int status, JsonNode body) {
    super(describe(request, status, body));
    this.status = status;
    this.body = body == null ? JsonNodeFactory.instance.objectNode() : body;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The kind of problem, such as {@code plan.stale}; empty if the answer names none. */
  public String code() {
    return body.path("code").asText("");
  }

  /** The field at fault, if the answer names one. */
  public Optional<String> field() {
    return Optional.of(body.path("field").asText("")).filter(field -> !field.isEmpty());
  }

  /** The whole problem body. */
  public JsonNode body() {
    return body;
  }

  /** The problem in words, without the request. */
  public String detail() {
    return detail(status, body);
  }

  private static String describe(String request, int status, JsonNode body) {
    return request + " answered " + status + ": " + detail(status, body);
  }

  private static String detail(int status, JsonNode body) {
    if (body == null) {
      return "nothing readable";
    }
    List<String> parts = new ArrayList<>();
    String detail = body.path("detail").asText(body.path("title").asText(""));
    parts.add(detail.isEmpty() ? "status " + status : detail);
    for (JsonNode error : body.path("errors")) {
      String field = error.path("field").asText("");
      String message = error.path("message").asText(error.path("detail").asText(error.asText("")));
      if (!detail.contains(message)) {
        parts.add(field.isEmpty() ? message : field + ": " + message);
      }
    }
    return String.join("; ", parts);
  }
}
