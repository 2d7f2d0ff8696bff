package dev.slipway.local.scaffold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Mode;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.json.Json;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.ledger.Tasks;
import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.cli.Slipway;
import dev.slipway.local.cli.Terminal;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.lint.ProjectCopy;
import dev.slipway.local.run.People;
import dev.slipway.local.run.Role;
import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.StateMachineResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;

/**
 * An onboarding of the checklist {@code shop-environment} in the local runtime, with simulated
 * time. What its handlers do outside is in {@link Deeds}; people say that they have signed in.
 */
final class ShopRun implements AutoCloseable {
  static final String CHECKLIST = "shop-environment";

  /** The vendor's test of a tenant's key: it opens the shop at the tenant's own host. */
  private static final String KEY_TEST =
      """
      package dev.slipway.shop;

      import com.fasterxml.jackson.databind.JsonNode;
      import dev.slipway.credentials.CredentialTest;
      import dev.slipway.credentials.CredentialTestResult;
      import dev.slipway.credentials.Grade;

      public final class ShopKeyTest implements CredentialTest {
        @Override
        public String system() {
          return "shop-key";
        }

        @Override
        public CredentialTestResult test(JsonNode secret, JsonNode elements) {
          String host = elements.at("/tenants/host").asText();
          boolean opens = secret.path("key").asText().endsWith(" of " + host);
          return new CredentialTestResult(
              opens ? Grade.VALID : Grade.WRONG_REGION_OR_ENV, "The shop was asked.", null, "sign-in", host, "");
        }
      }
      """;

  private final LocalRuntime runtime;
  private final DynamoDbClient dynamo;
  private final People people;
  private final Tasks tasks;
  private final Onboardings onboardings;
  private final Elements elements;
  private final SimulatedTime time;
  private final List<String> logs;
  private final Path folder;
  private final String id;

  private ShopRun(LocalRuntime runtime, SimulatedTime time, List<String> logs, Path folder) {
    this.runtime = runtime;
    this.folder = folder;
    this.logs = logs;
    this.time = time;
    this.dynamo = new RuntimeClients(runtime).dynamoDb();
    Items items = new Items(dynamo, runtime.template().tables().getFirst().name(), time);
    this.tasks = new Tasks(items);
    this.onboardings = new Onboardings(items);
    this.elements = new Elements(items);
    this.people = new People(runtime.apiUri(), runtime.issuer());
    this.id = create(CHECKLIST);
  }

  /** The files of the checklist. */
  static ChecklistSource source() throws IOException {
    return ChecklistSource.read(
        ProjectCopy.project()
            .resolve("local/cli/src/test/resources/checklists/shop-environment/1.0.0"));
  }

  /** Scaffolds the checklist in a folder. */
  static ScaffoldedProject project(Path folder) throws IOException {
    return ScaffoldedProject.into(folder, source())
        .withClass("dev.slipway.shop.ShopKeyTest", KEY_TEST)
        .withClass("dev.slipway.api.CredentialTests", credentialTests());
  }

  /**
   * Starts a runtime, and creates an onboarding.
   *
   * @param folder for the files of commands
   * @param environment variables of each function
   */
  static ShopRun of(ScaffoldedProject project, Path folder, Map<String, String> environment)
      throws IOException {
    Deeds.reset();
    SimulatedTime time = new SimulatedTime(Instant.parse("2026-12-01T09:00:00Z"));
    List<String> logs = Collections.synchronizedList(new ArrayList<>());
    return new ShopRun(
        LocalRuntime.start(
            project
                .options(LocalTime.simulated(time), ShopRun::methods)
                .withEnvironment(environment)
                .withLogs(line -> logs.add(line.toString()))),
        time,
        logs,
        folder);
  }

  /** The project's list of tests, with one more. */
  private static String credentialTests() throws IOException {
    String list =
        Files.readString(
            ProjectCopy.project()
                .resolve("functions/src/main/java/dev/slipway/api/CredentialTests.java"));
    return list.replace("List.of(", "List.of(new dev.slipway.shop.ShopKeyTest(),");
  }

