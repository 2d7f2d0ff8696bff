package dev.slipway.local.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.local.dynamodb.DynamoDbLocal;
import dev.slipway.local.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Measures the first call of a function, from the start of its process to its first answer. The
 * functions run as the deployed artifact has them, under Lambda's own runtime interface client, and
 * read and write a DynamoDB Local of this process. Ratios are to {@link MinimalHandlers.OneItem}
 * and {@link MinimalHandlers.OneItemAsTree}, in rounds of which each starts every function once.
 */
public final class ColdStartBenchmark {
  private static final Actor ACTOR = Actor.system("benchmark");

  private final Path project;
  private final Path artifact;
  private final Template template;
  private final Checklist checklist;
  private final Map<String, JsonNode> elements;
  private final int rounds;

  /**
   * @param project the folder with {@code events/}, built by {@code ./slipway}
   * @param artifact the zip that is deployed
   * @param elements what is given at intake
   */
  public ColdStartBenchmark(
      Path project,
      Path artifact,
      Template template,
      Checklist checklist,
      Map<String, JsonNode> elements,
      int rounds) {
    this.project = project;
    this.artifact = artifact;
    this.template = template;
    this.checklist = checklist;
    this.elements = Map.copyOf(elements);
    this.rounds = rounds;
  }

  private record Subject(String name, String handler, Function<String, String> event) {}

