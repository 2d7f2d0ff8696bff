package dev.slipway.systems.maestrano;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.ScriptedHttp;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import org.junit.jupiter.api.Test;

/** How the developer platform's answers are read. */
class DeveloperPlatformTest {
  private static final String UAT = "GET developer-uat.maestrano.io/api/config/v1/marketplaces";
  private static final String PRODUCTION = "GET developer.maestrano.com/api/config/v1/marketplaces";
  private static final String LINKED =
      """
      {"marketplaces":[{"marketplace":"customer-uat","environment":"for-customer",
        "app":{"host":"https://salesforce.apps.uat.customer.example"},
        "api":{"id":"app-1","key":"MARKER-key","host":"https://hub.uat.customer.example"}}]}""";

  private final ScriptedHttp http = new ScriptedHttp();
  private final DeveloperPlatform platform =
      new DeveloperPlatform(http, "uat", "env-key", "env-secret");

  private SystemTrouble trouble() {
    return assertThrows(SystemTrouble.class, platform::marketplaces);
  }

  @Test
  void theMarketplacesOfAnEnvironmentAreRead() {
    http.on(UAT, Response.json(LINKED));

    DeveloperPlatform.Marketplace only = platform.marketplaces().getFirst();

    assertEquals("customer-uat", only.name());
    assertEquals("for-customer", only.environment());
    assertEquals("app-1", only.apiId());
    assertEquals("https://hub.uat.customer.example", only.apiHost());
    assertFalse(only.toString().contains("MARKER"), only.toString());
  }

  @Test
  void anEnvironmentThatIsLinkedToNothingHasNone() {
    http.on(UAT, Response.json("{\"marketplaces\":[]}"));

    assertTrue(platform.marketplaces().isEmpty());
  }

  @Test
  void keysOfTheOtherPlatformAreInTheWrongPlace() {
    http.on(UAT, Response.status(401)).on(PRODUCTION, Response.json(LINKED));

    assertEquals(Kind.WRONG_PLACE, trouble().kind());
    assertTrue(trouble().getMessage().contains("keys of production"), trouble().getMessage());
  }

  @Test
  void keysThatNobodyKnowsAreWrong() {
    http.on(UAT, Response.status(401)).on(PRODUCTION, Response.status(401));

    assertEquals(Kind.AUTHENTICATION_FAILED, trouble().kind());
  }

  @Test
  void whatIsNoListIsNotQuotedSinceItMayHoldKeys() {
    http.on(UAT, Response.json("{\"marketplaces\":{\"api\":{\"key\":\"MARKER-key\"}}}"));
    assertEquals(Kind.NOT_UNDERSTOOD, trouble().kind());
    assertFalse((trouble().getMessage() + trouble().answered()).contains("MARKER"));

    http.on(UAT, Response.json(LINKED.substring(0, LINKED.length() - 4)));
    assertEquals(Kind.NOT_UNDERSTOOD, trouble().kind());
    assertFalse((trouble().getMessage() + trouble().answered()).contains("MARKER"));
  }
}
