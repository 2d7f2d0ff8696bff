package dev.slipway.local.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.lambda.InvocationResult;
import dev.slipway.local.run.People;
import dev.slipway.local.run.Role;
import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.local.runtime.RuntimeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A deployment was rolled back, and the ledger holds what only the newer version knows: it is said
 * so, nothing is written over, and it goes on where the newer version is deployed again.
 */
class NewerLedgerTest {
  private static final Path ROOT = ProjectRoot.find();
  private static final String EVENT = "events/tasks/technical-configuration.check-platform.json";

  @Test
  void isToldAndLeftAsItIs() throws Exception {
    try (var runtime =
            LocalRuntime.start(
                RuntimeOptions.of(ROOT, "slipway")
                    .withParameters(Map.of("JwtIssuer", "https://issuer.test")));
        var dynamo = dynamo(runtime)) {
      SlipwayApi api = new People(runtime.apiUri(), runtime.issuer()).as(Role.MANAGER, "", false);
      String id = created(api, "Newer");
      String other = created(api, "Other");
      String table = runtime.template().tables().getFirst().name();
      Map<String, AttributeValue> known = meta(dynamo, table, id);
      put(dynamo, table, with(known, "colour", AttributeValue.fromS("blue")));
      Map<String, AttributeValue> newer = meta(dynamo, table, id);

      ApiProblem problem = assertThrows(ApiProblem.class, () -> api.onboarding(id));
      assertEquals(503, problem.status());
      assertEquals("slipway.older-than-ledger", problem.code());
      assertThrows(ApiProblem.class, () -> api.cancel(id, "because"));
      InvocationResult attempt = perform(runtime, id);
      assertEquals("Slipway.Unavailable", attempt.errorType().orElse(""), "is tried again");
      assertEquals("INTAKE", api.onboarding(other).at("/onboarding/state").asText());

      put(dynamo, table, with(known, "state", AttributeValue.fromS("DREAMING")));
      problem = assertThrows(ApiProblem.class, () -> api.onboarding(id));
      assertEquals("slipway.older-than-ledger", problem.code(), "so is an unknown name");

      put(dynamo, table, newer);
      assertEquals(newer, meta(dynamo, table, id), "nothing was written over");
      put(dynamo, table, known);
      assertEquals("INTAKE", api.onboarding(id).at("/onboarding/state").asText());
    }
  }

  private static String created(SlipwayApi api, String name) {
    return api.create("hosting-provider", name, "key-of-" + name).at("/onboarding/id").asText();
  }

  private static InvocationResult perform(LocalRuntime runtime, String id) throws Exception {
    JsonNode event =
        Json.MAPPER.readTree(
            Files.readString(ROOT.resolve(EVENT)).replace("example-hosting-7h3k9m2p", id));
    String function = "TechnicalConfigurationCheckPlatform";
    return runtime
        .functions()
        .invoke(runtime.template().function(function).orElseThrow().arn(), event)
        .join();
  }

  private static Map<String, AttributeValue> with(
      Map<String, AttributeValue> item, String field, AttributeValue value) {
    Map<String, AttributeValue> body = new HashMap<>(item.get("body").m());
    body.put(field, value);
    Map<String, AttributeValue> copy = new HashMap<>(item);
    copy.put("body", AttributeValue.fromM(body));
    return copy;
  }

  private static Map<String, AttributeValue> meta(DynamoDbClient dynamo, String table, String id) {
    return dynamo
        .getItem(
            r ->
                r.tableName(table)
                    .consistentRead(true)
                    .key(
                        Map.of(
                            "PK", AttributeValue.fromS("ONB#" + id),
                            "SK", AttributeValue.fromS("META"))))
        .item();
  }

  private static void put(DynamoDbClient dynamo, String table, Map<String, AttributeValue> item) {
    dynamo.putItem(r -> r.tableName(table).item(item));
  }

  private static DynamoDbClient dynamo(LocalRuntime runtime) {
    return DynamoDbClient.builder()
        .endpointOverride(runtime.dynamoDbUri())
        .region(Region.US_EAST_1)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .build();
  }
}
