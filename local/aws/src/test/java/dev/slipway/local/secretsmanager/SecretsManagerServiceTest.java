package dev.slipway.local.secretsmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.aws.AccessKeys;
import dev.slipway.local.aws.AwsEndpoint;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.Stack;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** Through the SDK, as handlers and tools use it. */
class SecretsManagerServiceTest {
  private static final String NAME = "slipway/one/smtp";

  @TempDir Path folder;
  private final SimulatedTime time = new SimulatedTime(Instant.parse("2026-11-01T00:00:00Z"));
  private AwsEndpoint endpoint;
  private SecretsManagerClient client;

  @BeforeEach
  void start() {
    var service =
        new SecretsManagerService(Stack.local("sample", Map.of()), time, Optional.of(folder));
    endpoint =
        new AwsEndpoint(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new AccessKeys(),
            AwsEndpoint.Offer.toEverybody(service),
            LocalTime.simulated(time).work("requests"));
    client =
        SecretsManagerClient.builder()
            .endpointOverride(endpoint.uri())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    endpoint.close();
  }

  private void restart() {
    stop();
    start();
  }

  @Test
  void movesTheLabelsWithEachNewValue() {
    var first = client.createSecret(create -> create.name(NAME).secretString("1")).versionId();
    var second = client.putSecretValue(put -> put.secretId(NAME).secretString("2")).versionId();
    var third = client.putSecretValue(put -> put.secretId(NAME).secretString("3")).versionId();

    var value = client.getSecretValue(get -> get.secretId(NAME));
    assertEquals("3", value.secretString());
    assertEquals(List.of("AWSCURRENT"), value.versionStages());
    assertEquals(
        "2",
        client
            .getSecretValue(get -> get.secretId(NAME).versionStage("AWSPREVIOUS"))
            .secretString());
    assertEquals(
        "1", client.getSecretValue(get -> get.secretId(NAME).versionId(first)).secretString());
    assertEquals(
        Map.of(second, List.of("AWSPREVIOUS"), third, List.of("AWSCURRENT")),
        client.describeSecret(describe -> describe.secretId(NAME)).versionIdsToStages());
    assertEquals(2, client.listSecretVersionIds(list -> list.secretId(NAME)).versions().size());
    assertEquals(
        3,
        client
            .listSecretVersionIds(list -> list.secretId(NAME).includeDeprecated(true))
            .versions()
            .size());
  }

  @Test
  void makesTheFirstVersionCurrentAndKeepsLaterPendingOnesApart() {
    client.createSecret(create -> create.name(NAME));
    var first =
        client.putSecretValue(
            put -> put.secretId(NAME).secretString("1").versionStages("AWSPENDING"));
    assertTrue(first.versionStages().contains("AWSCURRENT"));
    var second =
        client
            .putSecretValue(put -> put.secretId(NAME).secretString("2").versionStages("AWSPENDING"))
            .versionId();
    assertEquals("1", client.getSecretValue(get -> get.secretId(NAME)).secretString());

    var refused =
        assertThrows(
            InvalidParameterException.class,
            () ->
                client.updateSecretVersionStage(
                    update ->
                        update.secretId(NAME).versionStage("AWSCURRENT").moveToVersionId(second)));
    assertTrue(refused.getMessage().contains("RemoveFromVersionId can't be empty"));
    client.updateSecretVersionStage(
        update ->
            update
                .secretId(NAME)
                .versionStage("AWSCURRENT")
                .removeFromVersionId(first.versionId())
                .moveToVersionId(second));
    assertEquals("2", client.getSecretValue(get -> get.secretId(NAME)).secretString());
    assertEquals(
        "1",
        client
            .getSecretValue(get -> get.secretId(NAME).versionStage("AWSPREVIOUS"))
            .secretString());
  }

  @Test
  void repeatsTheSameRequestAndRefusesAnother() {
    var token = UUID.randomUUID().toString();
    client.createSecret(create -> create.name(NAME).secretString("1").clientRequestToken(token));
    client.createSecret(create -> create.name(NAME).secretString("1").clientRequestToken(token));
    client.putSecretValue(put -> put.secretId(NAME).secretString("1").clientRequestToken(token));
    assertThrows(
        ResourceExistsException.class,
        () ->
            client.putSecretValue(
                put -> put.secretId(NAME).secretString("other").clientRequestToken(token)));
    var exists =
        assertThrows(
            ResourceExistsException.class,
            () -> client.createSecret(create -> create.name(NAME).secretString("1")));
    assertTrue(exists.getMessage().contains("already exists"));
  }

