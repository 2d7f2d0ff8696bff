package dev.slipway.local.sandbox.monitoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.World;
import java.util.Optional;

/**
 * The Basic authentication of Prometheus' {@code web.yml}: it guards every path, health included
 * (seen with 2.42). The system's part {@code auth}: {@code user} and {@code password}, or absent
 * for none.
 */
final class BasicAuthentication {

  private BasicAuthentication() {}

  static ObjectNode defaults() {
    return Json.object()
        .put("user", SandboxDefaults.MONITORING_USER)
        .put("password", SandboxDefaults.MONITORING_PASSWORD);
  }

  /** The refusal; empty when the call may go on. */
  static Optional<HttpAnswer> refusal(World world, String system, HttpCall call) {
    boolean welcome =
        world.read(
            system,
            part ->
                !part.path("auth").isObject()
                    || call.basic()
                        .filter(
                            given ->
                                given.user().equals(part.path("auth").path("user").asText())
                                    && given
                                        .password()
                                        .equals(part.path("auth").path("password").asText()))
                        .isPresent());
    return welcome
        ? Optional.empty()
        : Optional.of(HttpAnswer.text(401, "Unauthorized\n").with("WWW-Authenticate", "Basic"));
  }
}
