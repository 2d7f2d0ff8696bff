package dev.slipway.systems;

import static dev.slipway.local.sandbox.world.SandboxDefaults.BRAINTREE_PRIVATE_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.BRAINTREE_PUBLIC_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.EXCHANGE_RATES_ID;
import static dev.slipway.local.sandbox.world.SandboxDefaults.GOOGLE_MAPS_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.JIRA_HOST;
import static dev.slipway.local.sandbox.world.SandboxDefaults.JIRA_TOKEN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.JIRA_USER;
import static dev.slipway.local.sandbox.world.SandboxDefaults.intercomApp;
import static dev.slipway.local.sandbox.world.SandboxDefaults.intercomToken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.check.TestServiceAccount;
import dev.slipway.systems.analytics.GoogleAnalytics;
import dev.slipway.systems.intercom.Intercom;
import dev.slipway.systems.jira.Jira;
import dev.slipway.systems.maps.GoogleMaps;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.payment.Braintree;
import dev.slipway.systems.payment.Braintree.Transaction;
import dev.slipway.systems.rates.RatesAccount;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients and stand-ins of M53, M54, M56–M58 and M60, held against the vendors' descriptions. */
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

  @Test
  void intercomTellsItsWorkspaceItsTeamAndItsEvents() {
    HttpPort described = DescribedApi.of("intercom-2.14.yaml", http);
    Intercom intercom = new Intercom(described, Intercom.BASES.get("eu"), intercomToken("uat"));
    assertEquals(intercomApp("uat"), intercom.workspace().appId());
    assertEquals(1, intercom.teammates().size());
    assertTrue(intercom.contact("slipway-1").isEmpty());
    String id = intercom.createContact("slipway-1", "Slipway's check");
    assertEquals(Optional.of(id), intercom.contact("slipway-1"));
    assertFalse(intercom.lists("slipway-check", "slipway-1"));
    intercom.send("slipway-check", Instant.now(), "slipway-1");
    assertTrue(intercom.lists("slipway-check", "slipway-1"));
    intercom.deleteContact(id);
    Intercom elsewhere = new Intercom(described, Intercom.BASES.get("us"), intercomToken("uat"));
    assertThrows(SystemTrouble.class, elsewhere::teammates);
  }

  @Test
  void braintreeAuthorisesFindsAndReversesAPayment() throws IOException {
    HttpPort described = DescribedGraphQl.of("braintree.graphql", http);
    Braintree braintree = braintree(described, BRAINTREE_PRIVATE_KEY);
    assertEquals("ACTIVE", braintree.merchant().status());
    Transaction held = braintree.authorize("customer_aud", "order-1");
    assertTrue(held.isAuthorized());
    assertEquals(List.of(held), braintree.transactions("order-1"));
    assertTrue(braintree.reverse(held.id()).isVoided());
    assertThrows(SystemTrouble.class, () -> braintree.reverse(held.id()));
    assertThrows(SystemTrouble.class, () -> braintree.authorize("no_account", "order-2"));
    Braintree stranger = braintree(described, "wrong-key");
    assertThrows(SystemTrouble.class, stranger::merchant);
  }

  private static Braintree braintree(HttpPort http, String privateKey) {
    return new Braintree(http, Braintree.BASES.get("sandbox"), BRAINTREE_PUBLIC_KEY, privateKey);
  }
}
