package dev.slipway.local.alarm;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.local.lambda.FunctionFactory;
import dev.slipway.local.lambda.FunctionSpec;
import dev.slipway.local.lambda.HandlerConstructors;
import dev.slipway.local.lambda.LambdaServiceException;
import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.local.runtime.RuntimeOptions;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.StateMachineResource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * The project's template running, with an eye on what AWS would publish: of Lambda errors and the
 * age of what a stream delivers, and what is throttled; of SQS what lies in the queue, of API
 * Gateway answers above 500; and of what Step Functions logs what metric filters count.
 */
final class ObservedRuntime implements AutoCloseable {
  /** Now: the database stamps its stream with the machine's own time. */
  private final Instant start = Instant.now();

  private Instant reminded = start.minus(Duration.ofMinutes(40));
  private long throttles;
  private final SimulatedTime time = new SimulatedTime(start);
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final Observations observations = new Observations();
  private final LocalRuntime runtime;
  private final List<Alarm> alarms;
  private final List<MetricFilter> metricFilters;
  private final Set<String> logged = new HashSet<>();
  private final SfnClient stepFunctions;

  /**
   * @param environment set for every function: what makes the trouble
   */
  ObservedRuntime(Map<String, String> environment) {
    runtime =
        LocalRuntime.start(
            RuntimeOptions.of(ProjectRoot.find(), "slipway")
                .withTime(LocalTime.simulated(time))
                .withEnvironment(environment)
                .withParameters(Map.of("JwtIssuer", "https://issuer.example/"))
                .withLogs(observations)
                .withFunctions(
                    watched(new HandlerConstructors(ObservedRuntime.class.getClassLoader()))));
    alarms = runtime.template().alarms().stream().map(Alarm::of).toList();
    metricFilters = runtime.template().metricFilters().stream().map(MetricFilter::of).toList();
    var key = runtime.operatorKey();
    stepFunctions =
        SfnClient.builder()
            .endpointOverride(runtime.awsUri())
            .region(Region.US_EAST_1)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.id(), key.secret())))
            .build();
  }

  private FunctionFactory watched(FunctionFactory factory) {
    return (function, clock) -> watched(function, clock, factory.create(function, clock));
  }

  private RequestStreamHandler watched(
      FunctionSpec function, Clock clock, RequestStreamHandler handler) {
    Map<String, String> dimensions = Map.of("FunctionName", function.name());
    return (input, output, context) -> {
      byte[] event = input.readAllBytes();
      for (JsonNode record : Json.MAPPER.readTree(event).path("Records")) {
        double created = record.at("/dynamodb/ApproximateCreationDateTime").asDouble() * 1000;
        observations.add(
            "AWS/Lambda", "IteratorAge", dimensions, clock.instant(), clock.millis() - created);
      }
      int errors = 1;
      try {
        if (broken.contains(function.name())) {
          throw new IllegalStateException("broken by the test");
        }
        handler.handleRequest(new ByteArrayInputStream(event), output, context);
        errors = 0;
      } finally {
        observations.add("AWS/Lambda", "Errors", dimensions, clock.instant(), errors);
      }
    };
  }

  /** From now on the function ends with an error whenever it is called. */
  void breakFunction(String function) {
    broken.add(runtime.template().function(function).orElseThrow().name());
  }

  /**
   * Lets time pass, a minute at a time. What is scheduled is called here, for the runtime leaves
   * out calls that would find nothing new, and silence is what some alarms listen to. No alarm
   * listens to the sweep for longer than ten minutes.
   */
  void pass(Duration duration) throws InterruptedException {
    Instant end = time.instant().plus(duration);
    while (time.instant().isBefore(end)) {
      if (!time.instant().isBefore(end.minus(Duration.ofMinutes(10)))) {
        call("Wake");
      }
      if (!time.instant().isBefore(reminded.plus(Duration.ofHours(1)))) {
        reminded = time.instant();
        call("Remind");
      }
      time.advance(Duration.ofMinutes(1));
    }
  }

  /** As its schedule does. */
  void call(String function) {
    String arn = runtime.template().function(function).orElseThrow().arn();
    try {
      runtime.functions().invoke(arn, Json.MAPPER.createObjectNode()).join();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof LambdaServiceException)) {
        throw e;
      }
      // Throttled: the next schedule tries again.
    }
  }

  /** Which alarms are in the state ALARM now. */
  Set<String> ringing() {
    // The last full second: at a period's first moment nothing is known of it.
    Instant now = time.instant().minusSeconds(1);
    long all = runtime.functions().throttles();
    observations.add("AWS/Lambda", "Throttles", Map.of(), now, (double) (all - throttles));
    throttles = all;
    for (JsonNode failure : runtime.failures()) {
      String arn = failure.path("destination").asText();
      observations.add(
          "AWS/SQS",
          "ApproximateNumberOfMessagesVisible",
          Map.of("QueueName", arn.substring(arn.lastIndexOf(':') + 1)),
          now,
          1);
    }
    runtime.template().stateMachines().forEach(this::readLog);
    Set<String> ringing = new TreeSet<>();
    for (Alarm alarm : alarms) {
      if (alarm.rings(observations, now)) {
        ringing.add(alarm.name());
      }
    }
    return ringing;
  }

  /** What Step Functions writes into the log group of a state machine that is new since then. */
  private void readLog(StateMachineResource machine) {
    for (ExecutionListItem execution :
        stepFunctions.listExecutions(r -> r.stateMachineArn(machine.arn())).executions()) {
      for (HistoryEvent event :
          stepFunctions
              .getExecutionHistory(r -> r.executionArn(execution.executionArn()))
              .events()) {
        JsonNode line =
            Json.MAPPER
                .createObjectNode()
                .put("id", event.id().toString())
                .put("type", event.typeAsString())
                .put("execution_arn", execution.executionArn());
        if (logged.add(execution.executionArn() + event.id())) {
          metricFilters.forEach(
              filter -> filter.look(logGroup(machine), line, event.timestamp(), observations));
        }
      }
    }
  }

  /** Where a state machine's events are logged; empty: not all of its ends are. */
  static String logGroup(StateMachineResource machine) {
    String arn =
        machine.logging().at("/Destinations/0/CloudWatchLogsLogGroup/LogGroupArn").asText();
    return machine.logging().path("Level").asText("OFF").equals("OFF")
        ? ""
        : arn.replaceFirst("^.*:log-group:", "").replaceFirst(":\\*$", "");
  }

  /** Calls the API; answers the status. */
  int get(String path) throws IOException, InterruptedException {
    String token = runtime.issuer().token("someone", Map.of("slipway_roles", List.of("manager")));
    URI uri = runtime.apiUri().resolve(path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status =
          client
              .send(
                  HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build(),
                  BodyHandlers.ofString())
              .statusCode();
      observations.add(
          "AWS/ApiGateway", "5xx", Map.of("ApiId", "Api"), time.instant(), status >= 500 ? 1 : 0);
      return status;
    }
  }

  /** A function of the runtime. */
  FunctionContext context() {
    Map<String, String> environment =
        new HashMap<>(runtime.template().function("Wake").orElseThrow().environment());
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", runtime.dynamoDbUri().toString());
    return FunctionContext.of(environment, time);
  }

  void startExecution(String machine, String input) {
    String arn = runtime.template().stateMachine(machine).orElseThrow().arn();
    stepFunctions.startExecution(r -> r.stateMachineArn(arn).input(input));
  }

  Instant now() {
    return time.instant();
  }

  LocalRuntime runtime() {
    return runtime;
  }

  List<MetricFilter> metricFilters() {
    return metricFilters;
  }

  List<Alarm> alarms() {
    return alarms;
  }

  @Override
  public void close() {
    stepFunctions.close();
    runtime.close();
  }
}
