package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.lambda.FunctionFactory;
import dev.slipway.local.lambda.HandlerConstructors;
import dev.slipway.local.run.Callers;
import dev.slipway.local.run.Ending;
import dev.slipway.local.run.OnboardingRun;
import dev.slipway.local.run.PlainView;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileReader;
import dev.slipway.local.run.Role;
import dev.slipway.local.run.StandIns;
import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.local.runtime.RuntimeOptions;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.SandboxOptions;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.schedule.LocalTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * Counts what AWS would bill for a hosting provider's onboarding with all its activities, from
 * creation to sign-off. Prints the counts and leaves them in {@code target/counts-of-a-run.txt};
 * the cost table of docs/operate.md rests on them, and must not be far from them. With {@code
 * -Dcounts.profile=enterprise-small.json} another profile is counted, and compared with nothing.
 */
@Order(2) // Takes long, so it begins early.
class CountsOfARunTest {
  private static final Path ROOT = ProjectRoot.find();
  private static final String OF_THE_GUIDE = "hosting-provider.json";
  private static final Pattern ROW =
      Pattern.compile("^\\| ([^|]+?) \\| ([0-9][0-9,]*) \\|$", Pattern.MULTILINE);

  private final String profile = System.getProperty("counts.profile", OF_THE_GUIDE);
  private final Map<String, LongAdder> invocations = new ConcurrentHashMap<>();
  private final LongAdder logBytes = new LongAdder();
  private final LongAdder records = new LongAdder();
  private final Map<String, Long> counts = new TreeMap<>();

  @Test
  void areThoseOfTheGuide() throws Exception {
    count();
    var text = new StringBuilder();
    counts.forEach((what, n) -> text.append("| %s | %,d |\n".formatted(what, n)));
    text.append("\nInvocations: ").append(new TreeMap<>(invocations)).append('\n');
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/counts-of-a-run.txt"), text);
    System.out.println(text);

    if (!profile.equals(OF_THE_GUIDE)) {
      return;
    }
    String guide = Files.readString(ROOT.resolve("docs/operate.md"));
    Map<String, Long> told = new TreeMap<>();
    Matcher row = ROW.matcher(guide);
    while (row.find()) {
      told.put(row.group(1), Long.parseLong(row.group(2).replace(",", "")));
    }
    assertEquals(counts.keySet(), told.keySet());
    counts.forEach(
        (what, n) ->
            assertEquals(
                told.get(what), n, Math.max(3, n * 0.35), what + " differs from docs/operate.md"));
  }

