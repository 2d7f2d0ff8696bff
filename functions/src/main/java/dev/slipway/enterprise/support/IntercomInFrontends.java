package dev.slipway.enterprise.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.EnvironmentTenants;
import dev.slipway.enterprise.FrontendRestart;
import dev.slipway.enterprise.TenantSettings;
import dev.slipway.enterprise.VisitorSettings;
import dev.slipway.json.Json;
import dev.slipway.ledger.TaskKey;
import dev.slipway.systems.intercom.Intercom;
import dev.slipway.systems.maestrano.Express;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The workspace in the settings of each tenant of the environment, which its frontend takes when it
 * restarts. From series 4 on they are in the hub; a frontend of series 3 has them in its own
 * environment, which only the vendor changes.
 */
final class IntercomInFrontends {
  private static final int WITH_HUB = 4;
  private static final String PLACE = "system.intercom.";
  private static final String SEEN = "intercom_id";

  private final Work work;
  private final HttpPort http;
  private final EnvironmentTenants tenants;
  private final String appId;

  /**
   * @param appId of the workspace; empty where it does not matter
   */
  IntercomInFrontends(Work work, HttpPort http, String appId) {
    this.work = work;
    this.http = http;
    this.tenants = new EnvironmentTenants(work, http);
    this.appId = appId;
  }

  /**
   * Enters it and restarts the frontends.
   *
   * @throws SystemTrouble of kind {@code NOT_PERMITTED} for what a person has to do
   */
  Finding ensure() {
    List<String> left = new ArrayList<>();
    List<Instant> restarts = new ArrayList<>();
    for (String tenant : tenants.names()) {
      Express express = tenants.express(tenant);
      int series = express.version().series();
      boolean isSeen = express.config(series).value(SEEN).asText().equals(appId);
      if (series >= WITH_HUB) {
        enter(tenant);
      }
      if (isSeen) {
        continue;
      }
      if (series >= WITH_HUB && tenants.hasAdmin(tenant)) {
        FrontendRestart restart =
            new FrontendRestart(work, tenants.hub(tenant), () -> tenants.admin(tenant));
        restarts.add(restart.asked(tenant + ":" + appId));
        left.add(tenants.host(tenant) + " was restarted, and does not show it");
      } else {
        left.add(
            tenants.host(tenant)
                + (series < WITH_HUB
                    ? " is of series 3"
                    : " has it in the hub; no administrator's login is given to restart it"));
      }
    }
    restarts.stream()
        .max(Comparator.naturalOrder())
        .ifPresent(asked -> FrontendRestart.waitFor(work, asked));
    if (!left.isEmpty()) {
      throw new SystemTrouble(
          Express.SYSTEM,
          Kind.NOT_PERMITTED,
          String.join("; ", left) + ".",
          "settings of Intercom",
          "the frontends of " + TaskKey.place(work.at("environment")),
          "");
    }
    return seen();
  }

  /** Each frontend serves the app id to a visitor. */
  Finding seen() {
    return new VisitorSettings(work, http)
        .shown(SEEN, appId, "express.intercom-not-seen", "the app id " + appId + " of Intercom");
  }

  /** Puts the old settings back. */
  List<String> putBack() {
    List<String> done = new ArrayList<>();
    for (String tenant : tenants.names()) {
      Optional<Finding> back = settings(tenant).putBack();
      back.ifPresent(finding -> done.add(tenant + ": " + finding.answer()));
    }
    return done;
  }

  private void enter(String tenant) {
    JsonNode secret = work.secret(Intercom.SYSTEM);
    Map<String, JsonNode> secrets = new LinkedHashMap<>();
    secrets.put(PLACE + "token", secret.path("token"));
    if (secret.hasNonNull("identitySecret")) {
      secrets.put(PLACE + "api_secret", secret.path("identitySecret"));
    }
    settings(tenant)
        .ensure(
            Map.of(PLACE + "enabled", Json.tree(true), PLACE + "app_id", Json.tree(appId)),
            secrets,
            work.secretVersion(Intercom.SYSTEM));
  }

  private TenantSettings settings(String tenant) {
    return new TenantSettings(
        work, tenants.hub(tenant), TenantSettings.FRONTEND, TenantSettings.FRONTEND + ":" + tenant);
  }
}
