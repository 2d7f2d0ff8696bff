package dev.slipway.local.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.aws.AwsAnswer;
import dev.slipway.local.template.TableResource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbLocalTest {
  private static final String CREATE =
      """
      {"TableName": "things", "BillingMode": "PAY_PER_REQUEST",
       "AttributeDefinitions": [{"AttributeName": "PK", "AttributeType": "S"}],
       "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}],
       "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"}}
      """;

  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  @Test
  void keepsItemsInAFolderAcrossARestart(@TempDir Path folder) throws Exception {
    var table = table();
    try (var dynamoDb = DynamoDbLocal.inFolder(folder);
        var client = client(dynamoDb)) {
      dynamoDb.create(table, true);
      client.putItem(
          put -> put.tableName("things").item(Map.of("PK", AttributeValue.fromS("one"))));
    }
    try (var dynamoDb = DynamoDbLocal.inFolder(folder);
        var client = client(dynamoDb)) {
      dynamoDb.create(table, true);
      var found =
          client.getItem(
              get -> get.tableName("things").key(Map.of("PK", AttributeValue.fromS("one"))));
      assertTrue(found.hasItem());
      assertEquals(
          "expires",
          client
              .describeTimeToLive(describe -> describe.tableName("things"))
              .timeToLiveDescription()
              .attributeName());
    }
  }

  private static TableResource table() throws Exception {
    return new TableResource(
        "Things",
        "things",
        "arn:aws:dynamodb:us-east-1:000000000000:table/things",
        (ObjectNode) new ObjectMapper().readTree(CREATE),
        Optional.of("expires"));
  }

  @Test
  void answersInsideAsOverTheNetwork() throws Exception {
    try (var dynamoDb = DynamoDbLocal.inMemory()) {
      dynamoDb.create(table(), false);
      String large = "ü".repeat(190_000);
      assertEquals(200, inside(dynamoDb, "PutItem", item(large)).status());
      for (String request :
          List.of(
              "{\"TableName\": \"things\", \"Key\": {\"PK\": {\"S\": \"one\"}}}",
              "{\"TableName\": \"things\", \"Key\": {\"PK\": {\"S\": \"two\"}}}",
              "{\"TableName\": \"nothing\", \"Key\": {\"PK\": {\"S\": \"one\"}}}",
              "{")) {
        AwsAnswer inside = inside(dynamoDb, "GetItem", request);
        HttpResponse<byte[]> outside = outside(dynamoDb, "GetItem", request);
        assertEquals(outside.statusCode(), inside.status(), request);
        assertArrayEquals(outside.body(), inside.body(), request);
        for (String header : List.of("Content-Type", "x-amz-crc32")) {
          assertEquals(
              outside.headers().firstValue(header),
              Optional.ofNullable(inside.headers().get(header)),
              request);
        }
      }
    }
  }

  /** As a web page asks that makes a name of its own point at this machine. */
  @Test
  void answersUnderItsOwnAddressOnly() throws IOException {
    try (var dynamoDb = DynamoDbLocal.inMemory();
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), dynamoDb.endpoint().getPort())) {
      socket
          .getOutputStream()
          .write(
              """
              POST / HTTP/1.1\r
              Host: rebound.example\r
              Connection: close\r
              X-Amz-Target: DynamoDB_20120810.ListTables\r
              Content-Length: 2\r
              \r
              {}"""
                  .getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
    }
  }

  @Test
  void answersWhoIsInterruptedAsWell() {
    try (var dynamoDb = DynamoDbLocal.inMemory()) {
      Thread.currentThread().interrupt();
      assertEquals(200, inside(dynamoDb, "ListTables", "{}").status());
      assertTrue(Thread.interrupted(), "the thread is still told");
    }
  }

  private static String item(String value) {
    return "{\"TableName\": \"things\", \"Item\": {\"PK\": {\"S\": \"one\"}, \"value\": {\"S\": \""
        + value
        + "\"}}}";
  }

  private static AwsAnswer inside(DynamoDbLocal dynamoDb, String action, String body) {
    return dynamoDb
        .inside()
        .send("DynamoDB_20120810." + action, Optional.of(AUTHORIZATION), body.getBytes(UTF_8));
  }

  private static HttpResponse<byte[]> outside(DynamoDbLocal dynamoDb, String action, String body)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(dynamoDb.endpoint())
              .header("Content-Type", "application/x-amz-json-1.0")
              .header("Authorization", AUTHORIZATION)
              .header("X-Amz-Target", "DynamoDB_20120810." + action)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static DynamoDbClient client(DynamoDbLocal dynamoDb) {
    return DynamoDbClient.builder()
        .endpointOverride(dynamoDb.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }
}
