package dev.slipway.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The result of an invocation.
 *
 * @param requestId as the function saw it
 * @param payload the function's answer, or {@code {errorType, errorMessage, …}} as Lambda shows it
 * @param errorType the name of the error, where the function failed
 */
public record InvocationResult(String requestId, JsonNode payload, Optional<String> errorType) {

  /** Whether the function failed. */
  public boolean failed() {
    return errorType.isPresent();
  }

  /** Lambda's message for the error, or an empty string. */
  public String errorMessage() {
    return payload.path("errorMessage").asText();
  }
}
