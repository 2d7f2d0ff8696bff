package dev.slipway.enterprise.products;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.systems.net.Bytes;
import dev.slipway.task.Bench;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M16 against the stand-ins of the hub and of a tenant's frontend. */
final class DeployExpressTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String HOST = "acme.uat.customer.example";
  private static final byte[] LOGO = png(240, 80, "logo");
  private static final byte[] FAVICON = png(32, 32, "favicon");
  private static final byte[] BACKGROUND = png(1280, 720, "background");

  private final SandboxControl control = SANDBOX.control();
  private final DeployExpress task = new DeployExpress(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("products.deploy-express")
          .at("environment", "uat")
          .at("tenant", "acme")
          .element(
              "tenants", "{\"name\":\"acme\",\"title\":\"Acme\",\"host\":\"%s\"}".formatted(HOST))
          .element("component-hosts", "{\"uat\":{\"mnohub\":\"hub.uat.customer.example\"}}")
          .element("release", "{\"express\":{\"version\":\"4.0.3\",\"package\":\"express.tgz\"}}")
          .element("tenant-look", look("#1B4F72"))
          .file(sha256(LOGO), Bytes.of(LOGO))
          .file(sha256(FAVICON), Bytes.of(FAVICON))
          .file(sha256(BACKGROUND), Bytes.of(BACKGROUND))
          .secret(
              "mnohub-tenant",
              "{\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
                  .formatted(
                      SandboxDefaults.hubTenantId("uat", "acme"),
                      SandboxDefaults.hubTenantKey("uat", "acme")));

  /** The beginning of an image is enough to tell its type and size. */
  private static byte[] png(int width, int height, String more) {
    ByteBuffer image = ByteBuffer.allocate(24 + more.length());
    image.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    image.putInt(16, width).putInt(20, height).position(24);
    return image.put(more.getBytes(StandardCharsets.UTF_8)).array();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String look(String main) {
    return """
        {"logo":"%s","favicon":"%s","loginBackground":"%s",
         "colours":{"main":"%s","secondary":"#2E86C1","accent":"#AF601A"}}"""
        .formatted(sha256(LOGO), sha256(FAVICON), sha256(BACKGROUND), main);
  }

  private void build(String main, byte[] logo) {
    ObjectNode details = Json.MAPPER.createObjectNode().put("host", HOST);
    details
        .putObject("colours")
        .put("main", main)
        .put("secondary", "#2E86C1")
        .put("accent", "#AF601A");
    details
        .putObject("images")
        .put("logo", Base64.getEncoder().encodeToString(logo))
        .put("favicon", Base64.getEncoder().encodeToString(FAVICON))
        .put("loginBackground", Base64.getEncoder().encodeToString(BACKGROUND));
    control.act("build-express", details);
  }

  private void patch(String json) {
    control.patchWorld("{\"maestrano\":%s}".formatted(json));
  }

  private void frontend(String json) {
    patch("{\"expresses\":{\"uat\":{\"acme\":%s}}}".formatted(json));
  }

  private JsonNode tenant() {
    return control.world().path("maestrano").path("hubs").path("uat").path("tenants").path(0);
  }

  private void admin() {
    bench.secret(
        "express-admin",
        "{\"email\":\"admin@customer.example\",\"password\":\"Admini5ter-the-tenant\"}");
  }

  @BeforeEach
  void theVendorHasBuiltIt() {
    build("#1b4f72", LOGO);
    bench.answer("build", "engineer", "{}");
  }

  private Outcome accepted() {
    waitsFor("accept", bench.attempt(task));
    return bench.answer("accept", "{\"accepted\":true}").attempt(task);
  }

  @Test
  void aFrontendWithItsLookIsAccepted() {
    String evidence = done(accepted());

    for (String seen :
        new String[] {
          "{\"status\":\"Ok\"}",
          "series 4.x",
          "the catalogue is empty still",
          "was " + HOST,
          "logo SHA-256 " + sha256(LOGO).substring(0, 16),
          "main colour #1B4F72",
          "accepted by anna"
        }) {
      assertTrue(evidence.contains(seen), () -> seen + " in " + evidence);
    }
    assertEquals(HOST, tenant().path("domain").asText());
    done(bench.attempt(task));
    assertEquals(1, control.count("maestrano", "PATCH tenant"));
  }

  @Test
  void theVendorIsAskedToBuildItFirst() {
    bench.answer("build", "engineer", "{}");
    patch("{\"hosts\":{\"%s\":{\"down\":true}}}".formatted(HOST));

    failed("express.no-ping", "express", "tenants", bench.attempt(task));
  }

  @Test
  void aRefusalAsksForAnotherBuildWithTheCustomersReason() {
    waitsFor("accept", bench.attempt(task));
    bench
        .after(Duration.ofHours(1))
        .answer("accept", "{\"accepted\":false,\"reason\":\"The logo is of last year.\"}");

    Outcome.Waiting waiting = waitsFor("build", bench.attempt(task));
    assertEquals("express.refused", waiting.problem().code());
    assertTrue(waiting.problem().message().contains("The logo is of last year."));
    waitsFor("build", bench.attempt(task));

    bench.after(Duration.ofHours(1)).answer("build", "engineer", "{}");
    assertEquals("express.built-anew", waitsFor("accept", bench.attempt(task)).problem().code());
    bench.after(Duration.ofHours(1));
    done(bench.answer("accept", "{\"accepted\":true}").attempt(task));
  }

  @Test
  void aStatementThatDoesNotSayWhetherIsNoAcceptance() {
    waitsFor("accept", bench.attempt(task));

    Outcome.Waiting again = waitsFor("accept", bench.answer("accept", "{}").attempt(task));
    assertEquals("express.not-accepted", again.problem().code());
  }

  @Test
  void theHubOfTheOtherEnvironmentIsTold() {
    frontend("{\"hub\":\"hub.customer.example\"}");

    Problem problem = failed("express.wrong-hub", "express", "tenants", bench.attempt(task));
    assertTrue(problem.message().contains("hub.customer.example"), problem::message);
  }

  @Test
  void theVersionIsReadInEitherSpelling() {
    frontend("{\"spelledRight\":true}");

    done(accepted());
  }

  @Test
  void anEmptyCatalogueIsLeftToTheApplications() {
    String evidence = done(accepted());

    assertTrue(evidence.contains("MNO-HUB (the catalogue is empty still: M24 looks"), evidence);
    done(bench.verify(task));
  }

  @Test
  void anUnhealthyFrontendIsTold() {
    done(accepted());
    frontend("{\"unhealthy\":\"REDIS\"}");

    Problem problem = failed("express.unhealthy", "express", "tenants", bench.verify(task));
    assertTrue(problem.message().contains("REDIS"), problem::message);
  }

  @Test
  void anotherLookIsToldByItsParts() {
    build("#FFFFFF", "no image".getBytes(StandardCharsets.UTF_8));

    Problem problem = failed("express.look-differs", "express", "tenant-look", bench.attempt(task));
    assertTrue(problem.message().contains("the image `logo`"), problem::message);
    assertTrue(problem.message().contains("#1B4F72"), problem::message);

    bench.element("tenant-look", look("#FFFFFF")).answer("build", "engineer", "{}");
    build("#fff", png(240, 80, "compressed by the build"));
    waitsFor("accept", bench.attempt(task));
  }

  @Test
  void anAdministratorsLoginPublishesTheThemeOnce() {
    admin();
    build("#ffffff", png(10, 10, "default"));

    String evidence = done(accepted());

    assertTrue(evidence.contains("colours and logo were published"), evidence);
    assertEquals(1, control.count("maestrano", "POST /mnoe/jpi/v1/admin/theme/save"));
    done(bench.attempt(task));
    assertEquals(1, control.count("maestrano", "POST /mnoe/jpi/v1/admin/theme/save"));
    assertTrue(done(bench.putBack(task)).contains("the theme is that of the build again"));
  }

  @Test
  void aPersonPublishesTheThemeWhereTheLoginMayNot() {
    admin();
    frontend("{\"admin\":{\"admin_role\":\"\"}}");
    build("#ffffff", LOGO);

    waitsFor("theme", bench.attempt(task));
  }

  @Test
  void aPersonEntersTheDomainWhereTheTenantMayNot() {
    patch("{\"hubs\":{\"uat\":{\"refuses\":[\"PATCH tenant\"]}}}");

    waitsFor("domain", bench.attempt(task));
    Outcome.Waiting again = waitsFor("domain", bench.answer("domain").attempt(task));
    assertEquals("mnohub.domain-refused", again.problem().code());
    patch("{\"hubs\":{\"uat\":{\"refuses\":[]}}}");
    done(accepted());
  }

  @Test
  void aDomainThatTheHubIgnoresIsAPersonsToo() {
    patch("{\"hubs\":{\"uat\":{\"ignores\":[\"domain\"]}}}");

    waitsFor("domain", bench.attempt(task));
    assertEquals("", tenant().path("domain").asText());
  }

  @Test
  void theDomainFromBeforeIsPutBack() {
    done(accepted());

    assertTrue(done(bench.putBack(task)).contains("the hub has the domain"));
    assertEquals("", tenant().path("domain").asText(""));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void nothingIsDoneTwiceWhereverTheProcessDies(int notes) {
    admin();
    build("#ffffff", LOGO);
    bench.crashAfterNotes(notes);

    assertInstanceOf(Outcome.Failed.class, bench.attempt(task));
    done(accepted());

    assertEquals(1, control.count("maestrano", "PATCH tenant"));
    assertEquals(1, control.count("maestrano", "POST /mnoe/jpi/v1/admin/theme/save"));
    assertEquals(HOST, tenant().path("domain").asText());
  }
}
