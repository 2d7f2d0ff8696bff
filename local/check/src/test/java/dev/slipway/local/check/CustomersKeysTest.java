package dev.slipway.local.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.systems.analytics.GoogleAnalyticsCredentialTest;
import dev.slipway.systems.connector.ConnectorAppCredentialTest;
import dev.slipway.systems.intercom.IntercomCredentialTest;
import dev.slipway.systems.jira.JiraCredentialTest;
import dev.slipway.systems.logging.SplunkCredentialTest;
import dev.slipway.systems.logging.SumoLogicCredentialTest;
import dev.slipway.systems.maestrano.CatalogueCredentialTest;
import dev.slipway.systems.maestrano.ConnectorEnvironmentCredentialTest;
import dev.slipway.systems.maestrano.ExpressAdminCredentialTest;
import dev.slipway.systems.mailtool.MailToolCredentialTest;
import dev.slipway.systems.maps.GoogleMapsCredentialTest;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.newrelic.NewRelicCredentialTest;
import dev.slipway.systems.payment.PaymentGatewayCredentialTest;
import dev.slipway.systems.pusher.PusherCredentialTest;
import dev.slipway.systems.rates.OpenExchangeRatesCredentialTest;
import dev.slipway.systems.sidekiq.SidekiqCredentialTest;
import dev.slipway.systems.smtp.SmtpCredentialTest;
import dev.slipway.systems.storage.PackagesCredentialTest;
import java.time.Clock;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The keys of an enterprise customer's accounts, as their vendors grade them (M25 to M60). */
class CustomersKeysTest {

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final Map<String, Object> NEW_RELIC =
      Map.of("apiKey", SandboxDefaults.NEW_RELIC_KEY);
  private static final Map<String, Object> BRAINTREE =
      Map.of(
          "environment", "sandbox",
          "merchantId", SandboxDefaults.BRAINTREE_MERCHANT,
          "publicKey", SandboxDefaults.BRAINTREE_PUBLIC_KEY,
          "privateKey", SandboxDefaults.BRAINTREE_PRIVATE_KEY);

  @Test
  void newRelicsKeySeesTheAccountsOfItsRegion() {
    assertGrade(Grade.VALID, newRelic(NEW_RELIC, Map.of("region", "us")));
    var elsewhere = newRelic(NEW_RELIC, Map.of("region", "eu"));
    assertGrade(Grade.WRONG_REGION_OR_ENV, elsewhere);
    assertTrue(elsewhere.message().contains("set monitoring.region to us"), elsewhere.message());
    var unseen =
        newRelic(
            NEW_RELIC,
            Map.of("region", "us", "accountId", Map.of("uat", 1000001, "production", 7)));
    assertGrade(Grade.INSUFFICIENT_PERMISSION, unseen);
    assertTrue(unseen.message().contains("does not see 7"), unseen.message());
    assertGrade(
        Grade.INVALID_CREDENTIALS,
        newRelic(Map.of("apiKey", "NRAK-WRONG"), Map.of("region", "us")));
  }

  @Test
  void sumoLogicNamesItsDeployment() {
    Map<String, Object> key =
        Map.of(
            "accessId", SandboxDefaults.SUMO_LOGIC_ID,
            "accessKey", SandboxDefaults.SUMO_LOGIC_KEY);
    assertGrade(Grade.VALID, sumoLogic(key, "eu"));
    var moved = sumoLogic(key, "us2");
    assertGrade(Grade.WRONG_REGION_OR_ENV, moved);
    assertTrue(moved.message().contains("set logging.deployment to eu"), moved.message());
    SANDBOX
        .control()
        .patchWorld(
            "{\"sumo-logic\":{\"status\":{\"planType\":\"Trial\",\"planExpirationDays\":9}}}");
    var trial = sumoLogic(key, "eu");
    assertGrade(Grade.VALID, trial);
    assertTrue(trial.message().contains("ends in 9 days"), trial.message());
    assertGrade(
        Grade.INVALID_CREDENTIALS,
        sumoLogic(Map.of("accessId", "x", "accessKey", "wrong-key"), "eu"));
  }

