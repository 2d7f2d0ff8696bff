package dev.slipway.systems.maestrano;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.ScriptedHttp;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a connector's answers are read, and Connec!'s. */
class ConnectorTest {
  private static final String HOST = "salesforce.apps.customer.example";
  private static final String ORGANIZATIONS = "GET " + HOST + "/maestrano/api/organizations";

  private final ScriptedHttp http = new ScriptedHttp();
  private final Connector connector = new Connector(http, HOST);

  private static Kind kind(Runnable question) {
    return assertThrows(SystemTrouble.class, question::run).kind();
  }

  @Test
  void theVersionIsRead() {
    http.on(
        "GET " + HOST + "/version.json",
        Response.json("{\"framework_version\":\"2.3.5\",\"env\":\"production\"}"));

    assertEquals(new Connector.Version("2.3.5", "production"), connector.version());
  }

  @Test
  void anotherApplicationIsNoConnector() {
    http.on("GET " + HOST + "/version.json", Response.json("{\"version\":\"1\"}"));

    assertEquals(Kind.NOT_UNDERSTOOD, kind(connector::version));
  }

  @Test
  void strangersAreTurnedAwayAndAnUnknownMarketplaceToo() {
    http.on(ORGANIZATIONS, Response.status(401));

    assertTrue(connector.isClosed());
    assertEquals(Kind.AUTHENTICATION_FAILED, kind(() -> connector.organizations("a", "b")));
  }

  @Test
  void theOrganisationsOfAMarketplaceAreRead() {
    http.on(
        ORGANIZATIONS,
        Response.json(
            """
            {"data":[
             {"id":"1","type":"organizations","attributes":
              {"uid":"cld-1","tenant":"customer-uat","has_account_linked":true,"sync_enabled":false}},
             {"id":"2","type":"organizations","attributes":{"uid":"cld-2"}}],
             "meta":{"record_count":2}}\
            """));

    assertEquals(
        List.of(
            new Connector.Organization("cld-1", "customer-uat", true, false),
            new Connector.Organization("cld-2", "", false, false)),
        connector.organizations("a", "b"));
    assertFalse(connector.isClosed());
  }

  @Test
  void anOrganisationThatWasNeverLinkedHasNoSynchronisation() {
    String path = "GET " + HOST + "/maestrano/customer-uat/synchronizations/cld-1";
    http.on(path, Response.status(404));
    assertTrue(connector.synchronization("a", "b", "customer-uat", "cld-1").isEmpty());

    http.on(path, Response.json("{\"status\":\"ERROR\",\"message\":\"no access\"}"));
    assertEquals(
        new Connector.Synchronization("ERROR", "no access"),
        connector.synchronization("a", "b", "customer-uat", "cld-1").orElseThrow());
  }

  @Test
  void recordsOfConnecAreCounted() {
    Connec connec = new Connec(http, "connec.customer.example", "k", "s");
    String path = "GET connec.customer.example/api/v2/cld-1/accounts";
    http.on(path, Response.json("{\"accounts\":[{}],\"pagination\":{\"count\":34}}"));
    assertEquals(34, connec.records("cld-1", "accounts"));

    http.on(path, Response.json("{\"accounts\":[]}"));
    assertEquals(0, connec.records("cld-1", "accounts"));

    http.on(path, Response.json("{\"errors\":[]}"));
    assertEquals(Kind.NOT_UNDERSTOOD, kind(() -> connec.records("cld-1", "accounts")));
  }
}
