package dev.slipway.enterprise.infrastructure;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_CLIENT;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_SECRET;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_SUBSCRIPTION;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AZURE_TENANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.task.Bench;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M06 on Azure, against the stand-in of the Resource Manager. */
final class ProvisionAzureAccountTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String NEW = "0c0c0c0c-1111-2222-3333-000000000009";
  private static final String TARGETS =
      """
      {"targets":{"mnohub":"hub.hoster.example","connec":"hub.hoster.example",
       "impac":"hub.hoster.example","nex":"hub.hoster.example","frontend":"hub.hoster.example"}}""";

  private final SandboxControl control = SANDBOX.control();
  private final ProvisionAccount task = new ProvisionAccount(SANDBOX.context());
  private final Bench bench =
      new Bench("infrastructure.provision-account")
          .at("environment", "uat")
          .element("infrastructure", element("existing"))
          .element(
              "infrastructure-users",
              """
              [{"name":"Anna","surname":"Admin","email":"anna@customer.example","role":"admin"}]""")
          .secret(
              "azure",
              """
              {"tenantId":"%s","subscriptionId":"%s","clientId":"%s","clientSecret":"%s",
               "resourceGroup":"slipway"}"""
                  .formatted(AZURE_TENANT, AZURE_SUBSCRIPTION, AZURE_CLIENT, AZURE_SECRET));

  private static String element(String account) {
    return """
        {"provider":"azure","account":"%s","reach":"public","uat":{"region":"westeurope"}}"""
        .formatted(account);
  }

  private Bench answered() {
    return bench
        .answer("users", "engineer", "{}")
        .answer("accept")
        .answer("baseline", "engineer", TARGETS);
  }

  private JsonNode subscription(String id) {
    control.dns("hub.hoster.example", "A", "203.0.113.7");
    return control.world().path("azure").path("subscriptions").path(id);
  }

  @Test
  void anExistingSubscriptionGetsItsResourceGroupAndPeopleDoTheRest() {
    subscription(AZURE_SUBSCRIPTION);
    assertEquals(Party.VENDOR, waitsFor("users", bench.attempt(task)).party());
    String evidence = done(answered().attempt(task));
    assertTrue(evidence.contains("Enabled"), evidence);
    assertTrue(evidence.contains("slipway is there, in westeurope"), evidence);
    assertEquals(
        "01JTESTONBOARDING/uat",
        subscription(AZURE_SUBSCRIPTION).at("/groups/slipway/tags/slipway").asText());
    assertEquals(1, control.count("azure", "PUT resourceGroup"));
    done(bench.verify(task));
  }

  @Test
  void rolesAreGivenByMachineWhereObjectIdsAreStated() {
    subscription(AZURE_SUBSCRIPTION);
    answered()
        .answer(
            "users",
            "engineer",
            "{\"objectIds\":{\"anna@customer.example\":\"aaaaaaaa-1111-2222-3333-000000000001\"}}");
    String evidence = done(bench.attempt(task));
    assertTrue(evidence.contains("1 role(s) on the subscription"), evidence);
    assertEquals(1, subscription(AZURE_SUBSCRIPTION).path("assignments").size());
    done(bench.attempt(task));
    assertEquals(1, subscription(AZURE_SUBSCRIPTION).path("assignments").size());
  }

  @Test
  void aNewSubscriptionIsMadeByTheOwnerOfTheBillingAccount() {
    subscription(NEW);
    bench.element("infrastructure", element("new"));
    assertEquals(Party.CUSTOMER, waitsFor("subscription", bench.attempt(task)).party());
    Outcome.Waiting again = waitsFor("subscription", bench.answer("subscription").attempt(task));
    assertEquals("azure.subscription-unknown", again.problem().code());
    bench.answer("subscription", "{\"subscription\":\"%s\"}".formatted(NEW));
    again = waitsFor("subscription", bench.attempt(task));
    assertEquals("azure.no-role", again.problem().code());

    control.act("create-azure-subscription", Map.of("id", NEW));
    bench.answer("subscription", "{\"subscription\":\"%s\"}".formatted(NEW));
    done(answered().attempt(task));
    assertEquals(1, subscription(NEW).path("groups").size());
    assertEquals(0, subscription(AZURE_SUBSCRIPTION).path("groups").size());
  }

  @Test
  void anApplicationWithoutARoleIsTold() {
    control.patchWorld(
        "{\"azure\":{\"subscriptions\":{\"%s\":{\"role\":\"\"}}}}".formatted(AZURE_SUBSCRIPTION));
    failed("azure.no-role", "azure", "credential:azure", bench.attempt(task));
  }

  @Test
  void aSubscriptionThatIsDisabledIsTold() {
    control.patchWorld(
        "{\"azure\":{\"subscriptions\":{\"%s\":{\"state\":\"Warned\"}}}}"
            .formatted(AZURE_SUBSCRIPTION));
    failed("azure.subscription-disabled", "azure", "infrastructure", bench.attempt(task));
  }

  @Test
  void anApplicationThatMayOnlyReadIsTold() {
    control.patchWorld("{\"azure\":{\"denied\":[\"PUT resourceGroup\"]}}");
    failed("azure.not-permitted", "azure", "credential:azure", bench.attempt(task));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whereverTheProcessDiesTheGroupIsMadeOnceAndRemovedWhileItIsEmpty(int notes) {
    subscription(AZURE_SUBSCRIPTION);
    answered().crashAfterNotes(notes);
    SANDBOX.loseAnswerOf("azure", "PUT resourceGroup");
    Outcome outcome = bench.attempt(task);
    for (int again = 0; again < 2 && !(outcome instanceof Outcome.Done); again++) {
      outcome = bench.attempt(task);
    }
    done(outcome);
    assertEquals(1, subscription(AZURE_SUBSCRIPTION).path("groups").size());
    assertTrue(done(bench.putBack(task)).contains("was empty, and is deleted"));
    assertEquals(0, subscription(AZURE_SUBSCRIPTION).path("groups").size());
  }

  @Test
  void aGroupThatIsInUseIsLeftOver() {
    subscription(AZURE_SUBSCRIPTION);
    done(answered().attempt(task));
    control.patchWorld(
        "{\"azure\":{\"subscriptions\":{\"%s\":{\"groups\":{\"slipway\":{\"resources\":[{\"id\":\"vm\"}]}}}}}}"
            .formatted(AZURE_SUBSCRIPTION));
    assertTrue(done(bench.putBack(task)).contains("is left over, with 1 resource(s)"));
    assertEquals(1, subscription(AZURE_SUBSCRIPTION).path("groups").size());
  }
}