  /** A handler that does each step outside, or asks for it. */
  private static String methods(Task task) {
    String key =
        task.per() == null
            ? "\"%s\"".formatted(task.id())
            : "\"%s@\" + String.join(\".\", %s)".formatted(task.id(), places(task));
    String steps =
        task.steps().stream()
            .map(step -> step(step, !task.credentials().isEmpty()))
            .collect(Collectors.joining());
    return """
          {
            dev.slipway.local.scaffold.Deeds.load("%s");
          }

          private static String key(Work work) {
            return %s;
          }

          private static String withKey(Work work) {
            return work.hasSecret("shop-key") ? " with " + work.secret("shop-key").path("key").asText() : "";
          }

          @Override
          protected void perform(Work work) {
        %s  }

          @Override
          protected void verify(Work work) {
            work.proof(null, () -> new dev.slipway.task.Finding("look", key(work), look(work)));
          }

          private static String look(Work work) {
            String with = withKey(work);
            return with.isEmpty()
                ? "it is there"
                : dev.slipway.local.scaffold.Deeds.perform(key(work), "look" + with) + with;
          }
        """
        .formatted(task.id(), key, steps);
  }

  private static String places(Task task) {
    String axes =
        switch (task.per()) {
          case "environment" -> "environment";
          case "component" -> "environment component";
          case "tenant" -> "environment tenant";
          case "app" -> "app";
          default -> "environment app";
        };
    return List.of(axes.split(" ")).stream()
        .map(axis -> "work.at(\"" + axis + "\")")
        .collect(Collectors.joining(", "));
  }

  /** One that has the tenant's key signs in with it, and says it in its evidence. */
  private static String step(Step step, boolean hasKey) {
    String with = hasKey ? " + withKey(work)" : "";
    return step.mode() == Mode.AUTOMATIC
        ? "    work.step(\"%s\").machine(() -> new dev.slipway.task.Finding(\"deed\", key(work), dev.slipway.local.scaffold.Deeds.perform(key(work), \"%s\"%s)%s));\n"
            .formatted(step.id(), step.id(), with, with)
        : "    work.step(\"%s\").about(\"tenants.host\").attested();\n".formatted(step.id());
  }

  /** Creates an onboarding of a checklist. */
  String create(String checklist) {
    return people
        .as(Role.MANAGER, "")
        .create(checklist, "Example", "key-" + checklist)
        .at("/onboarding/id")
        .asText();
  }

  String id() {
    return id;
  }

  /** Gives an element anew. */
  ShopRun give(String element, String json) throws IOException {
    JsonNode value = Json.MAPPER.readTree(json.replace('\'', '"'));
    OptionalLong version =
        elements.find(id, element).stream().mapToLong(found -> found.version()).findFirst();
    people.as(Role.MANAGER, id).saveElement(id, element, value, version);
    return this;
  }

  /** Gives the key of a tenant's shop; answers its grade. */
  String giveKey(String tenant, String key) {
    return people
        .as(Role.CUSTOMER, id)
        .storeCredential(id, "shop-key@" + tenant, Json.MAPPER.createObjectNode().put("key", key))
        .path("grade")
        .asText();
  }

  /** Whatever was told, kept or logged, but for the secrets themselves. */
  String told() {
    SlipwayApi manager = people.as(Role.MANAGER, id);
    StringBuilder told = new StringBuilder(String.join("\n", logs));
    told.append(manager.onboarding(id)).append(manager.plan(id)).append(manager.elements(id));
    told.append(new String(manager.report(id), StandardCharsets.UTF_8));
    dynamo
        .scanPaginator(r -> r.tableName(runtime.template().tables().getFirst().name()))
        .items()
        .forEach(told::append);
    try (SfnClient client = new RuntimeClients(runtime).stepFunctions()) {
      for (StateMachineResource machine : runtime.template().stateMachines()) {
        for (ExecutionListItem execution : executions(machine.logicalId())) {
          client
              .getExecutionHistoryPaginator(r -> r.executionArn(execution.executionArn()))
              .events()
              .forEach(told::append);
        }
      }
    }
    return told.toString();
  }

