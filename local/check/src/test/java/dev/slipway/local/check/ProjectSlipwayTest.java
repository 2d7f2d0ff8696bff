package dev.slipway.local.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that only a clone of the project has behave as the others. */
class ProjectSlipwayTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return ProjectSlipway.commandLine(
            new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                0))
        .execute(arguments);
  }

  @Test
  void refusesWrongUsage() {
    assertEquals(2, run("replay"), err::toString);
    assertEquals(0, out.size(), out::toString);
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("Usage: see `slipway"), err::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"replay", "endure", "benchmark"})
  void helpsByEitherOption(String command) {
    for (String option : new String[] {"--help", "-h"}) {
      out.reset();
      assertEquals(0, run(command, option), err::toString);
      assertEquals(0, err.size(), err::toString);
      String help = out.toString(StandardCharsets.UTF_8);
      assertTrue(help.contains("Usage: slipway " + command), help);
    }
  }

  @Test
  void areListed() {
    assertEquals(0, run("--help"));
    String help = out.toString(StandardCharsets.UTF_8);
    for (String command : new String[] {"run", "replay", "endure", "benchmark"}) {
      assertTrue(help.contains("  " + command + " "), help);
    }
  }
}
