package dev.slipway.enterprise.products;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** M14 against the stand-ins of the packages' bucket and of the platform. */
final class DeployStackTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String HUB = "hub.uat.customer.example";

  private final SandboxControl control = SANDBOX.control();
  private final DeployStack task = new DeployStack(SANDBOX.context(), SANDBOX.parties().http());

  private static Bench bench(String component) {
    return new Bench("products.deploy-stack")
        .at("environment", "uat")
        .at("component", component)
        .element("infrastructure", "{\"provider\":\"aws\",\"reach\":\"public\"}")
        .element("tenants", "[\"acme\"]")
        .element("release", release("4.2.1"))
        .element(
            "component-hosts",
            """
            {"uat":{"mnohub":"hub.uat.customer.example","connec":"connec.uat.customer.example",
              "impac":"impac.uat.customer.example","nex":"nex.uat.customer.example"}}""")
        .secret("packages", packages(SandboxDefaults.PACKAGES_SECRET_KEY))
        .secret(
            "mnohub-tenant@uat.acme",
            "{\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
                .formatted(
                    SandboxDefaults.hubTenantId("uat", "acme"),
                    SandboxDefaults.hubTenantKey("uat", "acme")));
  }

  private static String release(String version) {
    StringBuilder release = new StringBuilder();
    for (String each : new String[] {"mnohub", "connec", "impac", "nex"}) {
      release.append(
          "%s\"%s\":{\"version\":\"%s\",\"package\":\"releases/%s-%s.tgz\"}"
              .formatted(release.isEmpty() ? "{" : ",", each, version, each, version));
    }
    return release.append('}').toString();
  }

  private static String packages(String secret) {
    return "{\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\",\"bucket\":\"vendor-packages\"}"
        .formatted(SandboxDefaults.PACKAGES_ACCESS_KEY, secret);
  }

  private static Bench deployed(Bench bench) {
    return bench
        .answer(
            "deploy", "engineer", "{\"version\":\"4.2.1\",\"instances\":2,\"previous\":\"4.1.0\"}")
        .answer("cache-policy", "engineer", "{\"policy\":\"allkeys-lru\"}")
        .answer("version", "engineer", "{}")
        .answer("secrets-kept", "engineer", "{}");
  }

  private void isDown(String host) {
    control.patchWorld("{\"maestrano\":{\"hosts\":{\"%s\":{\"down\":true}}}}".formatted(host));
  }

  @ParameterizedTest
  @CsvSource({
    "mnohub, hub.uat.customer.example, GET /api/mnoe/v2/apps",
    "connec, connec.uat.customer.example, HTTP 401",
    "impac, impac.uat.customer.example, GET /ping"
  })
  void aComponentThatRunsIsSeenToWork(String component, String host, String seen) {
    String evidence = done(deployed(bench(component)).attempt(task));

    assertTrue(evidence.contains("ETag"), evidence);
    assertTrue(evidence.contains(host), evidence);
    assertTrue(evidence.contains(seen), evidence);
    done(deployed(bench(component)).verify(task));
  }

  @Test
  void theVendorIsAskedOneThingAfterTheOther() {
    isDown(HUB);
    Bench bench = bench("mnohub");

    assertTrue(waitsFor("deploy", bench.attempt(task)).instructions().contains("which version"));

    bench.answer("deploy", "engineer", "{\"version\":\"4.2.1\",\"instances\":2}");
    Outcome outcome = bench.attempt(task);
    failed("mnohub.no-ping", "mnohub", "component-hosts.uat.mnohub", outcome);
    assertEquals(bench.now().plus(Duration.ofMinutes(5)), ((Outcome.Failed) outcome).retryAt());

    control.act("deploy-component", Map.of("host", HUB));
    waitsFor("cache-policy", bench.attempt(task));
    bench.answer("cache-policy", "engineer", "{\"policy\":\"volatile-lru\"}");
    assertEquals("redis.policy", waitsFor("cache-policy", bench.attempt(task)).problem().code());
    bench.answer("cache-policy", "engineer", "{\"policy\":\"allkeys-lru\"}");
    waitsFor("version", bench.attempt(task));
    waitsFor("secrets-kept", bench.answer("version").attempt(task));
    done(bench.answer("secrets-kept").attempt(task));
  }

  @Test
  void anotherVersionThanTheReleasesIsDeployedAnew() {
    Bench bench =
        bench("mnohub").answer("deploy", "engineer", "{\"version\":\"4.1.0\",\"instances\":2}");

    Problem problem = waitsFor("deploy", bench.attempt(task)).problem();
    assertEquals("release.other-version", problem.code());
    assertTrue(problem.message().contains("4.1.0"), problem::message);

    bench.answer("deploy", "engineer", "{\"version\":\"4.2.1\",\"instances\":0}");
    assertEquals("release.no-instance", waitsFor("deploy", bench.attempt(task)).problem().code());
  }

  @Test
  void aPackageThatIsMissingIsTold() {
    Bench bench = bench("mnohub").element("release", release("9.9.9"));

    failed("packages.not-found", "packages", "release.mnohub", bench.attempt(task));

    control.patchWorld(
        "{\"s3\":{\"keys\":{\"%s\":{\"deny\":[\"ListObjectsV2\"]}}}}"
            .formatted(SandboxDefaults.PACKAGES_ACCESS_KEY));
    waitsFor("packages", bench.attempt(task));
  }

  @Test
  void aKeyThatIsWrongIsToldAsThat() {
    Bench bench = bench("mnohub").secret("packages", packages("wrong"));

    failed(
        "packages.authentication-failed", "packages", "credential:packages", bench.attempt(task));
  }

  @Test
  void theHubThatDoesNotKnowTheTenantIsTold() {
    Bench bench =
        deployed(bench("mnohub"))
            .secret("mnohub-tenant@uat.acme", "{\"tenantId\":\"x\",\"tenantKey\":\"wrong-key\"}");

    failed(
        "mnohub.tenant-refused",
        "mnohub",
        "credential:mnohub-tenant@uat.acme",
        bench.attempt(task));
  }

  @Test
  void aPersonTellsWhetherTheHubWorksWhereTheTenantMayNotSee() {
    control.patchWorld("{\"maestrano\":{\"hubs\":{\"uat\":{\"refuses\":[\"GET apps\"]}}}}");

    waitsFor("works", deployed(bench("mnohub")).attempt(task));
    done(deployed(bench("mnohub")).answer("works").attempt(task));
  }

  @Test
  void putBackIsTheVendorsAndSaysTheVersionBefore() {
    Bench bench = deployed(bench("mnohub"));
    done(bench.attempt(task));

    assertTrue(done(bench.putBack(task)).contains("deploys 4.1.0 again"));
    assertFalse(bench.notes().contains("PREVIOUS"), bench::notes);
  }
}
