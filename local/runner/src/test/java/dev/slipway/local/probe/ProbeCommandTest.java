package dev.slipway.local.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command of the jar that is handed out, and what it asks the person who started it. */
class ProbeCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return ProbeRunner.commandLine(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .execute(arguments);
  }

  @Test
  void helpNamesTheJar() {
    assertEquals(0, run("--help"));
    assertTrue(
        out.toString(StandardCharsets.UTF_8)
            .contains("java -jar slipway-probe-runner.jar --api https://slipway.example --code"),
        out::toString);
  }

  @Test
  void saysInOneLineWhatItCannotUse() {
    assertEquals(2, run("--api", "http://slipway.example", "--code", "x"));
    assertEquals(
        "--api: must be an address such as https://slipway.example; --help says what there is",
        err.toString(StandardCharsets.UTF_8).strip());
  }

  /** What was not agreed to does not run; whoever breaks off at the prompt is not kept waiting. */
  @Test
  void asksBeforeItRunsAProbe() throws Exception {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    TerminalAnswers given =
        new TerminalAnswers(
            nowhere,
            new ByteArrayInputStream("y\nYES\nn\nmaybe\n".getBytes(StandardCharsets.UTF_8)));
    List<Boolean> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      answers.add(given.yes());
    }
    assertEquals(List.of(true, true, false, false, false), answers, "nobody there is a no");

    try (PipedOutputStream typed = new PipedOutputStream();
        PipedInputStream nothing = new PipedInputStream(typed)) {
      TerminalAnswers waiting = new TerminalAnswers(nowhere, nothing);
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, waiting::yes);
    }
  }
}