  @Test
  void splunkAcceptsATokenOfTheStackAndALoginOfTheServer() {
    Map<String, Object> token = Map.of("stack", "acme", "token", SandboxDefaults.SPLUNK_TOKEN);
    Map<String, Object> cloud = Map.of("system", "splunk-cloud");
    assertGrade(Grade.VALID, splunk(token, cloud));
    assertGrade(Grade.INVALID_CREDENTIALS, splunk(with(token, "token", "wrong-token"), cloud));
    assertGrade(Grade.INSUFFICIENT_PERMISSION, splunk(with(token, "stack", "other"), cloud));
    Map<String, Object> login =
        Map.of("user", SandboxDefaults.SPLUNK_USER, "password", SandboxDefaults.SPLUNK_PASSWORD);
    Map<String, Object> server =
        Map.of("system", "splunk-enterprise", "host", SandboxDefaults.SPLUNK_HOST);
    assertGrade(Grade.VALID, splunk(login, server));
    assertGrade(Grade.INVALID_CREDENTIALS, splunk(with(login, "password", "wrong-pass"), server));
  }

  @Test
  void mailToolsKnowTheirKeys() {
    assertGrade(Grade.VALID, mail(MailToolCredentialTest::mandrill, SandboxDefaults.MANDRILL_KEY));
    assertGrade(Grade.INVALID_CREDENTIALS, mail(MailToolCredentialTest::mandrill, "wrong-key"));
    assertGrade(
        Grade.VALID, mail(MailToolCredentialTest::sparkPost, SandboxDefaults.SPARKPOST_KEY));
    assertGrade(Grade.INVALID_CREDENTIALS, mail(MailToolCredentialTest::sparkPost, "wrong-key"));
    assertGrade(Grade.VALID, mail(MailToolCredentialTest::mailgun, SandboxDefaults.MAILGUN_KEY));
    assertGrade(Grade.INVALID_CREDENTIALS, mail(MailToolCredentialTest::mailgun, "wrong-key"));
    assertGrade(
        Grade.INSUFFICIENT_PERMISSION, mail(MailToolCredentialTest::mailgun, "key-0f-0ne-d0ma1n"));
    SANDBOX.control().patchWorld("{\"sparkpost\":{\"account\":{\"status\":\"suspended\"}}}");
    assertGrade(
        Grade.INSUFFICIENT_PERMISSION,
        mail(MailToolCredentialTest::sparkPost, SandboxDefaults.SPARKPOST_KEY));
    SANDBOX.control().patchWorld("{\"sparkpost\":{\"region\":\"us\"}}");
    assertGrade(
        Grade.WRONG_REGION_OR_ENV,
        mail(MailToolCredentialTest::sparkPost, SandboxDefaults.SPARKPOST_KEY));
  }

  @Test
  void aMailServerOfTheCustomersOwnTakesTheLogin() {
    Map<String, Object> login =
        Map.of("user", SandboxDefaults.SMTP_USER, "password", SandboxDefaults.SMTP_PASSWORD);
    for (var security : Map.of("starttls", 587, "tls", 465).entrySet()) {
      Map<String, Object> tool =
          Map.of(
              "tool",
              "smtp",
              "host",
              SandboxDefaults.SMTP_HOST,
              "port",
              security.getValue(),
              "security",
              security.getKey());
      assertGrade(Grade.VALID, smtp(login, tool));
      assertGrade(Grade.INVALID_CREDENTIALS, smtp(with(login, "password", "wrong-pass"), tool));
    }
  }