  /** Measures, and writes a table. */
  public void report(PrintStream out) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("slipway-cold-start");
    try (DynamoDbLocal dynamoDb = DynamoDbLocal.inMemory()) {
      template.tables().forEach(table -> dynamoDb.create(table, true));
      Map<String, String> environment = new HashMap<>();
      environment.putAll(template.function("BeginRun").orElseThrow().environment());
      environment.putAll(
          Map.of(
              "LANG", "en_US.UTF-8",
              "TZ", ":UTC",
              "AWS_REGION", template.stack().region(),
              "AWS_ACCESS_KEY_ID", "benchmark",
              "AWS_SECRET_ACCESS_KEY", "benchmark",
              "AWS_LAMBDA_FUNCTION_NAME", "cold-start",
              "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
              "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769",
              "AWS_LAMBDA_LOG_FORMAT", "TEXT"));
      String onboarding = onboarding(environment, dynamoDb.endpoint());
      unpack(folder.resolve("artifact"));
      FunctionProcess process =
          new FunctionProcess(
              dynamoDb.inside(),
              folder.resolve("artifact"),
              project.resolve("local/check/target/lambda-runtime-client"),
              environment,
              folder);
      if (!process.isPinned()) {
        out.println("There is no taskset here: the functions may use several cores.");
      }
      measure(process, subjects(onboarding), out);
    } finally {
      delete(folder);
    }
  }

  private List<Subject> subjects(String onboarding) throws IOException {
    return List.of(
        new Subject("nothing", MinimalHandlers.Nothing.class.getName(), now -> "{}"),
        new Subject(
            "one item of DynamoDB",
            MinimalHandlers.OneItem.class.getName(),
            now -> "\"" + onboarding + "\""),
        new Subject(
            "one item, and Jackson's tree",
            MinimalHandlers.OneItemAsTree.class.getName(),
            now -> "\"" + onboarding + "\""),
        page(),
        api("GetOnboarding", onboarding),
        api("ListElements", onboarding),
        task("SectionGate", "technical-configuration.gate", onboarding),
        task(
            "TechnicalConfigurationConfigureSmtp",
            "technical-configuration.configure-smtp",
            onboarding));
  }

  private Subject page() throws IOException {
    ObjectNode event = event("api/Home");
    return new Subject("the pages", handler("Web"), now -> event.toString());
  }

  private Subject api(String sample, String onboarding) throws IOException {
    ObjectNode event = event("api/" + sample);
    event.withObject("pathParameters").put("onboarding", onboarding);
    event
        .withObject("/requestContext/authorizer/jwt/claims")
        .put("slipway_roles", "[manager]")
        .remove("slipway_onboarding");
    return new Subject(sample, handler("Read"), now -> event.toString());
  }

  private Subject task(String function, String task, String onboarding) throws IOException {
    ObjectNode event = event("tasks/" + task).put("onboardingId", onboarding).put("run", 1);
    // An attempt that is no newer than the last one, or has its token, is turned away.
    return new Subject(
        task,
        handler(function),
        now -> event.deepCopy().put("entered", now).put("taskToken", now).toString());
  }

  private String handler(String function) {
    return template.function(function).orElseThrow().handler();
  }

  private ObjectNode event(String sample) throws IOException {
    return (ObjectNode)
        Json.MAPPER.readTree(project.resolve("events/" + sample + ".json").toFile());
  }

  /** A run of which nothing is done yet, with everything given but credentials. */
  private String onboarding(Map<String, String> environment, URI dynamoDb) {
    Map<String, String> own = new HashMap<>(environment);
    own.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString());
    FunctionContext context = FunctionContext.of(own, Clock.systemUTC());
    Onboardings onboardings = context.onboardings();
    Instant now = context.clock().instant();
    Onboarding created =
        onboardings.create(
            "cold-start", "cold-start", "Cold start", checklist.name(), checklist.version(), ACTOR);
    elements.forEach(
        (id, value) ->
            context
                .elements()
                .save(created.id(), new ElementRecord(id, 1, value, ACTOR.name(), now), 0, ACTOR));
    Onboarding before = onboardings.find(created.id()).orElseThrow();
    onboardings.save(before, before.starting("benchmark", now), ACTOR, "started", null);
    return created.id();
  }

  private void measure(FunctionProcess process, List<Subject> subjects, PrintStream out)
      throws IOException, InterruptedException {
    Map<String, Long> classes = new LinkedHashMap<>();
    for (Subject subject : subjects) {
      classes.put(subject.name(), process.classes(subject.handler(), event(subject)));
    }
    Map<String, List<FunctionProcess.Start>> starts = new HashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Subject subject : subjects) {
        starts
            .computeIfAbsent(subject.name(), name -> new ArrayList<>())
            .add(process.start(subject.handler(), event(subject)));
      }
    }
    List<FunctionProcess.Start> item = starts.get(subjects.get(1).name());
    List<FunctionProcess.Start> tree = starts.get(subjects.get(2).name());
    out.printf(
        "%nCold starts, medians of %d rounds; ratios of processor time to the handler that reads"
            + " one item, and to the one with Jackson's tree%n%n",
        rounds);
    out.printf(
        "%-42s %8s %8s %8s %9s %6s %6s%n",
        "function", "wall ms", "cpu ms", "classes", "requests", "× item", "× tree");
    for (Subject subject : subjects) {
      List<FunctionProcess.Start> own = starts.get(subject.name());
      out.printf(
          "%-42s %8d %8d %8d %9d %6.2f %6.2f%n",
          subject.name(),
          median(own, FunctionProcess.Start::wall).toMillis(),
          median(own, FunctionProcess.Start::processor).toMillis(),
          classes.get(subject.name()),
          own.getLast().requests(),
          ratio(own, item),
          ratio(own, tree));
    }
    out.flush();
  }

  private static String event(Subject subject) {
    return subject.event().apply(Instant.now().toString());
  }

  private static Duration median(
      List<FunctionProcess.Start> starts, Function<FunctionProcess.Start, Duration> what) {
    return starts.stream().map(what).sorted().toList().get(starts.size() / 2);
  }

  private static double ratio(List<FunctionProcess.Start> own, List<FunctionProcess.Start> base) {
    return (double) median(own, FunctionProcess.Start::processor).toNanos()
        / median(base, FunctionProcess.Start::processor).toNanos();
  }

  private void unpack(Path folder) throws IOException {
    try (InputStream in = Files.newInputStream(artifact);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (entry.isDirectory() || !target.startsWith(folder)) {
          continue;
        }
        Files.createDirectories(target.getParent());
        Files.copy(zip, target);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
