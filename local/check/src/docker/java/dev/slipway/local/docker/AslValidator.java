package dev.slipway.local.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** npm's validator of the states language, in the version that was found to know JSONata. */
final class AslValidator {
  private static final String PACKAGE = "asl-validator@4.0.0";

  private AslValidator() {}

  /** Why it cannot be had; empty if it can. */
  static Optional<String> missing() {
    Command.Result result = command(List.of("--version")).run(Duration.ofMinutes(5));
    return result.exit() == 0
        ? Optional.empty()
        : Optional.of("npx cannot run " + PACKAGE + ": " + result.err().strip());
  }

  /** Validates definitions; answers how that ended. */
  static Command.Result validate(List<Path> definitions) {
    List<String> arguments = new ArrayList<>();
    for (Path definition : definitions) {
      arguments.add("--json-path");
      arguments.add(definition.toString());
    }
    return command(arguments).run(Duration.ofMinutes(5));
  }

  private static Command command(List<String> arguments) {
    List<String> words =
        new ArrayList<>(List.of("npx", "--yes", "--package", PACKAGE, "asl-validator"));
    words.addAll(arguments);
    return Command.of(Checkout.project(), words.toArray(String[]::new));
  }
}
