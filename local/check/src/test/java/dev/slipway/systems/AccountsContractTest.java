package dev.slipway.systems;

import static dev.slipway.local.sandbox.world.SandboxDefaults.EXCHANGE_RATES_ID;
import static dev.slipway.local.sandbox.world.SandboxDefaults.GOOGLE_MAPS_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.JIRA_HOST;
import static dev.slipway.local.sandbox.world.SandboxDefaults.JIRA_TOKEN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.JIRA_USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.check.TestServiceAccount;
import dev.slipway.systems.analytics.GoogleAnalytics;
import dev.slipway.systems.jira.Jira;
import dev.slipway.systems.maps.GoogleMaps;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.rates.RatesAccount;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients and stand-ins of M54, M57, M58 and M60, held against the vendors' descriptions. */
final class AccountsContractTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final HttpPort http = SANDBOX.parties().http();

  @Test
  void openExchangeRatesIsAskedForItsUsage() {
    HttpPort described = DescribedApi.of("oxr.yaml", http).below("/api");
    assertEquals(0, new RatesAccount(described, EXCHANGE_RATES_ID).usage().requests());
    assertThrows(SystemTrouble.class, () -> new RatesAccount(described, "wrong").usage());
  }

  @Test
  void googleMapsLocatesAnAddress() {
    HttpPort described = DescribedApi.of("google-maps-openapi3.json", http);
    assertEquals(GoogleMaps.Use.HERE, new GoogleMaps(described, GOOGLE_MAPS_KEY).locate());
    assertThrows(SystemTrouble.class, () -> new GoogleMaps(described, "wrong-key").locate());
  }

  @Test
  void jiraTellsPermissions() {
    Jira jira =
        new Jira(DescribedApi.of("jira-platform-v3.json", http), JIRA_HOST, JIRA_USER, JIRA_TOKEN);
    assertEquals("5andb0x:lead", jira.myself());
    assertTrue(jira.mayAdminister(Optional.of("CUST")));
    assertTrue(jira.mayAdminister(Optional.empty()));
    assertThrows(SystemTrouble.class, () -> jira.mayAdminister(Optional.of("NONE")));
  }

  @Test
  void aPropertyAndItsStreamAreMadeOnceAndTrashed() {
    GoogleAnalytics google =
        GoogleAnalytics.open(
            DescribedApi.of("analyticsadmin.v1beta.json", http).at("analyticsadmin.googleapis.com"),
            Clock.systemUTC(),
            TestServiceAccount.in(SANDBOX.control()).file());
    String account = google.accounts().getFirst().name();
    String property = google.ensureProperty(account, "acme-uat");
    assertEquals(property, google.ensureProperty(account, "acme-uat"));
    String id = google.ensureStream(property, "https://acme.uat.customer.example");
    assertEquals(id, google.ensureStream(property, "https://acme.uat.customer.example"));
    assertTrue(id.startsWith("G-"), id);
    google.trash(property);
    assertTrue(google.property(account, "acme-uat").isEmpty());
  }
}
