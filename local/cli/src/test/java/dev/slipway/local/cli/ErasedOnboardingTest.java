package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.Role;
import dev.slipway.local.sandbox.mail.Mail;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/**
 * The end of an onboarding by the template's own schedules, in simulated time: announced, and on
 * the stated date what is secret or personal has gone.
 */
class ErasedOnboardingTest {
  private static final Path PROFILE =
      ProjectRoot.find().resolve("events/profiles/hosting-provider-minimal.json");
  private static final List<String> PERSONAL =
      List.of("Connie", "connie@hoster.example", "tests@hoster.example");

  @Test
  void losesWhatIsPersonalOnTheStatedDateAndIsTold() throws Exception {
    try (var slipway = LocalSlipway.start(LocalSlipway.Wishes.of(null, null).simulated(true))) {
      SimulatedTime time = slipway.runtime().time().simulation().orElseThrow();
      String id = cancelled(slipway);
      SlipwayApi manager = slipway.callers().as(Role.MANAGER, id);
      time.advance(Duration.ofMinutes(10));

      JsonNode ended = manager.onboarding(id).path("onboarding");
      assertEquals("CANCELLED", ended.path("state").asText());
      Instant date = Instant.parse(ended.path("eraseAt").asText());
      assertEquals(30, Duration.between(time.instant(), date).plusHours(1).toDays());
      assertEquals(2, secrets(slipway).size());
      PERSONAL.forEach(name -> assertTrue(table(slipway).contains(name), name));

      time.advance(Duration.between(time.instant(), date.minus(Duration.ofDays(8))));
      assertEquals(List.of(), announcements(slipway));
      time.advance(Duration.ofDays(2));
      List<Mail> told = announcements(slipway);
      assertEquals(1, told.size());
      assertTrue(told.getFirst().at().isBefore(date.minus(Duration.ofDays(6))));
      assertTrue(
          told.getFirst().content().contains(date.toString().substring(0, 10)),
          told.getFirst().content());

      time.advance(Duration.between(time.instant(), date.minus(Duration.ofMinutes(5))));
      assertEquals(2, secrets(slipway).size(), "not before the stated date");
      PERSONAL.forEach(name -> assertTrue(table(slipway).contains(name), name));

      time.advance(Duration.ofHours(2));
      assertEquals(List.of(), secrets(slipway));
      PERSONAL.forEach(name -> assertFalse(table(slipway).contains(name), name));
      assertEquals(1, announcements(slipway).size(), "told once");
      JsonNode erased = manager.onboarding(id).path("onboarding");
      assertTrue(erased.hasNonNull("erasedAt"), erased::toString);
      assertTrue(
          new String(manager.report(id), StandardCharsets.UTF_8).contains("check-platform"),
          "the report is readable");
      String trail = manager.events(id, null).toString();
      assertTrue(trail.contains("onboarding.created"), trail);
      assertTrue(trail.contains("the contract ended"), trail);
      assertTrue(trail.contains("onboarding.erased"), trail);
    }
  }

  private static String cancelled(LocalSlipway slipway) throws Exception {
    JsonNode profile = Json.MAPPER.readTree(PROFILE.toFile());
    String id =
        slipway
            .callers()
            .as(Role.MANAGER, null)
            .create("hosting-provider", "Hoster", "key-erased")
            .at("/onboarding/id")
            .asText();
    SlipwayApi customer = slipway.callers().as(Role.CUSTOMER, id);
    ObjectNode contacts = Json.MAPPER.createObjectNode();
    contacts
        .putArray("customer")
        .addObject()
        .put("name", "Connie")
        .put("email", "connie@hoster.example");
    Map<String, JsonNode> given =
        Map.of(
            "contacts", contacts,
            "test-mailbox", Json.MAPPER.readTree("{\"address\": \"tests@hoster.example\"}"),
            "platform", profile.at("/elements/platform"),
            "mail-server", profile.at("/elements/mail-server"));
    given.forEach(
        (element, value) -> customer.saveElement(id, element, value, OptionalLong.empty()));
    for (String system : List.of("platform", "smtp")) {
      customer.storeCredential(id, system, profile.at("/credentials/" + system));
    }
    slipway.callers().as(Role.MANAGER, id).cancel(id, "the contract ended");
    return id;
  }

  private static List<Mail> announcements(LocalSlipway slipway) {
    return slipway.sandbox().mails().stream()
        .filter(mail -> mail.recipients().contains("connie@hoster.example"))
        .toList();
  }

  private static StaticCredentialsProvider operator(LocalSlipway slipway) {
    var key = slipway.runtime().operatorKey();
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret()));
  }

  private static List<String> secrets(LocalSlipway slipway) {
    try (var client =
        SecretsManagerClient.builder()
            .endpointOverride(slipway.runtime().awsUri())
            .region(Region.of(slipway.runtime().template().stack().region()))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(operator(slipway))
            .build()) {
      return client.listSecrets(r -> r.includePlannedDeletion(true)).secretList().stream()
          .map(SecretListEntry::name)
          .toList();
    }
  }

  /** All that the table holds, as text. */
  private static String table(LocalSlipway slipway) {
    String name =
        slipway
            .runtime()
            .template()
            .function("Wake")
            .orElseThrow()
            .environment()
            .get("SLIPWAY_TABLE");
    try (var client =
        DynamoDbClient.builder()
            .endpointOverride(slipway.runtime().dynamoDbUri())
            .region(Region.of(slipway.runtime().template().stack().region()))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(operator(slipway))
            .build()) {
      StringBuilder text = new StringBuilder();
      for (Map<String, AttributeValue> item :
          client.scanPaginator(r -> r.tableName(name)).items()) {
        text.append(item).append('\n');
      }
      return text.toString();
    }
  }
}
