package dev.slipway.local.benchmark;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Minimal handlers, with which the starts of Slipway's functions are compared. They are never
 * deployed.
 */
public final class MinimalHandlers {
  private MinimalHandlers() {}

  /** Does nothing: the JVM's start and Lambda's runtime client are all there is. */
  public static final class Nothing implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context lambda)
        throws IOException {
      output.write("{}".getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Reads one item of the ledger's table, as plainly as the SDK lets a function do it. */
  public static final class OneItem implements RequestStreamHandler {
    private final OnboardingItem onboardings = new OnboardingItem();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context lambda)
        throws IOException {
      String onboarding =
          new String(input.readAllBytes(), StandardCharsets.UTF_8).replace("\"", "");
      int attributes = onboardings.read(onboarding).size();
      output.write(("{\"attributes\":" + attributes + "}").getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The same, with Jackson's trees for input and output. */
  public static final class OneItemAsTree implements RequestStreamHandler {
    private final ObjectMapper mapper = new ObjectMapper();
    private final OnboardingItem onboardings = new OnboardingItem();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context lambda)
        throws IOException {
      ObjectNode answer = mapper.createObjectNode();
      onboardings
          .read(mapper.readTree(input).textValue())
          .forEach((name, value) -> answer.put(name, value.s()));
      mapper.writeValue(output, answer);
    }
  }

  private static final class OnboardingItem {
    private final DynamoDbClient dynamo =
        DynamoDbClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
            .region(Region.of(System.getenv("AWS_REGION")))
            .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL_DYNAMODB")))
            .build();

    Map<String, AttributeValue> read(String onboarding) {
      return dynamo
          .getItem(
              request ->
                  request
                      .tableName(System.getenv("SLIPWAY_TABLE"))
                      .consistentRead(true)
                      .key(
                          Map.of(
                              "PK", AttributeValue.fromS("ONB#" + onboarding),
                              "SK", AttributeValue.fromS("META"))))
          .item();
    }
  }
}
