package dev.slipway.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.local.cli.Slipway;
import dev.slipway.local.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API's functions behind an address, so that commands can be given to them. */
final class ServedWorld implements AutoCloseable {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)\\}");
  private static final List<String> HEADERS =
      List.of("if-match", "if-none-match", "effect-hash", "idempotency-key");

  private final ApiWorld world;
  private final Path token;
  private final HttpServer server;

  /**
   * @param folder where the caller's token is written
   */
  ServedWorld(ApiWorld world, Path folder) throws IOException {
    this.world = world;
    this.token = Files.writeString(folder.resolve("token.txt"), "token");
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** What a command says, errors included; a manager gives it. */
  String command(String... words) {
    var out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of(
            "--api",
            "http://127.0.0.1:" + server.getAddress().getPort(),
            "--token-file",
            token.toString()));
    Slipway.commandLine(new Terminal(stream, stream, 0)).execute(all.toArray(String[]::new));
    return out.toString(StandardCharsets.UTF_8);
  }

  private void answer(HttpExchange exchange) throws IOException {
    ApiWorld.Request request = request(exchange);
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : query == null ? List.<String>of() : List.of(query.split("&", -1))) {
      String[] parts = pair.split("=", 2);
      request.query(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    for (String name : HEADERS) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    ApiWorld.Answer answer = (body.isEmpty() ? request : request.body(body)).send();
    byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private ApiWorld.Request request(HttpExchange exchange) {
    String path = exchange.getRequestURI().getRawPath();
    for (Map.Entry<String, ApiDescription.Operation> each :
        new ApiDescription().operations().entrySet()) {
      String template = each.getValue().path();
      Matcher matcher =
          Pattern.compile(PARAMETER.matcher(template).replaceAll("([^/]+)")).matcher(path);
      if (each.getValue().method().equals(exchange.getRequestMethod()) && matcher.matches()) {
        ApiWorld.Request request = world.request(each.getKey());
        List<String> names =
            PARAMETER.matcher(template).results().map(found -> found.group(1)).toList();
        for (int i = 0; i < names.size(); i++) {
          request.path(
              names.get(i), URLDecoder.decode(matcher.group(i + 1), StandardCharsets.UTF_8));
        }
        return request;
      }
    }
    throw new IllegalStateException("no operation for " + path);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
