package dev.slipway.enterprise.infrastructure;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AWS_ROLE;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_CLIENT;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_SECRET;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_SUBSCRIPTION;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_TENANT;
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
import dev.slipway.local.probe.ProbeExecution;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M07 against the stand-ins of Route 53 and Azure DNS, and a customer who runs its own DNS. */
final class ProvisionUrlsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String HUB = "hub.uat.customer.example";
  private static final String TARGET = "lb.eu-central-1.elb.amazonaws.com";
  private static final String AWS_SERVERS =
      "[\"ns-101.awsdns-12.com.\",\"ns-1102.awsdns-09.org.\"]";
  private static final List<String> HOSTS =
      List.of(
          HUB,
          "connec.uat.customer.example",
          "impac.uat.customer.example",
          "nex.uat.customer.example",
          "*.apps.uat.customer.example",
          "acme.uat.customer.example");

  private final SandboxControl control = SANDBOX.control();
  private final ProvisionUrls task =
      new ProvisionUrls(
          SANDBOX.context(), (onboarding, environment) -> Json.tree(Map.of("nexApps", TARGET)));
  private final Bench bench =
      new Bench("infrastructure.provision-urls")
          .at("environment", "uat")
          .element("infrastructure", infrastructure("route53", ""))
          .element("component-hosts", hosts(""))
          .element(
              "tenants",
              """
              {"uat":{"list":[{"name":"acme","host":"acme.uat.customer.example"}]},
               "production":{"list":[{"name":"acme","host":"acme.customer.example"}]}}""")
          .secret("aws", "{\"roleArn\":\"%s\"}".formatted(AWS_ROLE));

  private static String infrastructure(String dns, String more) {
    return """
        {"provider":"aws","account":"existing","reach":"public"%s,
         "uat":{"region":"eu-central-1"},
         "dns":{"managedBy":"%s","createZone":true,"zones":[{"name":"customer.example"}]}}"""
        .formatted(more, dns);
  }

  private static String hosts(String more) {
    return """
        {"uat":{"mnohub":"hub.uat.customer.example","connec":"connec.uat.customer.example",
          "impac":"impac.uat.customer.example","nex":"nex.uat.customer.example",
          "nexApps":"*.apps.uat.customer.example"%s,
          "targets":{"mnohub":"%s","connec":"%s","impac":"%s","nex":"%s","frontend":"%s"}},
         "production":{"mnohub":"hub.customer.example","connec":"connec.customer.example",
          "impac":"impac.customer.example","nex":"nex.customer.example"}}"""
        .formatted(more, TARGET, TARGET, TARGET, TARGET, TARGET);
  }

  private void dns(String patch) {
    control.patchWorld("{\"dns\":%s}".formatted(patch));
  }

  private void publish(String name, String type, String... values) {
    ObjectNode record = Json.MAPPER.createObjectNode().put("name", name).put("type", type);
    record.set("values", Json.tree(List.of(values)));
    control.act("publish-dns", record);
  }

  /** The zone is there, and its parent leads to it. */
  private void zoneAtRoute53(String records) {
    dns(
        """
        {"records":{"customer.example":{"NS":%1$s}},
         "hosted":{"route53":{"Z0CUSTOMER":{"name":"customer.example",
          "servers":["ns-101.awsdns-12.com","ns-1102.awsdns-09.org"],
          "records":%2$s,"ttl":{"hub.uat.customer.example A":60}}}}}"""
            .formatted(AWS_SERVERS, records));
  }

  private JsonNode zones(String service) {
    return control.world().path("dns").path("hosted").path(service);
  }

  private JsonNode records() {
    return zones("route53").elements().next().path("records");
  }

  private long changes() {
    return control.count("aws", "ChangeResourceRecordSets");
  }

  // --- Route 53

  @Test
  void eachHostLeadsToItsTargetSeenFromEverywhere() {
    zoneAtRoute53("{}");

    String evidence = done(bench.attempt(task));

    assertEquals(6, records().size());
    assertEquals(TARGET + ".", records().path(HUB).path("CNAME").path(0).asText());
    assertEquals(1, changes());
    for (String place :
        List.of("our resolver", "ns-101.awsdns-12.com", "ns-1102.awsdns-09.org", "1.1.1.1")) {
      assertTrue(evidence.contains(place + ": " + TARGET), evidence);
    }
    assertTrue(evidence.contains("TTL"), evidence);
    done(bench.attempt(task));
    done(bench.verify(task));
    assertEquals(1, changes());
  }

  @Test
  void aZoneThatIsNotDelegatedIsToldWithTheRecordsOfItsParent() {
    Problem problem = failed("dns.not-delegated", "dns", "component-hosts", bench.attempt(task));
    failed("dns.not-delegated", "dns", "component-hosts", bench.attempt(task));

    assertTrue(
        problem.nextStep().contains("ns-101.awsdns-12.com, ns-1102.awsdns-09.org"),
        problem::nextStep);
    assertEquals(1, zones("route53").size());
    assertEquals(1, control.count("aws", "CreateHostedZone"));

    publish("customer.example", "NS", "ns-101.awsdns-12.com.", "ns-1102.awsdns-09.org.");
    done(bench.attempt(task));
  }

  @Test
  void aZoneThatIsSignedIsNoted() {
    zoneAtRoute53("{}");
    assertFalse(done(bench.attempt(task)).contains("DNSSEC"));

    publish("customer.example", "DS", "20326 8 2 " + "E06D44B8".repeat(8));
    String evidence = done(bench.attempt(task));
    assertTrue(
        evidence.contains("ns-101.awsdns-12.com, ns-1102.awsdns-09.org (signed, DNSSEC)"),
        evidence);
  }

  @Test
  void aZoneThatIsMissingIsNotMadeUnasked() {
    bench.element("infrastructure", infrastructure("route53", "").replace("true", "false"));

    failed("dns.zone-missing", "dns", "infrastructure.dns.zones", bench.attempt(task));
    assertEquals(0, zones("route53").size());
  }

  @Test
  void serversThatDoNotAnswerForTheZoneAreNamed() {
    zoneAtRoute53("{}");
    dns("{\"lame\":[\"ns-101.awsdns-12.com\",\"ns-1102.awsdns-09.org\"]}");

    Problem problem = failed("dns.not-delegated", "dns", "component-hosts", bench.attempt(task));
    assertTrue(problem.message().contains("ns-101.awsdns-12.com"), problem::message);
  }

  @Test
  void anotherRecordIsNeverOverwrittenUnasked() {
    zoneAtRoute53("{\"hub.uat.customer.example\":{\"A\":[\"203.0.113.9\"]}}");

    Problem problem =
        failed("dns.record-taken", "dns", "component-hosts.uat.mnohub", bench.attempt(task));
    assertTrue(problem.message().contains("203.0.113.9"), problem::message);
    assertEquals(0, changes());

    bench.element("component-hosts", hosts(",\"replace\":true"));
    done(bench.attempt(task));
    assertTrue(records().path(HUB).path("A").isMissingNode());

    String evidence = done(bench.putBack(task));
    assertTrue(evidence.contains("hub.uat.customer.example says again"), evidence);
    assertEquals("203.0.113.9", records().path(HUB).path("A").path(0).asText());
    assertEquals(1, records().size());
  }

  @Test
  void whatWasMadeIsPutBack() {
    failed("dns.not-delegated", "dns", "component-hosts", bench.attempt(task));
    publish("customer.example", "NS", "ns-101.awsdns-12.com.", "ns-1102.awsdns-09.org.");
    done(bench.attempt(task));

    String evidence = done(bench.putBack(task));

    assertTrue(evidence.contains("the zone customer.example was empty, and is deleted"), evidence);
    assertEquals(0, zones("route53").size());
    assertTrue(done(bench.putBack(task)).contains("nothing had been made"));
  }

  @Test
  void awsTakesItsTimeToHandTheRecordsOn() {
    zoneAtRoute53("{}");
    control.patchWorld("{\"aws\":{\"pendingChanges\":1}}");

    assertEquals(
        bench.now().plus(Duration.ofMinutes(1)), waitsFor(null, bench.attempt(task)).until());
    done(bench.after(Duration.ofMinutes(1)).attempt(task));
    assertEquals(1, changes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void nothingIsMadeTwiceWhereverTheProcessDies(int notes) {
    publish("customer.example", "NS", "ns-101.awsdns-12.com.", "ns-1102.awsdns-09.org.");
    bench.crashAfterNotes(notes);

    assertInstanceOf(Outcome.Failed.class, bench.attempt(task));
    done(bench.attempt(task));

    assertEquals(1, zones("route53").size());
    assertEquals(6, records().size());
    assertTrue(done(bench.putBack(task)).contains("is deleted"));
    assertEquals(0, zones("route53").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CreateHostedZone", "ChangeResourceRecordSets"})
  void nothingIsMadeTwiceWhenAnAnswerIsLost(String call) {
    publish("customer.example", "NS", "ns-101.awsdns-12.com.", "ns-1102.awsdns-09.org.");
    SANDBOX.loseAnswerOf("aws", call);

    bench.attempt(task);
    done(bench.attempt(task));

    assertEquals(1, zones("route53").size());
    assertEquals(6, records().size());
  }

  @Test
  void aPersonEntersTheRecordsWhereTheRoleMayNot() {
    zoneAtRoute53("{}");
    control.patchWorld("{\"aws\":{\"denied\":[\"route53:ChangeResourceRecordSets\"]}}");

    Outcome.Waiting waiting = waitsFor("records", bench.attempt(task));

    assertTrue(
        waiting.instructions().contains(HUB + ". 300 IN CNAME " + TARGET + "."),
        waiting::instructions);
  }

  @Test
  void anApexGetsAnAlias() {
    zoneAtRoute53("{}");
    bench.element(
        "tenants", "{\"uat\":{\"list\":[{\"name\":\"acme\",\"host\":\"customer.example\"}]}}");

    done(bench.attempt(task));

    assertEquals(
        "alias Z215JYRZR1TBD5 dualstack." + TARGET,
        records().path("customer.example").path("A").path(0).asText());
  }

  // --- what is seen

  @Test
  void theServerThatDisagreesIsNamedAndLookedAtAgain() {
    zoneAtRoute53("{}");
    dns(
        """
        {"stale":{"ns-1102.awsdns-09.org":{"%s":{"A":["203.0.113.9"]}}}}"""
            .formatted(HUB));

    Outcome outcome = bench.attempt(task);

    Problem problem = failed("dns.not-resolved", "dns", "component-hosts.uat.mnohub", outcome);
    assertTrue(problem.message().contains("ns-1102.awsdns-09.org sees it"), problem::message);
    assertEquals(bench.now().plus(Duration.ofMinutes(5)), ((Outcome.Failed) outcome).retryAt());
    Outcome.Failed later = (Outcome.Failed) bench.after(Duration.ofMinutes(25)).attempt(task);
    assertEquals(bench.now().plus(Duration.ofHours(1)), later.retryAt());
    dns("{\"stale\":null}");
    done(bench.attempt(task));
  }

  @Test
  void environmentsThatLeadToTheSamePlaceAreTold() {
    zoneAtRoute53("{}");
    publish("hub.customer.example", "CNAME", "other.eu-central-1.elb.amazonaws.com.");

    Problem problem =
        failed("dns.environments-mixed", "dns", "component-hosts", bench.attempt(task));
    assertTrue(problem.message().contains(HUB), problem::message);

    bench.element("infrastructure", infrastructure("route53", ",\"sharedAccount\":true"));
    assertTrue(done(bench.attempt(task)).contains("warning: they share an account"));
  }

  @Test
  void aTargetThatNobodyKnowsIsAskedFor() {
    zoneAtRoute53("{}");
    bench.element("component-hosts", hosts("").replace("\"frontend\"", "\"nexApps\""));

    failed("dns.target-missing", "dns", "component-hosts.uat.targets", bench.attempt(task));
  }

  @Test
  void aHostInNoZoneIsTold() {
    bench.element(
        "infrastructure",
        infrastructure("route53", "").replace("\"customer.example\"", "\"other.example\""));

    failed("dns.no-zone", "dns", "infrastructure.dns.zones", bench.attempt(task));
  }

  // --- the customer's own DNS

  @Test
  void theCustomerIsShownTheRecordsAndTheyAreLookedUp() {
    bench.element("infrastructure", infrastructure("customer", ""));

    Outcome.Waiting waiting = waitsFor("records", bench.attempt(task));
    assertTrue(
        waiting.instructions().contains("*.apps.uat.customer.example. 300 IN CNAME " + TARGET),
        waiting::instructions);

    publish(HUB, "A", "203.0.113.9");
    Outcome.Waiting again = waitsFor("records", bench.answer("records").attempt(task));
    assertEquals("dns.record-missing", again.problem().code());
    assertEquals("component-hosts.uat.mnohub", again.problem().field());
    assertTrue(again.problem().message().contains("203.0.113.9"));

    publish(HUB, "A");
    HOSTS.forEach(host -> publish(host, "CNAME", TARGET + "."));
    done(bench.answer("records").attempt(task));
    done(bench.verify(task));
  }

  @Test
  void recordsThatAreThereAreOnlyConfirmed() {
    bench.element("infrastructure", infrastructure("customer", ""));
    HOSTS.forEach(host -> publish(host, "CNAME", TARGET + "."));

    done(bench.attempt(task));
  }

  @Test
  void inAPrivateNetworkAPersonLooksThemUp() {
    bench.element(
        "infrastructure", infrastructure("customer", "").replace("\"public\"", "\"private\""));

    Outcome.Waiting waiting = waitsFor("resolve", bench.attempt(task));
    assertTrue(waiting.instructions().contains(HUB + " → " + TARGET), waiting::instructions);
    done(bench.answer("resolve").attempt(task));
  }

  /** A probe runner in the customer's network, whose resolver is the sandbox's. */
  @Test
  void inAPrivateNetworkAProbeRunnerLooksThemUp() {
    bench
        .element(
            "infrastructure", infrastructure("customer", "").replace("\"public\"", "\"private\""))
        .seesFromInside(
            probe ->
                new ProbeExecution(SANDBOX.egress())
                    .run("01JPROBE", probe, Json.MAPPER.createObjectNode())
                    .facts());
    HOSTS.forEach(host -> publish(host, "CNAME", TARGET + "."));
    publish(HUB, "CNAME", "elsewhere.customer.example.");

    Problem problem =
        failed("dns.not-resolved", "dns", "component-hosts.uat.mnohub", bench.attempt(task));
    assertTrue(
        problem.message().contains("as your network sees it: elsewhere.customer.example"),
        problem::message);

    publish(HUB, "CNAME", TARGET + ".");
    String evidence = done(bench.attempt(task));
    assertTrue(evidence.contains("look-up from inside"), evidence);
    assertTrue(evidence.contains(TARGET), evidence);
  }

  // --- Azure DNS

  @Test
  void azureDnsHoldsTheRecords() {
    publish("customer.example", "NS", "ns1-01.azure-dns.com.", "ns2-01.azure-dns.net.");
    bench
        .element("infrastructure", infrastructure("azure-dns", ""))
        .secret(
            "azure",
            """
            {"tenantId":"%s","subscriptionId":"%s","clientId":"%s","clientSecret":"%s",
             "resourceGroup":"slipway"}"""
                .formatted(AZURE_TENANT, AZURE_SUBSCRIPTION, AZURE_CLIENT, AZURE_SECRET));

    done(bench.attempt(task));
    done(bench.attempt(task));

    assertEquals(6, zones("azure").path("customer.example").path("records").size());
    assertEquals(6, control.count("azure", "PUT recordSet"));
    done(bench.putBack(task));
    assertEquals(0, zones("azure").size());
  }
}
