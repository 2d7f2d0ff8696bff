package dev.slipway.enterprise.infrastructure;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AWS_ROLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.systems.fake.TestAuthority;
import dev.slipway.systems.fake.TestAuthority.Issued;
import dev.slipway.systems.fake.TestAuthority.Terms;
import dev.slipway.systems.net.Bytes;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M08 against the stand-ins of AWS Certificate Manager and Route 53. */
final class ProvisionCertificatesTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String HUB = "hub.uat.customer.example";
  private static final String WILDCARD = "*.uat.customer.example";
  private static final String ACM =
      "[{\"name\":\"web\",\"covers\":[\"%s\",\"*.apps.uat.customer.example\"],\"source\":\"acm\"}]"
          .formatted(WILDCARD);
  private static final String PROVIDED =
      "[{\"name\":\"web\",\"covers\":[\"%s\"],\"source\":\"provided\",\"chain\":\"f1\"}]"
          .formatted(WILDCARD);

  private final SandboxControl control = SANDBOX.control();
  private final ProvisionCertificates task = new ProvisionCertificates(SANDBOX.context());
  private final Bench bench =
      new Bench("infrastructure.provision-certificates")
          .at("environment", "uat")
          .element("infrastructure", infrastructure("aws", "route53"))
          .element("component-hosts", hosts(",\"nexApps\":\"*.apps.uat.customer.example\""))
          .element(
              "tenants",
              "{\"uat\":{\"list\":[{\"name\":\"acme\",\"host\":\"acme.uat.customer.example\"}]}}")
          .whole("certificates", uat(ACM))
          .secret("aws", "{\"roleArn\":\"%s\"}".formatted(AWS_ROLE));
  private final Issued root = TestAuthority.root("Test root", bench.now());
  private final Issued middle = TestAuthority.intermediate(root, "Test intermediate", bench.now());

  private static String uat(String certificates) {
    return "{\"uat\":%s}".formatted(certificates);
  }

  private static String infrastructure(String provider, String dns) {
    return """
        {"provider":"%s","account":"existing","reach":"public","uat":{"region":"eu-central-1"},
         "dns":{"managedBy":"%s","zones":[{"name":"customer.example"}]}}"""
        .formatted(provider, dns);
  }

  private static String hosts(String more) {
    return """
        {"uat":{"mnohub":"hub.uat.customer.example","connec":"connec.uat.customer.example",
          "impac":"impac.uat.customer.example","nex":"nex.uat.customer.example"%s}}"""
        .formatted(more);
  }

  private void aws(String patch) {
    control.patchWorld("{\"aws\":%s}".formatted(patch));
  }

  private JsonNode certificates() {
    return control.world().path("aws").path("certificates");
  }

  private void zone() {
    control.patchWorld(
        """
        {"dns":{"records":{"customer.example":
          {"NS":["ns-101.awsdns-12.com.","ns-1102.awsdns-09.org."]}},
         "hosted":{"route53":{"Z0CUSTOMER":{"name":"customer.example",
          "servers":["ns-101.awsdns-12.com","ns-1102.awsdns-09.org"],"records":{},"ttl":{}}}}}}""");
  }

  private void publish(String name, String type, String... values) {
    ObjectNode record = Json.MAPPER.createObjectNode().put("name", name).put("type", type);
    record.set("values", Json.tree(List.of(values)));
    control.act("publish-dns", record);
  }

  private Outcome.Waiting waitsUntil(Duration pause, Outcome outcome) {
    Outcome.Waiting waiting = waitsFor(null, outcome);
    assertEquals(bench.now().plus(pause), waiting.until(), outcome::toString);
    return waiting;
  }

  // --- issued by AWS

  @Test
  void aCertificateIsIssuedOnceItsRecordsAreInTheDns() {
    zone();

    String evidence = done(bench.attempt(task));

    assertEquals(1, certificates().size());
    assertEquals("ISSUED", certificates().path(0).path("Status").asText());
    assertTrue(evidence.contains("hub.uat.customer.example → web"), evidence);
    assertTrue(evidence.contains("*.apps.uat.customer.example → web"), evidence);
    assertTrue(evidence.contains("not served yet"), evidence);
    done(bench.attempt(task));
    assertEquals(1, control.count("aws", "RequestCertificate"));
    assertEquals(1, control.count("aws", "ChangeResourceRecordSets"));
  }

  @Test
  void awsThinksOfTheRecordsAfterAWhile() {
    zone();
    aws("{\"certificateLooks\":3}");

    waitsUntil(Duration.ofMinutes(1), bench.attempt(task));
    bench.after(Duration.ofMinutes(1));
    done(bench.attempt(task));
    assertEquals(1, control.count("aws", "RequestCertificate"));
  }

  @Test
  void theCustomerEntersTheRecordsAndTheCertificateIsAwaited() {
    bench.element("infrastructure", infrastructure("aws", "customer"));

    Outcome.Waiting waiting = waitsFor("validate", bench.attempt(task));
    assertTrue(waiting.instructions().contains("acm-validations.aws."), waiting::instructions);
    Outcome.Waiting again = waitsFor("validate", bench.answer("validate").attempt(task));
    assertEquals("certificate.validation-missing", again.problem().code());

    waiting
        .instructions()
        .lines()
        .filter(line -> line.contains(" IN CNAME "))
        .forEach(
            line -> publish(line.split("\\. ", 2)[0], "CNAME", line.split(" IN CNAME ", 2)[1]));
    done(bench.answer("validate").attempt(task));
  }

  @Test
  void anotherAuthoritysDomainIsToldBeforeAnythingIsRequested() {
    zone();
    publish("customer.example", "CAA", "0 issue \"letsencrypt.org\"");

    Problem problem = failed("certificate.caa", "dns", "component-hosts", bench.attempt(task));

    assertTrue(problem.message().contains("customer.example"), problem::message);
    assertTrue(problem.nextStep().contains("CAA 0 issue \"amazon.com\""), problem::nextStep);
    assertEquals(0, control.count("aws", "RequestCertificate"));
    publish("customer.example", "CAA", "0 issue \"letsencrypt.org\"", "0 issue \"amazon.com\"");
    done(bench.attempt(task));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CAA_ERROR", "DOMAIN_NOT_ALLOWED", "INVALID_PUBLIC_DOMAIN", "OTHER"})
  void aRequestThatFailedIsToldOnceAndThenMadeAgain(String reason) {
    zone();
    aws("{\"certificateFailure\":\"%s\"}".formatted(reason));

    failed(
        "acm." + reason.toLowerCase(Locale.ROOT).replace('_', '-'),
        "aws",
        "certificates",
        bench.attempt(task));
    done(bench.attempt(task));
    assertEquals(2, certificates().size());
  }

  @Test
  void aCertificateThatIsThereIsAdoptedAndNotDeleted() {
    zone();
    done(bench.attempt(task));
    Bench other =
        new Bench("infrastructure.provision-certificates")
            .at("environment", "uat")
            .secret("aws", "{\"roleArn\":\"%s\"}".formatted(AWS_ROLE));
    for (String element : List.of("infrastructure", "component-hosts", "tenants")) {
      other.element(element, bench.given(element).toString());
    }
    other.whole("certificates", uat(ACM));

    done(other.attempt(task));

    assertEquals(1, certificates().size());
    assertTrue(done(other.putBack(task)).contains("nothing had been made"));
    assertTrue(done(bench.putBack(task)).contains("is deleted"));
    assertEquals(0, certificates().size());
  }

  @Test
  void aCertificateInUseIsLeftOver() {
    zone();
    done(bench.attempt(task));
    JsonNode used = certificates().deepCopy();
    ((ArrayNode) used.path(0).path("InUseBy")).add("lb-1");
    aws("{\"certificates\":%s}".formatted(used));

    assertTrue(done(bench.putBack(task)).contains("is left over"));
    assertEquals(1, certificates().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void nothingIsMadeTwiceWhereverTheProcessDies(int notes) {
    zone();
    bench.crashAfterNotes(notes);

    bench.attempt(task);
    done(bench.attempt(task));

    assertEquals(1, certificates().size());
    assertTrue(done(bench.putBack(task)).contains("is deleted"));
    assertEquals(0, certificates().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RequestCertificate", "ChangeResourceRecordSets"})
  void nothingIsMadeTwiceWhenAnAnswerIsLost(String call) {
    zone();
    SANDBOX.loseAnswerOf("aws", call);

    bench.attempt(task);
    done(bench.attempt(task));

    assertEquals(1, certificates().size());
  }

  @Test
  void aHostThatNoCertificateCoversIsNamed() {
    zone();
    bench.whole("certificates", uat(ACM.replace(",\"*.apps.uat.customer.example\"", "")));

    Problem problem =
        failed("certificate.not-covered", "certificates", "certificates", bench.attempt(task));
    assertTrue(problem.message().contains("*.apps.uat.customer.example"), problem::message);
  }

  @Test
  void aHostServesTheCertificateThatAwsIssued() {
    zone();
    done(bench.attempt(task));
    publish(HUB, "A", "203.0.113.60");

    String evidence = done(bench.attempt(task));

    assertTrue(evidence.contains(HUB + ":443"), evidence);
    assertEquals(4, evidence.split("not served yet", -1).length - 1, evidence);
  }

  @Test
  void aHostThatServesAnotherCertificateIsTold() {
    zone();
    done(bench.attempt(task));
    publish(HUB, "A", "203.0.113.60");
    control.patchWorld("{\"tls\":{\"faults\":{\"%s\":\"wrong-san\"}}}".formatted(HUB));

    Problem problem =
        failed("tls.other-certificate", "tls", "component-hosts.uat.mnohub", bench.attempt(task));
    assertTrue(problem.message().contains(HUB), problem::message);
  }

  @Test
  void atTheSecondLookEachHostHasToAnswer() {
    zone();
    done(bench.attempt(task));

    assertInstanceOf(Outcome.Failed.class, bench.verify(task));
  }

  // --- provided

  private Bench provided(Issued leaf, Issued key) {
    bench
        .whole("certificates", uat(PROVIDED))
        .element("component-hosts", hosts(""))
        .file("f1", Bytes.of(TestAuthority.pem(leaf, middle, root)))
        .secret(
            "certificates",
            Json.text(
                Map.of(
                    "keys",
                    List.of(Map.of("name", "web", "privateKey", TestAuthority.pem(key.keys()))))));
    return bench;
  }

  private Issued leaf(Duration left) {
    return TestAuthority.server(middle, Terms.of(bench.now(), left), WILDCARD);
  }

  @Test
  void aProvidedCertificateIsImportedOnce() {
    Issued leaf = leaf(Duration.ofDays(60));
    provided(leaf, leaf);

    String evidence = done(bench.attempt(task));
    done(bench.attempt(task));

    assertTrue(evidence.contains("IMPORTED, SHA-256"), evidence);
    assertTrue(evidence.contains("warning: The chain ends at"), evidence);
    assertFalse(
        evidence.contains(TestAuthority.pem(leaf.keys()).lines().skip(1).findFirst().get()));
    assertFalse(
        bench.notes().contains(TestAuthority.pem(leaf.keys()).lines().skip(1).findFirst().get()));
    assertEquals(1, control.count("aws", "ImportCertificate"));
    assertEquals("IMPORTED", certificates().path(0).path("Type").asText());
  }

  @Test
  void aRenewedOneTakesItsPlace() {
    Issued first = leaf(Duration.ofDays(60));
    done(provided(first, first).attempt(task));
    Issued second = leaf(Duration.ofDays(70));

    done(provided(second, second).attempt(task));

    assertEquals(1, certificates().size());
    assertEquals(2, control.count("aws", "ImportCertificate"));
    assertTrue(done(bench.putBack(task)).contains("is deleted"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aProvidedCertificateIsNotImportedTwiceWhereverTheProcessDies(int notes) {
    Issued leaf = leaf(Duration.ofDays(60));
    provided(leaf, leaf).crashAfterNotes(notes);

    assertInstanceOf(Outcome.Failed.class, bench.attempt(task));
    done(bench.attempt(task));

    assertEquals(1, certificates().size());
    done(bench.putBack(task));
    assertEquals(0, certificates().size());
  }

  @Test
  void aKeyOfAnotherCertificateIsTold() {
    provided(leaf(Duration.ofDays(60)), leaf(Duration.ofDays(60)));

    failed("certificate.key-mismatch", "certificates", "certificates.uat[0]", bench.attempt(task));
    assertEquals(0, control.count("aws", "ImportCertificate"));
  }

  @Test
  void aCertificateThatEndsMeanwhileIsTold() {
    Issued leaf = leaf(Duration.ofDays(60));
    done(provided(leaf, leaf).attempt(task));
    bench.after(Duration.ofDays(55));

    failed("certificate.expires-soon", "certificates", "certificates.uat[0]", bench.verify(task));
  }

  @Test
  void onPremiseTheVendorInstallsIt() {
    Issued leaf = leaf(Duration.ofDays(60));
    provided(leaf, leaf).element("infrastructure", infrastructure("on-premise", "customer"));

    Outcome.Waiting waiting = waitsFor("import", bench.attempt(task));

    assertEquals(Party.VENDOR, waiting.party());
    assertTrue(waiting.instructions().contains(WILDCARD), waiting::instructions);
    done(bench.answer("import", "engineer", "{}").attempt(task));
  }

  @Test
  void oneStatementIsForAllThatTheVendorInstalls() {
    Issued leaf = leaf(Duration.ofDays(60));
    Issued hub = TestAuthority.server(middle, Terms.of(bench.now(), Duration.ofDays(60)), HUB);
    provided(leaf, leaf)
        .element("infrastructure", infrastructure("on-premise", "customer"))
        .whole(
            "certificates",
            uat(
                """
                [{"name":"web","covers":["%s"],"source":"provided","chain":"f1"},
                 {"name":"hub","covers":["%s"],"source":"provided","chain":"f2"}]"""
                    .formatted(WILDCARD, HUB)))
        .file("f2", Bytes.of(TestAuthority.pem(hub, middle, root)))
        .secret(
            "certificates",
            Json.text(
                Map.of(
                    "keys",
                    List.of(
                        Map.of("name", "web", "privateKey", TestAuthority.pem(leaf.keys())),
                        Map.of("name", "hub", "privateKey", TestAuthority.pem(hub.keys()))))));

    Outcome.Waiting waiting = waitsFor("import", bench.attempt(task));
    assertTrue(waiting.instructions().contains("The certificate `web`"), waiting::instructions);
    assertTrue(waiting.instructions().contains("The certificate `hub`"), waiting::instructions);

    // Both are for the hub: that is told only once the one statement has been taken for both.
    bench.answer("import", "engineer", "{}");
    failed("certificate.covered-twice", "certificates", "certificates", bench.attempt(task));
  }

  @Test
  void aCertificateOfAnAcmeAuthorityIsHandedBackByTheVendor() {
    bench.whole("certificates", uat(ACM.replace("acm\"", "acme\"")));

    assertEquals(Party.VENDOR, waitsFor("issue", bench.attempt(task)).party());
    Outcome.Waiting again =
        waitsFor("issue", bench.answer("issue", "engineer", "{}").attempt(task));
    assertEquals("certificate.not-handed-back", again.problem().code());
  }
}
