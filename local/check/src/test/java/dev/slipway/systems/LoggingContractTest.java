package dev.slipway.systems;

import static dev.slipway.local.sandbox.world.SandboxDefaults.SPLUNK_HOST;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SPLUNK_PASSWORD;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SPLUNK_USER;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SUMO_LOGIC_ID;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SUMO_LOGIC_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.check.RunningSandbox;
import dev.slipway.systems.logging.LogSystem;
import dev.slipway.systems.logging.LogSystem.Alert;
import dev.slipway.systems.logging.LogSystem.Person;
import dev.slipway.systems.logging.LogSystem.Role;
import dev.slipway.systems.logging.SplunkEnterprise;
import dev.slipway.systems.logging.SumoLogic;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.rest.Authentication;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients and stand-ins of M39 to M42, held against the descriptions: Sumo Logic's own, which has
 * no collectors and no searches; of Splunk Enterprise's REST API one by others, which has search
 * jobs, inputs and the HTTP Event Collector.
 */
final class LoggingContractTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final Person ANNA =
      new Person("Anna Maria Example", "anna@example.com", Role.ADMIN);

  private final HttpPort http = SANDBOX.parties().http();

  private LogSystem sumoLogic() {
    return SumoLogic.following(
        DescribedApi.of("sumologic-api.yaml", http).below("/api"),
        InstantSource.system(),
        "eu",
        SUMO_LOGIC_ID,
        SUMO_LOGIC_KEY);
  }

  @Test
  void sumoLogicTellsItsPlanAndItsUsers() {
    LogSystem logs = sumoLogic();
    assertEquals("plan Paid", logs.account());
    assertTrue(logs.user(ANNA).isEmpty());
    String id = logs.invite(ANNA);
    assertEquals(id, logs.user(ANNA).orElseThrow().id());
    assertThrows(SystemTrouble.class, () -> logs.invite(ANNA));
    SANDBOX.control().act("sign-in-to-sumo-logic", Map.of("email", ANNA.email()));
    assertTrue(logs.user(ANNA).orElseThrow().lastSignIn().isPresent());
    logs.removeUser(id);
    assertTrue(logs.user(ANNA).isEmpty());
  }

  @Test
  void sumoLogicListsAccessKeys() {
    SANDBOX.control().act("make-sumo-logic-key", Map.of("label", "slipway-uat"));
    assertTrue(sumoLogic().collectorKey("uat").isPresent());
    assertTrue(sumoLogic().collectorKey("production").isEmpty());
  }

  @Test
  void aMonitorIsMadeChangedAndRemoved() {
    LogSystem logs = sumoLogic();
    Alert alert =
        new Alert("slipway-uat Errors", "error", 10, 15, List.of("otto@customer.example"));
    logs.putAlert(alert);
    assertEquals(alert, logs.alert(alert.name()).orElseThrow());
    assertFalse(logs.hasFired(alert.name()));
    Alert other = new Alert(alert.name(), "fatal", 1, 60, List.of("lea@customer.example"));
    logs.putAlert(other);
    assertEquals(other, logs.alert(alert.name()).orElseThrow());
    assertThrows(
        SystemTrouble.class,
        () -> logs.putAlert(new Alert("slipway-uat x", "(", 1, 60, List.of("a@b.example"))));
    logs.removeAlert(alert.name());
    assertTrue(logs.alert(alert.name()).isEmpty());
  }

  @Test
  void splunkTakesALineAndFindsIt() {
    Authentication login = Authentication.basic(SPLUNK_USER, SPLUNK_PASSWORD);
    new SplunkEnterprise(http, SPLUNK_HOST, login).makeEndpoint("uat");
    LogSystem logs =
        new SplunkEnterprise(DescribedApi.of("splunk-enterprise.yaml", http), SPLUNK_HOST, login);
    assertTrue(logs.endpoint("uat").isPresent());
    logs.send("uat", "a line with 4711");
    assertTrue(logs.hasLine("uat", "4711"));
    assertFalse(logs.hasLine("uat", "4712"));
    assertFalse(logs.machines(List.of("uat-mnohub-1")).getFirst().isAlive());
    assertEquals("port 9997 receives from forwarders", logs.collectorKey("uat").orElseThrow());
  }
}
