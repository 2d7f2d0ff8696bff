package dev.slipway.enterprise.thirdpartyaccounts;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.check.TestServiceAccount;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.task.Bench;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M57 against the stand-ins of Google and of a frontend. */
final class OpenGoogleAnalyticsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final OpenGoogleAnalytics task =
      new OpenGoogleAnalytics(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("third-party-accounts.open-google-analytics")
          .at("environment", "uat")
          .element("analytics", "{\"container\":\"GTM-ABC1234\"}")
          .element(
              "tenants",
              """
              {"uat":{"list":[{"name":"acme","host":"acme.uat.customer.example"}]}}""")
          .answer("account");

  private Bench withServiceAccount() {
    return bench.secret(
        "google-analytics",
        Json.object().put("serviceAccount", TestServiceAccount.in(control).file()).toString());
  }

  private void publish(String id) {
    control.act("publish-tag", Map.of("container", "GTM-ABC1234", "measurementId", id));
  }

  private void enter(String container) {
    control.act(
        "set-in-express",
        Json.object()
            .put("host", "acme.uat.customer.example")
            .<ObjectNode>set("own", Json.of(Map.of("google_tag_container", container))));
  }

  private JsonNode properties() {
    return control.world().at("/google-analytics-admin/properties");
  }

  @Test
  void aPropertyIsMadeAndPeopleDoTheRest() {
    withServiceAccount();
    Outcome.Waiting container = waitsFor("container", bench.attempt(task));
    assertEquals(Party.CUSTOMER, container.party());
    assertTrue(container.instructions().contains("G-5ANDB0X101"), container::instructions);
    assertEquals("acme-uat", properties().at("/0/displayName").asText());

    Outcome.Waiting missing = waitsFor("container", bench.answer("container").attempt(task));
    assertEquals("analytics.tag-missing", missing.problem().code());
    publish("G-5ANDB0X101");
    assertEquals(Party.VENDOR, waitsFor("set", bench.answer("container").attempt(task)).party());
    Outcome.Waiting unseen = waitsFor("set", bench.answer("set", "engineer", "{}").attempt(task));
    assertEquals("express.analytics-not-seen", unseen.problem().code());
    enter("GTM-ABC1234");
    waitsFor("hit", bench.answer("set", "engineer", "{}").attempt(task));
    done(bench.answer("hit").attempt(task));
    done(bench.verify(task));
  }

  @Test
  void anIdThatIsGivenIsLookedUpAndNothingIsMade() {
    withServiceAccount()
        .element("analytics", "{\"container\":\"GTM-ABC1234\",\"measurementId\":\"G-5ANDB0X999\"}");
    failed("analytics.id-unknown", "analytics", bench.attempt(task));
    assertEquals(0, properties().size());
  }

  @Test
  void withoutAServiceAccountThePersonGivesTheId() {
    waitsFor("property", bench.attempt(task));
    bench
        .answer("property")
        .element("analytics", "{\"container\":\"GTM-ABC1234\",\"measurementId\":\"G-5ANDB0X999\"}");
    waitsFor("container", bench.attempt(task));
  }

  @Test
  void amongSeveralAccountsOneHasToBeNamed() {
    withServiceAccount();
    control.patchWorld(
        """
        {"google-analytics-admin":{"accounts":[
          {"account":"accounts/100","displayName":"One"},
          {"account":"accounts/200","displayName":"Two"}]}}""");
    failed("analytics.account", "analytics", bench.attempt(task));
    bench.element("analytics", "{\"container\":\"GTM-ABC1234\",\"account\":\"200\"}");
    waitsFor("container", bench.attempt(task));
    assertEquals("accounts/200", properties().at("/0/parent").asText());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void whereverTheProcessDiesThePropertyIsMadeOnceAndTrashed(int notes) {
    withServiceAccount().crashAfterNotes(notes);
    SANDBOX.loseAnswerOf(
        "google-analytics-admin", "POST analyticsadmin.googleapis.com/v1beta/properties");
    for (int again = 0; again < 3; again++) {
      bench.attempt(task);
    }
    waitsFor("container", bench.attempt(task));
    assertEquals(1, properties().size());
    assertTrue(done(bench.putBack(task)).contains("in the trash"));
    assertEquals(0, properties().size());
    done(bench.putBack(task));
  }

  @Test
  void aPropertyThatWasThereIsAdoptedAndKept() {
    withServiceAccount();
    control.patchWorld(
        """
        {"google-analytics-admin":{"properties":[{"id":"7","name":"properties/7",
          "parent":"accounts/100","displayName":"acme-uat"}]}}""");
    waitsFor("container", bench.attempt(task));
    assertTrue(done(bench.putBack(task)).contains("nothing had been made"));
    assertEquals(1, properties().size());
  }
}
