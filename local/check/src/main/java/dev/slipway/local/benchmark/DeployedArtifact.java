package dev.slipway.local.benchmark;

import dev.slipway.local.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.stream.Stream;

/** The zip that is deployed. It has to be built from the present sources. */
final class DeployedArtifact {
  private static final String ZIP = "functions/target/slipway-functions-lambda.zip";
  private static final String MAKE = "mvn -q -f functions package -DskipTests";

  private DeployedArtifact() {}

  /**
   * The zip of a project.
   *
   * @throws CommandFailure if there is none, or a source is newer; says which, and what to do
   */
  static Path of(Path project) throws IOException {
    Path zip = project.resolve(ZIP);
    if (!Files.exists(zip)) {
      throw new CommandFailure(
          "there is no " + zip + ", the artifact that is deployed; make it with: " + MAKE);
    }
    Optional<Path> newer = newerSource(project, Files.getLastModifiedTime(zip));
    if (newer.isPresent()) {
      throw new CommandFailure(
          "%s is older than %s; make it again with: %s"
              .formatted(zip, project.relativize(newer.get()), MAKE));
    }
    return zip;
  }

  private static Optional<Path> newerSource(Path project, FileTime made) throws IOException {
    Path functions = project.resolve("functions");
    try (Stream<Path> sources = Files.walk(functions.resolve("src/main"))) {
      for (Path file :
          Stream.concat(Stream.of(functions.resolve("pom.xml")), sources)
              .filter(Files::isRegularFile)
              .toList()) {
        if (Files.getLastModifiedTime(file).compareTo(made) > 0) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }
}
