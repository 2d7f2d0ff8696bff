package dev.slipway.enterprise.performancemonitoring;

import static dev.slipway.local.sandbox.world.SandboxDefaults.NEW_RELIC_KEY;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.task.Bench;
import java.util.List;
import java.util.Map;

/** An environment that is monitored, for the tests of M36 and M37. */
record Monitored(SandboxControl control, Bench bench) {
  static final List<String> AGENTS = List.of("MnoHub", "Connec! API", "Connec! Jobs", "Impac!");

  /** The environment uat. */
  static Monitored of(SandboxControl control, String task) {
    return new Monitored(
        control,
        new Bench(task)
            .at("environment", "uat")
            .element("monitoring", "{\"system\":\"new-relic\",\"account\":\"new-sub-account\"}")
            .element(
                "monitoring-users",
                """
                [{"name":"Otto Operator","email":"otto@customer.example","role":"admin"},
                 {"name":"Anna Example","email":"Anna@customer.example","role":"user"}]""")
            .element(
                "component-hosts",
                """
                {"uat":{"mnohub":"hub.uat.customer.example",
                  "connec":"connec.uat.customer.example",
                  "impac":"impac.uat.customer.example","nex":"nex.uat.customer.example"}}""")
            .element(
                "tenants",
                "{\"uat\":{\"list\":[{\"name\":\"acme\",\"host\":\"acme.uat.customer.example\"}]}}")
            .element("hosts", "[{\"name\":\"uat-hub-1\"},{\"name\":\"uat-connec-1\"}]")
            .element("infrastructure", "{\"reach\":\"public\"}")
            .secret("new-relic", "{\"apiKey\":\"" + NEW_RELIC_KEY + "\"}"));
  }

  /** The one account of the world with this ending, as New Relic knows it. */
  JsonNode account(String ending) {
    return control
        .world()
        .at("/new-relic/us/accounts")
        .valueStream()
        .filter(account -> account.path("name").asText().endsWith(ending))
        .findFirst()
        .orElseThrow();
  }

  /** A table of the organization. */
  JsonNode organization(String table) {
    return control.world().at("/new-relic/us/" + table);
  }

  /** Patches the organization. */
  void patch(String json) {
    control.patchWorld("{\"new-relic\":{\"us\":" + json + "}}");
  }

  /** Has agents of applications and machines report. */
  void report(String account, List<String> applications, List<String> hosts) {
    ObjectNode details = Json.object().put("account", account);
    details.set("applications", Json.texts(applications));
    details.set("hosts", Json.texts(hosts));
    control.act("report-to-new-relic", details);
  }

  /** The same of all that are expected. */
  void reportAll(String account) {
    report(account, AGENTS, List.of("UAT-hub-1", "uat-connec-1"));
  }

  void signIn(String email) {
    control.act("sign-in-to-new-relic", Map.of("email", email));
  }
}