  @Test
  void deletesAfterTheRecoveryWindowAndRestoresBefore() throws Exception {
    client.createSecret(create -> create.name(NAME).secretString("1"));
    assertThrows(
        InvalidParameterException.class,
        () -> client.deleteSecret(delete -> delete.secretId(NAME).recoveryWindowInDays(6L)));
    var deleted = client.deleteSecret(delete -> delete.secretId(NAME).recoveryWindowInDays(7L));
    assertEquals(time.instant().plus(Duration.ofDays(7)), deleted.deletionDate());
    var refused =
        assertThrows(
            InvalidRequestException.class, () -> client.getSecretValue(get -> get.secretId(NAME)));
    assertTrue(refused.getMessage().contains("marked for deletion"));
    assertTrue(
        assertThrows(
                InvalidRequestException.class,
                () -> client.createSecret(create -> create.name(NAME).secretString("2")))
            .getMessage()
            .contains("already scheduled for deletion"));

    restart();
    client.restoreSecret(restore -> restore.secretId(NAME));
    assertEquals("1", client.getSecretValue(get -> get.secretId(NAME)).secretString());

    client.deleteSecret(delete -> delete.secretId(NAME).recoveryWindowInDays(7L));
    time.advance(Duration.ofDays(7));
    assertThrows(
        ResourceNotFoundException.class,
        () -> client.describeSecret(describe -> describe.secretId(NAME)));
    client.createSecret(create -> create.name(NAME).secretString("2"));
    client.deleteSecret(delete -> delete.secretId(NAME).forceDeleteWithoutRecovery(true));
    assertThrows(
        ResourceNotFoundException.class, () -> client.getSecretValue(get -> get.secretId(NAME)));
  }

  @Test
  void listsPageByPageWithFilters() {
    for (int i = 0; i < 5; i++) {
      var name = "slipway/" + i + "/smtp";
      client.createSecret(create -> create.name(name).secretString("1"));
    }
    client.createSecret(create -> create.name("other").secretString("1"));
    var filter = Filter.builder().key(FilterNameStringType.NAME).values("slipway/").build();
    var names =
        client.listSecretsPaginator(list -> list.maxResults(2).filters(filter)).stream()
            .flatMap(page -> page.secretList().stream())
            .map(SecretListEntry::name)
            .toList();
    assertEquals(5, names.size());
    assertFalse(names.contains("other"));
  }

  @Test
  void refusesPagesAndFiltersThatThereAreNot() {
    assertEquals(
        "InvalidNextTokenException", refusal(list -> list.nextToken("of another service")));
    assertEquals("ValidationException", refusal(list -> list.maxResults(0)));
    assertEquals("ValidationException", refusal(list -> list.maxResults(101)));
    for (Filter filter :
        List.of(
            Filter.builder().key("colour").values("red").build(),
            Filter.builder().key("name").build())) {
      assertEquals("InvalidParameterException", refusal(list -> list.filters(filter)));
    }
  }

  private String refusal(Consumer<ListSecretsRequest.Builder> wish) {
    return assertThrows(SecretsManagerException.class, () -> client.listSecrets(wish))
        .awsErrorDetails()
        .errorCode();
  }

  @Test
  void forceDeletingWhatIsNotThereIsNoError() {
    var answer =
        client.deleteSecret(
            delete -> delete.secretId("slipway/nobody/smtp").forceDeleteWithoutRecovery(true));
    assertEquals("slipway/nobody/smtp", answer.name());
    assertEquals(time.instant(), answer.deletionDate());
    assertThrows(
        ResourceNotFoundException.class,
        () -> client.deleteSecret(delete -> delete.secretId("slipway/nobody/smtp")));
  }

  @Test
  void findsASecretByItsArnsAndTellsWhatItDoesNotFind() {
    var arn = client.createSecret(create -> create.name(NAME).secretString("1")).arn();
    var partial = arn.substring(0, arn.lastIndexOf('-'));
    assertEquals("1", client.getSecretValue(get -> get.secretId(arn)).secretString());
    assertEquals("1", client.getSecretValue(get -> get.secretId(partial)).secretString());
    var unknown =
        assertThrows(
            ResourceNotFoundException.class,
            () -> client.getSecretValue(get -> get.secretId("nothing")));
    assertEquals(
        "Secrets Manager can't find the specified secret.",
        unknown.awsErrorDetails().errorMessage());
  }

  @Test
  void keepsSecretsEncryptedWithAKeyOfItsOwner() throws Exception {
    client.createSecret(
        create -> create.name(NAME).secretString("planted-marker-4711").description("mail"));
    restart();
    assertEquals(
        "planted-marker-4711", client.getSecretValue(get -> get.secretId(NAME)).secretString());
    var key = folder.resolve("secrets.key");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(content.contains("planted-marker"), file.toString());
        assertFalse(content.contains("smtp"), file.toString());
        assertNotEquals(NAME, file.getFileName().toString());
      }
    }
  }
}