  @Test
  void theVendorsKeyReadsItsPackages() {
    Map<String, Object> key =
        Map.of(
            "accessKeyId", SandboxDefaults.PACKAGES_ACCESS_KEY,
            "secretAccessKey", SandboxDefaults.PACKAGES_SECRET_KEY,
            "bucket", SandboxDefaults.PACKAGES_BUCKET);
    assertGrade(Grade.VALID, packages(key, "releases/mnohub-4.2.1.tgz"));
    var absent = packages(key, "releases/mnohub-9.9.9.tgz");
    assertGrade(Grade.VALID, absent);
    assertTrue(absent.message().contains("does not have"), absent.message());
    assertGrade(
        Grade.INVALID_CREDENTIALS,
        packages(with(key, "secretAccessKey", "wrong-secret"), "releases/mnohub-4.2.1.tgz"));
    assertGrade(Grade.INCONCLUSIVE, packages(with(key, "bucket", "no-bucket"), "x.tgz"));
    SANDBOX
        .control()
        .patchWorld(
            "{\"s3\":{\"keys\":{\"%s\":{\"deny\":[\"GetObject\",\"HeadObject\"]}}}}"
                .formatted(SandboxDefaults.PACKAGES_ACCESS_KEY));
    assertGrade(Grade.INSUFFICIENT_PERMISSION, packages(key, "releases/mnohub-4.2.1.tgz"));
  }

  private static CredentialTestResult packages(Map<String, Object> key, String name) {
    return new PackagesCredentialTest(SANDBOX.parties().http(), InstantSource.system())
        .test(Json.of(key), Json.of(Map.of("release", Map.of("mnohub", Map.of("package", name)))));
  }

  @Test
  void aTenantsFrontendKnowsItsAdministrator() {
    Map<String, Object> login =
        Map.of("email", "admin@customer.example", "password", "Admini5ter-the-tenant");
    assertGrade(Grade.VALID, express(login));
    assertGrade(Grade.INVALID_CREDENTIALS, express(with(login, "password", "wrong-pass")));
    SANDBOX
        .control()
        .patchWorld(
            "{\"maestrano\":{\"expresses\":{\"uat\":{\"acme\":{\"admin\":{\"admin_role\":\"\"}}}}}}");
    assertGrade(Grade.INSUFFICIENT_PERMISSION, express(login));
  }

  private static CredentialTestResult express(Map<String, Object> login) {
    return new ExpressAdminCredentialTest(SANDBOX.parties().http())
        .test(
            Json.of(login),
            Json.of(Map.of("tenants", Map.of("host", "acme.uat.customer.example"))));
  }

  @Test
  void theDeveloperPlatformKnowsTheKeysOfItsOwnEnvironment() {
    Map<String, Object> keys =
        Map.of(
            "envName",
            "customer",
            "envKey",
            SandboxDefaults.connectorEnvironmentKey("uat", "salesforce"),
            "envSecret",
            SandboxDefaults.CONNECTOR_ENVIRONMENT_SECRET);
    assertGrade(Grade.VALID, developerPlatform("uat", keys));
    var elsewhere = developerPlatform("production", keys);
    assertGrade(Grade.WRONG_REGION_OR_ENV, elsewhere);
    assertTrue(elsewhere.message().contains("keys of uat"), elsewhere.message());
    assertGrade(
        Grade.INVALID_CREDENTIALS, developerPlatform("uat", with(keys, "envSecret", "wrong-one")));
  }

  private static CredentialTestResult developerPlatform(
      String environment, Map<String, Object> keys) {
    return new ConnectorEnvironmentCredentialTest(
            SANDBOX.egress(), Map.of("environment", environment))
        .test(Json.of(keys), Json.object());
  }

  @Test
  void theVendorsHubShowsItsCatalogue() {
    Map<String, Object> keys =
        Map.of(
            "host", "hub.vendor.example",
            "tenantId", SandboxDefaults.hubTenantId("catalogue", "vendor"),
            "tenantKey", SandboxDefaults.hubTenantKey("catalogue", "vendor"));
    var catalogue = new CatalogueCredentialTest(SANDBOX.egress());
    assertGrade(Grade.VALID, catalogue.test(Json.of(keys), Json.object()));
    assertGrade(
        Grade.INVALID_CREDENTIALS,
        catalogue.test(Json.of(with(keys, "tenantKey", "wrong-key")), Json.object()));
  }

