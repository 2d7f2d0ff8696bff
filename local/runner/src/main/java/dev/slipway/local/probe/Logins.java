package dev.slipway.local.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The logins that some probes need: given at the runner, used there, sent nowhere but to the system
 * itself.
 */
@FunctionalInterface
public interface Logins {
  /** The fields of a system's login; empty if there is none. */
  Optional<JsonNode> of(String system) throws InterruptedException;

  /** From a file: an object with the fields of each system's login. */
  static Logins of(JsonNode file) {
    return system -> Optional.ofNullable(file.get(system)).filter(JsonNode::isObject);
  }
}
