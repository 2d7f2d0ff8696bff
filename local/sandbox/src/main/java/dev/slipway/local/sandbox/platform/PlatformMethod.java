package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A method of the platform's API.
 *
 * @param name {@code area.service.Method}, which is also the permission that it needs
 * @param open whether it can be called without a session
 * @param key the parameters that say what a call is about; never a secret one
 * @param body what it does: the answer without {@code result}, or a {@link PlatformException}
 */
record PlatformMethod(
    String name, boolean open, List<String> key, Function<PlatformCall, ObjectNode> body) {

  /** A method that needs its permission. */
  static PlatformMethod of(String name, List<String> key, Function<PlatformCall, ObjectNode> body) {
    return new PlatformMethod(name, false, key, body);
  }

  /** A method that anybody may call. */
  static PlatformMethod open(
      String name, List<String> key, Function<PlatformCall, ObjectNode> body) {
    return new PlatformMethod(name, true, key, body);
  }

  /** The path under {@code /1.0/}: the method's name in lower case. */
  String path() {
    String[] parts = name.split("\\.", 3);
    return parts[0] + "/" + parts[1] + "/rest/" + parts[2].toLowerCase(Locale.ROOT);
  }

  /** The subject of a call with these parameters, as a key. */
  String keyOf(Map<String, String> parameters) {
    return key.stream()
        .flatMap(
            wanted ->
                parameters.entrySet().stream()
                    .filter(each -> each.getKey().equalsIgnoreCase(wanted)))
        .map(Map.Entry::getValue)
        .map(value -> value.length() > 120 ? value.substring(0, 120) : value)
        .collect(Collectors.joining(" "));
  }
}
