package dev.slipway.systems;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.analytics.GoogleAnalyticsCredentialTest;
import dev.slipway.systems.aws.AwsCredentialTest;
import dev.slipway.systems.aws.AwsLogin;
import dev.slipway.systems.azure.AzureCredentialTest;
import dev.slipway.systems.billing.BillingCredentialTest;
import dev.slipway.systems.connector.ConnectorAppCredentialTest;
import dev.slipway.systems.docker.DockerCredentialTest;
import dev.slipway.systems.intercom.IntercomCredentialTest;
import dev.slipway.systems.jira.JiraCredentialTest;
import dev.slipway.systems.logging.SplunkCredentialTest;
import dev.slipway.systems.logging.SumoLogicCredentialTest;
import dev.slipway.systems.maestrano.CatalogueCredentialTest;
import dev.slipway.systems.maestrano.ConnecCredentialTest;
import dev.slipway.systems.maestrano.ConnectorAdminCredentialTest;
import dev.slipway.systems.maestrano.ConnectorEnvironmentCredentialTest;
import dev.slipway.systems.maestrano.ExpressAdminCredentialTest;
import dev.slipway.systems.maestrano.MnoHubCredentialTest;
import dev.slipway.systems.maestrano.NexCredentialTest;
import dev.slipway.systems.maestrano.SourceTenantCredentialTest;
import dev.slipway.systems.mailtool.MailToolCredentialTest;
import dev.slipway.systems.maps.GoogleMapsCredentialTest;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.newrelic.NewRelicCredentialTest;
import dev.slipway.systems.payment.PaymentGatewayCredentialTest;
import dev.slipway.systems.platform.PlatformCredentialTest;
import dev.slipway.systems.platform.TestCustomerCredentialTest;
import dev.slipway.systems.prometheus.MonitoringCredentialTest;
import dev.slipway.systems.pusher.PusherCredentialTest;
import dev.slipway.systems.rates.OpenExchangeRatesCredentialTest;
import dev.slipway.systems.sidekiq.SidekiqCredentialTest;
import dev.slipway.systems.storage.BackupCredentialTest;
import dev.slipway.systems.storage.PackagesCredentialTest;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * VALID is earned by an answer that only the vendor gives. A portal in front of it, an empty page,
 * a redirect or another service's JSON never earns it, whichever credential is tested.
 */
class EarnedGradesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
  private static final String HOST = "https://system.example";

  /** A test of a credential with what it is given. */
  private record Tested(
      String name,
      Function<HttpPort, CredentialTest> test,
      Map<String, String> secret,
      String element,
      Map<String, ?> value) {

    CredentialTestResult result(HttpPort port) {
      JsonNode elements = JSON.valueToTree(Map.of(element, value));
      return test.apply(port).test(JSON.valueToTree(secret), elements);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Map<String, String> KEYS =
      Map.of("accessKey", "AKIAMARKER", "secretKey", "MARKER-secret");
  private static final Map<String, String> LOGIN = Map.of("user", "u", "password", "MARKER-pass");
  private static final Map<String, String> API_KEY =
      Map.of("apiKey", "MARKER-key", "key", "MARKER-key");
  private static final Map<String, String> ACCOUNT =
      Map.of("identifier", "id-1", "secret", "MARKER-key");

  private static final Map<String, String> UAT = Map.of("environment", "uat", "tenant", "acme");

  private static final List<Tested> TESTS =
      List.of(
          new Tested(
              "platform",
              PlatformCredentialTest::new,
              Map.of("token", "MARKER-token"),
              "platform",
              Map.of("domain", "paas.example.com")),
          new Tested(
              "test-customer",
              TestCustomerCredentialTest::new,
              Map.of("token", "MARKER-token"),
              "platform",
              Map.of("domain", "paas.example.com")),
          new Tested(
              "docker",
              DockerCredentialTest::new,
              Map.of("user", "hoster", "token", "MARKER-token"),
              "docker-account",
              Map.of("plan", "team")),
          new Tested(
              "prometheus",
              MonitoringCredentialTest::new,
              LOGIN,
              "monitoring",
              Map.of("system", "prometheus", "prometheusUrl", HOST)),
          new Tested(
              "s3",
              port -> new BackupCredentialTest(port, Clock.systemUTC()),
              KEYS,
              "backup-storage",
              Map.of("protocol", "s3", "endpoint", HOST, "bucket", "backups", "region", "eu-1")),
          new Tested(
              "webdav",
              port -> new BackupCredentialTest(port, Clock.systemUTC()),
              LOGIN,
              "backup-storage",
              Map.of("protocol", "webdav", "url", HOST + "/dav/")),
          new Tested("whmcs", BillingCredentialTest::new, ACCOUNT, "external-billing", of("whmcs")),
          new Tested(
              "hostbill", BillingCredentialTest::new, ACCOUNT, "external-billing", of("hostbill")),
          new Tested(
              "stripe", BillingCredentialTest::new, ACCOUNT, "external-billing", of("stripe")),
          new Tested("new-relic", NewRelicCredentialTest::new, API_KEY, "monitoring", Map.of()),
          new Tested(
              "sumo-logic",
              SumoLogicCredentialTest::new,
              Map.of("accessId", "su1", "accessKey", "MARKER-key"),
              "logging",
              Map.of("deployment", "eu")),
          new Tested(
              "splunk-cloud",
              SplunkCredentialTest::new,
              Map.of("stack", "acme", "token", "MARKER-token"),
              "logging",
              Map.of("system", "splunk-cloud")),
          new Tested(
              "splunk-enterprise",
              SplunkCredentialTest::new,
              LOGIN,
              "logging",
              Map.of("system", "splunk-enterprise", "host", "splunk.acme.example")),
          new Tested("mandrill", MailToolCredentialTest::mandrill, API_KEY, "mail-tool", Map.of()),
          new Tested(
              "sparkpost", MailToolCredentialTest::sparkPost, API_KEY, "mail-tool", Map.of()),
          new Tested("mailgun", MailToolCredentialTest::mailgun, API_KEY, "mail-tool", Map.of()),
          new Tested(
              "braintree",
              port -> new PaymentGatewayCredentialTest(port, false),
              Map.of(
                  "environment",
                  "sandbox",
                  "merchantId",
                  "m-1",
                  "publicKey",
                  "pk",
                  "privateKey",
                  "MARKER-key"),
              "payment",
              Map.of("system", "braintree")),
          new Tested(
              "eway",
              port -> new PaymentGatewayCredentialTest(port, false),
              Map.of("environment", "sandbox", "apiKey", "ek", "password", "MARKER-pass"),
              "payment",
              Map.of("system", "eway")),
          connector("xero", Map.of()),
          connector("quickbooks", Map.of()),
          connector("salesforce", Map.of()),
          connector("vend", Map.of("domainPrefix", "acme")),
          connector("other", Map.of("tokenUrl", HOST + "/token")),
          new Tested(
              "unleashed",
              port -> ConnectorAppCredentialTest.all(port, false).getFirst(),
              Map.of("provider", "unleashed", "apiId", "u-1", "apiKey", "MARKER-key"),
              "connec-keys",
              Map.of()),
          new Tested(
              "connector-environment",
              port ->
                  new ConnectorEnvironmentCredentialTest(port, Map.of("environment", "production")),
              Map.of("envName", "customer", "envKey", "e-1", "envSecret", "MARKER-secret"),
              "connector-hosting",
              Map.of()),
          new Tested(
              "open-exchange-rates",
              OpenExchangeRatesCredentialTest::new,
              Map.of("appId", "MARKER-app"),
              "exchange-rates",
              Map.of()),
          new Tested(
              "google-maps", GoogleMapsCredentialTest::new, API_KEY, "component-hosts", Map.of()),
          new Tested(
              "google-analytics",
              port -> new GoogleAnalyticsCredentialTest(port, Clock.systemUTC()),
              Map.of("serviceAccount", serviceAccount()),
              "analytics",
              Map.of()),
          new Tested(
              "pusher",
              port -> new PusherCredentialTest(port, Clock.systemUTC(), UAT),
              Map.of("appId", "1234", "key", "p-1", "secret", "MARKER-secret", "cluster", "eu"),
              "pusher",
              Map.of()),
          new Tested(
              "intercom",
              port -> new IntercomCredentialTest(port, UAT),
              Map.of("token", "MARKER-token"),
              "intercom",
              Map.of("region", "eu")),
          new Tested(
              "connec-sidekiq",
              port -> new SidekiqCredentialTest(port, UAT),
              Map.of("user", "jobs", "password", "MARKER-secret"),
              "component-hosts",
              Map.of("uat", Map.of("connec", "connec.uat.customer.example"))),
          new Tested(
              "jira",
              port -> JiraCredentialTest.all(port).getFirst(),
              Map.of("email", "lead@vendor.example", "apiToken", "MARKER-token"),
              "service-desk",
              Map.of("site", "vendor.atlassian.example", "project", "existing", "key", "CUST")),
          new Tested(
              "nex",
              port -> new NexCredentialTest(port, Map.of("environment", "production")),
              Map.of("endpoint", "https://nex.customer.example", "apiKey", "MARKER-secret"),
              "infrastructure",
              Map.of()),
          new Tested(
              "aws",
              EarnedGradesTest::aws,
              Map.of("accessKeyId", "AKIAMARKER", "secretAccessKey", "MARKER-secret"),
              "infrastructure",
              Map.of("provider", "aws", "account", "new")),
          new Tested(
              "azure",
              AzureCredentialTest::new,
              Map.of(
                  "tenantId",
                  "t-1",
                  "subscriptionId",
                  "s-1",
                  "clientId",
                  "c-1",
                  "clientSecret",
                  "MARKER-secret"),
              "infrastructure",
              Map.of("provider", "azure")),
          new Tested(
              "mnohub-catalogue",
              CatalogueCredentialTest::new,
              Map.of("host", "hub.vendor.example", "tenantId", "t-1", "tenantKey", "MARKER-key"),
              "applications",
              Map.of()),
          new Tested(
              "source-tenant",
              SourceTenantCredentialTest::new,
              Map.of("host", "hub.vendor.example", "tenantId", "t-1", "tenantKey", "MARKER-key"),
              "migration",
              Map.of("sourceTenant", "acme")),
          new Tested(
              "connector-admin",
              ConnectorAdminCredentialTest::new,
              Map.of(
                  "host",
                  "salesforce.connectors.example",
                  "marketplace",
                  "vendor-shared",
                  "apiId",
                  "a-1",
                  "apiKey",
                  "MARKER-key"),
              "migration",
              Map.of()),
          new Tested(
              "mnohub-tenant",
              port -> new MnoHubCredentialTest(port, UAT),
              Map.of("tenantId", "t-1", "tenantKey", "MARKER-key"),
              "component-hosts",
              Map.of("uat", Map.of("mnohub", "hub.acme.example"))),
          new Tested(
              "connec-tenant",
              port -> new ConnecCredentialTest(port, UAT),
              Map.of("key", "c-1", "secret", "MARKER-secret"),
              "component-hosts",
              Map.of("uat", Map.of("connec", "connec.acme.example"))),
          new Tested(
              "packages",
              port -> new PackagesCredentialTest(port, Clock.systemUTC()),
              Map.of(
                  "accessKeyId",
                  "AKIAMARKER",
                  "secretAccessKey",
                  "MARKER-secret",
                  "bucket",
                  "vendor-packages"),
              "release",
              Map.of("version", "4.2.1")),
          new Tested(
              "express-admin",
              ExpressAdminCredentialTest::new,
              Map.of("email", "admin@customer.example", "password", "MARKER-pass"),
              "tenants",
              Map.of("host", "acme.uat.customer.example")));

  private static String serviceAccount() {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
      byte[] key = keys.generateKeyPair().getPrivate().getEncoded();
      return JSON.createObjectNode()
          .put("type", "service_account")
          .put("client_email", "slipway@project.example")
          .put("private_key", Base64.getMimeEncoder().encodeToString(key))
          .toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CredentialTest aws(HttpPort port) {
    AwsBasicCredentials own = AwsBasicCredentials.create("AKIASLIPWAY", "own");
    return new AwsCredentialTest(
        new AwsLogin(
            port,
            Clock.systemUTC(),
            pause -> {},
            StaticCredentialsProvider.create(own),
            "eu-central-1"),
        "acme-1");
  }

  private static Tested connector(String provider, Map<String, String> more) {
    Map<String, String> secret = new LinkedHashMap<>();
    secret.put("clientId", "c-1");
    secret.put("provider", provider);
    secret.put("clientSecret", "MARKER-secret");
    secret.putAll(more);
    return new Tested(
        provider,
        port -> ConnectorAppCredentialTest.all(port, false).getFirst(),
        secret,
        "connec-keys",
        Map.of());
  }

  private static Map<String, String> of(String system) {
    return Map.of("system", system, "url", HOST);
  }

  /** The same answer to every request. */
  private record Answered(int status, Map<String, List<String>> headers, String body) {

    static Answered of(int status, String body) {
      return new Answered(status, Map.of("content-type", List.of("text/html")), body);
    }

    Answered with(String name, String value) {
      return new Answered(status, Map.of(name, List.of(value)), body);
    }

    HttpPort port() {
      return call -> new HttpAnswer(call, status, headers, Bytes.of(body), NOW);
    }

    @Override
    public String toString() {
      return status + " " + headers + " " + body;
    }
  }

  private static final String PAGE = "<!DOCTYPE html><html><body>Please log in</body></html>";

  private static final List<Answered> STRANGERS =
      List.of(
          Answered.of(200, PAGE),
          Answered.of(200, PAGE).with("dav", "1"),
          Answered.of(200, ""),
          Answered.of(200, "OK"),
          Answered.of(200, "null"),
          Answered.of(200, "true"),
          Answered.of(200, "{}"),
          Answered.of(200, "[]"),
          Answered.of(200, "{\"result\":0}"),
          Answered.of(200, "{\"result\":\"success\"}"),
          Answered.of(200, "{\"success\":true}"),
          Answered.of(200, "{\"status\":\"success\"}"),
          Answered.of(200, "{\"status\":\"success\",\"data\":{}}"),
          Answered.of(200, "{\"status\":\"ok\",\"token\":\"x\"}"),
          Answered.of(200, "{\"object\":\"balance\"}"),
          Answered.of(200, "{\"error\":\"unauthorized\"}"),
          Answered.of(200, "<Error><Code>AccessDenied</Code></Error>"),
          Answered.of(201, PAGE),
          Answered.of(202, "{}"),
          Answered.of(204, ""),
          Answered.of(206, PAGE),
          Answered.of(207, PAGE).with("dav", "1, 2"),
          Answered.of(400, PAGE),
          Answered.of(404, PAGE),
          Answered.of(404, "404 page not found"),
          Answered.of(405, ""),
          Answered.of(409, "{}"));

  static Stream<Arguments> strangers() {
    return TESTS.stream()
        .flatMap(test -> STRANGERS.stream().map(answer -> Arguments.of(test, answer)));
  }

  @ParameterizedTest
  @MethodSource
  void strangers(Tested test, Answered answer) {
    CredentialTestResult result = test.result(answer.port());
    assertEquals(Grade.INCONCLUSIVE, result.grade(), result.message());
    assertTrue(!result.toString().contains("MARKER"), result.toString());
  }

  static Stream<Arguments> refusals() {
    return TESTS.stream()
        .flatMap(
            test ->
                Stream.of("", PAGE, "{}")
                    .flatMap(
                        body ->
                            Stream.of(401, 403)
                                .map(status -> Arguments.of(test, Answered.of(status, body)))));
  }

  @ParameterizedTest
  @MethodSource
  void refusals(Tested test, Answered answer) {
    assertNotEquals(Grade.VALID, test.result(answer.port()).grade());
  }

  static Stream<Arguments> elsewhere() {
    return TESTS.stream()
        .flatMap(
            test ->
                Stream.of(301, 302, 303, 307, 308)
                    .map(
                        status ->
                            Arguments.of(
                                test,
                                Answered.of(status, PAGE)
                                    .with("location", "https://login.example/?next=x"))));
  }

  @ParameterizedTest
  @MethodSource
  void elsewhere(Tested test, Answered answer) {
    CredentialTestResult result = test.result(answer.port());
    assertEquals(Grade.WRONG_REGION_OR_ENV, result.grade(), result.message());
    assertTrue(result.message().contains("login.example"), result.message());
  }

  static Stream<Arguments> outOfOrder() {
    return TESTS.stream()
        .flatMap(
            test ->
                Stream.of(500, 502, 503, 504)
                    .map(status -> Arguments.of(test, Answered.of(status, PAGE))));
  }

  @ParameterizedTest
  @MethodSource
  void outOfOrder(Tested test, Answered answer) {
    assertEquals(Grade.UNREACHABLE, test.result(answer.port()).grade());
  }

  static Stream<Arguments> limits() {
    return TESTS.stream()
        .flatMap(
            test ->
                Stream.of(
                        "60",
                        "Sun, 29 Nov 2026 10:01:00 GMT",
                        "Sunday, 29-Nov-26 10:01:00 GMT",
                        "Sun Nov 29 10:01:00 2026")
                    .map(after -> Arguments.of(test, after)));
  }

  @ParameterizedTest
  @MethodSource
  void limits(Tested test, String retryAfter) {
    CredentialTestResult result =
        test.result(Answered.of(429, PAGE).with("retry-after", retryAfter).port());
    assertEquals(Grade.RATE_LIMITED, result.grade());
    assertEquals(NOW.plusSeconds(60), result.retryAt());
  }

  /** Each system gives each of its secrets back, in the forms that errors and redirects have. */
  static Stream<Arguments> echoes() {
    return TESTS.stream()
        .flatMap(
            test ->
                test.secret().values().stream()
                    .filter(value -> value.startsWith("MARKER"))
                    .flatMap(value -> forms(test, value))
                    .flatMap(form -> bodies(form).map(body -> Arguments.of(test, form, body))));
  }

  private static Stream<String> forms(Tested test, String secret) {
    byte[] bytes = secret.getBytes(UTF_8);
    byte[] login = (test.secret().values().iterator().next() + ":" + secret).getBytes(UTF_8);
    Base64.Encoder base64 = Base64.getEncoder();
    return Stream.of(
        secret,
        each(secret, "\\u%04x"),
        each(secret, "\\u%04X"),
        each(secret, "&#%d;"),
        each(secret, "&#x%x;"),
        each(secret, "%%%02x"),
        each(secret, "%%%02X"),
        base64.encodeToString(bytes),
        base64.encodeToString(login),
        HexFormat.of().formatHex(bytes));
  }

  private static String each(String secret, String form) {
    return secret.chars().mapToObj(form::formatted).collect(Collectors.joining());
  }

  private static Stream<Answered> bodies(String form) {
    return Stream.of(
        Answered.of(400, "refused: " + form),
        Answered.of(200, "{\"result\":\"error\",\"message\":\"no " + form + "\"}"),
        Answered.of(200, "{\"result\":1,\"error\":\"no " + form + "\",\"success\":false}"),
        Answered.of(403, "<Error><Code>AccessDenied</Code><Message>" + form + "</Message></Error>"),
        Answered.of(302, "").with("location", "https://login.example/?key=" + form));
  }

  @ParameterizedTest
  @MethodSource
  void echoes(Tested test, String form, Answered answer) {
    CredentialTestResult result = test.result(answer.port());
    assertFalse(result.toString().contains(form), result.toString());
    assertFalse(result.toString().contains("MARKER"), result.toString());
  }
}
