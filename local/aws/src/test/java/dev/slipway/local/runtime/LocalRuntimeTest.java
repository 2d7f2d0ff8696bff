package dev.slipway.local.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.lambda.LogSink;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

class LocalRuntimeTest {
  private static final Path SAMPLE = Path.of("src/test/resources/sample");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<LogSink.Line> logs = new CopyOnWriteArrayList<>();

  @Test
  void runsATemplateFromTheApiToTheEndOfAnExecution() throws Exception {
    try (var runtime = LocalRuntime.start(RuntimeOptions.of(SAMPLE, "sample").withLogs(logs::add));
        var stepFunctions = client(runtime)) {
      assertEquals(401, send(runtime, "POST", "/runs", "{}", "").statusCode());
      assertEquals(404, send(runtime, "GET", "/runs", "", "").statusCode());
      assertEquals("{\"healthy\":true}", send(runtime, "GET", "/health", "", "").body());

      var token = runtime.issuer().token("someone", Map.of("roles", List.of("manager")));
      var started = send(runtime, "POST", "/runs", "{\"id\": \"first\"}", token);
      assertEquals(201, started.statusCode(), started.body());
      var arn = JSON.readTree(started.body()).path("executionArn").asText();
      await(() -> logs.stream().anyMatch(line -> line.text().equals("asking first")));

      var again = send(runtime, "POST", "/answers/first", "again", token);
      assertEquals(202, again.statusCode());
      assertEquals("[manager]", again.body());
      await(() -> logs.stream().filter(line -> line.text().equals("asking first")).count() == 2);

      send(runtime, "POST", "/answers/first", "yes", token);
      await(() -> status(stepFunctions, arn) == ExecutionStatus.SUCCEEDED);
      assertEquals(
          "{\"answer\":\"yes\"}",
          stepFunctions.describeExecution(describe -> describe.executionArn(arn)).output());
    }
  }

  @Test
  void tellsFunctionsWhereTheApiIsOnThisMachine() {
    var told = new ConcurrentHashMap<String, String>();
    var options =
        RuntimeOptions.of(SAMPLE, "sample")
            .withFunctions(
                (spec, given) -> {
                  told.put(spec.name(), spec.environment().getOrDefault("SAMPLE_API", ""));
                  return (input, output, context) -> output.write("{}".getBytes(UTF_8));
                });
    try (var runtime = LocalRuntime.start(options)) {
      var ask = runtime.template().function("Ask").orElseThrow().arn();
      runtime.functions().invoke(ask, JSON.createObjectNode()).join();
      assertEquals(runtime.apiUri().toString(), told.get("sample-Ask"));
    }
  }

  @Test
  void recordsWhatTheStreamsFunctionGivesUp() throws Exception {
    try (var runtime = LocalRuntime.start(RuntimeOptions.of(SAMPLE, "sample"))) {
      var token = runtime.issuer().token("someone", Map.of("roles", List.of("manager")));
      send(runtime, "POST", "/answers/second", "poison", token);
      await(() -> !runtime.failures().isEmpty());
      var report = runtime.failures().getFirst();
      assertEquals(
          "arn:aws:sqs:us-east-1:000000000000:sample-Failures",
          report.path("destination").asText());
      assertEquals(
          "RetryAttemptsExhausted", report.at("/message/requestContext/condition").asText());
      assertEquals(3, report.at("/message/requestContext/approximateInvokeCount").asInt());
      assertTrue(report.at("/message/DDBStreamBatchInfo").has("startSequenceNumber"));
    }
  }

  static HttpResponse<String> send(
      LocalRuntime runtime, String method, String path, String body, String token)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(runtime.apiUri() + path))
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static ExecutionStatus status(SfnClient client, String arn) {
    return client.describeExecution(describe -> describe.executionArn(arn)).status();
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    var deadline = Instant.now().plus(Duration.ofMinutes(2));
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(deadline), "nothing happened in time");
      Thread.sleep(20);
    }
  }

  static SfnClient client(LocalRuntime runtime) {
    var key = runtime.operatorKey();
    return SfnClient.builder()
        .endpointOverride(runtime.awsUri())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
