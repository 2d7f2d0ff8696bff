package dev.slipway.local.benchmark;

import dev.slipway.local.dynamodb.DynamoDbPort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts functions as Lambda's Java runtime does: each in a process of its own, on one core, with
 * the options of {@code java25}.
 */
final class FunctionProcess {
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SHOWN = 1_500;

  private final DynamoDbPort dynamoDb;
  private final Map<String, String> environment;
  private final List<String> command = new ArrayList<>();
  private final Path log;
  private final boolean pinned;

  /**
   * The cost of one start.
   *
   * @param wall from the start of the process to its first answer
   * @param processor of the process until then, in steps of 10 ms
   * @param requests to DynamoDB
   */
  record Start(Duration wall, Duration processor, int requests) {}

  /**
   * @param artifact the unpacked deployment artifact
   * @param runtimeClient the folder with the jars of Lambda's runtime interface client
   * @param environment of the functions, without the addresses of services
   * @param folder for what is written, such as the functions' log lines
   */
  FunctionProcess(
      DynamoDbPort dynamoDb,
      Path artifact,
      Path runtimeClient,
      Map<String, String> environment,
      Path folder) {
    this.dynamoDb = dynamoDb;
    this.environment = Map.copyOf(environment);
    this.log = folder.resolve("functions.log");
    this.pinned =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "taskset")));
    if (pinned) {
      command.addAll(List.of("taskset", "-c", "0"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(artifact, runtimeClient)));
  }

  private static String classPath(Path artifact, Path runtimeClient) {
    List<String> parts = new ArrayList<>();
    parts.add(artifact.toString());
    parts.addAll(jars(artifact.resolve("lib")));
    parts.addAll(jars(runtimeClient));
    parts.add(placeOfMinimalHandlers());
    return String.join(File.pathSeparator, parts);
  }

  private static List<String> jars(Path folder) {
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.map(Path::toString).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String placeOfMinimalHandlers() {
    try {
      return Path.of(
              MinimalHandlers.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the processes stay on one core. */
  boolean isPinned() {
    return pinned;
  }

  /**
   * Starts a function, and ends it after its first answer.
   *
   * @throws IllegalStateException if it does not start or fails; the message has what it wrote
   */
  Start start(String handler, String event) throws IOException, InterruptedException {
    return start(handler, event, List.of());
  }

  /**
   * The number of classes that a start loads; counted in a start of its own, for that takes time.
   */
  long classes(String handler, String event) throws IOException, InterruptedException {
    Path list = log.resolveSibling("classes.log");
    start(handler, event, List.of("-Xlog:class+load:file=" + list + "::filecount=0"));
    try (Stream<String> lines = Files.lines(list)) {
      return lines.filter(line -> line.contains(" source: ")).count();
    }
  }

  private Start start(String handler, String event, List<String> options)
      throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(pinned ? 4 : 1, options);
    whole.addAll(List.of(MAIN, handler));
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    builder.environment().putAll(environment);
    builder.environment().put("_HANDLER", handler);
    try (RuntimeApi api = new RuntimeApi(dynamoDb, event)) {
      builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
      builder.environment().put("AWS_ENDPOINT_URL_DYNAMODB", api.dynamoDbEndpoint().toString());
      long began = System.nanoTime();
      Process process = builder.start();
      try {
        RuntimeApi.Outcome outcome = outcome(api, process, handler);
        Duration processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
        if (!outcome.succeeded() || outcome.body().contains("\"statusCode\":5")) {
          throw failure(handler, "failed: " + outcome.body());
        }
        return new Start(Duration.ofNanos(outcome.at() - began), processor, api.requests());
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private RuntimeApi.Outcome outcome(RuntimeApi api, Process process, String handler)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      var outcome = api.await(Duration.ofMillis(500));
      if (outcome.isPresent()) {
        return outcome.get();
      }
      if (!process.isAlive()) {
        throw failure(handler, "ended with status " + process.exitValue() + " before an answer");
      }
    }
    throw failure(handler, "gave no answer within " + PATIENCE.toSeconds() + " s");
  }

  private IllegalStateException failure(String handler, String what) throws IOException {
    String wrote = Files.exists(log) ? Files.readString(log) : "";
    String hint =
        wrote.contains("UnsatisfiedLinkError") || wrote.contains("Failed to load the native")
            ? " Lambda's runtime interface client has native libraries for Linux on x86_64 and"
                + " aarch64 only: run this benchmark there, or in a container."
            : "";
    return new IllegalStateException(
        "%s %s.%s It wrote: %s"
            .formatted(handler, what, hint, wrote.substring(0, Math.min(SHOWN, wrote.length()))));
  }
}
