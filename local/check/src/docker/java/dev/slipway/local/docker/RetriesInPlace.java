package dev.slipway.local.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/**
 * Stands before LocalStack's Step Functions and retries in its place the state that {@code
 * SendTaskFailure} with {@code Slipway.Recheck} names. LocalStack keeps a token over a retry and
 * would at once consume the old failure again, without end; AWS makes a new token. So does this:
 * the function is called with the next count of retries under a new token, which stands for
 * LocalStack's own when Wake answers it. The older ones are gone, as with AWS.
 */
final class RetriesInPlace implements AutoCloseable {
  private static final Set<String> PASSED_ON =
      Set.of("x-amz-target", "content-type", "authorization", "x-amz-date", "x-amz-security-token");

  /** What a state's second retrier retries after a pause; LocalStack names Lambda's errors so. */
  private static final Set<String> TRIED_AGAIN = Set.of("Slipway.Busy", "Slipway.Unavailable");

  private static final Duration PAUSE = Duration.ofSeconds(3);

  /**
   * More than LocalStack itself retries a state that found no container free: an attempt with a
   * lower count than one before is turned away.
   */
  private static final int ITS_OWN = 50;

  /** Between LocalStack's token and the number of the retry. */
  private static final String RETRY = "~";

  private final URI stepFunctions;
  private final Executions executions;
  private final LambdaClient lambda;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Queue<String> passedOn = new ConcurrentLinkedQueue<>();

  /** How often the state of each of LocalStack's tokens was retried here. */
  private final Map<String, Integer> retries = new ConcurrentHashMap<>();

  /** Listens on any port of that address. */
  RetriesInPlace(InetAddress address, URI stepFunctions, Executions executions, LambdaClient lambda)
      throws IOException {
    this.stepFunctions = stepFunctions;
    this.executions = executions;
    this.lambda = lambda;
    server = HttpServer.create(new InetSocketAddress(address, 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Where functions find Step Functions. */
  URI endpoint() {
    return URI.create(
        "http://%s:%d"
            .formatted(
                server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort()));
  }

  /** The actions that went through. */
  List<String> passedOn() {
    return List.copyOf(passedOn);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      if (!target.contains(".SendTask")) {
        forward(exchange, body);
        return;
      }
      ObjectNode request = (ObjectNode) Json.MAPPER.readTree(body);
      String token = request.path("taskToken").asText();
      String own = token.split(RETRY, 2)[0];
      int retried = retries.getOrDefault(own, 0);
      if (!token.equals(named(own, retried))) {
        answer(exchange, 400, "{\"__type\":\"TaskTimedOut\",\"message\":\"an older attempt\"}");
      } else if (request.path("error").asText().equals("Slipway.Recheck")) {
        if (retries.merge(own, 1, Integer::sum) == retried + 1) {
          threads.execute(() -> retry(own, retried + 1));
        }
        answer(exchange, 200, "{}");
      } else {
        passedOn.add(target.replaceFirst(".*\\.", ""));
        forward(
            exchange, request.put("taskToken", own).toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static String named(String token, int retry) {
    return retry == 0 ? token : token + RETRY + retry;
  }

  private void retry(String token, int retry) {
    Executions.State state = executions.waitingFor(token);
    ObjectNode payload = state.payload().deepCopy();
    payload.put("retry", ITS_OWN + retry).put("taskToken", named(token, retry));
    if (isToBeTriedAgain(state.function(), payload)) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        return;
      }
      if (retries.replace(token, retry, retry + 1)) {
        retry(token, retry + 1);
      }
    }
  }

  private boolean isToBeTriedAgain(String function, JsonNode payload) {
    try {
      InvokeResponse answer =
          lambda.invoke(
              r -> r.functionName(function).payload(SdkBytes.fromUtf8String(payload.toString())));
      if (answer.functionError() == null) {
        return false;
      }
      String error =
          Json.MAPPER.readTree(answer.payload().asUtf8String()).path("errorType").asText();
      if (!TRIED_AGAIN.contains(error)) {
        throw new IllegalStateException(payload + ": " + answer.payload().asUtf8String());
      }
      return true;
    } catch (TooManyRequestsException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
              if (PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, values.getFirst());
              }
            });
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      answer(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
