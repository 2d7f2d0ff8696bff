package dev.slipway.enterprise.cloudconnectors;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.CONNECTOR_ENVIRONMENT_SECRET;
import static dev.slipway.local.sandbox.world.SandboxDefaults.connectorEnvironmentKey;
import static dev.slipway.local.sandbox.world.SandboxDefaults.nexKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.tls.CertificateFault;
import dev.slipway.systems.fake.TestAuthority;
import dev.slipway.systems.fake.TestAuthority.Issued;
import dev.slipway.systems.fake.TestAuthority.Terms;
import dev.slipway.systems.net.Bytes;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M30 against the stand-ins of Nex!, of the developer platform and of the connector itself. */
final class DeployConnectorTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String HOST = "salesforce.apps.uat.customer.example";

  private final SandboxControl control = SANDBOX.control();
  private final DeployConnector task = new DeployConnector(SANDBOX.context());
  private final Bench bench =
      new Bench("cloud-connectors.deploy-connector")
          .at("environment", "uat")
          .at("application", "salesforce")
          .element("infrastructure", "{\"reach\":\"public\"}")
          .element(
              "component-hosts",
              """
              {"uat":{"mnohub":"hub.uat.customer.example","nex":"nex.uat.customer.example",
                "nexApps":"*.apps.uat.customer.example"}}""")
          .element("certificates", "[{\"name\":\"apps\",\"covers\":[],\"source\":\"acme\"}]")
          .element(
              "connector-hosting",
              """
              {"connectors":{"salesforce":"on-premise"},"nexInstance":{"uat":"nex-uat"},
               "hosts":{"salesforce":{"uat":"salesforce.apps.uat.customer.example"}}}""")
          .element("release", release("2.3.5"))
          .element("cloud-keys", "{\"partnerApproval\":\"not-needed\"}")
          .secret(
              "nex",
              "{\"endpoint\":\"https://nex.uat.customer.example\",\"apiKey\":\"%s\"}"
                  .formatted(nexKey("uat")))
          .secret(
              "cloud-app",
              """
              {"provider":"salesforce","clientId":"MARKER-client","clientSecret":"MARKER-app"}""")
          .secret(
              "connector-environment",
              "{\"envName\":\"customer\",\"envKey\":\"%s\",\"envSecret\":\"%s\"}"
                  .formatted(
                      connectorEnvironmentKey("uat", "salesforce"), CONNECTOR_ENVIRONMENT_SECRET));

  private static String release(String tag) {
    return """
        {"connectors":{"salesforce":{"image":"vendor/connector-salesforce","tag":"%s",
          "redisUrl":"redis://redis.internal:6379/0"}}}"""
        .formatted(tag);
  }

  @BeforeEach
  void theHostsAreKnownAndTheApplicationIsLinked() {
    control.dns("nex.uat.customer.example", "A", "203.0.113.202");
    control.dns(HOST, "A", "203.0.113.202");
    control.act(
        "link-application",
        Map.of("environment", "uat", "application", "salesforce", "marketplace", "customer-uat"));
  }

  private JsonNode nex() {
    return control.world().path("maestrano").path("nex").path("uat");
  }

  private void nex(String patch) {
    control.patchWorld("{\"maestrano\":{\"nex\":{\"uat\":%s}}}".formatted(patch));
  }

  private void connector(String patch) {
    control.patchWorld("{\"maestrano\":{\"connectors\":{\"%s\":%s}}}".formatted(HOST, patch));
  }

  private void deployedByTheVendor(String tag) {
    JsonNode details =
        Json.tree(
            Map.of(
                "environment",
                "uat",
                "app",
                "salesforce-uat",
                "image",
                "vendor/connector-salesforce",
                "tag",
                tag,
                "host",
                HOST,
                "variables",
                Map.of(
                    "MNO_DEVPL_ENV_KEY",
                    connectorEnvironmentKey("uat", "salesforce"),
                    "SIDEKIQ_USERNAME",
                    "vendor",
                    "SIDEKIQ_PASSWORD",
                    "vendors-own")));
    control.act("deploy-on-nex", (ObjectNode) details);
  }

  @Test
  void theConnectorRunsOnNexAndIsSeenToWork() {
    String evidence = done(bench.attempt(task));

    JsonNode app = nex().path("apps").path(0);
    assertEquals("salesforce-uat", app.path("name").asText());
    JsonNode variables = app.path("vars");
    assertEquals("MARKER-client", variables.path("salesforce_client_id").asText());
    assertEquals(32, variables.path("encryption_key1").asText().length());
    assertEquals("https://developer-uat.maestrano.io", variables.path("MNO_DEVPL_HOST").asText());
    assertTrue(evidence.contains("made by this task"), evidence);
    assertTrue(evidence.contains("variables MNO_DEVPL_API_PATH"), evidence);
    assertTrue(evidence.contains("customer-uat is let in"), evidence);
    assertTrue(evidence.contains("1 process(es)"), evidence);
    for (JsonNode value : variables) {
      if (!value.asText().startsWith("/api") && !value.asText().startsWith("redis")) {
        assertFalse(evidence.contains(value.asText() + "\""), value::asText);
      }
    }
    assertFalse(evidence.contains("MARKER"), evidence);
    assertFalse(bench.notes().contains(variables.path("SIDEKIQ_PASSWORD").asText()));

    done(bench.attempt(task));
    done(bench.verify(task));
    assertEquals(1, control.count("maestrano", "POST apps"));
    assertEquals(1, control.count("maestrano", "POST domains"));
  }

  @Test
  void whatWasThereIsAdoptedAndNeverRemoved() {
    deployedByTheVendor("2.3.5");
    nex("{\"hides\":[\"vars\"]}");

    waitsFor("jobs", bench.attempt(task));
    String evidence = done(bench.answer("jobs").attempt(task));

    assertTrue(evidence.contains("which was there before"), evidence);
    assertEquals(0, control.count("maestrano", "POST apps"));
    assertTrue(done(bench.putBack(task)).contains("nothing had been made"));
    assertEquals(1, nex().path("apps").size());
  }

  @Test
  void thePersonMakesWhatNexRefusesToTheMachine() {
    nex("{\"refuses\":[\"POST apps\"],\"hides\":[\"vars\"]}");

    Outcome.Waiting asked = waitsFor("app", bench.attempt(task));
    assertTrue(asked.instructions().contains("connector-salesforce:2.3.5"), asked::instructions);
    assertTrue(asked.instructions().contains("SIDEKIQ_PASSWORD"), asked::instructions);
    assertFalse(asked.instructions().contains("MARKER"), asked::instructions);

    waitsFor("app", bench.answer("app").attempt(task));
    assertEquals("nex.app-missing", bench.judged("app").orElseThrow().why().code());

    deployedByTheVendor("2.3.5");
    waitsFor("jobs", bench.answer("app").attempt(task));
    done(bench.answer("jobs").attempt(task));
    assertTrue(done(bench.putBack(task)).contains("nothing had been made"));
  }

  @Test
  void anAppThatIsTakenAndNotKeptGoesToThePerson() {
    nex("{\"ignores\":[\"apps\"]}");

    waitsFor("app", bench.attempt(task));
  }

  @Test
  void anotherImageIsThePersonsToDeploy() {
    done(bench.attempt(task));
    bench.element("release", release("2.4.0"));

    waitsFor("app", bench.attempt(task));
    waitsFor("app", bench.answer("app").attempt(task));
    assertEquals("nex.other-image", bench.judged("app").orElseThrow().why().code());

    deployedByTheVendor("2.4.0");
    nex("{\"hides\":[\"vars\"]}");
    waitsFor("jobs", bench.answer("app").attempt(task));
  }

  @Test
  void newKeysOfTheProviderAreThePersonsToEnter() {
    done(bench.attempt(task));
    bench.secret(
        "cloud-app", "{\"provider\":\"salesforce\",\"clientId\":\"b\",\"clientSecret\":\"c\"}");

    waitsFor("app", bench.attempt(task));
    done(bench.answer("app").attempt(task));
  }

  @Test
  void theKeyOfAnotherNexIsTold() {
    bench.secret("nex", "{\"endpoint\":\"https://nex.customer.example\",\"apiKey\":\"k\"}");

    Problem problem = failed("nex.wrong-place", "nex", "credential:nex@uat", bench.attempt(task));
    assertTrue(problem.message().contains("nex-uat is at nex.uat.customer.example"));
  }

  @Test
  void aConnectorWithoutAWorkerIsTold() {
    nex("{\"withoutWorker\":true}");

    failed("connector.no-worker", "connector", hostField(), bench.attempt(task));

    control.act("restart-connector", Map.of("host", HOST));
    done(bench.attempt(task));
  }

  @Test
  void aConnectorThatReadItsMarketplacesTooEarlyIsTold() {
    bench.attempt(task);
    connector("{\"marketplaces\":[]}");

    Problem problem =
        failed("connector.marketplace-unknown", "connector", hostField(), bench.attempt(task));
    assertTrue(problem.nextStep().startsWith("Restart it"), problem::nextStep);

    control.act("restart-connector", Map.of("host", HOST));
    done(bench.attempt(task));
  }

  @Test
  void aPageOfJobsThatIsOpenIsTold() {
    bench.attempt(task);
    connector("{\"jobs\":{\"open\":true}}");

    failed("connector.jobs-open", "connector", hostField(), bench.attempt(task));
  }

  @Test
  void aConnectorThatRunsForDevelopmentIsTold() {
    bench.attempt(task);
    connector("{\"env\":\"development\"}");

    failed("connector.other-environment", "connector", hostField(), bench.attempt(task));
  }

  @Test
  void aReleaseWithoutTheConnectorIsTold() {
    bench.element("release", "{}");

    failed(
        "release.connector-missing", "nex", "release.connectors.salesforce", bench.attempt(task));
  }

  @Test
  void theCustomersOwnCertificateIsEnteredOnNex() {
    Issued root = TestAuthority.root("Test root", bench.now());
    Issued own =
        TestAuthority.server(
            root, Terms.of(bench.now(), Duration.ofDays(60)), "*.apps.uat.customer.example");
    bench
        .element(
            "certificates",
            """
            [{"name":"apps","covers":["*.apps.uat.customer.example"],"source":"provided",
              "chain":"c1"}]""")
        .file("c1", Bytes.of(TestAuthority.pem(own, root)))
        .secret(
            "certificates",
            Json.tree(
                    Map.of(
                        "keys",
                        List.of(
                            Map.of("name", "apps", "privateKey", TestAuthority.pem(own.keys())))))
                .toString());
    control.certificate(HOST, CertificateFault.EXPIRED);

    Outcome.Waiting asked = waitsFor("domain", bench.attempt(task));
    assertTrue(asked.instructions().contains(HOST), asked::instructions);
    assertEquals(1, nex().path("ssl_certificates").size());

    control.certificate(HOST, CertificateFault.NONE);
    String evidence = done(bench.attempt(task));
    assertFalse(evidence.contains("PRIVATE KEY"), evidence);
    assertTrue(done(bench.putBack(task)).contains("its certificate is removed"));
  }

  @Test
  void aHostThatOnlyTheInsideReachesIsThePersonsToLookAt() {
    bench.element("infrastructure", "{\"reach\":\"private\"}");
    deployedByTheVendor("2.3.5");
    nex("{\"hides\":[\"vars\"]}");
    control.dns(HOST, "A", "10.20.0.9");

    for (String step : new String[] {"domain", "version", "knows-us", "jobs"}) {
      waitsFor(step, bench.attempt(task));
      bench.answer(step);
    }
    done(bench.attempt(task));
  }

  @Test
  void whatWasMadeIsRemoved() {
    done(bench.attempt(task));

    String evidence = done(bench.putBack(task));

    assertTrue(evidence.contains("the app salesforce-uat is removed"), evidence);
    assertTrue(evidence.contains("the host " + HOST + " is removed"), evidence);
    assertEquals(0, nex().path("apps").size());
    assertEquals(0, nex().path("domains").size());
    assertTrue(done(bench.putBack(task)).contains("nothing had been made"));

    done(bench.attempt(task));
    assertTrue(done(bench.putBack(task)).contains("is removed"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void nothingIsMadeTwiceWhereverTheProcessDies(int notes) {
    bench.crashAfterNotes(notes);

    assertInstanceOf(Outcome.Failed.class, bench.attempt(task));
    done(bench.attempt(task));

    assertEquals(1, nex().path("apps").size());
    assertEquals(1, nex().path("domains").size());
    assertTrue(done(bench.putBack(task)).contains("the app salesforce-uat is removed"));
    assertEquals(0, nex().path("apps").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST apps", "POST domains"})
  void nothingIsMadeTwiceWhenAnAnswerIsLost(String call) {
    SANDBOX.loseAnswerOf("maestrano", call);

    bench.attempt(task);
    done(bench.attempt(task));

    assertEquals(1, nex().path("apps").size());
    assertEquals(1, nex().path("domains").size());
  }

  private static String hostField() {
    return "connector-hosting.hosts.salesforce.uat";
  }
}
