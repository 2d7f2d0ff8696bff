package dev.slipway.local.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The project as a clone has it: tracked files alone, in a folder of its own, built there by {@code
 * sam build}. Made once for all tests.
 */
final class Checkout {
  /** The functions' tests have run before, and are most of the time that a build takes. */
  private static final Map<String, String> WITHOUT_TESTS =
      Map.of("MAVEN_OPTS", "-Dmaven.test.skip=true -Dmdep.analyze.skip=true -Dformat.skip=true");

  private static Checkout made;

  private final Path folder;

  private Checkout(Path folder) {
    this.folder = folder;
  }

  /** The project that this test belongs to. */
  static Path project() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("template.yaml"))) {
      at = at.getParent();
    }
    return at;
  }

  /** The definitions of the state machines. */
  static List<Path> definitions() {
    try (Stream<Path> tree = Files.walk(project().resolve("statemachines"))) {
      return tree.filter(file -> file.toString().endsWith(".asl.json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where tests may write, and leave what helps to understand a failure. */
  static Path scratch() {
    try {
      return Files.createDirectories(project().resolve("local/check/target/docker"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The clone, built.
   *
   * @throws AssertionError with all that SAM said, if it cannot be built
   */
  static synchronized Checkout built() {
    if (made == null) {
      Path folder = scratch().resolve("clone");
      if (!Boolean.getBoolean("docker.reuse") || !Files.exists(folder.resolve(".aws-sam/build"))) {
        copy(folder);
        Command.of(folder, "sam", "build").with(WITHOUT_TESTS).succeed(Duration.ofMinutes(15));
      }
      made = new Checkout(folder);
    }
    return made;
  }

  /** Its folder, with {@code template.yaml} and what SAM built. */
  Path folder() {
    return folder;
  }

  private static void copy(Path folder) {
    Path project = project();
    try {
      delete(folder);
      String files =
          Command.of(project, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
              .succeed(Duration.ofMinutes(1))
              .out();
      for (String file : files.split("\0", -1)) {
        Path from = project.resolve(file);
        if (!file.isEmpty() && Files.isRegularFile(from)) {
          Path to = folder.resolve(file);
          Files.createDirectories(to.getParent());
          Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }
}
