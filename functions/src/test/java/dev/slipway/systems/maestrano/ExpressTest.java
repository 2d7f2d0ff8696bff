package dev.slipway.systems.maestrano;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.ScriptedHttp;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a frontend's public pages are read. */
final class ExpressTest {
  private static final String HOST = "acme.uat.customer.example";

  private final ScriptedHttp http = new ScriptedHttp();
  private final Express express = new Express(http, HOST);

  private void answers(String path, Response answer) {
    http.on("GET " + HOST + path, answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mno-enteprise-version", "mno-enterprise-version"})
  void theVersionIsReadInBothSpellings(String key) {
    answers(
        "/mnoe/version",
        Response.json(
            "{\"app-version\":\"1-a\",\"%s\":\"4.0.3\",\"env\":\"uat\",\"mno-api-host\":\"https://hub.uat.customer.example\"}"
                .formatted(key)));

    Express.Version version = express.version();

    assertEquals(4, version.series());
    assertEquals("hub.uat.customer.example", version.hub());
  }

  @Test
  void theConfigurationIsReadAsUglifierLeavesIt() {
    answers(
        "/mnoe/config.js",
        new Response(
            200,
            Map.of("Content-Type", "text/javascript"),
            "angular.module(\"mnoEnterprise.configuration\",[]).constant(\"IMPAC_CONFIG\",{paths:{}})"
                + ".constant(\"I18N_CONFIG\",{enabled:!1,available_locales:[{id:\"en\"}]})"
                + ".constant(\"DASHBOARD_CONFIG\",{dock:{enabled:!0,note:\"say !0, or 'constant('\"},"
                + "payment:{enabled:!1}}).constant(\"APP_NAME\",\"Acme\");"));

    VisitorConfig config = express.config(4);

    assertTrue(config.value("dashboard.dock.enabled").booleanValue());
    assertEquals("say !0, or 'constant('", config.value("dashboard.dock.note").textValue());
    assertFalse(config.value("dashboard.payment.enabled").booleanValue());
    assertFalse(config.value("system.i18n.enabled").booleanValue());
    assertTrue(config.value("dashboard.impac.enabled").isMissingNode());
  }

  @Test
  void series3ServesItsConfigurationAsAnAssetWithNamesOfItsOwn() {
    answers(
        "/assets/mno_enterprise/config.js",
        Response.json(
            """
            angular.module('mnoEnterprise.configuration', [])
              .constant('PAYMENT_CONFIG', {"disabled":true})
              .constant('ADMIN_PANEL_CONFIG', {"staff":{"enabled":true}})"""));

    VisitorConfig config = express.config(3);

    assertTrue(config.value("payment.disabled").booleanValue());
    assertTrue(config.value("admin_panel.staff.enabled").booleanValue());
  }

  @Test
  void theTimeOfTheConfigurationIsANumberOrNone() {
    answers("/mnoe/config.json", Response.json("1764400000"));
    assertEquals(1_764_400_000L, express.configuredAt().orElseThrow());
    answers("/mnoe/config.json", Response.json("null"));
    assertTrue(express.configuredAt().isEmpty());
  }

  @Test
  void anUnhealthyFrontendSaysWhatItLacks() {
    answers(
        "/mnoe/health_check/full",
        new Response(500, Map.of("Content-Type", "text/plain"), "health_check failed: MNO-HUB"));

    Express.Health health = express.health();

    assertFalse(health.isHealthy());
    assertTrue(health.lacksHub());
    answers(
        "/mnoe/health_check/full",
        new Response(200, Map.of("Content-Type", "text/plain"), "success"));
    assertTrue(express.health().isHealthy());
  }

  @Test
  void aPageOfSomebodyElseIsNothingOfTheFrontends() {
    Response page =
        new Response(
            200,
            Map.of("Content-Type", "text/html"),
            "<!DOCTYPE html><html><body>We will be back</body></html>");
    for (String path :
        new String[] {
          "/mnoe/version", "/mnoe/health_check/full", "/mnoe/config.json", "/mnoe/config.js"
        }) {
      answers(path, page);
    }

    assertEquals(Kind.NOT_UNDERSTOOD, kind(express::version));
    assertEquals(Kind.NOT_UNDERSTOOD, kind(express::health));
    assertEquals(Kind.NOT_UNDERSTOOD, kind(express::configuredAt));
    assertEquals(Kind.NOT_UNDERSTOOD, kind(() -> express.config(4)));
  }

  private static Kind kind(Runnable ask) {
    return assertThrows(SystemTrouble.class, ask::run).kind();
  }
}
