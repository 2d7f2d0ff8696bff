package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.maestrano.Express;
import dev.slipway.systems.maestrano.ExpressAdmin;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;

/** The frontend of the task's tenant, with its hub, as the elements name them. */
final class ExpressSite {
  private final Work work;
  private final HttpPort http;

  ExpressSite(Work work, HttpPort http) {
    this.work = work;
    this.http = http;
  }

  String host() {
    return work.element("tenants").path("host").asText();
  }

  String hubHost() {
    return TenantHub.host(work);
  }

  Express express() {
    return new Express(http, host());
  }

  /** The hub, with the tenant's keys. */
  MnoHub hub() {
    return TenantHub.of(work, http);
  }

  /** The frontend, as its administrator. */
  ExpressAdmin admin() {
    JsonNode login = work.secret(ExpressAdmin.SYSTEM);
    return ExpressAdmin.signIn(
        http, host(), login.path("email").asText(), login.path("password").asText());
  }

  /** It answers. */
  Finding ping() {
    return PingLook.of(work, express().ping(), Express.SYSTEM, "tenants");
  }

  /** It speaks to the hub of this environment. */
  Finding version() {
    Express.Version version = express().version();
    if (!version.hub().equals(hubHost())) {
      throw new UnmetRequirement(
          "express.wrong-hub",
          Express.SYSTEM,
          "tenants",
          "%s talks to the hub %s; that of %s is %s."
              .formatted(host(), version.hub(), work.at("environment"), hubHost()),
          "Deploy it with the keys and the host of the hub of this environment.");
    }
    return new Finding(
        "GET /mnoe/version",
        express().against(),
        "mno-enterprise %s (series %d.x), application %s, environment %s, hub %s"
            .formatted(
                version.enterprise(),
                version.series(),
                version.application(),
                version.environment(),
                version.hub()));
  }
}
