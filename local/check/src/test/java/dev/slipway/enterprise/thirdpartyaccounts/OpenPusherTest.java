package dev.slipway.enterprise.thirdpartyaccounts;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.pusherApp;
import static dev.slipway.local.sandbox.world.SandboxDefaults.pusherKey;
import static dev.slipway.local.sandbox.world.SandboxDefaults.pusherSecret;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.task.Bench;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** M59 against the stand-ins of Pusher and of a frontend. */
final class OpenPusherTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final OpenPusher task = new OpenPusher(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("third-party-accounts.open-pusher")
          .at("environment", "uat")
          .element(
              "pusher",
              """
              {"used":true,"appId":{"uat":"%s","production":"%s"},"cluster":"eu"}"""
                  .formatted(pusherApp("uat"), pusherApp("production")))
          .element(
              "tenants",
              """
              {"uat":{"list":[{"name":"acme","host":"acme.uat.customer.example"}]}}""")
          .secret("pusher", keys("uat"));

  private static String keys(String environment) {
    return """
        {"appId":"%s","key":"%s","secret":"%s","cluster":"eu"}"""
        .formatted(pusherApp(environment), pusherKey(environment), pusherSecret(environment));
  }

  /** The vendor enters the public key in the frontend. */
  static void enter(String key) {
    SANDBOX
        .control()
        .act(
            "set-in-express",
            Json.object()
                .put("host", "acme.uat.customer.example")
                .<ObjectNode>set(
                    "own", Json.of(Map.of("impac", Map.of("pusher", Map.of("key", key))))));
  }

  private static JsonNode events() {
    return SANDBOX.control().world().at("/pusher/apps/" + pusherApp("uat") + "/events");
  }

  @Test
  void theKeysAreTriedTheFrontendShowsTheKeyAndAnEventIsSent() {
    assertEquals(Party.CUSTOMER, waitsFor("account", bench.attempt(task)).party());
    assertEquals(Party.VENDOR, waitsFor("set", bench.answer("account").attempt(task)).party());
    bench.answer("set", "engineer", "{}");
    var unseen = failed("express.pusher-not-seen", "tenants", bench.attempt(task));
    assertTrue(unseen.message().contains("Alerts are disabled!"), unseen::message);
    enter("another");
    failed("express.pusher-not-seen", "tenants", bench.attempt(task));
    enter(pusherKey("uat"));
    String evidence = done(bench.attempt(task));
    assertFalse(evidence.contains(pusherSecret("uat")), evidence);
    assertEquals("slipway-check", events().at("/0/channels/0").asText());
    done(bench.verify(task));
    assertEquals(1, events().size());
  }

  @Test
  void theTwinsKeysAreRefused() {
    bench.answer("account").secret("pusher", keys("production"));
    failed("pusher.other-app", "credential:pusher@uat", bench.attempt(task));
  }

  @Test
  void anAppThatIsDisabledIsTold() {
    bench.answer("account");
    SANDBOX
        .control()
        .patchWorld(
            "{\"pusher\":{\"apps\":{\"%s\":{\"disabled\":true}}}}".formatted(pusherApp("uat")));
    var told = failed("pusher.not-permitted", "credential:pusher", bench.attempt(task));
    assertTrue(told.message().contains("quota"), told::message);
  }

  @Test
  void anEventIsSentOnceWhereTheProcessDiesBeforeItAndHoweverOftenItIsTriedAfterwards() {
    enter(pusherKey("uat"));
    bench.answer("account").answer("set", "engineer", "{}").crashAfterNotes(0);
    bench.attempt(task);
    done(bench.attempt(task));
    done(bench.attempt(task));
    assertEquals(1, events().size());
  }
}
