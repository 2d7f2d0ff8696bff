package dev.slipway.enterprise;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.maestrano.Express;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the frontends of the task's environment give a visitor's browser: the proof that a setting
 * of a third party was entered in each of them.
 */
public final class VisitorSettings {
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(15);

  private final Work work;
  private final HttpPort http;

  public VisitorSettings(Work work, HttpPort http) {
    this.work = work;
    this.http = http;
  }

  /**
   * Each frontend serves this value.
   *
   * @param path as in {@link dev.slipway.systems.maestrano.VisitorConfig#value}
   * @param code of the problem if one does not
   * @param what the name of the setting, in words
   * @throws UnmetRequirement for the first frontend that does not; it is looked at again by itself
   */
  public Finding shown(String path, String value, String code, String what) {
    List<String> hosts = new ArrayList<>();
    for (JsonNode tenant : work.element("tenants").path(work.at("environment")).path("list")) {
      String host = tenant.path("host").asText();
      Express express = new Express(http, host);
      JsonNode seen = express.config(express.version().series()).value(path);
      if (!seen.asText().equals(value)) {
        throw new UnmetRequirement(
                code,
                Express.SYSTEM,
                "tenants",
                "%s serves a visitor %s %s."
                    .formatted(host, seen.asText().isEmpty() ? "without" : "with another", what),
                "Enter it in the frontend and restart it: caches hold its configuration. It is"
                    + " looked at again by itself.")
            .lookedAtAgain(work.now().plus(LOOK_AGAIN));
      }
      hosts.add(host);
    }
    return new Finding(
        "configuration in a browser", String.join(", ", hosts), "each serves " + what);
  }
}
