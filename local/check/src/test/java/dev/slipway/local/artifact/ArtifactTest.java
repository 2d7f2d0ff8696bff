package dev.slipway.local.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the functions ship, as the build of {@code functions} packed it. */
class ArtifactTest {
  private static final Path FUNCTIONS = ProjectRoot.find().resolve("functions/target");
  private static final Path ZIP = FUNCTIONS.resolve("slipway-functions-lambda.zip");
  private static final Path TESTS = FUNCTIONS.resolve("test-classes");
  private static final String NOTICES = "META-INF/THIRD-PARTY.txt";

  @BeforeAll
  static void isPacked() throws IOException {
    assumeTrue(
        Files.exists(ZIP) && isNewest(),
        "SKIPPED: the artifact is not packed yet; `mvn verify` packs it first");
  }

  /** Whether nothing was compiled after it was packed. */
  private static boolean isNewest() throws IOException {
    FileTime packed = Files.getLastModifiedTime(ZIP);
    try (Stream<Path> classes = Files.walk(FUNCTIONS.resolve("classes"))) {
      for (Path file : classes.filter(Files::isRegularFile).toList()) {
        if (Files.getLastModifiedTime(file).compareTo(packed) > 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static Set<String> entries() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      return zip.stream()
          .filter(entry -> !entry.isDirectory())
          .map(ZipEntry::getName)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String text(String entry) throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile());
        var in = zip.getInputStream(zip.getEntry(entry))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void holdsEveryHandlerOfTheTemplate() throws IOException {
    Set<String> entries = entries();
    Template template =
        Template.read(
            ProjectRoot.find().resolve("template.yaml"),
            Stack.local("slipway", Map.of("JwtIssuer", "https://issuer.example/")));
    for (var function : template.functions()) {
      String name = function.handler().replaceFirst("::.*", "").replace('.', '/') + ".class";
      assertTrue(entries.contains(name), name);
    }
  }

  @Test
  void holdsNoTestsAndNothingThatOnlyRunsLocally() throws IOException {
    for (String entry : entries()) {
      assertFalse(entry.startsWith("dev/slipway/local/"), entry);
      assertFalse(entry.startsWith("dev/slipway/testing/"), entry);
      assertFalse(Files.exists(TESTS.resolve(entry)), entry);
      assertFalse(
          entry.matches("lib/.*(junit|archunit|opentest4j|picocli|jetty|DynamoDBLocal|netty).*"),
          entry);
      assertTrue(
          entry.matches(
              "(dev/slipway|checklists|features|report|schemas|web|META-INF|org/publicsuffix)/.+|lib/[^/]+\\.jar|openapi\\.yaml"
                  + "|[A-Za-z0-9]+(\\$[A-Za-z0-9]+)?\\.class|Slipway/.*"),
          entry);
    }
  }

  @Test
  void namesTheLicenceOfEachLibraryAndOfNoOther() throws IOException {
    Set<String> listed =
        text(NOTICES)
            .lines()
            .filter(line -> line.matches("[a-z0-9.]+:[a-z0-9-]+  +\\S.*"))
            .map(line -> line.substring(line.indexOf(':') + 1).replaceFirst(" .*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> carried =
        entries().stream()
            .filter(entry -> entry.startsWith("lib/"))
            .map(entry -> entry.replaceFirst("lib/(.+?)-[0-9][^/]*\\.jar", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(carried, listed);
    assertTrue(text("META-INF/LICENSE").contains("Apache License"));
  }

  @Test
  void holdsEachLibraryOnce() throws IOException {
    List<String> names =
        entries().stream()
            .filter(entry -> entry.startsWith("lib/"))
            .map(entry -> entry.replaceFirst("-[0-9][^/]*\\.jar", ""))
            .toList();
    assertEquals(new TreeSet<>(names).size(), names.size(), names::toString);
  }
}
