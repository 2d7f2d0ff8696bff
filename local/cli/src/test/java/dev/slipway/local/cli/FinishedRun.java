package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.asl.time.SimulatedTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One run of a profile that ships, with everything that it leaves behind. All tests that only look
 * at that share it, by a parameter {@code @FinishedRun.Of("hosting-provider.json") FinishedRun
 * run}: a run takes many seconds.
 *
 * @param ended how the command ended, and what it said
 * @param folder holds {@code data}, {@code logs}, and the report in its forms; is not to be changed
 */
record FinishedRun(Invocation ended, Path folder) implements AutoCloseable {
  /** The profile that is run, by its file. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Of {
    String value();

    /** Whether it is signed off at the end: then the report names aliases instead of people. */
    boolean signedOff() default false;
  }

  Path data() {
    return folder.resolve("data");
  }

  Path logs() {
    return folder.resolve("logs");
  }

  JsonNode report() throws IOException {
    return Json.MAPPER.readTree(folder.resolve("report.json").toFile());
  }

  /** The onboarding's id. */
  String onboarding() throws IOException {
    return report().path("onboarding").asText();
  }

  /**
   * Serves a copy of what the run left behind, in simulated time, from the time on at which it
   * ended: for tests that go on from there.
   *
   * @param copy a folder that is not there yet
   */
  LocalSlipway goOn(Path copy) throws IOException, InterruptedException {
    assertEquals(0, ended.exit(), ended::toString);
    try (Stream<Path> files = Files.walk(data())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(data().relativize(file)));
      }
    }
    LocalSlipway slipway = LocalSlipway.start(LocalSlipway.Wishes.of(copy, null).simulated(true));
    SimulatedTime time = slipway.runtime().time().simulation().orElseThrow();
    Duration behind =
        Duration.between(time.instant(), Instant.parse(report().path("generatedAt").asText()));
    if (behind.isPositive()) {
      time.advance(behind);
    }
    return slipway;
  }

  /** The reasons for which the instances of a report's row waited, a line each. */
  static String waits(JsonNode report, String row) {
    return report
        .path("tasks")
        .valueStream()
        .filter(task -> task.path("row").asText().equals(row))
        .flatMap(task -> task.path("waitedFor").valueStream())
        .map(wait -> wait.path("why").asText())
        .collect(Collectors.joining("\n"));
  }

  RoleUse roles() throws IOException {
    return RoleUse.read(folder.resolve("grants.json"));
  }

  /**
   * Runs a profile.
   *
   * @param profile its file
   */
  static FinishedRun of(String profile, boolean signedOff) {
    try {
      Path folder = Files.createTempDirectory("finished-run");
      List<Object> command =
          new ArrayList<>(
              List.of(
                  "run",
                  ProjectRoot.find().resolve("events/profiles").resolve(profile),
                  "--fast-forward",
                  "--data",
                  folder.resolve("data"),
                  "--logs",
                  folder.resolve("logs"),
                  "--grants",
                  folder.resolve("grants.json"),
                  "--report",
                  folder.resolve("report.json")));
      if (signedOff) {
        command.add("--sign-off");
      }
      Invocation ended = Invocation.of(command.toArray());
      return new FinishedRun(ended, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException trouble)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Runs a profile when the first test asks for it. */
  static final class Resolver implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.isAnnotated(Of.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      Of wanted = parameter.findAnnotation(Of.class).orElseThrow();
      return test.getRoot()
          .getStore(Namespace.create(FinishedRun.class))
          .computeIfAbsent(wanted, key -> of(key.value(), key.signedOff()), FinishedRun.class);
    }
  }
}
