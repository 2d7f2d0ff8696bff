package dev.slipway.enterprise.products;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantId;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.task.Bench;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M18, against the stand-in of the hub. */
final class GrantTenantRightsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String TINA = "tina@customer.example";
  private static final String SAM = "sam@customer.example";
  private static final String SEEN =
      """
      {"seen":[{"email":"tina@customer.example","views":["users","organisations"]},
       {"email":"sam@customer.example","views":["users","organisations"]}]}""";

  private GrantTenantRights task;
  private final Bench bench =
      new Bench("products.grant-tenant-rights")
          .at("environment", "uat")
          .at("tenant", "acme")
          .element("component-hosts", "{\"uat\":{\"mnohub\":\"hub.uat.customer.example\"}}")
          .element(
              "tenants",
              "{\"name\":\"acme\",\"title\":\"Acme\",\"host\":\"acme.uat.customer.example\"}")
          .element(
              "tenant-admins",
              """
              [{"name":"Tina","surname":"Tenant","email":"tina@customer.example","role":"admin"},
               {"name":"Sam","surname":"Staff","email":"sam@customer.example","role":"staff"}]""")
          .secret(
              "mnohub-tenant",
              "{\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
                  .formatted(hubTenantId("uat", "acme"), hubTenantKey("uat", "acme")));

  @BeforeEach
  void start() {
    task = new GrantTenantRights(SANDBOX.context(), SANDBOX.parties().http());
  }

  private static void uat(String patch) {
    SANDBOX.control().patchWorld("{\"maestrano\":{\"hubs\":{\"uat\":%s}}}".formatted(patch));
  }

  private static List<JsonNode> users() {
    return SANDBOX.control().world().at("/maestrano/hubs/uat/users").valueStream().toList();
  }

  private static List<String> roles() {
    return users().stream()
        .map(user -> user.path("email").asText() + " " + user.path("admin_role").asText())
        .sorted()
        .toList();
  }

  private static void act(String act, String email, String role) {
    Map<String, String> details = Map.of("environment", "uat", "tenant", "acme", "email", email);
    SANDBOX
        .control()
        .act(
            act,
            role.isEmpty()
                ? details
                : Map.of("environment", "uat", "tenant", "acme", "email", email, "role", role));
  }

  private static void signIn() {
    act("sign-in", TINA, "");
    act("sign-in", SAM, "");
  }

  @Test
  void theUsersAreMadeOnceAndAskedToSignIn() {
    Outcome.Waiting invited = waitsFor("invite", bench.attempt(task));
    assertEquals(Party.CUSTOMER, invited.party());
    assertTrue(invited.instructions().contains("Sam Staff <sam@customer.example>"));
    assertEquals(List.of(SAM + " staff", TINA + " admin"), roles());
    act("sign-in", TINA, "");
    Outcome.Waiting one = waitsFor("invite", bench.attempt(task));
    assertFalse(one.instructions().contains("Tina Tenant <"), one::instructions);
    act("sign-in", SAM, "");
    waitsFor("views", bench.attempt(task));

    String evidence = done(bench.answer("views", SEEN).attempt(task));

    assertTrue(
        evidence.contains("2 user(s) with their roles: 2 made by this task, 0 changed"), evidence);
    assertTrue(evidence.contains("2 user(s), 1 organization(s)"), evidence);
    assertTrue(evidence.contains("nobody else has a role"), evidence);
    done(bench.verify(task));
    assertEquals(2, users().size());
    assertFalse(bench.notes().contains(TINA), bench::notes);
  }

  @Test
  void whoIsThereWithTheRoleStaysAndAnotherRoleIsChanged() {
    act("grant-at-hub", TINA, "admin");
    act("grant-at-hub", SAM, "support");
    act("grant-at-hub", "old@customer.example", "admin");
    signIn();

    String evidence = done(bench.answer("views", SEEN).attempt(task));

    assertTrue(evidence.contains("0 made by this task, 1 changed"), evidence);
    assertTrue(
        evidence.contains("warning: the element does not name old@customer.example (admin)"));
    assertEquals(0, SANDBOX.control().count("maestrano", "POST users"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST users", "PATCH user"})
  void aUserWhoseAnswerIsLostIsAdopted(String call) {
    act("grant-at-hub", SAM, "support");
    SANDBOX.loseAnswerOf("maestrano", call);

    bench.attempt(task);
    waitsFor("invite", bench.attempt(task));

    assertEquals(List.of(SAM + " staff", TINA + " admin"), roles());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"refuses\":[\"POST users\"]}", "{\"ignores\":[\"admin_role\"]}"})
  void aRoleThatTheHubRefusesOrIgnoresIsGivenByAPerson(String misbehaviour) {
    uat(misbehaviour);
    Outcome.Waiting asked = waitsFor("ensure", bench.attempt(task));
    assertEquals(Party.VENDOR, asked.party());
    assertTrue(asked.evidence().toString().contains("a person does it"));

    bench.answer("ensure", "engineer", "{}");
    Problem still = waitsFor("ensure", bench.attempt(task)).problem();
    assertEquals("mnohub.role-missing", still.code());
    assertTrue(still.message().contains("Tina Tenant"), still::message);

    act("grant-at-hub", TINA, "admin");
    act("grant-at-hub", SAM, "staff");
    bench.answer("ensure", "engineer", "{}");
    signIn();
    done(bench.answer("views", SEEN).attempt(task));
  }

  @Test
  void aHubThatIsDownIsAFailureThatPasses() {
    SANDBOX
        .control()
        .patchWorld("{\"maestrano\":{\"hosts\":{\"hub.uat.customer.example\":{\"down\":true}}}}");
    failed("mnohub-tenant.out-of-order", "tenant-admins", bench.attempt(task));
  }

  @Test
  void keysThatAreTurnedAwayAreTheCredentialsProblem() {
    bench.secret("mnohub-tenant", "{\"tenantId\":\"t\",\"tenantKey\":\"k\"}");
    failed("mnohub-tenant.authentication-failed", "credential:mnohub-tenant", bench.attempt(task));
  }

  @Test
  void whoLostTheRoleIsFoundByTheSecondLook() {
    signInAfterMaking();
    done(bench.answer("views", SEEN).attempt(task));
    act("grant-at-hub", TINA, "support");

    failed("mnohub.role-missing", "tenant-admins", bench.verify(task));
  }

  private void signInAfterMaking() {
    bench.attempt(task);
    signIn();
  }

  @Test
  void usersWhoNeverSignedInAreRemovedAndOldRolesComeBack() {
    act("grant-at-hub", SAM, "support");
    waitsFor("invite", bench.attempt(task));

    bench.putBack(task);
    bench.putBack(task);

    assertEquals(List.of(SAM + " support"), roles());
  }

  @Test
  void aUserWhoSignedInStaysWithoutTheRole() {
    signInAfterMaking();

    bench.putBack(task);

    assertEquals(List.of(SAM + " null", TINA + " null"), roles());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void killedBehindEachNoteNothingIsMadeTwice(int notes) {
    act("grant-at-hub", SAM, "support");
    assertInstanceOf(Outcome.Failed.class, bench.crashAfterNotes(notes).attempt(task));

    waitsFor("invite", bench.attempt(task));

    assertEquals(List.of(SAM + " staff", TINA + " admin"), roles());
    assertEquals(1, SANDBOX.control().count("maestrano", "POST users"));
    bench.putBack(task);
    assertEquals(List.of(SAM + " support"), roles());
  }
}