  @Test
  void gatewaysKeepTheirEnvironmentsApart() {
    assertGrade(Grade.VALID, payment(BRAINTREE, "braintree"));
    var production = payment(with(BRAINTREE, "environment", "production"), "braintree");
    assertGrade(Grade.WRONG_REGION_OR_ENV, production);
    assertTrue(production.message().contains("known in sandbox"), production.message());
    assertGrade(
        Grade.WRONG_REGION_OR_ENV, payment(with(BRAINTREE, "merchantId", "another"), "braintree"));
    assertGrade(
        Grade.INVALID_CREDENTIALS,
        payment(with(BRAINTREE, "privateKey", "wrong-key"), "braintree"));
    Map<String, Object> eway =
        Map.of(
            "environment", "sandbox",
            "apiKey", SandboxDefaults.EWAY_KEY,
            "password", SandboxDefaults.EWAY_PASSWORD);
    assertGrade(Grade.VALID, payment(eway, "eway"));
    assertGrade(Grade.INVALID_CREDENTIALS, payment(with(eway, "password", "wrong-pass"), "eway"));
  }

  @Test
  void intercomKnowsTheWorkspaceOfEachEnvironmentInItsRegion() {
    String token = SandboxDefaults.intercomToken("uat");
    assertGrade(Grade.VALID, intercom(token, "eu"));
    assertGrade(Grade.INVALID_CREDENTIALS, intercom("wrong-token", "eu"));
    var region = intercom(token, "us");
    assertGrade(Grade.WRONG_REGION_OR_ENV, region);
    assertTrue(region.message().contains("known in eu"), region.message());
    assertGrade(
        Grade.WRONG_REGION_OR_ENV, intercom(SandboxDefaults.intercomToken("production"), "eu"));
  }

  private static CredentialTestResult intercom(String token, String region) {
    return result(
        port -> new IntercomCredentialTest(port, Map.of("environment", "uat")),
        Map.of("token", token),
        Map.of(
            "intercom",
            Map.of("region", region, "appId", Map.of("uat", SandboxDefaults.intercomApp("uat")))));
  }

  @Test
  void connecsPageOfJobsKnowsItsLogin() {
    Map<String, Object> login =
        Map.of(
            "user", SandboxDefaults.CONNEC_JOBS_USER,
            "password", SandboxDefaults.CONNEC_JOBS_PASSWORD);
    assertGrade(Grade.VALID, jobs(login));
    assertGrade(Grade.INVALID_CREDENTIALS, jobs(with(login, "password", "wrong-pass")));
  }

  private static CredentialTestResult jobs(Map<String, Object> login) {
    return new SidekiqCredentialTest(SANDBOX.parties().http(), Map.of("environment", "uat"))
        .test(
            Json.of(login),
            Json.of(
                Map.of(
                    "component-hosts",
                    Map.of("uat", Map.of("connec", "connec.uat.customer.example")))));
  }

  @Test
  void openExchangeRatesTellsThePlanFromAWrongId() {
    assertGrade(Grade.VALID, rates(SandboxDefaults.EXCHANGE_RATES_ID));
    assertGrade(Grade.INVALID_CREDENTIALS, rates("wrong-id"));
    exchangeRates("{\"plan\":{\"name\":\"Free\",\"features\":{\"base\":false}}}");
    var free = rates(SandboxDefaults.EXCHANGE_RATES_ID);
    assertGrade(Grade.VALID, free);
    assertTrue(free.message().contains("against the US dollar only"), free.message());
    exchangeRates("{\"usage\":{\"requests_remaining\":0}}");
    assertGrade(Grade.INSUFFICIENT_PERMISSION, rates(SandboxDefaults.EXCHANGE_RATES_ID));
    exchangeRates("{\"status\":\"access_restricted\"}");
    assertGrade(Grade.INSUFFICIENT_PERMISSION, rates(SandboxDefaults.EXCHANGE_RATES_ID));
  }

