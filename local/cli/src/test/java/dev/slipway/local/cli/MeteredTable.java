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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before DynamoDB Local and asks it, with each request, what the request costs; reads apart
 * by the access key of who reads.
 */
final class MeteredTable implements AutoCloseable {
  private static final Set<String> WRITES = Set.of("TransactWriteItems", "PutItem");
  private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([A-Z0-9]++)/");

  private final AtomicReference<URI> behind = new AtomicReference<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final DoubleAdder writeUnits = new DoubleAdder();
  private final Map<String, DoubleAdder> readUnits = new ConcurrentHashMap<>();

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
    return readUnits.values().stream().mapToDouble(DoubleAdder::sum).sum();
  }

  double readUnits(String accessKey) {
    return readUnits.getOrDefault(accessKey, new DoubleAdder()).sum();
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
                  .header("Authorization", authorization(exchange))
                  .POST(BodyPublishers.ofString(body.toString()))
                  .build(),
              BodyHandlers.ofByteArray());
      count(
          target.substring(target.indexOf('.') + 1),
          accessKey(exchange),
          Json.MAPPER.readTree(answer.body()));
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static String authorization(HttpExchange exchange) {
    return exchange.getRequestHeaders().getFirst("Authorization");
  }

  private static String accessKey(HttpExchange exchange) {
    Matcher key = ACCESS_KEY.matcher(authorization(exchange));
    return key.find() ? key.group(1) : "";
  }

  private void count(String operation, String accessKey, JsonNode answer) {
    JsonNode consumed = answer.path("ConsumedCapacity");
    double units = 0;
    for (JsonNode one : consumed.isArray() ? consumed : List.of(consumed)) {
      units += one.path("CapacityUnits").asDouble();
    }
    if (WRITES.contains(operation)) {
      writeUnits.add(units);
    } else {
      readUnits.computeIfAbsent(accessKey, unknown -> new DoubleAdder()).add(units);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    client.close();
  }
}
