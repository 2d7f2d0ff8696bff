package dev.slipway.local.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.aws.AccessKeys;
import dev.slipway.local.aws.AccessKeys.AccessKey;
import dev.slipway.local.aws.AwsEndpoint;
import dev.slipway.local.dynamodb.DynamoDbAccess;
import dev.slipway.local.dynamodb.DynamoDbLocal;
import dev.slipway.local.dynamodb.DynamoDbPassThrough;
import dev.slipway.local.eventbridge.EventBridgeService;
import dev.slipway.local.http.HttpApiServer;
import dev.slipway.local.http.LocalIssuer;
import dev.slipway.local.iam.Permissions;
import dev.slipway.local.kms.KmsService;
import dev.slipway.local.lambda.FunctionSpec;
import dev.slipway.local.lambda.InvocationResult;
import dev.slipway.local.lambda.LambdaHost;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.schedule.ScheduleRunner;
import dev.slipway.local.secretsmanager.SecretsManagerService;
import dev.slipway.local.ses.SesService;
import dev.slipway.local.stepfunctions.StepFunctionsService;
import dev.slipway.local.stream.StreamPoller;
import dev.slipway.local.template.FunctionResource;
import dev.slipway.local.template.RouteResource;
import dev.slipway.local.template.ScheduleResource;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.StreamResource;
import dev.slipway.local.template.Template;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A template, running: functions, state machines, table, stream, schedules and HTTP API, with the
 * endpoints through which the functions, AWS's own tools and people reach them.
 */
