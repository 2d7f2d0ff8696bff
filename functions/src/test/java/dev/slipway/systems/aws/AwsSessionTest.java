package dev.slipway.systems.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.ScriptedHttp;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ses.SesClient;

/** A customer's account is entered by a role or a key, and every error of AWS has a kind. */
class AwsSessionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROLE = "arn:aws:iam::111122223333:role/slipway-access";
  private static final String STS = "POST sts.eu-central-1.amazonaws.com/";
  private static final String ORGANIZATIONS = "POST organizations.us-east-1.amazonaws.com/";

  private final ScriptedHttp http = new ScriptedHttp();
  private final List<Duration> pauses = new ArrayList<>();

  private AwsSession session(Map<String, String> secret) {
    return new AwsLogin(
            http,
            Clock.systemUTC(),
            pauses::add,
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIASLIPWAY", "own")),
            "eu-central-1")
        .enter(AwsAccess.of(JSON.valueToTree(secret), "uat"), "acme-1", "provision-account");
  }

  private AwsSession byKey() {
    return session(Map.of("accessKeyId", "AKIACUSTOMER", "secretAccessKey", "MARKER-key"));
  }

  private AwsJson organizations() {
    return byKey().json(AwsJson.Service.ORGANIZATIONS, "us-east-1");
  }

  private static JsonNode nothing(AwsJson service) {
    return service.change("CreateAccount", JsonNodeFactory.instance.objectNode());
  }

  private static Response xml(String body) {
    return new Response(200, Map.of("Content-Type", "text/xml"), body);
  }

  private static final Response ASSUMED =
      xml(
          """
          <AssumeRoleResponse><AssumeRoleResult><Credentials>
          <AccessKeyId>ASIASESSION</AccessKeyId><SecretAccessKey>session/secret</SecretAccessKey>
          <SessionToken>TOKEN&amp;1</SessionToken></Credentials></AssumeRoleResult></AssumeRoleResponse>
          """);

  private static Response error(int status, String type) {
    return Response.json("{\"__type\":\"a.b#" + type + "\",\"Message\":\"Words of AWS.\"}")
        .as(status);
  }

  @Test
  void aRoleIsAssumedWithTheOnboardingAsExternalIdAndItsSessionSignsWhatFollows() {
    http.on(STS, ASSUMED).on(ORGANIZATIONS, Response.json("{\"Accounts\":[]}"));
    session(Map.of("roleArn", ROLE))
        .json(AwsJson.Service.ORGANIZATIONS, "us-east-1")
        .list("ListAccounts", JsonNodeFactory.instance.objectNode(), "Accounts");
    HttpCall assume = http.calls().getFirst();
    assertTrue(assume.headers().get("Authorization").contains("Credential=AKIASLIPWAY/"));
    assertTrue(assume.body().text().contains("ExternalId=acme-1&"));
    assertTrue(assume.body().text().contains("RoleSessionName=slipway-acme-1-provision-account&"));
    HttpCall list = http.calls().getLast();
    assertTrue(list.headers().get("Authorization").contains("Credential=ASIASESSION/"));
    assertTrue(
        list.headers().get("Authorization").contains("/us-east-1/organizations/aws4_request"));
    assertEquals("TOKEN&1", list.headers().get("X-Amz-Security-Token"));
    assertEquals("AWSOrganizationsV20161128.ListAccounts", list.headers().get("X-Amz-Target"));
  }

  @Test
  void aRoleThatDoesNotTrustSlipwayIsToldWithWhatToDeployAndTheExternalId() {
    http.on(
        STS,
        xml("<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error>"
                + "</ErrorResponse>")
            .as(403));
    SystemTrouble trouble =
        assertThrows(SystemTrouble.class, () -> session(Map.of("roleArn", ROLE)));
    assertEquals("aws.not-permitted", trouble.code());
    assertTrue(trouble.getMessage().contains("…3333"), trouble.getMessage());
    assertTrue(trouble.getMessage().contains("docs/customer-role.yaml"), trouble.getMessage());
    assertTrue(trouble.getMessage().contains("external id acme-1"), trouble.getMessage());
  }

  @Test
  void aKeyNeedsNoRole() {
    http.on(
        STS,
        xml("<R><Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/eva</Arn></R>"));
    AwsIdentity identity = byKey().identity();
    assertEquals("111122223333", identity.account());
    assertEquals("user/eva in account …3333", identity.shown());
    assertTrue(http.calls().getFirst().body().text().startsWith("Action=GetCallerIdentity&"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:role/admin",
        "arn:aws:iam::1:role/slipway-a",
        "arn:aws:iam::111122223333:user/slipway-a",
        ""
      })
  void aRoleOfAnotherNameIsRefusedBeforeAnybodyIsAsked(String role) {
    SystemTrouble trouble =
        assertThrows(SystemTrouble.class, () -> session(Map.of("roleArn", role)));
    assertEquals(Kind.INPUT, trouble.kind());
    assertTrue(http.calls().isEmpty());
  }

  @Test
  void productionHasARoleOfItsOwnWhereItsAccountHas() {
    String other = ROLE.replace("111122223333", "444455556666");
    JsonNode both = JSON.valueToTree(Map.of("roleArn", ROLE, "productionRoleArn", other));
    assertEquals("111122223333", AwsAccess.of(both, "uat").account().orElseThrow());
    assertEquals("444455556666", AwsAccess.of(both, "production").account().orElseThrow());
    JsonNode one = JSON.valueToTree(Map.of("roleArn", ROLE));
    assertEquals("111122223333", AwsAccess.of(one, "production").account().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "400, AccessDeniedException, NOT_PERMITTED",
    "400, UnrecognizedClientException, AUTHENTICATION_FAILED",
    "400, InvalidSignatureException, AUTHENTICATION_FAILED",
    "400, TooManyRequestsException, RATE_LIMITED",
    "400, ConcurrentModificationException, RATE_LIMITED",
    "400, AccountNotFoundException, NOT_FOUND",
    "400, ConstraintViolationException, REJECTED",
    "500, ServiceException, OUT_OF_ORDER",
  })
  void anErrorHasItsKindAndAwssWords(int status, String type, Kind kind) {
    http.on(ORGANIZATIONS, error(status, type));
    SystemTrouble trouble = assertThrows(SystemTrouble.class, () -> nothing(organizations()));
    assertEquals(kind, trouble.kind());
    assertTrue(
        trouble.getMessage().contains("organizations:CreateAccount (" + type + "): Words of AWS."),
        trouble.getMessage());
  }

  @Test
  void aThrottledCallIsRepeatedTwiceEvenIfItChanges() {
    http.on(ORGANIZATIONS, error(400, "TooManyRequestsException"));
    assertThrows(SystemTrouble.class, () -> nothing(organizations()));
    assertEquals(3, http.calls().size());
    assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)), pauses);
  }

  @Test
  void aNextPageThatIsNullIsNone() {
    http.on(ORGANIZATIONS, Response.json("{\"Accounts\":[{\"Id\":\"1\"}],\"NextToken\":null}"));
    assertEquals(
        1,
        organizations()
            .list("ListAccounts", JsonNodeFactory.instance.objectNode(), "Accounts")
            .size());
  }

  @Test
  void aPageOfAPortalIsNoAnswerOfAws() {
    http.on(ORGANIZATIONS, Response.json("<!DOCTYPE html><p>Log in</p>"));
    assertEquals(
        Kind.NOT_UNDERSTOOD,
        assertThrows(SystemTrouble.class, () -> nothing(organizations())).kind());
    http.on(STS, xml("<html><body>MARKER</body></html>"));
    SystemTrouble trouble = assertThrows(SystemTrouble.class, () -> byKey().identity());
    assertEquals(Kind.NOT_UNDERSTOOD, trouble.kind());
    assertFalse(trouble.answered().contains("MARKER"));
  }

  @Test
  void aRegionBecomesPartOfAHostAndMustBeOne() {
    assertEquals(
        Kind.INPUT,
        assertThrows(
                SystemTrouble.class,
                () -> nothing(byKey().json(AwsJson.Service.ACM, "x.evil.example/")))
            .kind());
  }

  @Test
  void aClientOfTheSdkGoesTheSameWay() {
    String ses = "POST email.eu-west-1.amazonaws.com";
    http.on(
        ses,
        xml(
            "<GetSendQuotaResponse><GetSendQuotaResult><SentLast24Hours>7.0</SentLast24Hours>"
                + "</GetSendQuotaResult></GetSendQuotaResponse>"));
    SesClient client = byKey().client(SesClient.builder(), "eu-west-1");
    assertEquals(7.0, client.getSendQuota().sentLast24Hours());
    assertTrue(
        http.calls().getFirst().headers().get("Authorization").contains("Credential=AKIACUSTOMER"));
    http.on(
        ses,
        xml("<ErrorResponse><Error><Code>AccessDenied</Code><Message>MARKER-key</Message></Error>"
                + "</ErrorResponse>")
            .as(403));
    SystemTrouble trouble = assertThrows(SystemTrouble.class, client::getSendQuota);
    assertEquals(Kind.NOT_PERMITTED, trouble.kind());
    assertFalse(trouble.getMessage().contains("MARKER"));
    assertEquals(2, http.calls().size());
  }
}
