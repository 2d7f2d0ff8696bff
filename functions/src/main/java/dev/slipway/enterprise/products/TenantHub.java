package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Work;

/** The hub of the environment in which a task's instance stands, as the instance's tenant. */
final class TenantHub {
  private TenantHub() {}

  /** Waits for the tenant's keys of the hub. */
  static MnoHub of(Work work, HttpPort http) {
    JsonNode keys = work.secret(MnoHub.SYSTEM);
    return new MnoHub(
        http,
        work.element("component-hosts").path(work.at("environment")).path("mnohub").asText(),
        keys.path("tenantId").asText(),
        keys.path("tenantKey").asText());
  }
}
