package dev.slipway.local.runtime.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A person answers; the roles of the token come back. */
public final class Answer implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final SampleContext context;
  private final DynamoDbClient dynamoDb;

  public Answer(SampleContext context) {
    this.context = context;
    this.dynamoDb = context.dynamoDb();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    var event = JSON.readTree(input);
    dynamoDb.updateItem(
        update ->
            update
                .tableName(context.table())
                .key(Map.of("PK", AttributeValue.fromS(event.at("/pathParameters/id").asText())))
                .updateExpression("SET answer = :answer")
                .expressionAttributeValues(
                    Map.of(":answer", AttributeValue.fromS(event.path("body").asText()))));
    var response = JSON.createObjectNode().put("statusCode", 202);
    response.putObject("headers").put("content-type", "text/plain");
    response.put("body", event.at("/requestContext/authorizer/jwt/claims/roles").asText());
    JSON.writeValue(output, response);
  }
}