  @Test
  void googleMapsTellsABrowsersKeyAndOneOfOtherServersFromAWrongOne() {
    assertGrade(Grade.VALID, maps(SandboxDefaults.GOOGLE_MAPS_KEY));
    assertGrade(Grade.INVALID_CREDENTIALS, maps("wrong-key"));
    String browser = "API keys with referer restrictions cannot be used with this API.";
    for (var refused :
        Map.of(
                "OVER_DAILY_LIMIT",
                "has no billing",
                browser,
                "is one for browsers",
                "This API project is not authorized to use this API.",
                "switch it on")
            .entrySet()) {
      mapsKey(refused.getKey());
      var result = maps("0f-this-w0rld");
      assertGrade(Grade.INSUFFICIENT_PERMISSION, result);
      assertTrue(result.message().contains(refused.getValue()), result.message());
    }
    mapsKey("This IP, site or mobile application is not authorized to use this API key.");
    var elsewhere = maps("0f-this-w0rld");
    assertGrade(Grade.INCONCLUSIVE, elsewhere);
    assertTrue(elsewhere.usable(), elsewhere.message());
    mapsKey("OVER_QUERY_LIMIT");
    assertGrade(Grade.RATE_LIMITED, maps("0f-this-w0rld"));
  }

  @Test
  void pusherKnowsTheAppOfEachEnvironment() {
    assertGrade(Grade.VALID, pusher(pusherApp("uat")));
    assertGrade(Grade.INVALID_CREDENTIALS, pusher(with(pusherApp("uat"), "secret", "wrong-one")));
    assertGrade(Grade.INVALID_CREDENTIALS, pusher(with(pusherApp("uat"), "key", "wrong-key")));
    var twins = pusher(pusherApp("production"));
    assertGrade(Grade.WRONG_REGION_OR_ENV, twins);
    assertTrue(twins.message().contains("the other environment's app"), twins.message());
    var cluster = pusher(with(pusherApp("uat"), "cluster", "mt1"));
    assertGrade(Grade.WRONG_REGION_OR_ENV, cluster);
    assertTrue(cluster.message().contains("known in eu"), cluster.message());
    assertGrade(Grade.INCONCLUSIVE, pusher(with(pusherApp("uat"), "cluster", "../eu")));
  }

  @Test
  void googleKnowsAServiceAccountThatAnAccountIsSharedWith() {
    String file = TestServiceAccount.in(SANDBOX.control()).file();
    assertGrade(Grade.VALID, analytics(file));
    SANDBOX.control().patchWorld("{\"google-analytics-admin\":{\"accounts\":[]}}");
    var alone = analytics(file);
    assertGrade(Grade.INSUFFICIENT_PERMISSION, alone);
    assertTrue(alone.message().contains("as an Editor"), alone.message());
    SANDBOX.control().patchWorld("{\"google-analytics-admin\":{\"serviceAccounts\":null}}");
    assertGrade(Grade.INVALID_CREDENTIALS, analytics(file));
    var client = analytics("{\"web\":{\"client_id\":\"1\"}}");
    assertGrade(Grade.INCONCLUSIVE, client);
    assertTrue(client.message().contains("not the key of a service account"), client.message());
  }

