package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.local.aws.Access;
import dev.slipway.local.aws.Authorizer;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.aws.AwsService;
import dev.slipway.local.aws.Caller;
import dev.slipway.local.lambda.LambdaHost;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.StateMachineResource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Step Functions. With a folder, state machines, executions, histories and open task tokens are
 * there again after a crash: every change is on disk before anybody sees it.
 */
public final class StepFunctionsService implements AwsService, AutoCloseable {
  private final Executions executions;
  private final MachineActions machineActions;
  private final ExecutionActions executionActions;
  private final OpenTokens tokens;
  private final Integrations integrations;
  private final TokenSigner signer;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final ExecutorService threads;

  /**
   * The services that the tasks of state machines reach.
   *
   * @param authorizer knows what the state machines' roles allow
   */
  public record Surroundings(LambdaHost functions, Authorizer authorizer) {}

  public StepFunctionsService(
      Stack stack, LocalTime time, Optional<Path> folder, Surroundings surroundings) {
    // One after the other where time is simulated, so that the order is always the same.
    threads =
        time.simulation().isPresent()
            ? Executors.newSingleThreadExecutor(Thread.ofVirtual().factory())
            : Executors.newVirtualThreadPerTaskExecutor();
    var work = time.work("tasks");
    var store = new MachineStore(folder);
    executions = new Executions(time, store, folder);
    signer = new TokenSigner(folder);
    tokens = new OpenTokens(signer);
    integrations =
        new Integrations(
            List.of(
                new LambdaIntegration(
                    surroundings.functions(), arn -> executions.find(arn).orElseThrow()),
                new StartExecutionIntegration(executions, store, threads, work)),
            tokens,
            new TaskPermissions(surroundings.authorizer()));
    machineActions = new MachineActions(store, stack, time.clock(), integrations::performs);
    executionActions = new ExecutionActions(executions, machineActions, store, time.clock());
  }

  /** Creates the state machine of a template, or brings it up to date. */
  public void deploy(StateMachineResource machine) {
    machineActions.deploy(machine.name(), machine.definition(), machine.type(), machine.logging());
  }

  /** Begins to work; executions of an earlier process go on from here. */
  public void open() {
    executions.open(integrations, signer);
    opened.complete(null);
  }

  @Override
  public String target() {
    return "AWSStepFunctions";
  }

  @Override
  public String jsonVersion() {
    return "1.0";
  }

  @Override
  public List<Access> needs(String action, JsonNode request) {
    var resource =
        action.startsWith("SendTask")
            ? Requests.optional(request, "taskToken").flatMap(signer::stateMachineArn)
            : Requests.optional(request, "stateMachineArn")
                .or(() -> Requests.optional(request, "executionArn"));
    return List.of(new Access("states:" + action, resource.orElse("*")));
  }

  /**
   * Requests that come before {@link #open} wait: an execution that is not restored yet would look
   * gone.
   */
  @Override
  public JsonNode perform(String action, JsonNode request, Caller caller) {
    opened.join();
    return switch (action) {
      case "CreateStateMachine" -> machineActions.create(request);
      case "UpdateStateMachine" -> machineActions.update(request);
      case "DeleteStateMachine" -> machineActions.delete(request);
      case "ListStateMachines" -> machineActions.list(request);
      case "DescribeStateMachine" -> machineActions.describe(request);
      case "ValidateStateMachineDefinition" -> machineActions.validate(request);
      case "DescribeStateMachineForExecution" -> executionActions.describeMachine(request);
      case "StartExecution" -> executionActions.start(request);
      case "DescribeExecution" -> executionActions.describe(request);
      case "ListExecutions" -> executionActions.list(request);
      case "StopExecution" -> executionActions.stop(request);
      case "RedriveExecution" -> executionActions.redrive(request);
      case "GetExecutionHistory" -> executionActions.history(request);
      case "SendTaskSuccess" -> success(request);
      case "SendTaskFailure" -> failure(request);
      case "SendTaskHeartbeat" -> heartbeat(request);
      case "StartSyncExecution" ->
          throw new AwsException(
              "StateMachineTypeNotSupported",
              "This operation is not supported by this type of state machine");
      default ->
          throw new AwsException("UnknownOperationException", "not available locally: " + action);
    };
  }

  private JsonNode success(JsonNode request) {
    var token = Requests.required(request, "taskToken");
    var text = Requests.required(request, "output");
    var output =
        Requests.json(text)
            .orElseThrow(() -> new AwsException("InvalidOutput", "Invalid Output: '" + text + "'"));
    tokens.succeed(token, output);
    return JsonNodeFactory.instance.objectNode();
  }

  private JsonNode failure(JsonNode request) {
    tokens.fail(
        Requests.required(request, "taskToken"),
        Requests.atMost(request, "error", 256).orElse(null),
        Requests.atMost(request, "cause", 32_768).orElse(null));
    return JsonNodeFactory.instance.objectNode();
  }

  private JsonNode heartbeat(JsonNode request) {
    tokens.heartbeat(Requests.required(request, "taskToken"));
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
