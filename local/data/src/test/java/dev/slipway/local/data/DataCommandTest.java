package dev.slipway.local.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of the jar for the machines beside the databases. */
class DataCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private int run(String... arguments) {
    return DataRunner.commandLine(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .execute(arguments);
  }

  private int runWith(Path map) {
    return runWith(map, List.of("--api", "https://slipway.example", "--code", "x"));
  }

  private int runWith(Path map, List<String> more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--folder",
                folder.toString(),
                "--map",
                map.toString(),
                "--at",
                "mnohub-source=jdbc:mariadb://127.0.0.1:1/maestrano"));
    arguments.addAll(more);
    return run(arguments.toArray(String[]::new));
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void helpSaysHowToNameADatabase() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("--at mnohub-source=jdbc:mariadb://"));
  }

  @Test
  void aMapThatIsNoneIsSaidBeforeAnythingElse() throws IOException {
    assertEquals(2, runWith(folder.resolve("none.yaml")));
    assertTrue(said().startsWith("--map: "), said());
    err.reset();
    assertEquals(
        2,
        runWith(
            Files.writeString(
                folder.resolve("map.yaml"), "mnohub: {engine: mysql, tables: {a: {kee: b}}}")));
    assertEquals(
        "--map: The map is wrong at `mnohub.a`: has unknown fields [kee].; --help says what there"
            + " is",
        said());
  }

  @Test
  void aSurveyNeedsNoSlipwayButATenantAndADatabase() throws IOException {
    Path map = Files.writeString(folder.resolve("map.yaml"), "mnohub: {engine: mysql, tables: {}}");
    assertEquals(2, surveyOf(map, "mnohub"));
    assertEquals("--tenant: is needed with --survey; --help says what there is", said());
    err.reset();
    assertEquals(2, surveyOf(map, "connec", "--tenant", "acme"));
    assertEquals("--at: must say where connec-source is; --help says what there is", said());
    err.reset();
    assertEquals(1, surveyOf(map, "mnohub", "--tenant", "acme"));
    assertTrue(said().contains("slipway: not-connected: mnohub-source answered"), said());
    err.reset();
    assertEquals(2, runWith(map, List.of()), "without --survey it needs --api");
    assertTrue(said().startsWith("--api: is needed"), said());
  }

  private int surveyOf(Path map, String store, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--survey",
                store,
                "--logins",
                Files.writeString(folder.resolve("logins.json"), "{}").toString()));
    arguments.addAll(List.of(more));
    return runWith(map, arguments);
  }

  @Test
  void withoutADatabaseThereIsNothingToDo() {
    assertEquals(2, run("--api", "https://slipway.example", "--folder", "x", "--map", "y"));
    assertTrue(said().contains("--at"), said());
  }
}