  @Test
  void jiraTellsWhatTheTokensOwnerMayDo() {
    Map<String, Object> existing = Map.of("project", "existing", "key", "CUST");
    assertGrade(Grade.VALID, jira(SandboxDefaults.JIRA_TOKEN, existing));
    assertGrade(Grade.VALID, jira(SandboxDefaults.JIRA_TOKEN, Map.of("project", "new")));
    assertGrade(Grade.INVALID_CREDENTIALS, jira("wrong-token", existing));
    assertGrade(
        Grade.WRONG_REGION_OR_ENV,
        jira(SandboxDefaults.JIRA_TOKEN, Map.of("project", "existing", "key", "OTHER")));
    SANDBOX
        .control()
        .patchWorld(
            "{\"jira\":{\"users\":{\"%s\":{\"permissions\":[\"ADMINISTER_PROJECTS\"]}}}}"
                .formatted(SandboxDefaults.JIRA_USER));
    assertGrade(Grade.VALID, jira(SandboxDefaults.JIRA_TOKEN, existing));
    assertGrade(
        Grade.INSUFFICIENT_PERMISSION, jira(SandboxDefaults.JIRA_TOKEN, Map.of("project", "new")));
  }

  @Test
  void keysOfASandboxAreRefusedForProductionWhereTheyTellThemselves() {
    for (var refused :
        List.of(
            payment(BRAINTREE, "braintree", true),
            connector(with(app("quickbooks"), "environment", "sandbox"), true),
            connector(with(app("salesforce"), "domain", "test.salesforce.com"), true),
            connector(
                with(app("salesforce"), "domain", "acme--uat.sandbox.my.salesforce.com"), true))) {
      assertGrade(Grade.WRONG_REGION_OR_ENV, refused);
      assertTrue(refused.message().contains("given for Production"), refused.message());
      assertFalse(refused.usable());
    }
    assertGrade(Grade.VALID, connector(app("salesforce"), true));
    assertGrade(
        Grade.INCONCLUSIVE, connector(with(app("quickbooks"), "environment", "sandbox"), false));
  }

  @Test
  void aProviderKnowsTheClientOfAnApp() {
    for (String provider : new String[] {"xero", "salesforce"}) {
      assertGrade(Grade.VALID, connector(app(provider)));
      assertGrade(
          Grade.INVALID_CREDENTIALS,
          connector(with(app(provider), "clientSecret", "wrong-secret")));
    }
    assertGrade(Grade.VALID, connector(with(app("vend"), "domainPrefix", "acme")));
    assertGrade(
        Grade.VALID,
        connector(
            Map.of(
                "provider", "unleashed",
                "apiId", SandboxDefaults.UNLEASHED_ID,
                "apiKey", SandboxDefaults.UNLEASHED_KEY)));
    assertGrade(
        Grade.INVALID_CREDENTIALS,
        connector(
            Map.of(
                "provider", "unleashed",
                "apiId", SandboxDefaults.UNLEASHED_ID,
                "apiKey", "wrong-key")));
  }

  @Test
  void keysThatNoStrangerCanProveCountUntilACompanyConnects() {
    for (var secret : new Map<?, ?>[] {app("quickbooks"), app("vend"), app("myob")}) {
      var kept = connector(secret);
      assertGrade(Grade.INCONCLUSIVE, kept);
      assertTrue(kept.usable(), kept.message());
    }
    assertGrade(
        Grade.INVALID_CREDENTIALS,
        connector(with(app("quickbooks"), "clientSecret", "wrong-secret")));
    var nowhere = connector(with(app("other"), "tokenUrl", "not an address"));
    assertGrade(Grade.INCONCLUSIVE, nowhere);
    assertFalse(nowhere.usable(), nowhere.message());
  }

  private static void assertGrade(Grade grade, CredentialTestResult result) {
    assertEquals(grade, result.grade(), result.toString());
    assertFalse(result.toString().contains("wrong-"), result.toString());
  }

  private static Map<String, Object> app(String provider) {
    return Map.of(
        "provider", provider,
        "clientId", SandboxDefaults.CONNECTOR_CLIENT,
        "clientSecret", SandboxDefaults.CONNECTOR_SECRET);
  }

  private static Map<String, Object> with(Map<String, Object> secret, String name, Object value) {
    Map<String, Object> other = new LinkedHashMap<>(secret);
    other.put(name, value);
    return other;
  }

