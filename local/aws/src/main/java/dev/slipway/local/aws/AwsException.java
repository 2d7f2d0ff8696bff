package dev.slipway.local.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** An error in AWS's shape: a code, a message, an HTTP status and perhaps further members. */
public final class AwsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;
  private final transient Map<String, String> members;

  /** An error of the caller: HTTP status 400. */
  public AwsException(String code, String message) {
    this(code, message, 400, Map.of());
  }

  public AwsException(String code, String message, int status, Map<String, String> members) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = Map.copyOf(members);
  }

  /** The name of the exception, for example {@code ResourceNotFoundException}. */
  public String code() {
    return code;
  }

  /** The HTTP status of the answer. */
  public int status() {
    return status;
  }

  /** The body as AWS's JSON protocols have it. */
  ObjectNode body() {
    var body = JsonNodeFactory.instance.objectNode();
    body.put("__type", code);
    body.put("message", getMessage());
    members.forEach(body::put);
    return body;
  }
}
