package dev.slipway.local.docker;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A tool as a person would start it.
 *
 * @param words the tool and its arguments
 * @param folder where it is started
 * @param environment what is set besides this process's own; an empty value: taken away
 */
record Command(List<String> words, Path folder, Map<String, String> environment) {

  Command {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  static Command of(Path folder, String... words) {
    return new Command(List.of(words), folder, Map.of());
  }

  Command with(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(variables);
    return new Command(words, folder, all);
  }

  /** How it ended. */
  record Result(int exit, String out, String err) {
    /** Everything that was said, for whoever has to find out what went wrong. */
    @Override
    public String toString() {
      return "exit code " + exit + "\n" + out + "\n" + err;
    }
  }

  /** The file of a tool on the path. */
  static Optional<Path> find(String tool) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path file = Path.of(folder, tool);
      if (Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** Starts it, writing both of its outputs into a file. */
  Process start(Path log) {
    try {
      return builder().redirectErrorStream(true).redirectOutput(log.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs it to its end.
   *
   * @throws AssertionError if it takes longer
   */
  Result run(Duration limit) {
    return run(limit, "");
  }

  /**
   * Runs it to its end, or until it says that there is no sense in waiting.
   *
   * @param givesUp a part of what it then says on standard error; empty: nothing
   * @throws AssertionError if it takes longer
   */
  Result run(Duration limit, String givesUp) {
    try {
      Path out = Files.createTempFile("slipway-docker", ".out");
      Path err = Files.createTempFile("slipway-docker", ".err");
      try {
        Process process =
            builder().redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        Instant latest = Instant.now().plus(limit);
        boolean ended = false;
        boolean gaveUp = false;
        while (!ended && !gaveUp && Instant.now().isBefore(latest)) {
          ended = process.waitFor(500, TimeUnit.MILLISECONDS);
          gaveUp = !givesUp.isEmpty() && read(err).contains(givesUp);
        }
        if (!ended) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly().waitFor();
        }
        var result = new Result(process.exitValue(), read(out), read(err));
        if (!ended && !gaveUp) {
          throw new AssertionError(
              String.join(" ", words) + " did not end within " + limit + ": " + result);
        }
        return result;
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(String.join(" ", words) + ": interrupted", e);
    }
  }

  /**
   * Runs it to its end, which must be a good one.
   *
   * @throws AssertionError with all that it said, otherwise
   */
  Result succeed(Duration limit) {
    Result result = run(limit);
    if (result.exit() != 0) {
      throw new AssertionError(String.join(" ", words) + ": " + result);
    }
    return result;
  }

  private ProcessBuilder builder() {
    var builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    return builder;
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
