package dev.slipway.systems.sidekiq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of jobs against Sidekiq Web 6.4.1 with Redis and Puma, as connectors mount it
 * (connector-salesforce, {@code config/routes.rb}). They are Debian 12's packages, unpacked into
 * {@code ~/.cache/slipway/sidekiq}; without them the test is skipped and says so.
 */
final class SidekiqIT {
  private static final Path ROOT =
      Path.of(System.getProperty("user.home"), ".cache/slipway/sidekiq");
  private static final Duration LATE = Duration.ofMinutes(2);
  private static final String USER = "jobs";
  private static final String PASSWORD = "s3cret";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final List<Process> STARTED = new ArrayList<>();

  @TempDir private static Path folder;
  private static Map<String, String> environment;
  private static int port;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(ROOT.resolve("usr/bin/redis-server")),
        "SidekiqIT needs Sidekiq, Redis and Puma of Debian 12 in "
            + ROOT
            + ": see docs/testing.md");
    Files.writeString(
        folder.resolve("config.ru"),
        """
        require "sidekiq/web"
        use Rack::Session::Cookie, secret: "s" * 64, same_site: true, max_age: 86_400
        Sidekiq::Web.use(Rack::Auth::Basic) do |user, password|
          user == ENV["SIDEKIQ_USERNAME"] && password == ENV["SIDEKIQ_PASSWORD"]
        end
        map("/sidekiq") { run Sidekiq::Web }
        """);
    Files.writeString(folder.resolve("worker.rb"), "class Work; include Sidekiq::Worker; end\n");
    int redis = freePort();
    port = freePort();
    String usr = ROOT.resolve("usr").toString();
    String native64 = usr + "/lib/x86_64-linux-gnu";
    environment =
        Map.of(
            "LD_LIBRARY_PATH",
            native64,
            "GEM_PATH",
            usr + "/share/rubygems-integration/all:" + native64 + "/rubygems-integration/3.1.0",
            "RUBYLIB",
            Stream.of(
                    usr + "/lib/ruby/3.1.0",
                    usr + "/lib/ruby/vendor_ruby",
                    native64 + "/ruby/3.1.0")
                .collect(Collectors.joining(":")),
            "REDIS_URL",
            "redis://127.0.0.1:" + redis + "/0",
            "SIDEKIQ_USERNAME",
            USER,
            "SIDEKIQ_PASSWORD",
            PASSWORD);
    run("redis-server", "--port", "" + redis, "--bind", "127.0.0.1", "--save", "");
    run("ruby3.1", ROOT + "/usr/bin/puma", "-e", "production", "-b", "tcp://127.0.0.1:" + port);
    until(SidekiqIT::isUp, "Puma has not started");
  }

  @AfterAll
  static void stop() {
    STARTED.reversed().forEach(Process::destroy);
  }

  @Test
  void thePageIsClosedAndTellsWhetherAWorkerRuns() throws IOException, InterruptedException {
    SidekiqWeb jobs = new SidekiqWeb(SidekiqIT::sent, "connector", "connector.example");

    assertEquals(401, jobs.strangersStatus());
    assertEquals(
        Kind.AUTHENTICATION_FAILED,
        assertThrows(SystemTrouble.class, () -> jobs.stats(USER, "wrong").processes()).kind());
    assertEquals(new SidekiqWeb.Stats(0, 0, 0, 0), jobs.stats(USER, PASSWORD));

    run("ruby3.1", ROOT + "/usr/bin/sidekiq", "-r", "./worker.rb", "-c", "1");
    until(() -> jobs.stats(USER, PASSWORD).processes() == 1, "the worker has not reported");
  }

  private interface Look {
    boolean isSo();
  }

  private static void until(Look look, String otherwise) throws InterruptedException {
    Instant end = Instant.now().plus(LATE);
    while (!look.isSo()) {
      if (Instant.now().isAfter(end) || STARTED.stream().anyMatch(each -> !each.isAlive())) {
        throw new IllegalStateException(otherwise);
      }
      Thread.sleep(200);
    }
  }

  private static boolean isUp() {
    try {
      return asked("/sidekiq", Map.of()).statusCode() == 401;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static void run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(ROOT + "/usr/bin/" + program));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    STARTED.add(builder.start());
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static HttpAnswer sent(HttpCall call) {
    HttpResponse<byte[]> answer = asked(call.uri().getRawPath(), call.headers());
    return new HttpAnswer(
        call, answer.statusCode(), answer.headers().map(), Bytes.of(answer.body()), Instant.now());
  }

  private static HttpResponse<byte[]> asked(String path, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    headers.forEach(request::header);
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
