package dev.slipway.enterprise.applications;

import dev.slipway.enterprise.EnvironmentTenants;
import dev.slipway.enterprise.NextLook;
import dev.slipway.systems.maestrano.Express;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.Set;

/**
 * The health of the tenants' frontends once their catalogue is not empty any more: until then the
 * frontend calls itself unhealthy (mno-enterprise 4.0, {@code health_check.rb}). A frontend that is
 * not deployed yet is left to M16.
 */
final class FrontendHealth {
  private static final Set<Kind> NOT_THERE =
      Set.of(
          Kind.NAME_UNKNOWN,
          Kind.NOT_CONNECTED,
          Kind.TIMED_OUT,
          Kind.OUT_OF_ORDER,
          Kind.NOT_FOUND,
          Kind.CERTIFICATE,
          Kind.TLS);

  private final Work work;
  private final EnvironmentTenants tenants;
  private final HttpPort http;

  FrontendHealth(Work work, EnvironmentTenants tenants, HttpPort http) {
    this.work = work;
    this.tenants = tenants;
    this.http = http;
  }

  /** The health of a tenant's frontend. */
  Finding of(String tenant) {
    Express express = new Express(http, tenants.host(tenant));
    Express.Health health;
    try {
      health = express.health();
    } catch (SystemTrouble trouble) {
      if (!NOT_THERE.contains(trouble.kind())) {
        throw trouble;
      }
      return new Finding(
          "GET /mnoe/health_check/full", express.against(), "no frontend yet: left to M16");
    }
    if (!health.isHealthy()) {
      throw new UnmetRequirement(
              "express.unhealthy",
              Express.SYSTEM,
              "tenants",
              "The frontend of %s says of itself: %s".formatted(tenant, health.said()),
              health.lacksHub()
                  ? "The hub has the application now: restart the frontend. It is looked at again by"
                      + " itself."
                  : "Mend what it names. It is looked at again by itself.")
          .lookedAtAgain(NextLook.of(work, "healthy:" + tenant));
    }
    return new Finding("GET /mnoe/health_check/full", express.against(), health.said());
  }
}
