package dev.slipway.enterprise.products;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M15 against the stand-ins of the hub and of a tenant's frontend. */
final class SetFeaturesTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String HOST = "acme.uat.customer.example";

  private final SandboxControl control = SANDBOX.control();
  private final SetFeatures task = new SetFeatures(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench = bench(features(true));

  private static Bench bench(String features) {
    return new Bench("products.set-features")
        .at("environment", "uat")
        .at("tenant", "acme")
        .element(
            "tenants", "{\"name\":\"acme\",\"title\":\"Acme\",\"host\":\"%s\"}".formatted(HOST))
        .element("component-hosts", "{\"uat\":{\"mnohub\":\"hub.uat.customer.example\"}}")
        .element("features", features)
        .secret(
            "mnohub-tenant",
            "{\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
                .formatted(
                    SandboxDefaults.hubTenantId("uat", "acme"),
                    SandboxDefaults.hubTenantKey("uat", "acme")));
  }

  private static String features(boolean payment) {
    return """
        {"flags":{"payment":%s,"dock":false,"staff":true,"i18n":true},"kpis":true,"alerts":true}"""
        .formatted(payment);
  }

  private void hub(String json) {
    control.patchWorld("{\"maestrano\":{\"hubs\":{\"uat\":%s}}}".formatted(json));
  }

  private void frontend(String json) {
    control.patchWorld("{\"maestrano\":{\"expresses\":{\"uat\":{\"acme\":%s}}}}".formatted(json));
  }

  /** Gives the tenant a configuration in the hub; a patch replaces an array as a whole. */
  private void config(String json) {
    JsonNode tenants =
        control.world().path("maestrano").path("hubs").path("uat").path("tenants").deepCopy();
    ((ObjectNode) tenants.path(0)).set("frontend_config", Json.parse(json));
    hub("{\"tenants\":%s}".formatted(tenants));
  }

  private JsonNode tenant() {
    return control.world().path("maestrano").path("hubs").path("uat").path("tenants").path(0);
  }

  private void admin() {
    bench.secret(
        "express-admin",
        "{\"email\":\"admin@customer.example\",\"password\":\"Admini5ter-the-tenant\"}");
  }

  private void restart() {
    control.act("restart-express", Map.of("host", HOST));
  }

  private Outcome.Waiting untilTheRestart() {
    waitsFor("build-flags", bench.attempt(task));
    return waitsFor("restart", bench.answer("build-flags").attempt(task));
  }

  @Test
  void aVisitorGetsTheFeaturesAfterARestart() {
    untilTheRestart();
    assertEquals(
        "express.feature-not-seen",
        waitsFor("restart", bench.answer("restart").attempt(task)).problem().code());
    restart();

    String evidence = done(bench.answer("restart").attempt(task));

    assertTrue(evidence.contains("dashboard.payment.enabled = true"), evidence);
    assertTrue(evidence.contains("kpi_enabled = true"), evidence);
    assertTrue(evidence.contains("4 setting(s) as wanted"), evidence);
    JsonNode hub = tenant();
    assertFalse(hub.at("/frontend_config/dashboard/dock/enabled").asBoolean(true));
    assertTrue(hub.at("/metadata/kpi_enabled").asBoolean());
    assertEquals("marketplace", hub.at("/metadata/app_management").asText());
    assertEquals(2, control.count("maestrano", "PATCH tenant"));
    done(bench.attempt(task));
    done(bench.verify(task));
    assertEquals(2, control.count("maestrano", "PATCH tenant"));
  }

  /** The hub takes all settings at once, so another row could write over what this one has read. */
  @Test
  void twoRowsAtOnceLoseNothing() {
    Bench other =
        bench("{\"flags\":{\"i18n\":false},\"kpis\":false,\"alerts\":false}").beside(bench);
    HttpPort meeting =
        call -> {
          if (call.method().equals("PATCH")) {
            assertThrows(Slipway.Busy.class, () -> other.attempt(task));
          }
          return SANDBOX.parties().http().send(call);
        };

    waitsFor("build-flags", bench.attempt(new SetFeatures(SANDBOX.context(), meeting)));
    other.attempt(task);

    JsonNode dashboard = tenant().at("/frontend_config/dashboard");
    assertTrue(dashboard.at("/payment/enabled").asBoolean(), "what the first one wrote");
    assertFalse(
        tenant().at("/frontend_config/system/i18n/enabled").asBoolean(true), "and the other");
  }

  @Test
  void whatTheHubHasBesidesStays() {
    config(
        "{\"system\":{\"smtp\":{\"address\":\"mail.customer.example\",\"password\":\"Keep-th1s\"}},\"dashboard\":{\"dock\":{\"enabled\":true}}}");
    untilTheRestart();

    assertEquals("Keep-th1s", tenant().at("/frontend_config/system/smtp/password").asText());
    assertFalse(bench.notes().contains("Keep-th1s"), bench::notes);
    assertTrue(bench.notes().contains("\"dashboard.dock.enabled\":true"), bench::notes);
  }

  @Test
  void aLockedFeatureIsLeftAndTold() {
    config("{\"dashboard\":{\"payment\":{\"enabled\":false,\"enabled_readonly\":true}}}");

    Problem problem =
        failed("mnohub.feature-locked", "mnohub-tenant", "features", bench.attempt(task));

    assertTrue(problem.message().contains("dashboard.payment.enabled_readonly"), problem::message);
    assertTrue(problem.nextStep().contains("`payment`"), problem::nextStep);
    assertFalse(tenant().at("/frontend_config/dashboard/payment/enabled").asBoolean());
    assertTrue(tenant().at("/frontend_config/admin_panel/staff/enabled").asBoolean());
    bench.element("features", features(false));
    waitsFor("build-flags", bench.attempt(task));
  }

  @Test
  void anAdministratorsLoginRestartsItOnce() {
    admin();
    waitsFor("build-flags", bench.attempt(task));

    Outcome.Waiting waiting = (Outcome.Waiting) bench.answer("build-flags").attempt(task);
    assertEquals(bench.now().plus(Duration.ofMinutes(5)), waiting.until());
    String evidence = done(bench.attempt(task));

    assertTrue(evidence.contains("a visitor gets the settings"), evidence);
    assertEquals(1, control.count("maestrano", "PATCH /mnoe/jpi/v1/admin/tenant"));
  }

  @Test
  void aRestartThatReportsSuccessAndDoesNothingIsAPersons() {
    admin();
    frontend("{\"restarts\":false}");
    waitsFor("build-flags", bench.attempt(task));
    bench.answer("build-flags").attempt(task);

    waitsFor("restart", bench.after(Duration.ofMinutes(5)).attempt(task));
    restart();
    done(bench.answer("restart").attempt(task));
    assertEquals(1, control.count("maestrano", "PATCH /mnoe/jpi/v1/admin/tenant"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"refuses\":[\"PATCH tenant\"]}",
        "{\"ignores\":[\"frontend_config\",\"metadata\"]}"
      })
  void aPersonEntersWhatTheTenantMayNot(String hub) {
    hub(hub);

    assertTrue(
        waitsFor("write", bench.attempt(task))
            .instructions()
            .contains("dashboard.payment.enabled = true"));
    assertEquals(
        "mnohub.feature-differs",
        waitsFor("write", bench.answer("write").attempt(task)).problem().code());
    config(
        """
        {"dashboard":{"payment":{"enabled":true},"dock":{"enabled":false}},
         "admin_panel":{"staff":{"enabled":true}},"system":{"i18n":{"enabled":true}}}""");
    waitsFor("metadata", bench.answer("write").attempt(task));
    assertEquals(
        "mnohub.metadata-refused",
        waitsFor("metadata", bench.answer("metadata").attempt(task)).problem().code());
  }

  @Test
  void series3IsTheVendorsAndSeenByItsOwnNames() {
    frontend("{\"version\":\"3.3.3\"}");

    assertTrue(
        waitsFor("write", bench.attempt(task)).instructions().contains("payment.disabled = false"));
    bench.element(
        "features",
        "{\"flags\":{\"payment\":true,\"dock\":false},\"kpis\":false,\"alerts\":false}");
    waitsFor("restart", bench.answer("write").attempt(task));
    frontend("{\"settings\":{\"payment\":{\"disabled\":false},\"dock\":{\"enabled\":false}}}");
    restart();

    done(bench.answer("restart").attempt(task));
  }

  @Test
  void aSeriesThatNobodyKnowsIsTold() {
    frontend("{\"version\":\"7.0.0\"}");

    failed("express.series-unknown", "express", "tenants", bench.attempt(task));
  }

  @Test
  void theOldSettingsArePutBack() {
    config("{\"dashboard\":{\"dock\":{\"enabled\":true}}}");
    untilTheRestart();
    bench.element("features", features(false));
    bench.attempt(task);

    String evidence = done(bench.putBack(task));

    assertTrue(evidence.contains("dashboard.dock.enabled = true"), evidence);
    assertTrue(tenant().at("/frontend_config/dashboard/dock/enabled").asBoolean());
    assertTrue(tenant().at("/frontend_config/dashboard/payment/enabled").isMissingNode());
    assertTrue(tenant().at("/metadata/kpi_enabled").isMissingNode());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void nothingIsDoneTwiceWhereverTheProcessDies(int notes) {
    admin();
    bench.answer("build-flags");
    bench.crashAfterNotes(notes);

    assertInstanceOf(Outcome.Failed.class, bench.attempt(task));
    bench.attempt(task);
    Outcome outcome = bench.after(Duration.ofMinutes(5)).attempt(task);

    done(outcome);
    assertEquals(2, control.count("maestrano", "PATCH tenant"));
    assertEquals(1, control.count("maestrano", "PATCH /mnoe/jpi/v1/admin/tenant"));
  }
}
