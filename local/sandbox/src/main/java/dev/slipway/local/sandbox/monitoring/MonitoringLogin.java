package dev.slipway.local.sandbox.monitoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;

/** The login of a {@code web.yml}: it guards every path, health included (seen with 2.42). */
final class MonitoringLogin {

  private MonitoringLogin() {}

  static ObjectNode defaults() {
    return Json.object()
        .put("user", SandboxDefaults.MONITORING_USER)
        .put("password", SandboxDefaults.MONITORING_PASSWORD);
  }

  static HttpAnswer refusal() {
    return HttpAnswer.text(401, "Unauthorized\n").with("WWW-Authenticate", "Basic");
  }
}
