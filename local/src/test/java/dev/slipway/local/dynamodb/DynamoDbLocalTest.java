package dev.slipway.local.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.template.TableResource;
import java.nio.file.Path;
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

  @Test
  void keepsItemsInAFolderAcrossARestart(@TempDir Path folder) throws Exception {
    var table =
        new TableResource(
            "Things",
            "things",
            "arn:aws:dynamodb:us-east-1:000000000000:table/things",
            (ObjectNode) new ObjectMapper().readTree(CREATE),
            Optional.of("expires"));
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

  private static DynamoDbClient client(DynamoDbLocal dynamoDb) {
    return DynamoDbClient.builder()
        .endpointOverride(dynamoDb.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }
}
