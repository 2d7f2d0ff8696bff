package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/**
 * The metadata that integrations add to the answer, or the error, of the service that they called.
 */
final class SdkMetadata {
  private SdkMetadata() {}

  /** The cause of a failed call, worded as recorded from the service. */
  static String cause(String message, String service, String code) {
    return cause(message, service, 400, code);
  }

  /** The same with another HTTP status. */
  static String cause(String message, String service, int status, String code) {
    return "%s (Service: %s; Status Code: %d; Error Code: %s; Request ID: %s; Proxy: null)"
        .formatted(message, service, status, code, UUID.randomUUID());
  }

  static ObjectNode add(ObjectNode answer, String requestId) {
    var http = answer.putObject("SdkHttpMetadata");
    http.putObject("AllHttpHeaders").putArray("x-amzn-RequestId").add(requestId);
    http.putObject("HttpHeaders").put("x-amzn-RequestId", requestId);
    http.put("HttpStatusCode", 200);
    answer.putObject("SdkResponseMetadata").put("RequestId", requestId);
    return answer;
  }
}
