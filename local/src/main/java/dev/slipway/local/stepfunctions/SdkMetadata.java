package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What optimised integrations put beside the answer of the service that they called. */
final class SdkMetadata {
  private SdkMetadata() {}

  static ObjectNode add(ObjectNode answer, String requestId) {
    var http = answer.putObject("SdkHttpMetadata");
    http.putObject("AllHttpHeaders").putArray("x-amzn-RequestId").add(requestId);
    http.putObject("HttpHeaders").put("x-amzn-RequestId", requestId);
    http.put("HttpStatusCode", 200);
    answer.putObject("SdkResponseMetadata").put("RequestId", requestId);
    return answer;
  }
}
