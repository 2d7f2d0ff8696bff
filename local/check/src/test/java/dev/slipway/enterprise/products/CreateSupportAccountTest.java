package dev.slipway.enterprise.products;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantId;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.task.Bench;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M19, against the stand-in of the hub. */
final class CreateSupportAccountTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final Map<String, String> SUPPORT =
      Map.of("environment", "uat", "tenant", "acme", "email", "support@maestrano.com");

  private CreateSupportAccount task;
  private final Bench bench =
      new Bench("products.create-support-account")
          .at("environment", "uat")
          .at("tenant", "acme")
          .element("component-hosts", "{\"uat\":{\"mnohub\":\"hub.uat.customer.example\"}}")
          .element(
              "tenants",
              "{\"name\":\"acme\",\"title\":\"Acme\",\"host\":\"acme.uat.customer.example\"}")
          .secret(
              "mnohub-tenant",
              "{\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
                  .formatted(hubTenantId("uat", "acme"), hubTenantKey("uat", "acme")));

  @BeforeEach
  void start() {
    task = new CreateSupportAccount(SANDBOX.context(), SANDBOX.parties().http());
  }

  private static JsonNode users() {
    return SANDBOX.control().world().at("/maestrano/hubs/uat/users");
  }

  private void answered() {
    bench
        .answer("custody", "engineer", "{\"vault\":\"support/acme-uat\",\"group\":\"support\"}")
        .answer("only-support", "engineer", "{}");
  }

  @Test
  void theAccountIsMadeWithoutAPasswordAndUsedByTheTeam() {
    assertEquals(Party.VENDOR, waitsFor("custody", bench.attempt(task)).party());
    answered();
    assertEquals(Party.VENDOR, waitsFor("works", bench.attempt(task)).party());
    SANDBOX.control().act("sign-in", SUPPORT);

    String evidence = done(bench.attempt(task));

    assertTrue(evidence.contains("no API credentials"), evidence);
    assertTrue(evidence.contains("support/acme-uat"), evidence);
    assertEquals(1, users().size());
    assertEquals("admin", users().path(0).path("admin_role").asText());
    assertTrue(users().path(0).path("password").isMissingNode());
    done(bench.verify(task));
  }

  @Test
  void aSignInFromBeforeDoesNotCount() {
    SANDBOX
        .control()
        .patchWorld(
            """
            {"maestrano":{"hubs":{"uat":{"users":[{"id":"7","tenant":"acme","admin_role":"admin",
             "email":"support@maestrano.com","confirmed_at":"2020-01-01T00:00:00Z",
             "last_sign_in_at":"2020-01-01T00:00:00Z"}]}}}}""");
    answered();

    Outcome.Waiting asked = waitsFor("works", bench.attempt(task));
    assertTrue(asked.instructions().contains("Maestrano Support"), asked::instructions);

    SANDBOX.control().act("sign-in", SUPPORT);
    done(bench.attempt(task));
    bench.putBack(task);
    assertEquals(1, users().size());
  }

  @Test
  void apiCredentialsAreAWayAroundThePassword() {
    answered();
    bench.attempt(task);
    SANDBOX.control().act("sign-in", SUPPORT);
    String id = users().path(0).path("id").asText();
    SANDBOX
        .control()
        .patchWorld(
            """
            {"maestrano":{"hubs":{"uat":{"users":[{"id":"%s","tenant":"acme","admin_role":"admin",
             "email":"support@maestrano.com","confirmed_at":"2100-01-01T00:00:00Z",
             "last_sign_in_at":"2100-01-01T00:00:00Z","api_key":"k"}]}}}}"""
                .formatted(id));

    assertEquals(
        "support-account.api-key", waitsFor("only-support", bench.attempt(task)).problem().code());
  }

  @Test
  void theVaultHasToBeNamed() {
    bench.answer("custody", "engineer", "{}");
    assertEquals(
        "support-account.no-vault", waitsFor("custody", bench.attempt(task)).problem().code());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void killedBehindEachNoteOneAccountIsMadeAndRemovedAgainIfNobodyUsedIt(int notes) {
    assertInstanceOf(Outcome.Failed.class, bench.crashAfterNotes(notes).attempt(task));
    waitsFor("custody", bench.attempt(task));
    assertEquals(1, users().size());

    bench.putBack(task);

    assertEquals(0, users().size());
  }
}
