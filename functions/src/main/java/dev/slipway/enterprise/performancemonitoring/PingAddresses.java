package dev.slipway.enterprise.performancemonitoring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.task.Work;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The pings of an environment's components and frontends. */
record PingAddresses(Work work) {
  private static final List<String> COMPONENTS = List.of("mnohub", "connec", "impac", "nex");

  /** Path by host. */
  Map<String, String> all() {
    String environment = work.at("environment");
    Map<String, String> paths = new TreeMap<>();
    JsonNode hosts = work.element("component-hosts").path(environment);
    COMPONENTS.stream()
        .filter(hosts::hasNonNull)
        .forEach(component -> paths.put(hosts.path(component).asText(), "/ping"));
    work.element("tenants")
        .path(environment)
        .path("list")
        .forEach(tenant -> paths.put(tenant.path("host").asText(), "/mnoe/ping"));
    return paths;
  }
}
