package dev.slipway.local.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of a command.
 *
 * @param variables the shell's
 * @param contexts where saved contexts stand
 */
public record Environment(Map<String, String> variables, Path contexts) {

  /** The process's own: {@code SLIPWAY_CONTEXTS} names another file of contexts. */
  public static Environment system() {
    Map<String, String> variables = System.getenv();
    String configuration =
        variables.getOrDefault(
            "XDG_CONFIG_HOME", Path.of(System.getProperty("user.home"), ".config").toString());
    return new Environment(
        variables,
        Path.of(
            variables.getOrDefault(
                "SLIPWAY_CONTEXTS",
                Path.of(configuration, "slipway", "contexts.json").toString())));
  }

  /** Nothing around it. */
  static Environment none() {
    return new Environment(Map.of(), Path.of("no-contexts"));
  }

  /** A variable that is set and not empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }
}
