package dev.slipway.systems.maestrano;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.ScriptedHttp;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How Nex!'s answers are read, and that no value of an app's variables gets out. */
class NexTest {
  private static final String APPS = "nex.customer.example/api/v1/apps";
  private static final String DOMAINS = "nex.customer.example/api/v1/domains";
  private static final String APP =
      """
      {"id":"7","type":"apps","attributes":{"name":"salesforce-uat","image":"vendor/salesforce",
        "image_tag":"2.3.5","nodes":1,"vars":{"SIDEKIQ_PASSWORD":"MARKER-password"}}}""";
  private static final Nex.App KNOWN =
      new Nex.App(
          "7", "salesforce-uat", "vendor/salesforce", "2.3.5", 1, Set.of("SIDEKIQ_PASSWORD"));
  private static final Nex.NewApp WANTED =
      new Nex.NewApp(
          "salesforce-uat",
          "vendor/salesforce",
          "2.3.5",
          1,
          Map.of("SIDEKIQ_PASSWORD", "MARKER-password"));

  private final ScriptedHttp http = new ScriptedHttp();
  private final Nex nex = new Nex(http, URI.create("https://nex.customer.example"), "key");

  private static Response list(String... records) {
    return Response.json("{\"data\":[" + String.join(",", records) + "]}");
  }

  private static SystemTrouble trouble(Runnable question) {
    return assertThrows(SystemTrouble.class, question::run);
  }

  @Test
  void ofVariablesOnlyTheNamesAreRead() {
    http.on("GET " + APPS, list(APP));

    assertEquals(KNOWN, nex.app("salesforce-uat").orElseThrow());
  }

  @Test
  void aFilterThatIsIgnoredFindsNoOtherApp() {
    http.on("GET " + APPS, list(APP));

    assertTrue(nex.app("vend-uat").isEmpty());
  }

  @Test
  void anAppIsSentInTheFormOfJsonApi() {
    http.on("GET " + APPS, list()).on("POST " + APPS, Response.json("{\"data\":" + APP + "}"));

    assertEquals(KNOWN, nex.create(WANTED));

    String sent = http.calls().getLast().body().text();
    assertTrue(sent.startsWith("{\"data\":{\"type\":\"apps\",\"attributes\":{"), sent);
    assertEquals("application/vnd.api+json", http.calls().getLast().headers().get("Content-Type"));
  }

  @Test
  void noTroubleQuotesVariables() {
    String refusal =
        "{\"errors\":[{\"title\":\"Invalid\",\"detail\":\"vars MARKER-password is wrong\"}]}";
    for (Response answer :
        List.of(
            Response.json(refusal).as(422),
            Response.json(APP).as(500),
            Response.json("{\"what\":" + APP + "}"))) {
      http.on("GET " + APPS, list()).on("POST " + APPS, answer);
      assertQuotesNothing(trouble(() -> nex.create(WANTED)));
    }
    http.on("GET " + APPS, Response.json("{\"what\":" + APP + "}"));
    assertQuotesNothing(trouble(() -> nex.app("salesforce-uat")));
  }

  private static void assertQuotesNothing(SystemTrouble trouble) {
    String all = trouble.getMessage() + trouble.answered();
    assertFalse(all.contains("MARKER"), all);
  }

  @Test
  void aHostThatLeadsToAnotherAppIsRefused() {
    http.on(
        "GET " + DOMAINS,
        list(
            """
            {"id":"3","type":"domains","attributes":{"cname":"salesforce.apps.customer.example"},
              "relationships":{"origin":{"data":{"type":"apps","id":"8"}}}}"""));

    SystemTrouble trouble = trouble(() -> nex.addDomain("salesforce.apps.customer.example", KNOWN));

    assertEquals(Kind.REJECTED, trouble.kind());
  }

  @Test
  void whatIsGoneIsRemoved() {
    http.on("DELETE " + APPS + "/7", Response.status(404));

    nex.removeApp("7");

    assertEquals(1, http.calls().size());
  }
}
