package dev.slipway.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.aws.AccessKeys;
import dev.slipway.local.aws.AwsEndpoint;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.secretsmanager.SecretsManagerService;
import dev.slipway.local.template.Stack;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Against the local Secrets Manager. */
class CredentialStoreTest {
  private static final String NAME = "slipway/one/smtp";

  private final SimulatedTime time = new SimulatedTime(Instant.parse("2026-11-01T00:00:00Z"));
  private final AwsEndpoint endpoint =
      new AwsEndpoint(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          new AccessKeys(),
          AwsEndpoint.Offer.toEverybody(
              new SecretsManagerService(Stack.local("slipway", Map.of()), time, Optional.empty())),
          LocalTime.simulated(time).work("requests"));
  private final SecretsManagerClient client =
      SecretsManagerClient.builder()
          .endpointOverride(endpoint.uri())
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
          .httpClient(UrlConnectionHttpClient.create())
          .build();

  @AfterEach
  void stop() {
    client.close();
    endpoint.close();
  }

  /** The commands of README and docs/local-aws.md, between two values that Slipway is handed. */
  @Test
  void keepsWhatSlipwayIsHandedAfterADeletion() {
    var store = new CredentialStore(client, "slipway");
    var value = TextNode.valueOf("handed in");
    String first = store.put("one", "smtp", value).version();
    client.deleteSecret(r -> r.secretId(NAME).recoveryWindowInDays(7L));
    assertThrows(SecretUnusable.class, () -> store.get("one", "smtp", first));

    var kept = store.put("one", "smtp", value);
    assertEquals(Optional.of(Instant.parse("2026-11-08T00:00:00Z")), kept.restored());
    client.deleteSecret(r -> r.secretId(NAME).recoveryWindowInDays(7L));
    store.promote("one", "smtp", kept.version());
    assertEquals(value, store.get("one", "smtp", kept.version()));

    client.deleteSecret(r -> r.secretId(NAME).forceDeleteWithoutRecovery(true));
    assertThrows(SecretUnusable.class, () -> store.promote("one", "smtp", kept.version()));
    var again = store.put("one", "smtp", value);
    assertEquals(Optional.empty(), again.restored());
    assertEquals(value, store.get("one", "smtp", again.version()));
  }

  @Test
  void whatSlipwayMakesForItselfIsNeverAnother() {
    var store = new CredentialStore(client, "slipway");

    String first = store.keepFirst("one", "own", () -> TextNode.valueOf("first"));

    assertEquals(first, store.keepFirst("one", "own", () -> TextNode.valueOf("second")));
    assertEquals(TextNode.valueOf("first"), store.get("one", "own", first));
  }
}
