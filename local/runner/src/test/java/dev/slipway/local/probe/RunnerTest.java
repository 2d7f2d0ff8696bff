package dev.slipway.local.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.json.Json;
import dev.slipway.local.probe.RunnerApi.Answer;
import dev.slipway.probe.EnrolmentCode;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.systems.net.Egress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner, when what answers is not what it should be. */
class RunnerTest {
  private static final EnrolmentCode CODE = EnrolmentCode.make("hoster-7sqrdz31", new Random(7));
  private static final String ID = "01K9Z3V8Q2M4N6P8R0S2T4V6W8";

  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final RunnerKey key = RunnerKey.make(CODE);

  @TempDir private Path folder;
  private HttpServer server;
  private RunnerApi api;

  private record Reply(int status, String type, String body, String retryAfter) {}

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          Reply reply = replies.size() > 1 ? replies.pop() : replies.peek();
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", reply.type());
          if (!reply.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", reply.retryAfter());
          }
          byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(reply.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    api =
        new RunnerApi(
            http,
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            InstantSource.system());
  }

  @AfterEach
  void close() {
    server.stop(0);
    http.close();
  }

  private void answers(int status, String type, String body) {
    replies.add(new Reply(status, type, body, ""));
  }

  private Runner runner(Egress egress) {
    return new Runner(
        api,
        new ProbeExecution(egress),
        () -> true,
        system -> Optional.empty(),
        pauses::add,
        said::add);
  }

  private static Egress inside() {
    return new InnerNetworks(Optional.empty(), Optional.empty())
        .egress(List.of(), InstantSource.system());
  }

  @Test
  void aPortalInBetweenIsNamed() {
    answers(200, "text/html", "<html><body>Please accept our terms</body></html>");

    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, api.fetch(key));
    assertEquals("answer.not-slipway", refused.code());
    assertTrue(refused.detail().contains("proxy or a portal"), refused.detail());
    assertThrows(RunnerFailure.class, () -> runner(inside()).round(key));
    assertThrows(RunnerFailure.class, () -> new Enrolment(api, said::add).enrol(CODE));
  }

  @Test
  void anAnswerWithoutEndIsNotRead() {
    answers(200, "application/json", "{\"probes\":\"" + "x".repeat(300_000) + "\"}");

    assertInstanceOf(Answer.Refused.class, api.fetch(key));
  }

  @Test
  void tooManyRequestsAreWaitedFor() throws InterruptedException {
    replies.add(new Reply(429, "application/json", "{\"message\":\"Too Many Requests\"}", "40"));

    Runner.Round round = runner(inside()).round(key);
    assertEquals(Duration.ofSeconds(40), round.pause());
    assertEquals(1, round.left());
    assertTrue(said.getFirst().contains("429"), said::toString);
  }

  @Test
  void aResultThatMeetsTroubleIsHandedInAgain() throws InterruptedException {
    Probe probe = new Probe.TcpConnect("localhost", 1);
    answers(200, "application/json", wanted(probe.parameters().toString(), probe.hash()));
    replies.add(new Reply(429, "text/plain", "slow down", "3"));
    answers(502, "text/html", "<html>Bad gateway</html>");
    answers(200, "application/json", "{}");

    assertEquals(1, runner(inside()).round(key).run());
    assertEquals(List.of(Duration.ofSeconds(3), Duration.ofSeconds(2)), pauses);
    assertEquals(4, asked.size());
  }

  @Test
  void aRunnerThatIsRevokedEnds() {
    answers(410, "application/problem+json", "{\"code\":\"runner.revoked\",\"detail\":\"Over.\"}");

    RunnerFailure ended = assertThrows(RunnerFailure.class, () -> runner(inside()).round(key));
    assertEquals("Over. (runner.revoked)", ended.getMessage());
  }

  @Test
  void parametersThatAreNotThoseAskedAreNotRun() throws InterruptedException {
    Probe probe = new Probe.TcpConnect("uploader.b.example", 22);
    answers(200, "application/json", wanted(probe.parameters().toString(), "0".repeat(64)));

    assertEquals(0, runner(inside()).round(key).run());
    assertEquals(1, asked.size(), asked::toString);
  }

  @Test
  void anIdThatLeadsElsewhereIsNotFollowed() throws InterruptedException {
    Probe probe = new Probe.TcpConnect("uploader.b.example", 22);
    answers(
        200,
        "application/json",
        wanted(probe.parameters().toString(), probe.hash()).replace(ID, "../../sign-off"));

    assertEquals(0, runner(inside()).round(key).run());
    assertEquals(1, asked.size(), asked::toString);
  }

  private static String wanted(String parameters, String hash) {
    return "{\"pauseSeconds\":15,\"probes\":[{\"probe\":\""
        + ID
        + "\",\"task\":\"a.b\",\"step\":\"c\",\"parameters\":"
        + parameters
        + ",\"hash\":\""
        + hash
        + "\"}]}";
  }

  @Test
  void aRunnerDoesNotLookAtItsOwnMachineOrTheCloudsMetadata() {
    for (String host : List.of("127.0.0.1", "169.254.169.254", "0.0.0.0")) {
      ProbeResult result =
          new ProbeExecution(inside())
              .run(ID, new Probe.TcpConnect(host, 80), Json.MAPPER.createObjectNode());
      assertEquals("address-refused", result.trouble().kind(), host);
    }
  }

  @Test
  void aKeyIsKeptForItsOwnerOnly() throws IOException {
    Path file = folder.resolve("key.json");
    key.save(file);

    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    RunnerKey again = RunnerKey.load(file);
    assertEquals(key.runner(), again.runner());
    assertEquals(key.publicKey(), again.publicKey());
    assertThrows(RunnerFailure.class, () -> key.save(file));
    Files.writeString(file, "{}");
    assertThrows(RunnerFailure.class, () -> RunnerKey.load(file));
  }

  @Test
  void theCompanysProxyIsFound() {
    URI slipway = URI.create("https://slipway.example");
    Map<String, String> environment =
        Map.of("https_proxy", "http://proxy.corp:3128/", "NO_PROXY", ".internal, other.example");

    assertEquals(
        Optional.of(InetSocketAddress.createUnresolved("proxy.corp", 3128).getHostString()),
        CompanyProxy.of(Optional.empty(), environment, slipway)
            .map(InetSocketAddress::getHostString));
    assertTrue(
        CompanyProxy.of(Optional.empty(), environment, URI.create("https://a.internal")).isEmpty());
    assertTrue(
        CompanyProxy.of(Optional.empty(), environment, URI.create("http://127.0.0.1:1")).isEmpty());
    assertEquals(
        8080,
        CompanyProxy.of(Optional.of("named:8080"), environment, slipway).orElseThrow().getPort());
    assertThrows(
        RunnerFailure.class,
        () -> CompanyProxy.of(Optional.of("http://user:password@named:8080"), Map.of(), slipway));
  }

  @Test
  void anUnreachableSlipwayIsSaid() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    RunnerApi nowhere =
        new RunnerApi(http, URI.create("http://127.0.0.1:" + closed), InstantSource.system());

    assertInstanceOf(Answer.Later.class, nowhere.fetch(key));
  }
}
