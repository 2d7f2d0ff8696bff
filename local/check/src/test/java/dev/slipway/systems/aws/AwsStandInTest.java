package dev.slipway.systems.aws;

import static dev.slipway.local.sandbox.world.SandboxDefaults.AWS_ACCESS_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AWS_MANAGEMENT;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AWS_ROLE;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AWS_SECRET_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.json.Json;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The clients of AWS and the credential's test, against the sandbox's stand-in. */
final class AwsStandInTest implements AwsContract {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final JsonNode ROLE = Json.tree(Map.of("roleArn", AWS_ROLE));
  private static final JsonNode KEY =
      Json.tree(Map.of("accessKeyId", AWS_ACCESS_KEY, "secretAccessKey", AWS_SECRET_KEY));

  private static JsonNode infrastructure(String account, String uat, String production) {
    return Json.tree(
        Map.of(
            "infrastructure",
            Map.of(
                "provider",
                "aws",
                "account",
                account,
                "uat",
                Map.of("region", "eu-central-1", "account", uat),
                "production",
                Map.of("region", "eu-west-1", "account", production))));
  }

  private static CredentialTestResult test(JsonNode secret, JsonNode elements) {
    return new AwsCredentialTest(SANDBOX.context().awsLogin(), "acme-1").test(secret, elements);
  }

  private static void world(String patch) {
    SANDBOX.control().patchWorld("{\"aws\":%s}".formatted(patch));
  }

  @Override
  public AwsSession session() {
    return SANDBOX.context().awsLogin().enter(AwsAccess.of(KEY, ""), "acme-1", "test");
  }

  /** Within the organization, so that no external id is asked. */
  @Override
  public String role() {
    return "arn:aws:iam::" + AWS_MANAGEMENT + ":role/OrganizationAccountAccessRole";
  }

  // --- what moto does not do

  @Test
  void aWrongSecretIsTold() {
    AwsSession session =
        SANDBOX
            .context()
            .awsLogin()
            .enter(new AwsAccess("", AWS_ACCESS_KEY, "another"), "acme-1", "test");
    assertEquals(
        Kind.AUTHENTICATION_FAILED, assertThrows(SystemTrouble.class, session::identity).kind());
  }

  @Test
  void listsComeInPages() {
    AwsJson organizations = session().json(AwsJson.Service.ORGANIZATIONS, "us-east-1");
    new Organizations(session()).create("a@b.example", "a", Map.of());
    session()
        .json(AwsJson.Service.ORGANIZATIONS, "us-east-1")
        .read(
            "DescribeCreateAccountStatus",
            JsonNodeFactory.instance
                .objectNode()
                .put("CreateAccountRequestId", "car-00000000000000000000000000000001"));
    assertEquals(
        2,
        organizations
            .list(
                "ListAccounts",
                JsonNodeFactory.instance.objectNode().put("MaxResults", 1),
                "Accounts")
            .size());
    assertEquals(2, SANDBOX.control().count("aws", "ListAccounts"));
  }

  @Test
  void quotasAreReadAndAnUnknownOneIsNone() {
    ServiceQuotas quotas = new ServiceQuotas(session(), "eu-central-1");
    assertEquals(Optional.of(5.0), quotas.value("vpc", "L-F678F1CE"));
    assertEquals(Optional.empty(), quotas.value("vpc", "L-00000000"));
  }

  @Test
  void aVpnConnectionIsUpWithOneTunnelAndItsSecretsAreNotKept() {
    String id = "vpn-0123456789abcdef0";
    VpnConnection up = VpnConnection.find(session(), "eu-central-1", id).orElseThrow();
    assertTrue(up.isUp());
    assertFalse(up.toString().contains("vpn-secret"));
    world("{\"vpn\":{\"%s\":{\"tunnels\":[\"DOWN\",\"DOWN\"]}}}".formatted(id));
    assertFalse(VpnConnection.find(session(), "eu-central-1", id).orElseThrow().isUp());
  }

  // --- the credential's test

  @Test
  void aRoleOfTheManagementAccountIsValidForNewAccounts() {
    CredentialTestResult result = test(ROLE, infrastructure("new", "", ""));
    assertEquals(Grade.VALID, result.grade(), result::toString);
    assertEquals(
        "assumed-role/slipway-access/slipway-acme-1-test in account …3333", result.answer());
  }

  @Test
  void aKeyIsValidAndIsWarnedOf() {
    CredentialTestResult result = test(KEY, infrastructure("new", "", ""));
    assertEquals(Grade.VALID, result.grade(), result::toString);
    assertTrue(result.message().contains("a role is better"), result::toString);
  }

  @Test
  void anotherAccountThanTheElementNamesIsTheWrongPlace() {
    CredentialTestResult result =
        test(ROLE, infrastructure("existing", AWS_MANAGEMENT, "444455556666"));
    assertEquals(Grade.WRONG_REGION_OR_ENV, result.grade(), result::toString);
    assertTrue(result.message().contains("…3333, and infrastructure.production.account is …6666"));
    assertFalse(result.message().contains(AWS_MANAGEMENT));
  }

  @Test
  void productionHasARoleOfItsOwn() {
    String other = AWS_ROLE.replace(AWS_MANAGEMENT, "444455556666");
    world("{\"roles\":{\"%s\":{\"externalId\":\"acme-1\"}}}".formatted(other));
    JsonNode both = Json.tree(Map.of("roleArn", AWS_ROLE, "productionRoleArn", other));
    CredentialTestResult result =
        test(both, infrastructure("existing", AWS_MANAGEMENT, "444455556666"));
    assertEquals(Grade.VALID, result.grade(), result::toString);
    assertTrue(result.answer().contains("…3333") && result.answer().contains("…6666"));
  }

  @Test
  void aRoleOfAnotherOnboardingIsNotEntered() {
    world("{\"roles\":{\"%s\":{\"externalId\":\"other-2\"}}}".formatted(AWS_ROLE));
    CredentialTestResult result = test(ROLE, infrastructure("new", "", ""));
    assertEquals(Grade.INSUFFICIENT_PERMISSION, result.grade(), result::toString);
    assertTrue(result.message().contains("external id acme-1"), result::toString);
  }

  @Test
  void anAccountThatMayNotListAccountsMakesNone() {
    world("{\"denied\":[\"organizations:ListAccounts\"]}");
    CredentialTestResult result = test(ROLE, infrastructure("new", "", ""));
    assertEquals(Grade.INSUFFICIENT_PERMISSION, result.grade(), result::toString);
    assertTrue(result.message().contains("management account"), result::toString);
  }

  @Test
  void aRegionThatIsNotEnabledIsTheWrongPlace() {
    world("{\"disabledRegions\":[\"eu-west-1\"]}");
    CredentialTestResult result = test(ROLE, infrastructure("new", "", ""));
    assertEquals(Grade.WRONG_REGION_OR_ENV, result.grade(), result::toString);
    assertTrue(result.message().contains("eu-west-1"), result::toString);
  }

  @Test
  void aWrongKeyIsInvalid() {
    JsonNode wrong =
        Json.tree(Map.of("accessKeyId", AWS_ACCESS_KEY, "secretAccessKey", "MARKER-secret-key"));
    CredentialTestResult result = test(wrong, infrastructure("new", "", ""));
    assertEquals(Grade.INVALID_CREDENTIALS, result.grade(), result::toString);
    assertFalse(result.toString().contains("MARKER"));
  }
}
