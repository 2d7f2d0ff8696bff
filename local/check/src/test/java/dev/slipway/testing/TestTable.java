package dev.slipway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.ledger.Items;
import dev.slipway.local.dynamodb.DynamoDbLocal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A ledger's table of its own in a DynamoDB Local that all tests of the JVM share: starting one
 * takes a second, making a table a few milliseconds.
 */
public final class TestTable {
  private static final DynamoDbLocal SERVER = DynamoDbLocal.inMemory();

  private final DynamoDbClient client;
  private final String name = "slipway-" + UUID.randomUUID();

  /** Makes the table. */
  public TestTable() {
    this.client = client(new InsideClient(SERVER.inside()));
    client.createTable(
        r ->
            r.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    List.of(
                        text("PK"),
                        text("SK"),
                        text("signalDue"),
                        text("signalAt"),
                        text("openParty"),
                        text("dueAt"),
                        text("onboardingState"),
                        text("createdAt")))
                .keySchema(key("PK", KeyType.HASH), key("SK", KeyType.RANGE))
                .globalSecondaryIndexes(
                    index("signals", "signalDue", "signalAt"),
                    index("open-work", "openParty", "dueAt"),
                    index("onboardings", "onboardingState", "createdAt")));
  }

  private static DynamoDbClient client(SdkHttpClient http) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .httpClient(http)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }

  /** Where the server listens. */
  public static URI endpoint() {
    return SERVER.endpoint();
  }

  /** A client of the server. */
  public DynamoDbClient client() {
    return client;
  }

  /**
   * This table that is disturbed.
   *
   * @param before told the name of the client's method before each request; what it throws is what
   *     the ledger gets
   */
  public Items disturbed(InstantSource clock, Consumer<String> before) {
    DynamoDbClient disturbed =
        (DynamoDbClient)
            Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (proxy, method, arguments) -> {
                  before.accept(method.getName());
                  try {
                    return method.invoke(client, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new Items(disturbed, name, clock);
  }

  /** This table that does not hear the answer to its first write, which happens. */
  public Items losingAnAnswer(InstantSource clock) {
    return losingAnAnswer(clock, () -> {});
  }

  /**
   * The same.
   *
   * @param meanwhile happens after the write, before it is tried again
   */
  public Items losingAnAnswer(InstantSource clock, Runnable meanwhile) {
    return new Items(
        client(new LostAnswer(new InsideClient(SERVER.inside()), meanwhile)), name, clock);
  }

  /** An item as the table's stream tells it, in DynamoDB's JSON. */
  public JsonNode image(String partition, String sort) {
    var request = JsonNodeFactory.instance.objectNode().put("TableName", name);
    var key = request.putObject("Key");
    key.putObject("PK").put("S", partition);
    key.putObject("SK").put("S", sort);
    return SERVER.wire().dynamoDb("GetItem", request).path("Item");
  }

  /** The table's name. */
  public String name() {
    return name;
  }

  private static GlobalSecondaryIndex index(String name, String hash, String range) {
    return GlobalSecondaryIndex.builder()
        .indexName(name)
        .keySchema(key(hash, KeyType.HASH), key(range, KeyType.RANGE))
        .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))
        .build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
