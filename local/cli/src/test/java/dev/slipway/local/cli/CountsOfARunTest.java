package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
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
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.RouteResource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * Counts what AWS would bill for a hosting provider's onboarding with all its activities, from
 * creation to sign-off. Prints the counts and leaves them in {@code target/counts-of-a-run.txt};
 * the cost table of docs/operate.md rests on them, and must not be far from them. With {@code
 * -Dcounts.profile=enterprise-small.json} another profile is counted, and compared with nothing;
 * with {@code -Dcounts.groups=tenant:3,hosted:1} besides, only so many of its groups' members.
 */
@Order(3) // Takes long, so it begins early.
class CountsOfARunTest {
  private static final Path ROOT = ProjectRoot.find();
  private static final String OF_THE_GUIDE = "hosting-provider.json";
  private static final String LOOK = "GetOnboarding";
  private static final Pattern ROW =
      Pattern.compile("^\\| ([^|]+?) \\| ([0-9][0-9,]*) \\|$", Pattern.MULTILINE);

  private static final Pattern GROUP = Pattern.compile("([a-z-]+):([0-9]+)");

  private final String profile = System.getProperty("counts.profile", OF_THE_GUIDE);
  private final String groups = System.getProperty("counts.groups", "");
  private final Map<String, LongAdder> invocations = new ConcurrentHashMap<>();
  private final Map<String, String> accessKeys = new ConcurrentHashMap<>();
  private final LongAdder logBytes = new LongAdder();
  private final LongAdder records = new LongAdder();
  private final Map<String, Long> counts = new TreeMap<>();
  private String totals;

  @TempDir private Path folder;

  @Test
  @Timeout(
      value = 3,
      unit = TimeUnit.HOURS) // The largest profile takes long; the guide's has its own limit.
  void areThoseOfTheGuide() throws Exception {
    count();
    var text = new StringBuilder();
    counts.forEach((what, n) -> text.append("| %s | %,d |\n".formatted(what, n)));
    text.append('\n').append(totals);
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
        OnboardingRun run =
            run(
                runtime,
                new ProfileReader(new Checklists()).read(file()),
                new LocalStandIns(
                    new SandboxControl(sandbox.endpoints().control()),
                    new InsideRunners(
                        SlipwayApi.httpClient(),
                        runtime.apiUri(),
                        sandbox.endpoints(),
                        local.clock())),
                time);
        assertInstanceOf(Ending.AllFinal.class, run.run());
        run.signOff();
        totals = run.totals().orElseThrow();
        time.advance(Duration.ofMinutes(5));
        transitions(runtime);
        counts.put("Credentials in Secrets Manager", secrets(runtime));
        counts.put("DynamoDB write request units", Math.round(table.writeUnits()));
        reads(table, runtime);
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
                .filter(route -> !route.event().equals(LOOK))
                .mapToLong(route -> invocations(route.routeKey()))
                .sum());
      }
    }
  }

  /** The profile, or a copy of it with fewer members in its groups. */
  private Path file() throws IOException {
    Path given = ROOT.resolve("events/profiles", profile);
    if (groups.isEmpty()) {
      return given;
    }
    JsonNode copy = Json.MAPPER.readTree(given.toFile());
    Matcher group = GROUP.matcher(groups);
    while (group.find()) {
      ArrayNode members = (ArrayNode) copy.path("groups").path(group.group(1));
      while (members.size() > Integer.parseInt(group.group(2))) {
        members.remove(members.size() - 1);
      }
    }
    int tenants = copy.at("/groups/tenant").size();
    copy.path("elements").path("tenants").findParents("count").stream()
        .map(ObjectNode.class::cast)
        .forEach(each -> each.put("count", tenants));
    Files.createSymbolicLink(folder.resolve("files"), given.resolveSibling("files"));
    return Files.writeString(folder.resolve(profile), copy.toString());
  }

  /** How often people look at the progress is theirs: the profile's look after each change. */
  private void reads(MeteredTable table, LocalRuntime runtime) {
    List<RouteResource> routes = runtime.template().routes();
    String reader =
        routes.stream()
            .filter(route -> route.event().equals(LOOK))
            .map(RouteResource::functionId)
            .findFirst()
            .orElseThrow();
    double ofLooks =
        table.readUnits(accessKeys.get(runtime.template().function(reader).orElseThrow().name()));
    // The same function answers the other reads, which are few.
    long looks =
        routes.stream()
            .filter(route -> route.functionId().equals(reader))
            .mapToLong(route -> invocations(route.routeKey()))
            .sum();
    counts.put(
        "DynamoDB read request units, without looks at the progress",
        Math.round(table.readUnits() - ofLooks));
    counts.put(
        "DynamoDB read request units of a look at the progress", Math.round(ofLooks / looks));
  }

  private static boolean isScheduled(String name) {
    return name.equals("Wake") || name.equals("Remind");
  }

  private long invocations(String of) {
    return invocations.getOrDefault(of, new LongAdder()).sum();
  }

  private FunctionFactory counted(FunctionFactory factory) {
    return (function, clock) -> {
      accessKeys.put(function.name(), function.environment().get("AWS_ACCESS_KEY_ID"));
      RequestStreamHandler handler = factory.create(function, clock);
      return (input, output, context) -> {
        byte[] event = input.readAllBytes();
        JsonNode tree = Json.MAPPER.readTree(event);
        String what = tree.path("routeKey").asText(function.name());
        invocations.computeIfAbsent(what, name -> new LongAdder()).increment();
        records.add(tree.path("Records").size());
        handler.handleRequest(new ByteArrayInputStream(event), output, context);
      };
    };
  }

  private OnboardingRun run(
      LocalRuntime runtime, Profile given, StandIns standIns, SimulatedTime time) {
    HttpClient http = SlipwayApi.httpClient();
    Callers callers =
        (role, onboarding, second) ->
            new SlipwayApi(http, runtime.apiUri(), token(runtime, role, onboarding, second));
    return new OnboardingRun(
        given,
        Optional.empty(),
        callers,
        standIns,
        new PlainView(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)),
        new SimulatedPace(time, runtime::changes),
        profile.equals(OF_THE_GUIDE) ? Duration.ofMinutes(10) : Duration.ofHours(3),
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

  private static StaticCredentialsProvider operator(LocalRuntime runtime) {
    var key = runtime.operatorKey();
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret()));
  }

  private static long secrets(LocalRuntime runtime) {
    try (SecretsManagerClient client =
        SecretsManagerClient.builder()
            .endpointOverride(runtime.awsUri())
            .region(Region.US_EAST_1)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(operator(runtime))
            .build()) {
      return client.listSecretsPaginator().stream()
          .mapToLong(page -> page.secretList().size())
          .sum();
    }
  }

  /** A state that is entered, a retry, and the end of an execution are a transition each. */
  private void transitions(LocalRuntime runtime) {
    long transitions = 0;
    long executions = 0;
    try (SfnClient client =
        SfnClient.builder()
            .endpointOverride(runtime.awsUri())
            .region(Region.US_EAST_1)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(operator(runtime))
            .build()) {
      for (var machine : runtime.template().stateMachines()) {
        for (var execution :
            client.listExecutionsPaginator(r -> r.stateMachineArn(machine.arn())).executions()) {
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