  /** Starts an onboarding as planned. */
  ShopRun start(String onboarding) {
    String plan = people.as(Role.MANAGER, onboarding).plan(onboarding).path("hash").asText();
    people.as(Role.MANAGER, onboarding).start(onboarding, plan);
    return this;
  }

  ShopRun start() {
    return start(id);
  }

  /** Lets a minute pass. */
  ShopRun pass() throws InterruptedException {
    time.advance(Duration.ofMinutes(1));
    return this;
  }

  /**
   * Lets time pass by minutes, and people answer what they are asked, until nothing is left to be
   * looked at.
   */
  ShopRun settle() throws InterruptedException {
    return settle(true);
  }

  /** The same, while people answer nothing. */
  ShopRun settleUnanswered() throws InterruptedException {
    return settle(false);
  }

  private ShopRun settle(boolean answers) throws InterruptedException {
    boolean isUnderWay = true;
    for (int minute = 0; minute < 5 || (isUnderWay && minute < 500); minute++) {
      time.advance(Duration.ofMinutes(1));
      isUnderWay = (answers && answerAll()) || onboarding().isSignalDue() || isAnyDue();
    }
    return this;
  }

  /** A command of a customer's; answers its exit code, and what it said. */
  String command(String... words) throws IOException {
    Path token = Files.createTempFile(folder, "token", "");
    Files.writeString(token, people.token(Role.CUSTOMER, id, false));
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--api", runtime.apiUri().toString(), "--token-file", token.toString()));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code = Slipway.commandLine(new Terminal(out, out, 0)).execute(all.toArray(String[]::new));
    return code + "\n" + said.toString(StandardCharsets.UTF_8);
  }

  private boolean isAnyDue() {
    return tasks.of(id).stream()
        .anyMatch(task -> task.signalDue() && !task.signalAt().isAfter(time.instant()));
  }

  private boolean answerAll() {
    boolean answered = false;
    for (TaskRecord task : tasks.of(id)) {
      if (task.outcome() instanceof Outcome.Waiting waiting
          && waiting.step() != null
          && task.requestedGeneration() == task.handledGeneration()) {
        people
            .as(waiting.party() == Party.CUSTOMER ? Role.CUSTOMER : Role.ENGINEER, id)
            .complete(id, task.key().toString(), waiting.step(), "I did it", null);
        answered = true;
      }
    }
    return answered;
  }

  /** Does without a mandatory instance, as two people. */
  ShopRun waive(String key) {
    people.as(Role.MANAGER, id).waive(id, key, "it is old");
    people.as(Role.MANAGER, id, true).approve(id, key, "it is old");
    return this;
  }

  /** Asks for an instance, or for a failed iteration, once more. */
  ShopRun retry(String key) {
    people.as(Role.ENGINEER, id).retry(id, key, "again");
    return this;
  }

  /** How a task's instance stands: its outcome, or PENDING. */
  String outcome(String key) {
    return record(key).state();
  }

  TaskRecord record(String key) {
    return tasks.of(id, TaskKey.parse(key));
  }

  Onboarding onboarding() {
    return onboarding(id);
  }

  Onboarding onboarding(String other) {
    return onboardings.find(other).orElseThrow();
  }

  /** The executions of a machine. */
  List<ExecutionListItem> executions(String machine) {
    try (SfnClient client = new RuntimeClients(runtime).stepFunctions()) {
      String arn = runtime.template().stateMachine(machine).orElseThrow().arn();
      return client.listExecutions(r -> r.stateMachineArn(arn)).executions();
    }
  }

  @Override
  public void close() {
    dynamo.close();
    runtime.close();
  }
}
