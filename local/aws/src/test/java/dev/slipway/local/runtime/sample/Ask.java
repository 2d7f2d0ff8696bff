package dev.slipway.local.runtime.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes down the question with its token, and counts how often it was asked. */
public final class Ask implements RequestStreamHandler {
  private final SampleContext context;
  private final DynamoDbClient dynamoDb;

  public Ask(SampleContext context) {
    this.context = context;
    this.dynamoDb = context.dynamoDb();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    var event = new ObjectMapper().readTree(input);
    lambda.getLogger().log("asking " + event.path("id").asText());
    dynamoDb.updateItem(
        update ->
            update
                .tableName(context.table())
                .key(Map.of("PK", AttributeValue.fromS(event.path("id").asText())))
                .updateExpression("SET taskToken = :token, asked = :at ADD times :one")
                .expressionAttributeValues(
                    Map.of(
                        ":token", AttributeValue.fromS(event.path("taskToken").asText()),
                        ":at", AttributeValue.fromS(context.clock().instant().toString()),
                        ":one", AttributeValue.fromN("1"))));
    output.write("{}".getBytes(StandardCharsets.UTF_8));
  }
}
