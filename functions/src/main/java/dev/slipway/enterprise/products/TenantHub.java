package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Work;

/** The hub of the environment in which a task's instance stands, as the instance's tenant. */
final class TenantHub {
  private TenantHub() {}

  /** Its host. */
  static String host(Work work) {
    return work.element("component-hosts").path(work.at("environment")).path("mnohub").asText();
  }

  /** Waits for the tenant's keys of the hub. */
  static MnoHub of(Work work, HttpPort http) {
    JsonNode keys = work.secret(MnoHub.SYSTEM);
    return MnoHub.of(http, host(work), keys);
  }
}
