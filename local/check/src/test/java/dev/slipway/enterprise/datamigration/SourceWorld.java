package dev.slipway.enterprise.datamigration;

import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantId;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantKey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Files;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.systems.net.Bytes;
import dev.slipway.task.Bench;
import java.nio.charset.StandardCharsets;

/**
 * A source: in the shared hub the tenant acme with org-a (Xero connected, Salesforce) and
 * org-stays, Ann of org-a alone and Bob of both; and Salesforce's connector, which knows cld-2 of
 * org-a.
 */
final class SourceWorld {
  static final String OPEN = "2000-01-01T00:00:00Z";
  static final String NEVER = "2100-01-01T00:00:00Z";

  private static final String HUB =
      """
      {"maestrano":{"hubs":{"shared":{
        "organizations":[
          {"id":"1","tenant":"acme","uid":"org-a","name":"A","account_frozen":false},
          {"id":"2","tenant":"acme","uid":"org-stays","name":"S","account_frozen":false}],
        "users":[
          {"id":"3","tenant":"acme","uid":"usr-3","email":"ann@acme.example","organizations":["1"]},
          {"id":"4","tenant":"acme","uid":"usr-4","email":"bob@acme.example","organizations":["1","2"]},
          {"id":"5","tenant":"acme","uid":"usr-5","email":"eve@acme.example","organizations":["2"]}],
        "app_instances":[
          {"id":"6","tenant":"acme","uid":"cld-1","app_nid":"xero","stack":"connector","owner_id":"1",
           "owner_type":"Organization","status":"running","oauth_keys_valid":true},
          {"id":"7","tenant":"acme","uid":"cld-2","app_nid":"salesforce","stack":"cloud","owner_id":"1",
           "owner_type":"Organization","status":"running","oauth_keys_valid":false},
          {"id":"8","tenant":"acme","uid":"cld-9","app_nid":"xero","stack":"connector","owner_id":"2",
           "owner_type":"Organization","status":"running","oauth_keys_valid":true}]}},
       "connectors":{"salesforce.connectors.example":{
        "marketplaces":[
          {"marketplace":"vendor-shared","api":{"id":"old-id","key":"old-key"}},
          {"marketplace":"customer-production","api":{"id":"new-id","key":"new-key"}}],
        "organizations":[
          {"uid":"cld-2","tenant":"vendor-shared","has_account_linked":true,"sync_enabled":true,"status":"SUCCESS"},
          {"uid":"cld-of-others","tenant":"vendor-shared","has_account_linked":true,"sync_enabled":true,"status":"SUCCESS"}]}}}}\
      """;

  private final RunningSandbox sandbox;

  SourceWorld(RunningSandbox sandbox) {
    this.sandbox = sandbox;
    sandbox.control().patchWorld(HUB);
  }

  static String migration(String window, String more) {
    return """
    {"wanted":true,"sourceTenant":"acme","targetTenant":"acme","organisations":["org-a"],
     "consent":{"by":"p@acme.example","on":"2026-11-02","document":"%s","destruction":true},
     "cutOver":%s,%s}\
    """
        .formatted("a".repeat(64), window, more);
  }

  static String window(String from, String to) {
    return "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(from, to);
  }

  /** With what the rows of the migration are given. */
  Bench bench(String task) {
    String connector =
        """
        {"host":"salesforce.connectors.example","marketplace":"vendor-shared","apiId":"old-id",
         "apiKey":"old-key","targetApiId":"new-id","targetApiKey":"new-key"}\
        """;
    return new Bench(task)
        .element("migration", migration(window(OPEN, NEVER), "\"after\":\"freeze\""))
        .element(
            "application-facts",
            """
            {"xero":{"integration":"connec-connector"},
             "salesforce":{"integration":"cloud-connector"}}\
            """)
        .element(
            "marketplaces", "{\"uat\":\"customer-uat\",\"production\":\"customer-production\"}")
        .secret(
            "source-tenant",
            "{\"host\":\"shared.vendor.example\",\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
                .formatted(hubTenantId("shared", "acme"), hubTenantKey("shared", "acme")))
        .secret("connector-admin", connector)
        .secret("connector-admin@salesforce", connector);
  }

  /** Keeps lists as files of the bench. */
  static ListArchive archive(Bench bench) {
    return (onboarding, name, text) -> {
      String sha256 = Files.sha256(text.getBytes(StandardCharsets.UTF_8));
      bench.file(sha256, Bytes.of(text));
      return sha256;
    };
  }

  /** A record of the shared hub. */
  JsonNode hub(String table, int index) {
    return sandbox.control().world().at("/maestrano/hubs/shared/" + table + "/" + index);
  }

  int count(String table) {
    return sandbox.control().world().at("/maestrano/hubs/shared/" + table).size();
  }

  /** An organisation as the connector has it. */
  JsonNode connector(int index) {
    return sandbox
        .control()
        .world()
        .path("maestrano")
        .path("connectors")
        .path("salesforce.connectors.example")
        .path("organizations")
        .path(index);
  }

  void patchHub(String json) {
    sandbox.control().patchWorld("{\"maestrano\":{\"hubs\":{\"shared\":%s}}}".formatted(json));
  }

  void patchConnector(String json) {
    sandbox
        .control()
        .patchWorld(
            "{\"maestrano\":{\"connectors\":{\"salesforce.connectors.example\":%s}}}"
                .formatted(json));
  }

  /** A person acts at the hub's console. */
  void atHub(String act) {
    sandbox
        .control()
        .act(
            act, Json.MAPPER.createObjectNode().put("environment", "shared").put("tenant", "acme"));
  }

  /** A person acts at the connector. */
  void atConnector(String act, String... fields) {
    var details = Json.MAPPER.createObjectNode().put("host", "salesforce.connectors.example");
    for (int i = 0; i < fields.length; i += 2) {
      details.put(fields[i], fields[i + 1]);
    }
    sandbox.control().act(act, details);
  }
}
