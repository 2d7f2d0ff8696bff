package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A host of an environment.
 *
 * @param name the host name; of applications on Nex! a wildcard
 * @param component to which it leads: {@code mnohub}, {@code connec}, {@code impac}, {@code nex},
 *     {@code nexApps}, or of a tenant {@code frontend}
 * @param field the field of an element that names it
 */
record EnvironmentHost(String name, String component, String field) {
  private static final List<String> COMPONENTS =
      List.of("mnohub", "connec", "impac", "nex", "nexApps");

  /** All hosts of one environment, as {@code component-hosts} and {@code tenants} name them. */
  static List<EnvironmentHost> all(JsonNode elements, String environment) {
    List<EnvironmentHost> hosts = new ArrayList<>();
    JsonNode components = elements.path("component-hosts").path(environment);
    for (String component : COMPONENTS) {
      if (components.has(component)) {
        hosts.add(
            new EnvironmentHost(
                components.path(component).asText(),
                component,
                "component-hosts." + environment + "." + component));
      }
    }
    JsonNode tenants = elements.path("tenants").path(environment).path("list");
    for (int i = 0; i < tenants.size(); i++) {
      hosts.add(
          new EnvironmentHost(
              tenants.path(i).path("host").asText(),
              "frontend",
              "tenants." + environment + ".list[" + i + "].host"));
    }
    return hosts;
  }
}
