package dev.slipway.local.stepfunctions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.aws.AccessKeys;
import dev.slipway.local.aws.Authorizer;
import dev.slipway.local.aws.AwsEndpoint;
import dev.slipway.local.lambda.FunctionSpec;
import dev.slipway.local.lambda.LambdaHost;
import dev.slipway.local.lambda.LogSink;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.Stack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResultCode;

/** Through the SDK, as Wake, the AWS CLI and other tools use it. */
class StepFunctionsServiceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROLE = "arn:aws:iam::000000000000:role/any";
  private static final String PASS =
      """
      {"QueryLanguage": "JSONata", "StartAt": "P",
       "States": {"P": {"Type": "Pass", "Output": {"got": "{% $states.input %}"}, "End": true}}}
      """;
  private static final String ASK =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Ask", "States": {"Ask": {
         "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
         "Arguments": {"FunctionName": "ask",
           "Payload": {"token": "{% $states.context.Task.Token %}"}},
         "Retry": [{"ErrorEquals": ["Again"], "IntervalSeconds": 1, "MaxAttempts": 5}],
         "TimeoutSeconds": 100000, "End": true}}}
      """;

  /** Works, and never waits. */
  private static final String LOOP =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Work", "States": {
         "Work": {"Type": "Pass", "Output": "{%% $count([1..%d].($ * 2)) %%}", "Next": "Again"},
         "Again": {"Type": "Choice", "Choices": [{"Condition": "{%% true %%}", "Next": "Work"}],
           "Default": "End"},
         "End": {"Type": "Succeed"}}}
      """;

  /** Takes longer than an expression may. */
  private static final String SLOW = "$match($states.input.s, /^(a+)+\\\\1$/)";

  private static final String SLOW_INPUT = "{\"s\": \"" + "a".repeat(60) + "!\"}";

  /** One slow expression after the other, until it is stopped. */
  private static final String ALWAYS_SLOW =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Work", "States": {
         "Work": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
           "Arguments": {"FunctionName": "ask", "Payload": "{%% %s %%}"},
           "Catch": [{"ErrorEquals": ["States.QueryEvaluationError"], "Next": "Work",
             "Output": "{%% $states.input %%}"}],
           "End": true}}}
      """
          .formatted(SLOW);

  /** For calls that are not to be waited for. */
  private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

  @TempDir Path folder;

  /** The payloads that the function "ask" received. */
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();

  private volatile UnaryOperator<JsonNode> function = payload -> payload;
  private LocalTime time;
  private LambdaHost functions;
  private StepFunctionsService service;
  private AwsEndpoint endpoint;
  private SfnClient client;

  @BeforeEach
  void start() {
    time = LocalTime.real();
    functions =
        new LambdaHost(
            (spec, clock) ->
                (input, output, context) -> {
                  var payload = JSON.readTree(input);
                  asked.add(payload);
                  JSON.writeValue(output, function.apply(payload));
                },
            time,
            LogSink.none(),
            function -> {});
    functions.deploy(
        new FunctionSpec(
            "ask",
            "arn:aws:lambda:us-east-1:000000000000:function:ask",
            "any",
            128,
            Duration.ofMinutes(2),
            Map.of()));
    var stack = Stack.local("sample", Map.of());
    service =
        new StepFunctionsService(
            stack,
            time,
            Optional.of(folder),
            new StepFunctionsService.Surroundings(functions, Authorizer.none()));
    service.open();
    endpoint =
        new AwsEndpoint(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new AccessKeys(),
            AwsEndpoint.Offer.toEverybody(service),
            time.work("requests"));
    client =
        SfnClient.builder()
            .endpointOverride(endpoint.uri())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    endpoint.close();
    service.close();
    functions.close();
    time.close();
  }

  /** As after a crash: nothing but the folder is left. */
  private void restart() {
    stop();
    start();
  }

  @Test
  void refusesPagesFiltersAndLengthsThatThereAreNot() {
    var machine = create("bounds", PASS);
    assertEquals(
        "InvalidToken",
        refusal(() -> client.listStateMachines(list -> list.nextToken("b3RoZXI="))));
    assertEquals(
        "InvalidToken", refusal(() -> client.listStateMachines(list -> list.nextToken("?"))));
    for (int most : new int[] {-1, 1001}) {
      assertEquals(
          "ValidationException",
          refusal(() -> client.listStateMachines(list -> list.maxResults(most))));
    }
    assertEquals(
        "ValidationException",
        refusal(
            () ->
                client.listExecutions(
                    list -> list.stateMachineArn(machine).statusFilter("ASLEEP"))));
    assertEquals(
        "ValidationException",
        refusal(
            () ->
                client.listExecutions(
                    list -> list.stateMachineArn(machine).redriveFilter("PERHAPS"))));
    assertEquals("ValidationException", refusal(() -> run(machine, "n".repeat(81), "{}")));
    assertEquals(
        "InvalidExecutionInput",
        refusal(() -> run(machine, "long", "\"" + "i".repeat(262_144) + "\"")));
    assertEquals(
        "ValidationException",
        refusal(
            () ->
                client.sendTaskFailure(failure -> failure.taskToken("t").error("e".repeat(257)))));
  }

  private static String refusal(Executable request) {
    return assertThrows(SfnException.class, request).awsErrorDetails().errorCode();
  }

  @Test
  void runsAndDescribes() {
    var machine = create("pass", PASS);
    var arn = run(machine, "one", "{\"a\": 1}");
    await(() -> status(arn) == ExecutionStatus.SUCCEEDED);
    var described = client.describeExecution(describe -> describe.executionArn(arn));
    assertEquals("{\"got\":{\"a\":1}}", described.output());
    assertEquals("{\"a\": 1}", described.input());
    assertEquals(ExecutionRedriveStatus.NOT_REDRIVABLE, described.redriveStatus());
    assertTrue(described.inputDetails().included());
    assertEquals(
        List.of(
            HistoryEventType.EXECUTION_STARTED,
            HistoryEventType.PASS_STATE_ENTERED,
            HistoryEventType.PASS_STATE_EXITED,
            HistoryEventType.EXECUTION_SUCCEEDED),
        history(arn).stream().map(HistoryEvent::type).toList());
    assertEquals(
        PASS,
        client
            .describeStateMachineForExecution(describe -> describe.executionArn(arn))
            .definition());
    assertEquals("pass", client.listStateMachines().stateMachines().getFirst().name());
    assertEquals(
        PASS,
        client.describeStateMachine(describe -> describe.stateMachineArn(machine)).definition());
  }

  @Test
  void listsPageByPage() {
    var machine = create("pass", PASS);
    for (int i = 0; i < 5; i++) {
      run(machine, "n" + i, "{}");
    }
    var names =
        client
            .listExecutionsPaginator(
                list ->
                    list.stateMachineArn(machine)
                        .maxResults(2)
                        .statusFilter(ExecutionStatus.SUCCEEDED))
            .executions()
            .stream()
            .map(execution -> execution.name())
            .toList();
    assertEquals(List.of("n4", "n3", "n2", "n1", "n0"), names);
    var arn = machine.replace("stateMachine", "execution") + ":n0";
    var ids =
        client
            .getExecutionHistoryPaginator(
                get -> get.executionArn(arn).maxResults(3).reverseOrder(true))
            .events()
            .stream()
            .map(HistoryEvent::id)
            .toList();
    assertEquals(List.of(4L, 3L, 2L, 1L), ids);
    var bare = client.getExecutionHistory(get -> get.executionArn(arn).includeExecutionData(false));
    assertEquals(null, bare.events().getFirst().executionStartedEventDetails().input());
  }

  @Test
  void startsOncePerNameAndInput() {
    var machine = create("ask", ASK);
    var first = run(machine, "one", "{\"a\": 1}");
    assertEquals(first, run(machine, "one", "{ \"a\":1 }"));
    assertThrows(ExecutionAlreadyExistsException.class, () -> run(machine, "one", "{\"a\": 2}"));
    client.stopExecution(stop -> stop.executionArn(first).error("E").cause("C"));
    var stopped = client.describeExecution(describe -> describe.executionArn(first));
    assertEquals(ExecutionStatus.ABORTED, stopped.status());
    assertEquals("E", stopped.error());
    assertThrows(ExecutionAlreadyExistsException.class, () -> run(machine, "one", "{\"a\": 1}"));
  }

  @Test
  void tellsOfATimeoutInTheHistoryOnly() {
    var machine =
        create(
            "slow",
            """
            {"QueryLanguage": "JSONata", "StartAt": "Rest", "TimeoutSeconds": 1,
             "States": {"Rest": {"Type": "Wait", "Seconds": 60, "End": true}}}
            """);
    var arn = run(machine, "one", "{}");
    await(() -> status(arn) == ExecutionStatus.TIMED_OUT);
    var described = client.describeExecution(describe -> describe.executionArn(arn));
    assertEquals(null, described.error());
    assertEquals(null, described.cause());
    assertEquals("States.Timeout", history(arn).getLast().executionTimedOutEventDetails().error());
  }

  @Test
  void refusesWhateverIsNoExpression() {
    for (var expression :
        List.of("$match($x, /a{2,1}/)", "/* open", "$x#", "/", "function($x)<n<n>> { 1 }", "(((")) {
      var definition = definition("{% " + expression + " %}");
      var refused = assertThrows(InvalidDefinitionException.class, () -> create("bad", definition));
      assertTrue(refused.getMessage().contains("INVALID_JSONATA_EXPRESSION"), expression);
      assertTrue(refused.getMessage().contains("/States/P/Output"), expression);
      var validated = client.validateStateMachineDefinition(v -> v.definition(definition));
      assertEquals(ValidateStateMachineDefinitionResultCode.FAIL, validated.result());
      assertEquals("/States/P/Output", validated.diagnostics().getFirst().location());
    }
    create("good", definition("{% $contains($states.input.t, /[&&]|{{x}}/) %}"));
  }

  /** As many as there are processors would stop all virtual threads if none of them gave way. */
  @Test
  void answersOthersWhileExpressionsTakeLong() {
    var machine = create("slow", ALWAYS_SLOW);
    var starts = new ArrayList<CompletableFuture<String>>();
    var slow = new ArrayList<String>();
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      var name = "n" + i;
      starts.add(CompletableFuture.supplyAsync(() -> run(machine, name, SLOW_INPUT), THREADS));
      slow.add(machine.replace("stateMachine", "execution") + ":" + name);
    }
    slow.forEach(arn -> await(() -> exists(arn)));
    client.listStateMachines();
    assertEquals(ExecutionStatus.SUCCEEDED, status(run(create("pass", PASS), "one", "{}")));
    for (var arn : slow) {
      assertEquals(ExecutionStatus.RUNNING, status(arn));
      client.stopExecution(stop -> stop.executionArn(arn));
    }
    assertEquals(slow, starts.stream().map(CompletableFuture::join).toList());
  }

  @Test
  void failsAnExecutionWhoseExpressionTakesTooLong() {
    var machine = create("slow", definition("{% " + SLOW + " %}"));
    var arn = run(machine, "one", SLOW_INPUT);
    var described = client.describeExecution(describe -> describe.executionArn(arn));
    assertEquals(ExecutionStatus.FAILED, described.status());
    assertEquals("States.QueryEvaluationError", described.error());
    assertTrue(described.cause().contains("timeout"), described.cause());
  }

  @Test
  void stopsAnExecutionThatNeverWaits() {
    var machine = create("loop", LOOP.formatted(200_000));
    var start = CompletableFuture.supplyAsync(() -> run(machine, "one", "{}"), THREADS);
    var arn = machine.replace("stateMachine", "execution") + ":one";
    await(() -> exists(arn));
    client.stopExecution(stop -> stop.executionArn(arn).error("Enough"));
    assertEquals(ExecutionStatus.ABORTED, status(arn));
    assertEquals(arn, start.join());
    assertEquals(HistoryEventType.EXECUTION_ABORTED, history(arn).getLast().type());
  }

  @Test
  void timesOutAnExecutionThatNeverWaits() {
    var machine =
        create("loop", LOOP.formatted(20_000).replaceFirst("\\{", "{\"TimeoutSeconds\": 1, "));
    var described =
        client.describeExecution(describe -> describe.executionArn(run(machine, "one", "{}")));
    assertEquals(ExecutionStatus.TIMED_OUT, described.status());
    assertEquals(null, described.error());
    assertEquals(null, described.cause());
  }

  private boolean exists(String arn) {
    try {
      return status(arn) != null;
    } catch (ExecutionDoesNotExistException e) {
      return false;
    }
  }

  /** One Pass state. */
  private static String definition(String output) {
    return """
        {"QueryLanguage": "JSONata", "StartAt": "P",
         "States": {"P": {"Type": "Pass", "Output": "%s", "End": true}}}
        """
        .formatted(output);
  }

  @Test
  void tellsMistakesAsTheServiceDoes() {
    var machine = create("pass", PASS);
    assertThrows(InvalidNameException.class, () -> run(machine, "a name", "{}"));
    assertThrows(InvalidExecutionInputException.class, () -> run(machine, "one", "{"));
    assertThrows(StateMachineDoesNotExistException.class, () -> run(machine + "x", "one", "{}"));
    assertThrows(
        ExecutionDoesNotExistException.class,
        () -> status(machine.replace("stateMachine", "execution") + ":none"));
    assertThrows(InvalidDefinitionException.class, () -> create("bad", "{\"StartAt\": \"A\"}"));
    var unknown = ASK.replace("lambda:invoke", "sagemaker:createTrainingJob");
    assertTrue(
        assertThrows(InvalidDefinitionException.class, () -> create("bad", unknown))
            .getMessage()
            .contains("sagemaker"));
    assertEquals(
        ValidateStateMachineDefinitionResultCode.FAIL,
        client
            .validateStateMachineDefinition(validate -> validate.definition("{\"StartAt\": \"A\"}"))
            .result());
  }

  @Test
  void refusesByNameAResourceThatItDoesNotPerform() {
    var definition =
        """
        {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {
          "Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem", "End": true}}}
        """;
    var diagnostic =
        client
            .validateStateMachineDefinition(validate -> validate.definition(definition))
            .diagnostics()
            .getFirst();
    assertEquals("NOT_SUPPORTED_LOCALLY", diagnostic.code());
    assertEquals(
        "not supported: the resource arn:aws:states:::dynamodb:getItem (lambda:invoke and"
            + " states:startExecution are) at /",
        diagnostic.message());
  }

  @Test
  void takesATokenOnce() {
    var arn = run(create("ask", ASK), "one", "{}");
    await(() -> asked.size() == 1);
    var token = asked.getFirst().path("token").asText();
    client.sendTaskHeartbeat(send -> send.taskToken(token));
    assertThrows(
        InvalidOutputException.class,
        () -> client.sendTaskSuccess(send -> send.taskToken(token).output("not json")));
    client.sendTaskFailure(send -> send.taskToken(token).error("Again"));
    await(() -> asked.size() == 2);
    var second = asked.getLast().path("token").asText();
    assertNotEquals(token, second);
    var gone =
        assertThrows(
            TaskTimedOutException.class,
            () -> client.sendTaskSuccess(send -> send.taskToken(token).output("{}")));
    assertTrue(gone.getMessage().contains("Provided task does not exist anymore"));
    assertThrows(
        InvalidTokenException.class,
        () -> client.sendTaskSuccess(send -> send.taskToken("made-up").output("{}")));
    client.sendTaskSuccess(send -> send.taskToken(second).output("{\"done\": true}"));
    assertEquals(ExecutionStatus.SUCCEEDED, status(arn));
    assertThrows(
        TaskTimedOutException.class,
        () -> client.sendTaskSuccess(send -> send.taskToken(second).output("{}")));
  }

  @Test
  void redrivesFromTheStateThatFailed() {
    var arn = run(create("ask", ASK), "one", "{}");
    await(() -> asked.size() == 1);
    assertThrows(
        ExecutionNotRedrivableException.class,
        () -> client.redriveExecution(redrive -> redrive.executionArn(arn)));
    client.sendTaskFailure(
        send -> send.taskToken(asked.getFirst().path("token").asText()).error("Bad").cause("why"));
    var failed = client.describeExecution(describe -> describe.executionArn(arn));
    assertEquals(ExecutionStatus.FAILED, failed.status());
    assertEquals("Bad", failed.error());
    assertEquals("why", failed.cause());

    restart();
    client.redriveExecution(redrive -> redrive.executionArn(arn));
    await(() -> asked.size() == 2);
    client.sendTaskSuccess(
        send -> send.taskToken(asked.getLast().path("token").asText()).output("1"));
    var redriven = client.describeExecution(describe -> describe.executionArn(arn));
    assertEquals(ExecutionStatus.SUCCEEDED, redriven.status());
    assertEquals(1, redriven.redriveCount());
    assertTrue(
        history(arn).stream().anyMatch(one -> one.type() == HistoryEventType.EXECUTION_REDRIVEN));
  }

  @Test
  void comesBackWithOpenTokensAndInvokesNothingAgain() {
    var child = create("child", ASK);
    var parent =
        create(
            "parent",
            """
            {"QueryLanguage": "JSONata", "StartAt": "Run", "States": {"Run": {
               "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
               "Arguments": {"StateMachineArn": "%s", "Input": {"a": 1}}, "End": true}}}
            """
                .formatted(child));
    var arn = run(parent, "one", "{}");
    await(() -> asked.size() == 1 && submitted(child));
    restart();
    restart();
    assertEquals(ExecutionStatus.RUNNING, status(arn));
    assertEquals(1, asked.size());
    client.sendTaskSuccess(
        send -> send.taskToken(asked.getFirst().path("token").asText()).output("{\"yes\": 1}"));
    await(() -> status(arn) == ExecutionStatus.SUCCEEDED);
    var output = json(client.describeExecution(describe -> describe.executionArn(arn)).output());
    assertEquals(1, output.at("/Output/yes").asInt());
    assertEquals(1, output.at("/Input/a").asInt());
    assertEquals("SUCCEEDED", output.path("Status").asText());
    assertEquals(1, asked.size());
    assertEquals(1, client.listExecutions(list -> list.stateMachineArn(child)).executions().size());
    assertGapless(history(arn));
  }

  @Test
  void goesOnAfterALineThatACrashTore() throws IOException {
    var arn = run(create("ask", ASK), "one", "{}");
    await(
        () ->
            asked.size() == 1
                && submitted(arn.replaceAll(":one$", "").replace("execution", "stateMachine")));
    stop();
    for (var file : logs()) {
      var content = Files.readString(file);
      Files.writeString(
          file,
          content
              + content.substring(
                  content.lastIndexOf("\n", content.length() - 2) + 1, content.length() - 20));
    }
    start();
    assertEquals(ExecutionStatus.RUNNING, status(arn));
    client.sendTaskSuccess(
        send -> send.taskToken(asked.getFirst().path("token").asText()).output("1"));
    restart();
    assertEquals(ExecutionStatus.SUCCEEDED, status(arn));
    assertGapless(history(arn));
  }

  @Test
  void stopsTheChildOfATaskThatIsNoLongerAwaited() {
    var child = create("child", ASK);
    var parent =
        create(
            "parent",
            """
            {"QueryLanguage": "JSONata", "StartAt": "Run", "States": {"Run": {
               "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync",
               "Arguments": {"StateMachineArn": "%s", "Name": "kid"}, "End": true}}}
            """
                .formatted(child));
    var arn = run(parent, "one", "{}");
    await(() -> asked.size() == 1);
    client.stopExecution(stop -> stop.executionArn(arn));
    await(
        () ->
            status(child.replace("stateMachine", "execution") + ":kid") == ExecutionStatus.ABORTED);
  }

  @Test
  void tellsTheErrorOfAFunctionByItsType() {
    function =
        payload -> {
          throw new IllegalArgumentException("no good");
        };
    var arn = run(create("ask", ASK), "one", "{}");
    await(() -> status(arn) == ExecutionStatus.FAILED);
    var failed = client.describeExecution(describe -> describe.executionArn(arn));
    assertEquals("java.lang.IllegalArgumentException", failed.error());
    assertEquals("no good", json(failed.cause()).path("errorMessage").asText());
  }

  private List<Path> logs() throws IOException {
    try (var files = Files.list(folder.resolve("executions"))) {
      return files.filter(file -> file.toString().endsWith(".log")).toList();
    }
  }

  private boolean submitted(String machine) {
    return client.listExecutions(list -> list.stateMachineArn(machine)).executions().stream()
        .anyMatch(
            execution ->
                history(execution.executionArn()).stream()
                    .anyMatch(one -> one.type() == HistoryEventType.TASK_SUBMITTED));
  }

  private static void assertGapless(List<HistoryEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      assertEquals(i + 1, events.get(i).id());
    }
    assertFalse(events.isEmpty());
  }

  private String create(String name, String definition) {
    return client
        .createStateMachine(create -> create.name(name).definition(definition).roleArn(ROLE))
        .stateMachineArn();
  }

  private String run(String machine, String name, String input) {
    return client
        .startExecution(start -> start.stateMachineArn(machine).name(name).input(input))
        .executionArn();
  }

  private ExecutionStatus status(String arn) {
    return client.describeExecution(describe -> describe.executionArn(arn)).status();
  }

  private List<HistoryEvent> history(String arn) {
    return client.getExecutionHistoryPaginator(get -> get.executionArn(arn)).events().stream()
        .toList();
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    var deadline = Instant.now().plus(Duration.ofMinutes(2));
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(deadline), "nothing happened in time");
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
