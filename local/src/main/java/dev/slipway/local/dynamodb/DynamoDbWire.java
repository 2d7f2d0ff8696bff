package dev.slipway.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * DynamoDB's JSON protocol as it is on the wire. The runtime itself speaks it without an SDK: it
 * saves the SDK's start-up time, and records of a stream already have the shape in which Lambda
 * hands them on.
 */
public final class DynamoDbWire {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI endpoint;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  public DynamoDbWire(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** An action of DynamoDB, for example {@code CreateTable}. */
  public JsonNode dynamoDb(String action, JsonNode request) {
    return call("DynamoDB_20120810." + action, request);
  }

  /** An action of DynamoDB Streams, for example {@code GetRecords}. */
  public JsonNode streams(String action, JsonNode request) {
    return call("DynamoDBStreams_20120810." + action, request);
  }

  private JsonNode call(String target, JsonNode body) {
    var request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", target)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=runtime/20260101/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    try {
      var response = client.send(request, BodyHandlers.ofByteArray());
      var answer = JSON.readTree(response.body());
      if (response.statusCode() != 200) {
        var type = answer.path("__type").asText();
        throw new DynamoDbWireException(
            type.substring(type.lastIndexOf('#') + 1),
            answer.path("message").asText(answer.path("Message").asText()));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(target + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(target + " was interrupted", e);
    }
  }
}
