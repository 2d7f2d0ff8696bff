package dev.slipway.local.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.checklist.Checklists;
import dev.slipway.local.cli.CommandFailure;
import dev.slipway.local.cli.LocalSlipway;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of cold starts measures what the sources say, and every function of it answers. */
final class ColdStartBenchmarkTest {
  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
  private static final String SOURCE = "functions/src/main/java/Some.java";

  @TempDir private Path folder;

  @Test
  void oneRoundHasARowForEachFunction() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"),
        "SKIPPED: Lambda's runtime client has native libraries for Linux only");
    Path project = ProjectRoot.find();
    Profile given =
        new ProfileReader(new Checklists())
            .read(project.resolve("events/profiles/hosting-provider-minimal.json"));
    ByteArrayOutputStream table = new ByteArrayOutputStream();

    // A function that fails, or does not answer, ends the benchmark.
    new ColdStartBenchmark(
            project,
            packed(project),
            LocalSlipway.template(),
            new Checklists().newest(given.checklist()),
            given.elements(),
            1)
        .report(new PrintStream(table, true, StandardCharsets.UTF_8));

    List<String> lines = table.toString(StandardCharsets.UTF_8).lines().toList();
    for (String function :
        List.of(
            "nothing",
            "one item of DynamoDB",
            "one item, and Jackson's tree",
            "the pages",
            "GetOnboarding",
            "ListElements",
            "technical-configuration.gate",
            "technical-configuration.configure-smtp")) {
      assertEquals(
          1,
          lines.stream().filter(line -> line.startsWith(function + "  ")).count(),
          () -> function + " in " + table);
    }
  }

  private static Path packed(Path project) throws IOException {
    try {
      return DeployedArtifact.of(project);
    } catch (CommandFailure e) {
      assumeTrue(false, "SKIPPED: " + e.getMessage());
      throw e;
    }
  }

  @Test
  void anArtifactThatIsNotThereIsNotMeasured() {
    assertSaid("there is no");
  }

  @Test
  void anArtifactOlderThanASourceIsNotMeasured() throws IOException {
    Path zip = write("functions/target/slipway-functions-lambda.zip", MADE);
    write("functions/pom.xml", MADE);
    write(SOURCE, MADE);
    assertEquals(zip, DeployedArtifact.of(folder));

    write(SOURCE, MADE.plusSeconds(1));
    assertSaid("is older than " + SOURCE);
  }

  private void assertSaid(String what) {
    String message =
        assertThrows(CommandFailure.class, () -> DeployedArtifact.of(folder)).getMessage();
    assertTrue(message.contains(what), message);
    assertTrue(message.endsWith("mvn -q -f functions package -DskipTests"), message);
  }

  private Path write(String file, Instant time) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "");
    return Files.setLastModifiedTime(path, FileTime.from(time));
  }
}
