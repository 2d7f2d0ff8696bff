package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Stands before DynamoDB Local and asks it, with each request, what the request costs. */
final class MeteredTable implements AutoCloseable {
  private static final Set<String> WRITES = Set.of("TransactWriteItems", "PutItem");

  private final AtomicReference<URI> behind = new AtomicReference<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final DoubleAdder writeUnits = new DoubleAdder();
  private final DoubleAdder readUnits = new DoubleAdder();
  private final LongAdder writes = new LongAdder();
  private final LongAdder reads = new LongAdder();

  MeteredTable() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void standBefore(URI dynamoDb) {
    behind.set(dynamoDb);
  }

  double writeUnits() {
    return writeUnits.sum();
  }

  double readUnits() {
    return readUnits.sum();
  }

  long writes() {
    return writes.sum();
  }

  long reads() {
    return reads.sum();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      ObjectNode body = (ObjectNode) Json.MAPPER.readTree(exchange.getRequestBody());
      body.put("ReturnConsumedCapacity", "TOTAL");
      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(behind.get())
                  .header("Content-Type", "application/x-amz-json-1.0")
                  .header("X-Amz-Target", target)
                  .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
                  .POST(BodyPublishers.ofString(body.toString()))
                  .build(),
              BodyHandlers.ofByteArray());
      count(target.substring(target.indexOf('.') + 1), Json.MAPPER.readTree(answer.body()));
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void count(String operation, JsonNode answer) {
    JsonNode consumed = answer.path("ConsumedCapacity");
    double units = 0;
    for (JsonNode one : consumed.isArray() ? consumed : java.util.List.of(consumed)) {
      units += one.path("CapacityUnits").asDouble();
    }
    (WRITES.contains(operation) ? writeUnits : readUnits).add(units);
    (WRITES.contains(operation) ? writes : reads).increment();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    client.close();
  }
}
