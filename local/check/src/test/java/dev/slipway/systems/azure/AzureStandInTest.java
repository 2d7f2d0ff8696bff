package dev.slipway.systems.azure;

import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_CLIENT;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_SECRET;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_SUBSCRIPTION;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_TENANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.json.Json;
import dev.slipway.local.check.RunningSandbox;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client of Azure and the credential's test, against the sandbox's stand-in. */
final class AzureStandInTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static Map<String, String> login() {
    return new TreeMap<>(
        Map.of(
            "tenantId", AZURE_TENANT,
            "subscriptionId", AZURE_SUBSCRIPTION,
            "clientId", AZURE_CLIENT,
            "clientSecret", AZURE_SECRET,
            "resourceGroup", "slipway"));
  }

  private static CredentialTestResult test(Map<String, String> secret, String region) {
    JsonNode elements =
        Json.tree(
            Map.of("infrastructure", Map.of("provider", "azure", "uat", Map.of("region", region))));
    return new AzureCredentialTest(SANDBOX.egress()).test(Json.tree(secret), elements);
  }

  private static void world(String patch) {
    SANDBOX.control().patchWorld("{\"azure\":%s}".formatted(patch));
  }

  @Test
  void anApplicationWithARoleIsValid() {
    CredentialTestResult result = test(login(), "westeurope");
    assertEquals(Grade.VALID, result.grade(), result::toString);
    assertEquals("1 subscription(s), state Enabled", result.answer());
  }

  @ParameterizedTest
  @CsvSource({
    "tenantId, INVALID_CREDENTIALS, AADSTS90002",
    "clientId, INVALID_CREDENTIALS, AADSTS700016",
    "clientSecret, INVALID_CREDENTIALS, AADSTS7000215",
    "subscriptionId, WRONG_REGION_OR_ENV, none of them",
  })
  void aWrongFieldIsGradedAndTold(String field, Grade grade, String words) {
    Map<String, String> wrong = login();
    wrong.put(field, "0b0b0b0b-9999-9999-9999-000000000009");
    CredentialTestResult result = test(wrong, "westeurope");
    assertEquals(grade, result.grade(), result::toString);
    assertTrue(result.message().contains(words), result::toString);
    assertFalse(result.toString().contains(wrong.get(field)), result::toString);
  }

  @Test
  void anApplicationWithoutARoleSeesNoSubscription() {
    world("{\"subscriptions\":{\"%s\":{\"role\":\"\"}}}".formatted(AZURE_SUBSCRIPTION));
    CredentialTestResult result = test(login(), "westeurope");
    assertEquals(Grade.INSUFFICIENT_PERMISSION, result.grade(), result::toString);
    assertTrue(result.message().contains("give it the role Contributor"), result::toString);
  }

  @Test
  void aSubscriptionThatIsDisabledIsTold() {
    world("{\"subscriptions\":{\"%s\":{\"state\":\"Disabled\"}}}".formatted(AZURE_SUBSCRIPTION));
    CredentialTestResult result = test(login(), "westeurope");
    assertEquals(Grade.INSUFFICIENT_PERMISSION, result.grade(), result::toString);
    assertTrue(result.message().contains("Disabled"), result::toString);
  }

  @Test
  void aRegionThatTheSubscriptionLacksIsTheWrongPlace() {
    CredentialTestResult result = test(login(), "marscentral");
    assertEquals(Grade.WRONG_REGION_OR_ENV, result.grade(), result::toString);
    assertTrue(result.message().contains("marscentral"), result::toString);
  }

  @Test
  void aRoleIsAssignedOnceWhoeverAsks() {
    AzureSession azure = AzureSession.open(SANDBOX.egress(), AzureAccess.of(Json.tree(login())));
    azure.assignRole("11111111-aaaa-bbbb-cccc-000000000001", "b24988ac");
    SANDBOX.loseAnswerOf("azure", "PUT roleAssignment");
    azure.assignRole("11111111-aaaa-bbbb-cccc-000000000002", "b24988ac");
    azure.assignRole("11111111-aaaa-bbbb-cccc-000000000001", "b24988ac");
    assertEquals(
        2,
        SANDBOX
            .control()
            .world()
            .path("azure")
            .path("subscriptions")
            .path(AZURE_SUBSCRIPTION)
            .path("assignments")
            .size());
  }
}
