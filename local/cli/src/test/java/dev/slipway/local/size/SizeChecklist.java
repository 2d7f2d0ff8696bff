package dev.slipway.local.size;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A checklist of the size that the enterprise checklist has at its most: 20 tenants in each of two
 * environments and 40 applications make 548 instances of 41 tasks. Each task reads five elements,
 * and of two of them every instance its own part.
 */
final class SizeChecklist {
  static final String NAME = "size-environment";
  static final int INSTANCES = 548;

  private static final String HEAD =
      """
      name: size-environment
      version: 1.0.0
      title: Size
      dimensions:
        environment: {keys: '["uat", "production"]', most: 2}
        component:
          of: [environment, component]
          most: 8
          keys: '["uat", "production"].($e := $; ["hub", "data", "board", "host"].($e & "." & $))'
        tenant: {of: [environment, tenant], most: 40, keys: '["uat", "production"].($e := $; $$.tenants.($e & "." & $))'}
        app: {keys: '[apps.id]', most: 40}
        app-environment: {of: [environment, app], most: 80, keys: '["uat", "production"].($e := $; $$.apps.($e & "." & id))'}
        connec: {of: [environment, app], most: 20, keys: '["uat", "production"].($e := $; $$.apps[kind = "connec"].($e & "." & id))'}
        cloud: {of: [environment, app], most: 20, keys: '["uat", "production"].($e := $; $$.apps[kind = "cloud"].($e & "." & id))'}
        third: {of: [app], most: 10, keys: '[apps[kind = "third"].id]'}
        moved: {of: [app], most: 15, keys: '[apps[kind in ["cloud", "special"]].id]'}
      promotion: {axis: environment, from: uat, to: production}
      sections: [infrastructure, products, applications, connectors, operation, migration]
      """;

  private static final String ELEMENTS =
      """
      elements:
        - {id: settings, title: Settings, guidance: All instances read the whole., schema: {type: object}}
        - id: tenants
          title: Tenants
          guidance: Their names.
          parts: {tenant: 'tenants[$ = $tenant]'}
          schema: {type: array, items: {type: string}}
        - id: apps
          title: Applications
          guidance: The applications and how each is linked.
          parts: {app: 'apps[id = $app]'}
          schema: {type: array, items: {type: object}}
        - id: hosts
          title: Hosts
          guidance: Every instance reads another part.
          parts: &each
            environment: $environment & hosts.domain & limits.most
            component: $environment & $component & hosts.domain & limits.most
            tenant: $environment & $tenant & hosts.domain & limits.most
            app: $app & hosts.domain & limits.most
            app-environment: $environment & $app & hosts.domain & limits.most
          schema: {type: object}
        - id: limits
          title: Limits
          guidance: Every instance reads another part.
          parts: *each
          schema: {type: object}
      """;

  private final StringBuilder section = new StringBuilder();
  private int rows;

  private SizeChecklist() {}

  /** Its files. */
  static ChecklistSource source() {
    Map<String, String> files = new LinkedHashMap<>();
    SizeChecklist all = new SizeChecklist();
    files.put("checklist.yaml", HEAD);
    files.put(
        "infrastructure.yaml",
        all.section("infrastructure", ELEMENTS)
            .task("provision-account", "environment", "")
            .task("provision-urls", "environment", "infrastructure.provision-account")
            .task("provision-certificates", "environment", "infrastructure.provision-urls")
            .text());
    files.put(
        "products.yaml",
        all.section("products", "")
            .promoted("deploy-stack", "component", "infrastructure.provision-certificates")
            .promoted("deploy-express", "tenant", "products.deploy-stack")
            .promoted("set-features", "tenant", "products.deploy-express")
            .task("grant-tenant-rights", "tenant", "products.deploy-express")
            .task("create-support-account", "tenant", "products.deploy-express")
            .task("grant-platform-rights", "environment", "products.deploy-stack")
            .text());
    files.put(
        "applications.yaml",
        all.section("applications", "")
            .task("check-platform", "app", "")
            .task("check-integration", "app", "applications.check-platform")
            .promoted("link-marketplace", "app-environment", "applications.check-integration")
            .promoted("link-tenants", "app-environment", "applications.link-marketplace")
            .text());
    files.put(
        "connectors.yaml",
        all.section("connectors", "")
            .task("configure-connector", "connec", "")
            .task("add-environment", "cloud", "")
            .task("deploy-connector", "cloud", "connectors.add-environment")
            .task("check-multi-marketplace", "third", "")
            .task("request-migration", "third", "connectors.check-multi-marketplace")
            .text());
    all.section("operation", "");
    for (int i = 0; i < 11; i++) {
      all.task("set-up-" + letter(i), "environment", "products.deploy-stack");
    }
    for (int i = 11; i < 22; i++) {
      all.task("open-" + letter(i), "", "");
    }
    files.put("operation.yaml", all.text());
    files.put(
        "migration.yaml",
        all.section("migration", "")
            .task("disconnect-accounts", "", "products.deploy-express")
            .task("dump-data", "", "migration.disconnect-accounts")
            .task("freeze", "", "migration.dump-data")
            .task("compare", "", "migration.dump-data")
            .task("dump-connectors", "moved", "migration.dump-data")
            .text());
    return new ChecklistSource(files);
  }

  private static String letter(int number) {
    return String.valueOf((char) ('a' + number));
  }

  private SizeChecklist section(String id, String elements) {
    section.setLength(0);
    section.append("id: %s\ntitle: %s\n%stasks:\n".formatted(id, id, elements));
    return this;
  }

  private SizeChecklist task(String id, String per, String after) {
    return task(id, per, "", after);
  }

  private SizeChecklist promoted(String id, String per, String after) {
    return task(id, per, "    promote: true\n", after);
  }

  private SizeChecklist task(String id, String per, String more, String after) {
    section.append(
        """
          - id: %s
            row: Z%02d
            title: %s
            requirement: mandatory
            mode: automatic
            inputs: [settings, tenants, apps, hosts, limits]
            guidance: It is done.
            documentation: https://docs.example/
        """
            .formatted(id, ++rows, id));
    section.append(per.isEmpty() ? "" : "    per: " + per + "\n").append(more);
    section.append(after.isEmpty() ? "" : "    dependsOn: [" + after + "]\n");
    section.append(
        "    steps: [{id: do, title: It is done, mode: automatic, instructions: It is done., check:"
            + " It is there.}]\n");
    return this;
  }

  private String text() {
    return section.toString();
  }

  /** Values of the elements at their most. */
  static Map<String, Object> values() {
    ArrayNode tenants = Json.MAPPER.createArrayNode();
    for (int i = 0; i < 20; i++) {
      tenants.add("tenant-%02d".formatted(i));
    }
    ArrayNode apps = Json.MAPPER.createArrayNode();
    for (int i = 0; i < 40; i++) {
      String kind =
          i < 10 ? "connec" : i < 20 ? "cloud" : i < 25 ? "special" : i < 35 ? "third" : "hosted";
      apps.add(Json.MAPPER.createObjectNode().put("id", "app-%02d".formatted(i)).put("kind", kind));
    }
    ObjectNode settings = Json.MAPPER.createObjectNode().put("version", 1);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("tenants", tenants);
    values.put("apps", apps);
    values.put("settings", settings);
    values.put("hosts", Map.of("domain", ".hoster.example"));
    values.put("limits", Map.of("most", 100));
    return values;
  }
}
