package dev.slipway.local.scaffold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Mode;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Requests;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.ledger.Tasks;
import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.lint.ProjectCopy;
import dev.slipway.local.run.People;
import dev.slipway.local.run.Role;
import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.local.schedule.LocalTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  private static final Actor PERSON = new Actor("Carl Customer", "customer");

  private final LocalRuntime runtime;
  private final DynamoDbClient dynamo;
  private final People people;
  private final Tasks tasks;
  private final Requests requests;
  private final Onboardings onboardings;
  private final Elements elements;
  private final SimulatedTime time;
  private final String id;

  private ShopRun(LocalRuntime runtime, SimulatedTime time) {
    this.runtime = runtime;
    this.time = time;
    this.dynamo = new RuntimeClients(runtime).dynamoDb();
    Items items = new Items(dynamo, runtime.template().tables().getFirst().name(), time);
    this.tasks = new Tasks(items);
    this.requests = new Requests(items);
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

  /** Scaffolds the checklist in a folder, and creates an onboarding. */
  static ShopRun in(Path folder) throws IOException {
    Deeds.reset();
    SimulatedTime time = new SimulatedTime(Instant.parse("2026-12-01T09:00:00Z"));
    ScaffoldedProject project = ScaffoldedProject.into(folder, source());
    return new ShopRun(
        LocalRuntime.start(project.options(LocalTime.simulated(time), ShopRun::methods)), time);
  }

  /** A handler that does each step outside, or asks for it. */
  private static String methods(Task task) {
    String key =
        task.per() == null
            ? "\"%s\"".formatted(task.id())
            : "\"%s@\" + String.join(\".\", %s)".formatted(task.id(), places(task));
    String steps = task.steps().stream().map(ShopRun::step).collect(Collectors.joining());
    return """
          {
            dev.slipway.local.scaffold.Deeds.load("%s");
          }

          private static String key(Work work) {
            return %s;
          }

          @Override
          protected void perform(Work work) {
        %s  }

          @Override
          protected void verify(Work work) {
            work.proof(null, () -> new dev.slipway.task.Finding("look", key(work), "it is there"));
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

  private static String step(Step step) {
    return step.mode() == Mode.AUTOMATIC
        ? "    work.step(\"%s\").machine(() -> new dev.slipway.task.Finding(\"deed\", key(work), dev.slipway.local.scaffold.Deeds.perform(key(work), \"%s\")));\n"
            .formatted(step.id(), step.id())
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

  /** Starts an onboarding as planned. */
  ShopRun start(String onboarding) {
    String plan = people.as(Role.MANAGER, onboarding).plan(onboarding).path("hash").asText();
    people.as(Role.MANAGER, onboarding).start(onboarding, plan);
    return this;
  }

  ShopRun start() {
    return start(id);
  }

  /**
   * Lets time pass by minutes, and people answer what they are asked, until nothing is left to be
   * looked at.
   */
  ShopRun settle() throws InterruptedException {
    boolean isUnderWay = true;
    for (int minute = 0; minute < 5 || (isUnderWay && minute < 500); minute++) {
      time.advance(Duration.ofMinutes(1));
      isUnderWay = answerAll() || onboarding().isSignalDue() || isAnyDue();
    }
    return this;
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
        requests.request(
            id,
            task.key(),
            false,
            Optional.of(answer(task.key(), waiting.step())),
            Optional.empty(),
            PERSON,
            "step.answered",
            "I did it");
        answered = true;
      }
    }
    return answered;
  }

  private Answer answer(TaskKey key, String step) {
    return new Answer(
        key,
        step,
        0,
        key + step,
        PERSON.name(),
        PERSON.role(),
        time.instant(),
        "I did it",
        null,
        Answer.Verdict.GIVEN,
        null);
  }

  /** Does without a mandatory instance, as two people. */
  ShopRun waive(String key) {
    TaskKey of = TaskKey.parse(key);
    requests.request(
        id,
        of,
        false,
        Optional.empty(),
        Optional.of(
            new Decision(of, 0, Decision.Kind.WAIVE, "Mia", "it is old", time.instant(), "Mara")),
        PERSON,
        "task.waived",
        "it is old");
    return this;
  }

  /** Asks for an instance, or for a failed iteration, once more. */
  ShopRun retry(String key) {
    requests.request(
        id,
        TaskKey.parse(key),
        true,
        Optional.empty(),
        Optional.empty(),
        PERSON,
        "task.retry-requested",
        "again");
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
