package dev.slipway.enterprise.support;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantId;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantKey;
import static dev.slipway.local.sandbox.world.SandboxDefaults.intercomApp;
import static dev.slipway.local.sandbox.world.SandboxDefaults.intercomToken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M53 against the stand-ins of Intercom, of the hub and of two tenants' frontends. */
final class SetUpIntercomTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String APP = intercomApp("uat");
  private static final String TOKEN = intercomToken("uat");
  private static final String IDENTITY = "1dentity-0f-the-users-0001";

  private final SandboxControl control = SANDBOX.control();
  private final SetUpIntercom task = new SetUpIntercom(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("support.set-up-intercom")
          .at("environment", "uat")
          .element("intercom", intercom("existing", "eu"))
          .element("component-hosts", "{\"uat\":{\"mnohub\":\"hub.uat.customer.example\"}}")
          .element(
              "tenants",
              """
              {"uat":{"list":[{"name":"acme","host":"acme.uat.customer.example"},
                {"name":"bravo","host":"bravo.uat.customer.example"}]}}""")
          .element(
              "onboarding-owner",
              """
              {"people":[{"name":"Sophie Success","email":"Sophie@customer.example"}],
               "level1":{"people":[{"name":"Lars Level","email":"lars@customer.example"}]}}""")
          .secret(
              "intercom", "{\"token\":\"%s\",\"identitySecret\":\"%s\"}".formatted(TOKEN, IDENTITY))
          .secret("mnohub-tenant@uat.acme", keys("acme"))
          .secret("mnohub-tenant@uat.bravo", keys("bravo"));

  private static String intercom(String workspace, String region) {
    return """
        {"workspace":"%s","appId":{"uat":"%s","production":"%s"},"region":"%s"}"""
        .formatted(workspace, APP, intercomApp("production"), region);
  }

  private static String keys(String tenant) {
    return "{\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
        .formatted(hubTenantId("uat", tenant), hubTenantKey("uat", tenant));
  }

  private void join(String email, boolean seat) {
    control.act(
        "join-intercom", Json.object().put("app", APP).put("email", email).put("seat", seat));
  }

  private void team() {
    join("sophie@customer.example", true);
    join("lars@customer.example", true);
  }

  private void admins() {
    for (String tenant : new String[] {"acme", "bravo"}) {
      bench.secret(
          "express-admin@uat." + tenant,
          "{\"email\":\"admin@customer.example\",\"password\":\"Admini5ter-the-tenant\"}");
    }
  }

  private void restart() {
    for (String tenant : new String[] {"acme", "bravo"}) {
      control.act("restart-express", Map.of("host", tenant + ".uat.customer.example"));
    }
  }

  private void identities() {
    control.act("verify-identities", Map.of("app", APP));
    bench.answer("identity");
  }

  private JsonNode workspace() {
    return control.world().at("/intercom/workspaces/" + APP);
  }

  private JsonNode tenant(int number) {
    return control.world().path("maestrano").path("hubs").path("uat").path("tenants").path(number);
  }

  private void hub(String json) {
    control.patchWorld("{\"maestrano\":{\"hubs\":{\"uat\":%s}}}".formatted(json));
  }

  @Test
  void theTeamJoinsTheFrontendsShowTheWorkspaceAndAnEventIsListed() {
    assertEquals(Party.VENDOR, waitsFor("teammates", bench.attempt(task)).party());
    join("sophie@customer.example", true);
    join("lars@customer.example", false);
    Outcome.Waiting missing = waitsFor("teammates", bench.attempt(task));
    assertTrue(
        missing.instructions().contains("Not yet:\n- lars@customer.example\n"),
        missing::instructions);
    join("lars@customer.example", true);

    assertEquals(Party.VENDOR, waitsFor("set", bench.attempt(task)).party());
    assertEquals(APP, tenant(1).at("/frontend_config/system/intercom/app_id").asText());
    assertEquals(TOKEN, tenant(0).at("/frontend_config/system/intercom/token").asText());
    assertEquals(IDENTITY, tenant(0).at("/frontend_config/system/intercom/api_secret").asText());
    bench.answer("set", "engineer", "{}");
    assertEquals(
        "express.intercom-not-seen", waitsFor("set", bench.attempt(task)).problem().code());
    restart();

    Outcome.Waiting identity =
        waitsFor("identity", bench.answer("set", "engineer", "{}").attempt(task));
    assertEquals(Party.CUSTOMER, identity.party());
    assertEquals(
        "intercom.identity-off",
        waitsFor("identity", bench.answer("identity").attempt(task)).problem().code());
    identities();
    String evidence = done(bench.attempt(task));

    assertTrue(evidence.contains("2 of 2 have a seat"), evidence);
    assertTrue(evidence.contains("an event slipway-check is listed"), evidence);
    for (String secret : new String[] {TOKEN, IDENTITY}) {
      assertFalse(evidence.contains(secret), evidence);
      assertFalse(bench.notes().contains(secret), bench::notes);
    }
    done(bench.verify(task));
    assertEquals(2, control.count("maestrano", "PATCH tenant"));
    assertEquals(1, workspace().path("events").size());
  }

  @Test
  void anAdministratorsLoginRestartsEachFrontendOnce() {
    team();
    admins();
    identities();
    assertEquals(
        bench.now().plus(Duration.ofMinutes(5)), ((Outcome.Waiting) bench.attempt(task)).until());
    done(bench.after(Duration.ofMinutes(5)).attempt(task));
    assertEquals(2, control.count("maestrano", "PATCH /mnoe/jpi/v1/admin/tenant"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"refuses\":[\"PATCH tenant\"]}", "{\"ignores\":[\"frontend_config\"]}"})
  void thePersonEntersWhatTheTenantMayNot(String hub) {
    team();
    hub(hub);
    assertTrue(waitsFor("set", bench.attempt(task)).instructions().contains("App id: " + APP));
  }

  @Test
  void theVendorSetsAFrontendOfSeries3() {
    team();
    identities();
    control.patchWorld(
        """
        {"maestrano":{"expresses":{"uat":{"acme":{"version":"3.3.3"},
          "bravo":{"version":"3.3.3"}}}}}""");
    waitsFor("set", bench.attempt(task));
    assertEquals(0, control.count("maestrano", "PATCH tenant"));
    for (String tenant : new String[] {"acme", "bravo"}) {
      control.act(
          "set-in-express",
          Json.object()
              .put("host", tenant + ".uat.customer.example")
              .<ObjectNode>set("own", Json.object().put("app_id", APP)));
    }
    done(bench.answer("set", "engineer", "{}").attempt(task));
  }

  @Test
  void aNewWorkspaceIsMadeByTheVendorAndTheOwnerAcceptsItsTerms() {
    team();
    identities();
    bench.element("intercom", "{\"workspace\":\"new\",\"region\":\"eu\"}");
    assertEquals(Party.VENDOR, waitsFor("workspace", bench.attempt(task)).party());
    bench.answer("workspace", "engineer", "{}");
    assertEquals("intercom.no-app", waitsFor("workspace", bench.attempt(task)).problem().code());
    bench.answer("workspace", "engineer", "{\"appId\":\"another1\"}");
    assertEquals("intercom.other-app", waitsFor("workspace", bench.attempt(task)).problem().code());
    bench.answer("workspace", "engineer", "{\"appId\":\"%s\"}".formatted(APP));
    assertEquals(Party.CUSTOMER, waitsFor("owner", bench.attempt(task)).party());
    waitsFor("set", bench.answer("owner").attempt(task));
    bench.element(
        "intercom", "{\"workspace\":\"new\",\"createdBy\":\"customer\",\"region\":\"eu\"}");
    assertEquals(Party.CUSTOMER, waitsFor("workspace", bench.attempt(task)).party());
  }

  @Test
  void anotherWorkspaceAndAnotherRegionAreTold() {
    bench.element("intercom", intercom("existing", "eu").replace(APP, "another1"));
    failed("intercom.other-app", "intercom.appId.uat", bench.attempt(task));
    control.patchWorld(
        "{\"intercom\":{\"workspaces\":{\"%s\":{\"region\":\"AU\"}}}}".formatted(APP));
    failed("intercom.authentication-failed", "credential:intercom", bench.attempt(task));
  }

  @Test
  void anEventThatIsNotListedIsTold() {
    team();
    control.patchWorld(
        "{\"intercom\":{\"workspaces\":{\"%s\":{\"hidesEvents\":true}}}}".formatted(APP));
    admins();
    bench.attempt(task);
    bench.after(Duration.ofMinutes(5));
    assertEquals(
        bench.now().plus(Duration.ofMinutes(1)), ((Outcome.Waiting) bench.attempt(task)).until());
    failed(
        "intercom.event-not-listed", "intercom", bench.after(Duration.ofMinutes(1)).attempt(task));
    assertEquals(1, workspace().path("events").size());
  }

  @Test
  void everythingIsPutBackAndWhoWasThereStays() {
    team();
    JsonNode tenants = control.world().at("/maestrano/hubs/uat/tenants").deepCopy();
    ((ObjectNode) tenants.path(0))
        .set(
            "frontend_config",
            Json.parse(
                "{\"system\":{\"intercom\":{\"app_id\":\"old0app\",\"token\":\"0ld-t0ken-0001\"}}}"));
    hub("{\"tenants\":%s}".formatted(tenants));
    admins();
    bench.attempt(task);
    waitsFor("identity", bench.after(Duration.ofMinutes(5)).attempt(task));

    String evidence = done(bench.putBack(task));

    assertEquals("old0app", tenant(0).at("/frontend_config/system/intercom/app_id").asText());
    assertTrue(evidence.contains("to be entered by hand again: [system.intercom.token]"), evidence);
    assertFalse(evidence.contains("0ld-t0ken"), evidence);
    assertFalse(bench.notes().contains("0ld-t0ken"), bench::notes);
    assertTrue(tenant(1).at("/frontend_config/system/intercom/token").isMissingNode());
    assertEquals(0, workspace().path("contacts").size());
    assertEquals(3, workspace().path("admins").size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void whereverTheProcessDiesNothingIsMadeTwice(int notes) {
    team();
    admins();
    identities();
    bench.crashAfterNotes(notes);
    SANDBOX.loseAnswerOf("intercom", "POST /contacts");
    for (int again = 0; again < 3; again++) {
      bench.attempt(task);
    }
    bench.after(Duration.ofMinutes(5)).attempt(task);
    done(bench.attempt(task));
    assertEquals(1, workspace().path("contacts").size());
    assertEquals(1, workspace().path("events").size());
    assertEquals(2, control.count("maestrano", "PATCH tenant"));
    assertTrue(control.count("maestrano", "PATCH /mnoe/jpi/v1/admin/tenant") <= 2);
    done(bench.putBack(task));
    assertEquals(0, workspace().path("contacts").size());
  }
}
