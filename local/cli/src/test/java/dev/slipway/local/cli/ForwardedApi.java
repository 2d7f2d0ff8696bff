package dev.slipway.local.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before the API, and lets something happen at one of the requests that go through it. */
final class ForwardedApi implements AutoCloseable {
  private static final List<String> HEADERS =
      List.of(
          "Authorization",
          "Content-Type",
          "Idempotency-Key",
          "If-Match",
          "If-None-Match",
          "Effect-Hash",
          "X-File-Name");

  private final HttpServer server;
  private final URI api;
  private final AtomicInteger count = new AtomicInteger();

  private ForwardedApi(URI api, String method, int number, Runnable before, Runnable behind)
      throws IOException {
    this.api = api;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean meant =
              exchange.getRequestMethod().equals(method) && count.incrementAndGet() == number;
          if (meant) {
            before.run();
          }
          forward(exchange, meant ? behind : () -> {});
        });
    server.start();
  }

  /** Does that before it forwards the request of this method and number. */
  static ForwardedApi before(URI api, String method, int number, Runnable act) throws IOException {
    return new ForwardedApi(api, method, number, act, () -> {});
  }

  /** Does that when the API has answered the request, before it passes the answer on. */
  static ForwardedApi behind(URI api, String method, int number, Runnable act) throws IOException {
    return new ForwardedApi(api, method, number, () -> {}, act);
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void forward(HttpExchange exchange, Runnable behind) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    for (String header : HEADERS) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      behind.run();
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      exchange.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