  private static CredentialTestResult newRelic(Object secret, Object monitoring) {
    return result(NewRelicCredentialTest::new, secret, Map.of("monitoring", monitoring));
  }

  private static CredentialTestResult sumoLogic(Object secret, String deployment) {
    return result(
        SumoLogicCredentialTest::new,
        secret,
        Map.of("logging", Map.of("system", "sumo-logic", "deployment", deployment)));
  }

  private static CredentialTestResult splunk(Object secret, Object logging) {
    return result(SplunkCredentialTest::new, secret, Map.of("logging", logging));
  }

  private static CredentialTestResult mail(Function<HttpPort, CredentialTest> test, String key) {
    return result(test, Map.of("key", key), Map.of("mail-tool", Map.of("region", "eu")));
  }

  private static CredentialTestResult smtp(Object secret, Object tool) {
    return new SmtpCredentialTest(SANDBOX.egress())
        .test(Json.of(secret), Json.of(Map.of("mail-tool", tool)));
  }

  private static CredentialTestResult payment(Object secret, String gateway) {
    return payment(secret, gateway, false);
  }

  private static CredentialTestResult payment(
      Object secret, String gateway, boolean forProduction) {
    return result(
        port -> new PaymentGatewayCredentialTest(port, forProduction),
        secret,
        Map.of("payment", Map.of("system", gateway)));
  }

  private static void exchangeRates(String data) {
    SANDBOX.control().patchWorld("{\"open-exchange-rates\":{\"data\":%s}}".formatted(data));
  }

  private static void mapsKey(String state) {
    SANDBOX
        .control()
        .patchWorld("{\"google-maps\":{\"keys\":{\"0f-this-w0rld\":\"%s\"}}}".formatted(state));
  }

  private static CredentialTestResult rates(String appId) {
    return result(OpenExchangeRatesCredentialTest::new, Map.of("appId", appId), Map.of());
  }

  private static CredentialTestResult maps(String key) {
    return result(GoogleMapsCredentialTest::new, Map.of("apiKey", key), Map.of());
  }

  private static CredentialTestResult analytics(String file) {
    return result(
        port -> new GoogleAnalyticsCredentialTest(port, Clock.systemUTC()),
        Map.of("serviceAccount", file),
        Map.of());
  }

  private static Map<String, Object> pusherApp(String environment) {
    return Map.of(
        "appId", SandboxDefaults.pusherApp(environment),
        "key", SandboxDefaults.pusherKey(environment),
        "secret", SandboxDefaults.pusherSecret(environment),
        "cluster", "eu");
  }

  private static CredentialTestResult pusher(Object secret) {
    Map<String, Object> apps =
        Map.of(
            "uat", SandboxDefaults.pusherApp("uat"),
            "production", SandboxDefaults.pusherApp("production"));
    return result(
        port -> new PusherCredentialTest(port, Clock.systemUTC(), Map.of("environment", "uat")),
        secret,
        Map.of("pusher", Map.of("used", true, "appId", apps)));
  }

  private static CredentialTestResult jira(String token, Map<String, Object> desk) {
    return result(
        port -> JiraCredentialTest.all(port).getFirst(),
        Map.of("email", SandboxDefaults.JIRA_USER, "apiToken", token),
        Map.of("service-desk", with(desk, "site", SandboxDefaults.JIRA_HOST)));
  }

  private static CredentialTestResult connector(Object secret) {
    return connector(secret, false);
  }

  private static CredentialTestResult connector(Object secret, boolean forProduction) {
    return result(
        port -> ConnectorAppCredentialTest.all(port, forProduction).getFirst(), secret, Map.of());
  }

  private static CredentialTestResult result(
      Function<HttpPort, CredentialTest> test, Object secret, Object elements) {
    JsonNode given = Json.of(secret);
    return test.apply(SANDBOX.egress()).test(given, Json.of(elements));
  }
}