public final class LocalRuntime implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LocalRuntime.class.getName());

  /**
   * The address at which API Gateway would serve the template's API, the only one that runs here.
   */
  private static final Pattern API_ADDRESS =
      Pattern.compile("https://\\w+\\.execute-api\\.[\\w-]+\\.amazonaws\\.com");

  private final RuntimeOptions options;
  private final Template template;
  private final LocalTime time;
  private final AccessKeys keys = new AccessKeys();
  private final DataFolder data;
  private final FailureLog failures;
  private final Permissions permissions;
  private final List<StreamPoller> streams = new CopyOnWriteArrayList<>();
  private final List<ScheduleRunner> schedules = new CopyOnWriteArrayList<>();
  private final AtomicLong changes = new AtomicLong();

  /** The functions that write when they are called: behind routes, and of state machines. */
  private final Set<String> writers;

  private final LambdaHost functions;
  private final StepFunctionsService stepFunctions;
  private final DynamoDbLocal dynamoDb;
  private final AwsEndpoint aws;
  private final HttpApiServer api;

  /** The resources to close, the newest first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private LocalRuntime(RuntimeOptions options) {
    this.options = options;
    this.time = options.time();
    this.template =
        Template.read(
            options.projectRoot().resolve("template.yaml"),
            Stack.local(options.stackName(), options.parameters()));
    this.permissions = new Permissions(template);
    Set<String> others =
        Stream.of(
                template.routes().stream()
                    .filter(route -> route.method().equals("GET"))
                    .map(RouteResource::functionId),
                template.streams().stream().map(StreamResource::functionId),
                template.schedules().stream().map(ScheduleResource::functionId))
            .flatMap(each -> each)
            .collect(Collectors.toSet());
    this.writers =
        template.functions().stream()
            .filter(function -> !others.contains(function.logicalId()))
            .map(FunctionResource::arn)
            .collect(Collectors.toSet());
    this.data = DataFolder.open(options.dataFolder());
    try {
      open.push(data);
      open.push(time);
      var database = CompletableFuture.supplyAsync(this::startDatabase);
      open.push(() -> database.join().close());
      failures = new FailureLog(data.resolve("failures.jsonl"));
      functions = new LambdaHost(options.functions(), time, options.logs(), this::returned);
      var listening =
          CompletableFuture.supplyAsync(
              () ->
                  new HttpApiServer(
                      new InetSocketAddress(options.bind(), options.apiPort()),
                      template,
                      functions,
                      time,
                      data.resolve("tokens.jwk"),
                      options.api()));
      stepFunctions =
          opened(
              new StepFunctionsService(
                  template.stack(),
                  time,
                  data.folder("stepfunctions"),
                  new StepFunctionsService.Surroundings(functions, permissions)));
      template.stateMachines().forEach(stepFunctions::deploy);
      aws =
          opened(
              new AwsEndpoint(
                  new InetSocketAddress(options.bind(), options.awsPort()),
                  keys,
                  new AwsEndpoint.Offer(
                      List.of(
                          stepFunctions,
                          new SecretsManagerService(
                              template.stack(), time.clock(), data.folder("secrets")),
                          new EventBridgeService(template.stack()),
                          new SesService(template.stack(), opened(options.mails())),
                          new KmsService(
                              template.keys(), template.stack(), time.clock(), data.folder("kms"))),
                      List.of(
                          new DynamoDbPassThrough(
                              (target, authorization, body) ->
                                  database.join().inside().send(target, authorization, body),
                              new DynamoDbAccess(template.stack()),
                              data.resolve("dynamodb").isPresent())),
                      permissions),
                  time.work("requests")));
      // Above what functions call and below what calls them: running ones end in peace.
      open.push(functions);
      open.push(() -> listening.join().close());
      dynamoDb = database.join();
      api = listening.join();
      begin();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a template; returns when everything listens. Executions that an earlier process left in
   * the data folder go on at once.
   *
   * @throws dev.slipway.local.template.TemplateException if the template cannot be used
   */
  public static LocalRuntime start(RuntimeOptions options) {
    return new LocalRuntime(options);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private DynamoDbLocal startDatabase() {
    var started =
        data.resolve("dynamodb").map(DynamoDbLocal::inFolder).orElseGet(DynamoDbLocal::inMemory);
    boolean expires = time.simulation().isEmpty();
    template.tables().forEach(table -> started.create(table, expires));
    return started;
  }

  private void begin() {
    template.functions().forEach(function -> functions.deploy(spec(function)));
    // Before anything can answer a token: one that is not open yet would look used.
    options.beforeResuming().accept(this);
    stepFunctions.open();
    dynamoDb.whenWritten(() -> streams.forEach(StreamPoller::nudge));
    for (var source : template.streams()) {
      var poller =
          opened(
              new StreamPoller(
                  source,
                  functionArn(source.functionId()),
                  dynamoDb.wire(),
                  functions,
                  time,
                  failures,
                  this::changed,
                  data.folder("streams").map(folder -> folder.resolve(source.id() + ".json"))));
      streams.add(poller);
      poller.start();
    }
    for (var schedule : template.schedules()) {
      var runner =
          opened(
              new ScheduleRunner(
                  schedule,
                  template.stack(),
                  time,
                  event ->
                      functions
                          .invoke(functionArn(schedule.functionId()), event)
                          .thenApply(InvocationResult::payload)));
      schedules.add(runner);
      runner.start();
    }
  }

  private FunctionSpec spec(FunctionResource function) {
    return new FunctionSpec(
        function.name(),
        function.arn(),
        function.handler(),
        function.memorySize(),
        function.timeout(),
        environment(function),
        Optional.of(aws.inProcess()));
  }

  private Map<String, String> environment(FunctionResource function) {
    var key = keys.of(function.logicalId());
    var variables = new HashMap<>(function.environment());
    variables.put("AWS_REGION", template.stack().region());
    variables.put("AWS_ACCESS_KEY_ID", key.id());
    variables.put("AWS_SECRET_ACCESS_KEY", key.secret());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    variables.put("AWS_ENDPOINT_URL", aws.uri().toString());
    for (var service : List.of("DYNAMODB", "SECRETS_MANAGER", "SFN", "EVENTBRIDGE", "SES", "KMS")) {
      variables.put("AWS_ENDPOINT_URL_" + service, aws.uri().toString());
    }
    var apiAddress = apiUri().toString();
    variables.replaceAll((name, value) -> API_ADDRESS.matcher(value).replaceAll(apiAddress));
    variables.putAll(options.environment());
    return variables;
  }

  private String functionArn(String logicalId) {
    return template
        .function(logicalId)
        .orElseThrow(() -> new IllegalStateException("no function " + logicalId))
        .arn();
  }

  private void returned(FunctionSpec function) {
    if (writers.contains(function.arn())) {
      changed();
    }
  }

  private void changed() {
    changes.incrementAndGet();
    schedules.forEach(ScheduleRunner::changed);
  }

  /**
   * The number of changes that schedules and onlookers may care for: a request that writes, an
   * attempt of a state machine's, a record of a table that a function listens to.
   */
  public long changes() {
    return changes.get();
  }

  /** The template as it runs. */
  public Template template() {
    return template;
  }

  /** The base URL of the HTTP API. */
  public URI apiUri() {
    return api.uri();
  }

  /** The endpoint of Step Functions, Secrets Manager, EventBridge, KMS and DynamoDB. */
  public URI awsUri() {
    return aws.uri();
  }

  /** The endpoint of DynamoDB by itself, without a check of permissions; always on loopback. */
  public URI dynamoDbUri() {
    return dynamoDb.endpoint();
  }

  /** The permissions of the template's roles, and those that were used so far. */
  public Permissions permissions() {
    return permissions;
  }

  /** The issuer of tokens for the API. */
  public LocalIssuer issuer() {
    return api.issuer();
  }

  /** An access key for the operator of the runtime. */
  public AccessKey operatorKey() {
    return keys.of(AccessKeys.OPERATOR);
  }

  /** The functions, to be invoked directly. */
  public LambdaHost functions() {
    return functions;
  }

  /** The runtime's time; the program that started the runtime lets simulated time pass. */
  public LocalTime time() {
    return time;
  }

  /** The records that the sources gave up, as they would lie in their queues. */
  public List<JsonNode> failures() {
    return failures.messages();
  }

  /** Stops everything, the newest first. With a data folder nothing is lost by it. */
  @Override
  public void close() {
    if (functions != null) {
      functions.rest();
    }
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, "does not close", e);
      }
    }
  }
}
