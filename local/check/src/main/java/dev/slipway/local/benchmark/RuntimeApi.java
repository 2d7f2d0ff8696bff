package dev.slipway.local.benchmark;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.local.aws.AwsAnswer;
import dev.slipway.local.dynamodb.DynamoDbPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lambda's Runtime API for one invocation, and DynamoDB behind the same port, whose requests are
 * counted.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">AWS Lambda: Using
 *     the Lambda runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {
  private static final String INVOCATION = "/2018-06-01/runtime/invocation/";

  private final HttpServer server;
  private final DynamoDbPort dynamoDb;
  private final byte[] event;
  private final AtomicBoolean handedOut = new AtomicBoolean();
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final AtomicInteger requests = new AtomicInteger();

  /**
   * The end of an invocation.
   *
   * @param succeeded false: the function failed, or could not be started
   * @param at by {@link System#nanoTime}
   */
  record Outcome(boolean succeeded, String body, long at) {}

  /**
   * @param event what the function is invoked with
   */
  RuntimeApi(DynamoDbPort dynamoDb, String event) {
    this.dynamoDb = dynamoDb;
    this.event = event.getBytes(StandardCharsets.UTF_8);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(
          "Lambda's Runtime API cannot listen on a free port of 127.0.0.1: " + e.getMessage(), e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::dynamoDb);
    server.createContext(INVOCATION + "next", this::next);
    server.createContext(INVOCATION, this::end);
    server.createContext("/2018-06-01/runtime/init/error", this::end);
    server.start();
  }

  /** Such as {@code 127.0.0.1:40123}. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** The address at which the functions find DynamoDB. */
  URI dynamoDbEndpoint() {
    return URI.create("http://" + address());
  }

  /** Waits for the end of the invocation; empty if it takes longer. */
  Optional<Outcome> await(Duration most) throws InterruptedException {
    return Optional.ofNullable(outcomes.poll(most.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** The requests to DynamoDB so far. */
  int requests() {
    return requests.get();
  }

  /**
   * A function that asks for a second event waits for as long as the server lives, as in Lambda.
   */
  private void next(HttpExchange exchange) throws IOException {
    if (!handedOut.compareAndSet(false, true)) {
      return;
    }
    Headers headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", "cold-start");
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 29_000));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:us-east-1:000000000000:function:cold-start");
    answer(exchange, 200, event);
  }

  private void end(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean succeeded = exchange.getRequestURI().getPath().endsWith("/response");
    outcomes.add(new Outcome(succeeded, body, System.nanoTime()));
    answer(exchange, 202, new byte[0]);
  }

  private void dynamoDb(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    AwsAnswer answer =
        dynamoDb.send(
            exchange.getRequestHeaders().getFirst("X-Amz-Target"),
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
            exchange.getRequestBody().readAllBytes());
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    answer(exchange, answer.status(), answer.body());
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    // Lambda's runtime client crashes on an answer without it.
    exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
