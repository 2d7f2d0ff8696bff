package dev.slipway.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * DynamoDB's JSON protocol as it is on the wire. The runtime itself speaks it without an SDK: it
 * saves the SDK's start-up time, and records of a stream already have the shape in which Lambda
 * hands them on.
 */
public final class DynamoDbWire {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** DynamoDB Local wants a key, any key, and looks at no signature. */
  private static final Optional<String> AUTHORIZATION =
      Optional.of(
          "AWS4-HMAC-SHA256 Credential=runtime/20260101/us-east-1/dynamodb/aws4_request,"
              + " SignedHeaders=host, Signature=0");

  private final DynamoDbPort port;

  public DynamoDbWire(DynamoDbPort port) {
    this.port = port;
  }

  /** An action of DynamoDB, for example {@code CreateTable}. */
  public JsonNode dynamoDb(String action, JsonNode request) {
    return call("DynamoDB_20120810." + action, request);
  }

  /** An action of DynamoDB Streams, for example {@code GetRecords}. */
  public JsonNode streams(String action, JsonNode request) {
    return call("DynamoDBStreams_20120810." + action, request);
  }

  private JsonNode call(String target, JsonNode request) {
    var body = request.toString().getBytes(StandardCharsets.UTF_8);
    var response = port.send(target, AUTHORIZATION, body);
    JsonNode answer;
    try {
      answer = JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(target + " does not answer JSON", e);
    }
    if (response.status() != 200) {
      var type = answer.path("__type").asText();
      throw new DynamoDbWireException(
          type.substring(type.lastIndexOf('#') + 1),
          answer.path("message").asText(answer.path("Message").asText()));
    }
    return answer;
  }
}
