package dev.slipway.local.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/**
 * Stands before LocalStack's Step Functions and keeps one thing from it: {@code SendTaskFailure}
 * with {@code Slipway.Recheck}. LocalStack keeps a token over a retry and would at once consume the
 * old failure again, without end; AWS makes a new token. Wake is told what it is told of a token
 * that is gone; the task is looked at again by the next run.
 */
final class RechecksHeldBack implements AutoCloseable {
  private static final Set<String> PASSED_ON =
      Set.of("x-amz-target", "content-type", "authorization", "x-amz-date", "x-amz-security-token");

  private final URI stepFunctions;
  private final HttpServer server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Queue<String> heldBack = new ConcurrentLinkedQueue<>();
  private final Queue<String> passedOn = new ConcurrentLinkedQueue<>();

  /** Listens on any port of that address. */
  RechecksHeldBack(InetAddress address, URI stepFunctions) throws IOException {
    this.stepFunctions = stepFunctions;
    server = HttpServer.create(new InetSocketAddress(address, 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Where functions find Step Functions. */
  URI endpoint() {
    return URI.create(
        "http://%s:%d"
            .formatted(
                server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort()));
  }

  /** The tokens whose recheck was held back. */
  List<String> heldBack() {
    return List.copyOf(heldBack);
  }

  /** The actions that went through. */
  List<String> passedOn() {
    return List.copyOf(passedOn);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      if (target != null && target.endsWith(".SendTaskFailure")) {
        JsonNode request = Json.MAPPER.readTree(body);
        if (request.path("error").asText().equals("Slipway.Recheck")) {
          heldBack.add(request.path("taskToken").asText());
          answer(
              exchange,
              400,
              "{\"__type\":\"TaskTimedOut\",\"message\":\"held back\"}"
                  .getBytes(StandardCharsets.UTF_8));
          return;
        }
      }
      passedOn.add(String.valueOf(target).replaceFirst(".*\\.", ""));
      forward(exchange, body);
    }
  }

  private void forward(HttpExchange exchange, byte[] body) throws IOException {
    var request =
        HttpRequest.newBuilder(stepFunctions.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                request.header(name, values.getFirst());
              }
            });
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
