package dev.slipway.systems.aws;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The clients of AWS against moto, which neither we nor AWS wrote; each request is held against
 * AWS's own descriptions too. Without {@code moto_server} on the path, or in {@code
 * ~/.cache/slipway/moto/bin}, the test is skipped and says so.
 */
final class MotoIT implements AwsContract {
  private static final String VERSION = "5.2.5";
  private static final Duration STARTS = Duration.ofSeconds(60);
  private static final Set<String> SET_BY_CLIENT = Set.of("host", "content-length");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static Process server;
  private static URI address;
  private static AwsModels models;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Optional<Path> program = program();
    Assumptions.assumeTrue(
        program.isPresent(),
        "MotoIT needs moto_server: python3 -m venv ~/.cache/slipway/moto &&"
            + " ~/.cache/slipway/moto/bin/pip install 'moto[server]=="
            + VERSION
            + "'");
    models = new AwsModels(botocore(program.get()));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    address = URI.create("http://127.0.0.1:" + port + "/");
    server =
        new ProcessBuilder(program.get().toString(), "-H", "127.0.0.1", "-p", "" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Instant late = Instant.now().plus(STARTS);
    while (!isUp()) {
      if (Instant.now().isAfter(late) || !server.isAlive()) {
        throw new IllegalStateException("moto_server has not started");
      }
      Thread.sleep(200);
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.destroy();
    }
  }

  private static Optional<Path> program() {
    Stream<String> path = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1));
    String cache = Path.of(System.getProperty("user.home"), ".cache/slipway/moto/bin").toString();
    return Stream.concat(path, Stream.of(cache))
        .map(folder -> Path.of(folder, "moto_server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** It is installed beside moto, which needs it. */
  private static Path botocore(Path program) throws IOException {
    try (Stream<Path> files = Files.find(library(program), 4, MotoIT::isBotocore)) {
      return files.findFirst().orElseThrow();
    }
  }

  private static Path library(Path program) throws IOException {
    return program.toRealPath().getParent().resolveSibling("lib");
  }

  private static boolean isBotocore(Path path, BasicFileAttributes attributes) {
    return path.endsWith(Path.of("botocore", "data"));
  }

  private static boolean isUp() throws InterruptedException {
    try {
      return post("moto-api/reset").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static HttpResponse<byte[]> post(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(address.resolve(path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /** A new organization, with Identity Center and the permission sets that a customer has. */
  @BeforeEach
  void anEmptyWorld() throws IOException, InterruptedException {
    post("moto-api/reset");
    ObjectNode all = JsonNodeFactory.instance.objectNode().put("FeatureSet", "ALL");
    session()
        .json(AwsJson.Service.ORGANIZATIONS, Organizations.REGION)
        .change("CreateOrganization", all);
    AwsJson center = session().json(AwsJson.Service.IDENTITY_CENTER, REGION);
    String instance =
        center
            .read("ListInstances", JsonNodeFactory.instance.objectNode())
            .at("/Instances/0/InstanceArn")
            .asText();
    for (String name : List.of("AdministratorAccess", "ReadOnlyAccess")) {
      center.change(
          "CreatePermissionSet",
          JsonNodeFactory.instance.objectNode().put("Name", name).put("InstanceArn", instance));
    }
  }

  @Override
  public AwsSession session() {
    return session(MotoIT::sent);
  }

  private static AwsSession session(HttpPort http) {
    return new AwsLogin(
            http,
            Clock.systemUTC(),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("own", "own")),
            REGION)
        .enter(new AwsAccess("", "AKIAMOTO000000000001", "secret"), "acme-1", "test");
  }

  @Override
  public String role() {
    return "arn:aws:iam::123456789012:role/any";
  }

  @Test
  void theRequestOfAQuotaIsOfAwssForm() {
    HttpPort checked =
        call -> {
          models.check(call);
          return new HttpAnswer(call, 200, Map.of(), Bytes.of("{}"), Instant.EPOCH);
        };
    assertTrue(new ServiceQuotas(session(checked), REGION).value("vpc", "L-F678F1CE").isPresent());
  }

  /** Moto takes the service from the signature, whatever host was asked. */
  private static HttpAnswer sent(HttpCall call) {
    models.check(call);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(call.uri().getRawPath()))
            .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body().toArray()));
    call.headers().entrySet().stream()
        .filter(header -> !SET_BY_CLIENT.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .forEach(header -> request.header(header.getKey(), header.getValue()));
    try {
      HttpResponse<byte[]> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      Map<String, List<String>> headers = answer.headers().map();
      return new HttpAnswer(
          call, answer.statusCode(), headers, Bytes.of(answer.body()), Instant.now());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
