package dev.slipway.systems.newrelic;

import static dev.slipway.local.sandbox.world.SandboxDefaults.NEW_RELIC_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.systems.DescribedGraphQl;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.newrelic.Alerts.Rule;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * New Relic's client and stand-in, held against the schema that is written from New Relic's own Go
 * client, for New Relic publishes none.
 */
final class NerdGraphContractTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final DescribedGraphQl described = described(SANDBOX.parties().http());
  private final Set<String> sent = new HashSet<>();
  private final NerdGraph newRelic = open("us", NEW_RELIC_KEY);

  private static DescribedGraphQl described(HttpPort http) {
    return DescribedGraphQl.of(
        "/newrelic/nerdgraph.graphql",
        Map.of(
            "ApiAccessKey", "ApiAccessIngestKey",
            "Entity", "ApmApplicationEntity",
            "AiNotificationsError", "AiNotificationsResponseError"),
        http);
  }

  private NerdGraph open(String region, String key) {
    HttpPort noted =
        (HttpCall call) -> {
          sent.add(Json.parse(call.body().text()).path("query").asText());
          return described.send(call);
        };
    return new NerdGraph(noted, NerdGraph.BASES.get(region), key);
  }

  @Test
  void eachOperationIsValid() {
    for (Operation operation : Operation.values()) {
      assertEquals(List.of(), described.mistakes(operation.document()), operation::name);
    }
  }

  @Test
  void whatIsMadeIsFoundAndTakenAway() {
    assertEquals("Acme (uat)", newRelic.access().accounts().get("1000001"));
    String id = newRelic.createAccount("new", "us");
    assertEquals(id, newRelic.managedAccount("new").orElseThrow());
    users(id);
    account(id);
    alerts(id);
    assertEquals(
        Arrays.stream(Operation.values()).map(Operation::document).collect(Collectors.toSet()),
        sent,
        "each operation was asked for");
  }

  private void users(String account) {
    Users users = newRelic.users();
    control.patchWorld("{\"new-relic\":{\"us\":{\"groupsPerPage\":1}}}");
    String other = users.createGroup("others");
    String group = users.createGroup("admins");
    assertEquals(group, users.group("admins").orElseThrow());
    users.grant(group, account, "All product admin");
    assertEquals(Set.of(group), users.groupsOf(account));
    String user = users.create("Eva@customer.example", "Eva", true);
    users.add(group, user);
    Users.User found = users.user("eva@CUSTOMER.example").orElseThrow();
    assertEquals(new Users.User(user, "", Set.of(group)), found);
    control.act("sign-in-to-new-relic", Map.of("email", "eva@customer.example"));
    assertTrue(users.user("eva@customer.example").orElseThrow().lastActive().startsWith("20"));
    users.remove(group, user);
    assertEquals(Set.of(), users.user("eva@customer.example").orElseThrow().groups());
    users.delete(user);
    users.deleteGroup(group);
    users.deleteGroup(other);
    assertTrue(users.user("eva@customer.example").isEmpty());
    assertTrue(users.group("admins").isEmpty());
  }

  private void account(String id) {
    MonitoredAccount account = newRelic.account(id);
    String key = account.createLicenceKey("agents");
    assertEquals(Set.of(key), account.licenceKeys());
    account.deleteKey(key);
    assertEquals(Set.of(), account.licenceKeys());
    ObjectNode reported = Json.object().put("account", id);
    reported.putArray("applications").add("MnoHub");
    reported.putArray("hosts").add("one").add("two");
    control.act("report-to-new-relic", reported);
    assertEquals(Set.of("one", "two"), account.hosts());
    String application = account.applications().get("MnoHub");
    assertEquals(0.5, account.apdex(application));
    account.setApdex(application, 0.7);
    assertEquals(0.7, account.apdex(application));
    String monitor = account.createMonitor("hub", "https://hub.customer.example/ping", "ok");
    assertEquals(monitor, account.monitor("hub").orElseThrow());
    assertEquals(Map.of("hub", "SUCCESS"), account.checks());
    account.deleteMonitor(monitor);
    assertTrue(account.monitor("hub").isEmpty());
  }

  private void alerts(String account) {
    Alerts alerts = newRelic.alerts(account);
    String policy = alerts.createPolicy("policy");
    assertEquals(policy, alerts.policy("policy").orElseThrow());
    Rule rule =
        new Rule("SELECT count(*) FROM SystemSample FACET hostname", Rule.BELOW, 1, 300, 300);
    assertEquals(rule, Rule.fromJson(rule.toJson()));
    String condition = alerts.createCondition(policy, "host-down", rule);
    assertEquals(
        Map.of("host-down", new Alerts.Condition(condition, rule)), alerts.conditions(policy));
    Rule other = new Rule("SELECT average(duration) FROM Transaction", Rule.FROM, 2.5, 600, 0);
    alerts.updateCondition(condition, "host-down", other);
    assertEquals(other, alerts.conditions(policy).get("host-down").rule());
    String destination = alerts.createDestination("people", List.of("eva@customer.example"));
    assertEquals(destination, alerts.destination("people").orElseThrow());
    String channel = alerts.createChannel("people", destination);
    assertEquals(channel, alerts.channel("people").orElseThrow());
    String workflow = alerts.createWorkflow("people", policy, List.of("host-down"), channel);
    assertEquals(Map.of("people", workflow), alerts.workflows(policy));
    assertTrue(newRelic.account(account).incident("policy", "host-down").isEmpty());
    control.act("fire-alert", Map.of("account", account, "condition", "host-down"));
    assertEquals(
        "incident-1", newRelic.account(account).incident("policy", "host-down").orElseThrow());
    alerts.deleteWorkflow(workflow);
    alerts.deleteDestination(destination);
    alerts.deleteCondition(condition);
    assertEquals(Map.of(), alerts.conditions(policy));
    alerts.deletePolicy(policy);
    assertTrue(alerts.policy("policy").isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "TOO_MANY_REQUESTS, RATE_LIMITED",
    "ACCESS_DENIED, NOT_PERMITTED",
    "TIMEOUT, TIMED_OUT",
    "SERVER_ERROR, OUT_OF_ORDER",
    "BAD_USER_INPUT, REJECTED"
  })
  void anErrorWithinSuccessIsAnError(String code, Kind kind) {
    control.fault(
        Fault.of("new-relic", "managedAccounts", 1, Fault.Kind.OK_WITH_ERROR).withMessage(code));
    assertTrouble(kind, () -> newRelic.managedAccount("any"));
  }

  @Test
  void troubleIsToldApart() {
    assertTrouble(Kind.AUTHENTICATION_FAILED, () -> open("eu", NEW_RELIC_KEY).access());
    control.patchWorld("{\"new-relic\":{\"us\":{\"severalParents\":true}}}");
    SystemTrouble parents =
        assertTrouble(Kind.NOT_PERMITTED, () -> newRelic.createAccount("another", "us"));
    assertTrue(parents.getMessage().contains("multiple parent"), parents.getMessage());
    control.patchWorld(
        "{\"new-relic\":{\"us\":{\"domains\":{\"domain-1\":{\"provisioningType\":\"SCIM\"}}}}}");
    assertTrouble(
        Kind.NOT_PERMITTED, () -> newRelic.users().create("eva@customer.example", "Eva", false));
    assertTrouble(Kind.NOT_FOUND, () -> newRelic.account("1000001").setApdex("no-guid", 1));
    assertTrouble(
        Kind.REJECTED,
        () ->
            newRelic
                .alerts("1000001")
                .createCondition("1", "bad", new Rule("SELECT nothing", Rule.FROM, 1, 60, 0)));
    assertTrouble(Kind.NOT_PERMITTED, () -> newRelic.account("7").hosts());
  }

  @Test
  void tooOftenIsToldByStatusAsWell() {
    NerdGraph plain =
        new NerdGraph(SANDBOX.parties().http(), NerdGraph.BASES.get("us"), NEW_RELIC_KEY);
    control.fault(Fault.of("new-relic", "accounts", 1, Fault.Kind.STATUS_429));
    assertTrouble(Kind.RATE_LIMITED, plain::access);
    control.fault(Fault.of("new-relic", "accounts", 1, Fault.Kind.HTML));
    assertTrouble(Kind.NOT_UNDERSTOOD, plain::access);
  }

  private static SystemTrouble assertTrouble(
      Kind kind, org.junit.jupiter.api.function.Executable call) {
    SystemTrouble trouble = assertThrows(SystemTrouble.class, call);
    assertEquals(kind, trouble.kind(), trouble::getMessage);
    return trouble;
  }
}
