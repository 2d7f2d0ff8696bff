package dev.slipway.local.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code sam local start-api} serves every route of the OpenAPI document. SAM does not emulate JWT
 * authorizers, so each function finds nobody who calls: 401.
 */
@Needs({Need.SAM, Need.DOCKER, Need.LAMBDA_IMAGE})
class SamStartApiIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  private static Process api;
  private static URI base;
  private static Path log;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws Exception {
    Checkout project = Checkout.built();
    int port = freePort();
    log = Checkout.scratch().resolve("start-api.log");
    base = URI.create("http://127.0.0.1:" + port);
    api =
        Command.of(
                project.folder(),
                "sam",
                "local",
                "start-api",
                "--skip-pull-image",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port))
            .start(log);
    Instant latest = Instant.now().plus(PATIENCE);
    while (!listens(port)) {
      if (!api.isAlive() || Instant.now().isAfter(latest)) {
        throw new AssertionError("sam local start-api: " + Files.readString(log));
      }
      Thread.sleep(500);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * SAM takes the containers that it keeps warm with it. Ctrl-C would do too, but not where Maven
   * was started in the background of a script: there the shell has SIGINT ignored.
   */
  @AfterAll
  static void stop() throws Exception {
    if (api != null) {
      api.destroy();
      if (!api.waitFor(60, TimeUnit.SECONDS)) {
        api.destroyForcibly();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everyRouteOfTheDescriptionAsksWhoCalls() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Route route : routes()) {
      tests.add(
          DynamicTest.dynamicTest(
              route.method() + " " + route.path(), () -> assertAsksWhoCalls(route)));
    }
    assertTrue(tests.size() > 20, "routes of the OpenAPI document");
    return tests.stream();
  }

  @Test
  void whatIsNoRouteIsNotServed() throws Exception {
    assertEquals(403, send("GET", "/no-such-thing").statusCode());
  }

  /**
   * A route.
   *
   * @param open whether the document asks for no token: its function looks itself who calls
   */
  private record Route(String method, String path, boolean open) {}

  /**
   * No path has a part in capitals, so an open route's function finds at once that it names no
   * probe runner, and a guest's that it is asked by none of Slipway's pages. Nothing is asked of
   * the ledger, which is not there.
   */
  private void assertAsksWhoCalls(Route route) throws Exception {
    HttpResponse<String> answer =
        send(route.method(), route.path().replaceAll("\\{[^}]+}", "Nobody"));
    boolean guest = route.path().startsWith("/guests/");
    String problem =
        guest ? "guest.cross-site" : route.open() ? "runner.unknown" : "caller.unknown";
    assertEquals(guest ? 403 : 401, answer.statusCode(), answer::body);
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    assertEquals(problem, Json.MAPPER.readTree(answer.body()).path("code").asText());
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    boolean hasBody = !method.equals("GET");
    return http.send(
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(
                method,
                hasBody
                    ? HttpRequest.BodyPublishers.ofString("{}")
                    : HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static List<Route> routes() throws IOException {
    Path file = Checkout.project().resolve("functions/src/main/resources/openapi.yaml");
    var document =
        (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    List<Route> routes = new ArrayList<>();
    ((Map<?, ?>) document.get("paths"))
        .forEach(
            (path, item) ->
                ((Map<?, ?>) item)
                    .forEach(
                        (method, operation) -> {
                          if (METHODS.contains(String.valueOf(method))) {
                            routes.add(route(method, path, (Map<?, ?>) operation));
                          }
                        }));
    return routes;
  }

  private static Route route(Object method, Object path, Map<?, ?> operation) {
    return new Route(
        String.valueOf(method).toUpperCase(Locale.ROOT),
        String.valueOf(path),
        operation.get("security") instanceof List<?> schemes && schemes.isEmpty());
  }
}
