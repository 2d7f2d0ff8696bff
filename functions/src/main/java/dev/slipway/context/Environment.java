package dev.slipway.context;

import java.util.Map;
import java.util.Optional;

/**
 * The variables of a function's environment, for a function that needs nothing else of {@link
 * FunctionContext} and must not pay for loading it.
 */
public record Environment(Map<String, String> variables) {
  public Environment {
    variables = Map.copyOf(variables);
  }

  /** Those of this process: in Lambda, the function's own. */
  public static Environment ofProcess() {
    return new Environment(System.getenv());
  }

  /** A variable; empty if it is missing or blank. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(variables.get(name)).filter(text -> !text.isBlank());
  }
}
