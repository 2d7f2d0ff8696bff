package dev.slipway.local.docker;

import dev.slipway.local.http.HttpApiServer;
import dev.slipway.local.run.People;
import dev.slipway.local.run.SandboxStandIns;
import dev.slipway.local.run.StandIns;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxEndpoints;
import dev.slipway.local.sandbox.SandboxOptions;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.FunctionResource;
import dev.slipway.local.template.RouteResource;
import dev.slipway.local.template.ScheduleResource;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.StateMachineResource;
import dev.slipway.local.template.StreamResource;
import dev.slipway.local.template.Template;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The built template, deployed into LocalStack, with the third parties' stand-ins beside it. Its
 * API is reached over HTTP: routes and authorizer are the local runtime's, each request is a Lambda
 * invoke, for LocalStack's free edition serves no HTTP APIs.
 */
final class Deployment implements AutoCloseable {
  private static final Map<String, String> ISSUER = Map.of("JwtIssuer", "https://issuer.example/");

  /**
   * How many tasks run at once: each is a container whose JVM starts, and dozens at once all run
   * out of their time. A state whose function is turned away tries again.
   */
  private static final int TASKS_AT_ONCE = 6;

  /** What each function beside the tasks may have for itself: routes, Wake, what is scheduled. */
  private static final int RESERVED = 4;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Template template;
  private final Map<String, String> resources;
  private final SfnClient stepFunctions;
  private final KmsClient kms;
  private final LambdaClient lambda;
  private final Sandbox sandbox;
  private final RetriesInPlace retries;
  private final HttpApiServer api;

  private Deployment(Checkout project) throws Exception {
    try {
      var log =
          opened(
              new PrintWriter(
                  Files.newBufferedWriter(Checkout.scratch().resolve("localstack.log"))));
      InetAddress here = ContainerHost.address();
      template =
          Template.read(project.folder().resolve("template.yaml"), Stack.local("slipway", ISSUER));
      Set<String> apart = apartFromTasks();
      var localStack =
          opened(LocalStack.start(log::print, apart.size() * RESERVED + TASKS_AT_ONCE));
      sandbox =
          opened(Sandbox.start(SandboxOptions.inMemory().withReach(SandboxOptions.Reach.at(here))));
      stepFunctions = opened(localStack.client(SfnClient.builder()));
      lambda =
          opened(
              localStack.client(
                  LambdaClient.builder()
                      .overrideConfiguration(
                          ClientOverrideConfiguration.builder()
                              .apiCallAttemptTimeout(Duration.ofMinutes(4))
                              .build())));
      retries =
          opened(
              new RetriesInPlace(
                  here, localStack.endpoint(), new Executions(stepFunctions), lambda));
      // SES sends for verified senders only; in LocalStack an address is verified by asking for it.
      try (var ses = localStack.client(SesClient.builder())) {
        ses.verifyEmailIdentity(r -> r.emailAddress(SandboxDefaults.SLIPWAY_MAIL_FROM));
      }
      localStack.deploy(project, parameters());
      resources = localStack.resources();
      kms = opened(localStack.client(KmsClient.builder()));
      for (String function : apart) {
        lambda.putFunctionConcurrency(
            r -> r.functionName(resources.get(function)).reservedConcurrentExecutions(RESERVED));
      }
      api =
          opened(
              new HttpApiServer(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                  template,
                  new DeployedFunctions(lambda, template, resources),
                  LocalTime.real()));
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  /** Deploys; ends what it started if that fails. */
  static Deployment start(Checkout project) throws Exception {
    return new Deployment(project);
  }

  private Set<String> apartFromTasks() {
    return Stream.of(
            template.routes().stream().map(RouteResource::functionId),
            template.streams().stream().map(StreamResource::functionId),
            template.schedules().stream().map(ScheduleResource::functionId))
        .flatMap(ids -> ids)
        .collect(Collectors.toSet());
  }

  private Map<String, String> parameters() {
    SandboxEndpoints thirdParties = sandbox.endpoints();
    return Map.of(
        "JwtIssuer", ISSUER.get("JwtIssuer"),
        "DeletionProtection", "false",
        "StandIns", "true",
        "MailFrom", SandboxDefaults.SLIPWAY_MAIL_FROM,
        "EgressProxy", thirdParties.proxy(),
        "DnsServer", thirdParties.dns(),
        "TrustedCertificates", thirdParties.certificateAuthority(),
        "StepFunctionsEndpoint", retries.endpoint().toString());
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  /** The people, calling the deployed API. */
  People people() {
    return new People(api.uri(), api.issuer());
  }

  StandIns standIns() {
    return new SandboxStandIns(sandbox.control());
  }

  /** What Wake and the others asked of Step Functions. */
  RetriesInPlace stepFunctions() {
    return retries;
  }

  List<String> machineArns() {
    return template.stateMachines().stream()
        .map(StateMachineResource::logicalId)
        .map(resources::get)
        .toList();
  }

  /** A state machine's definition, as Step Functions has it: with the functions' ARNs in it. */
  String definition(String machineArn) {
    return stepFunctions.describeStateMachine(r -> r.stateMachineArn(machineArn)).definition();
  }

  List<String> functionArns() {
    return template.functions().stream()
        .map(FunctionResource::logicalId)
        .map(resources::get)
        .map(name -> lambda.getFunctionConfiguration(r -> r.functionName(name)).functionArn())
        .toList();
  }

  /** The public half of the key that signs reports. */
  byte[] reportKey() {
    return kms.getPublicKey(r -> r.keyId(resources.get("ReportKey"))).publicKey().asByteArray();
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        System.err.println("does not close: " + e);
      }
    }
  }
}