  private void count() throws Exception {
    SimulatedTime time = new SimulatedTime(Instant.now());
    LocalTime local = LocalTime.simulated(time);
    try (MeteredTable table = new MeteredTable();
        Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory().withClock(local.clock()))) {
      Map<String, String> environment = new HashMap<>(sandbox.endpoints().environment());
      environment.put("AWS_ENDPOINT_URL_DYNAMODB", table.uri().toString());
      RuntimeOptions options =
          RuntimeOptions.of(ROOT, "slipway")
              .withTime(local)
              .withEnvironment(environment)
              .withParameters(
                  Map.of(
                      "JwtIssuer",
                      "http://127.0.0.1",
                      "MailFrom",
                      SandboxDefaults.SLIPWAY_MAIL_FROM))
              .withLogs(line -> logBytes.add(line.text().length()))
              .withFunctions(
                  counted(new HandlerConstructors(CountsOfARunTest.class.getClassLoader())))
              .withMails(SmtpRelay.of(environment, local.clock()))
              .withBeforeResuming(started -> table.standBefore(started.dynamoDbUri()));
      try (LocalRuntime runtime = LocalRuntime.start(options)) {
        Profile given =
            new ProfileReader(new Checklists()).read(ROOT.resolve("events/profiles", profile));
        OnboardingRun run =
            run(runtime, given, new SandboxControl(sandbox.endpoints().control()), time);
        assertInstanceOf(Ending.AllFinal.class, run.run());
        run.signOff();
        time.advance(Duration.ofMinutes(5));
        transitions(runtime);
        counts.put("Credentials in Secrets Manager", (long) given.credentials().size());
        counts.put("DynamoDB write request units", Math.round(table.writeUnits()));
        counts.put("DynamoDB read request units", Math.round(table.readUnits()));
        counts.put("Log lines of functions, KiB", logBytes.sum() / 1024);
        counts.put("Changes that Wake is told of", records.sum());
        counts.put(
            "Invocations of task functions and gates",
            runtime.template().functions().stream()
                .filter(function -> !isScheduled(function.logicalId()))
                .mapToLong(function -> invocations(function.name()))
                .sum());
        counts.put(
            "Requests to the API, without looks at the progress",
            runtime.template().routes().stream()
                .filter(route -> !route.event().equals("GetOnboarding"))
                .mapToLong(route -> invocations(route.routeKey()))
                .sum());
      }
    }
  }

  private static boolean isScheduled(String name) {
    return name.equals("Wake") || name.equals("Remind");
  }

  private long invocations(String of) {
    return invocations.getOrDefault(of, new LongAdder()).sum();
  }

  private FunctionFactory counted(FunctionFactory factory) {
    return (function, clock) -> {
      RequestStreamHandler handler = factory.create(function, clock);
      return (input, output, context) -> {
        byte[] event = input.readAllBytes();
        JsonNode tree = dev.slipway.json.Json.MAPPER.readTree(event);
        String what = tree.path("routeKey").asText(function.name());
        invocations.computeIfAbsent(what, name -> new LongAdder()).increment();
        records.add(tree.path("Records").size());
        handler.handleRequest(new java.io.ByteArrayInputStream(event), output, context);
      };
    };
  }

  private static OnboardingRun run(
      LocalRuntime runtime, Profile profile, SandboxControl sandbox, SimulatedTime time) {
    HttpClient http = SlipwayApi.httpClient();
    Callers callers =
        (role, onboarding, second) ->
            new SlipwayApi(http, runtime.apiUri(), token(runtime, role, onboarding, second));
    return new OnboardingRun(
        profile,
        Optional.empty(),
        callers,
        standIns(sandbox),
        new PlainView(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)),
        new SimulatedPace(time, runtime::changes),
        Duration.ofMinutes(10),
        () -> false);
  }

  private static String token(LocalRuntime runtime, Role role, String onboarding, boolean second) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("slipway_roles", List.of(role.wireName()));
    if (role == Role.CUSTOMER && !onboarding.isEmpty()) {
      claims.put("slipway_onboarding", onboarding);
    }
    String name = role.wireName() + (second ? "-2" : "");
    return runtime.issuer().token(name, claims);
  }

  private static StandIns standIns(SandboxControl sandbox) {
    return new StandIns() {
      @Override
      public void perform(String act, JsonNode details) {
        sandbox.act(act, (ObjectNode) details);
      }

      @Override
      public void patch(JsonNode patch) {
        sandbox.patchWorld(patch);
      }

      @Override
      public void lookFromInside(
          String runner, Supplier<String> code, JsonNode logins, Consumer<String> say) {
        throw new UnsupportedOperationException("the profile has no probe runner");
      }

      @Override
      public void add(JsonNode fault) {
        sandbox.fault(Fault.fromJson(fault));
      }

      @Override
      public void clearFaults() {
        sandbox.clearFaults();
      }
    };
  }

  /** A state that is entered, a retry, and the end of an execution are a transition each. */
  private void transitions(LocalRuntime runtime) {
    var key = runtime.operatorKey();
    long transitions = 0;
    long executions = 0;
    try (SfnClient client =
        SfnClient.builder()
            .endpointOverride(runtime.awsUri())
            .region(Region.US_EAST_1)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.id(), key.secret())))
            .build()) {
      for (var machine : runtime.template().stateMachines()) {
        for (var execution :
            client.listExecutions(r -> r.stateMachineArn(machine.arn())).executions()) {
          executions++;
          transitions++;
          long tasks = 0;
          for (HistoryEvent event :
              client
                  .getExecutionHistoryPaginator(r -> r.executionArn(execution.executionArn()))
                  .events()) {
            String type = event.typeAsString();
            if (type.equals("TaskStateEntered")) {
              tasks++;
            }
            transitions += type.endsWith("StateEntered") ? 1 : 0;
            transitions += type.equals("TaskScheduled") ? 1 : 0;
          }
          transitions -= tasks; // Of a task's attempts the first is its entry.
        }
      }
    }
    counts.put("State transitions", transitions);
    counts.put("Executions", executions);
  }
}
