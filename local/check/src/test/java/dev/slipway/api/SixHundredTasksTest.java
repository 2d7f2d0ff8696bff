package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.People;
import dev.slipway.ledger.Signals.Due;
import dev.slipway.ledger.SignedReport;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.privacy.EraseOnboarding;
import dev.slipway.testing.TestLambdaContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An onboarding of six hundred tasks, all of which read one element: what people do with it works,
 * and whoever dies between the chunks of a write loses nothing.
 */
@Order(1) // Takes long, so it begins early.
class SixHundredTasksTest {
  private static final int SECTIONS = 6;
  private static final int TASKS = 600;
  private static final Actor ANN = new Actor("ann", "engineer");

  /** DynamoDB's limit of an item is 400 KB, Lambda's of an answer 6 MB. */
  private static final int LARGEST_ITEM = 200_000;

  private static final int LARGEST_ANSWER = 5_000_000;

  private final ApiWorld world = new ApiWorld(new Checklists(List.of(checklist())));

  @AfterEach
  void close() {
    world.close();
  }

  private static TaskKey key(int task) {
    return new TaskKey("s%d.t%03d".formatted(task / (TASKS / SECTIONS), task), "");
  }

  private static List<TaskKey> keys() {
    return IntStream.range(0, TASKS).mapToObj(SixHundredTasksTest::key).toList();
  }

  /** The last task rests on all others. */
  private static Checklist checklist() {
    StringBuilder yaml =
        new StringBuilder("name: six-hundred\nversion: '1'\ntitle: Six hundred tasks\nsections:\n");
    for (int section = 0; section < SECTIONS; section++) {
      yaml.append("  - id: s%d\n    title: Section %d\n".formatted(section, section));
      if (section == 0) {
        yaml.append(
            """
                elements:
                  - {id: everything, title: Everything, schema: {type: string}}
            """);
      }
      yaml.append("    tasks:\n");
      for (int task = 0; task < TASKS / SECTIONS; task++) {
        int number = section * (TASKS / SECTIONS) + task;
        yaml.append(
            """
                  - id: t%03d
                    row: X%03d
                    title: Task %d
                    requirement: mandatory
                    mode: attested
                    inputs: [everything]
                    dependsOn: [%s]
                    steps: [{id: do, title: Do it, mode: attested, party: CUSTOMER, instructions: Do it., check: A person says so., due: P5D}]
            """
                .formatted(
                    number,
                    number,
                    number,
                    number < TASKS - 1
                        ? ""
                        : keys().subList(0, number).stream()
                            .map(TaskKey::task)
                            .collect(Collectors.joining(", "))));
      }
    }
    return ChecklistSource.parse(yaml.toString());
  }

  private Outcome done() {
    return new Outcome.Done(
        List.of(
            new Evidence(
                "probe",
                Evidence.Place.HANDLER,
                world.clock().instant(),
                "host",
                "an answer of some length ".repeat(20),
                null,
                false)));
  }

  private Outcome waiting() {
    return new Outcome.Waiting(
        Party.CUSTOMER,
        "do",
        List.of(),
        "Do it.",
        "A person says so.",
        world.clock().instant().plus(Duration.ofDays(1)),
        null,
        null,
        List.of());
  }

  private void all(String id, Outcome outcome) {
    Instant now = world.clock().instant();
    world.changeTasks(id, keys(), task -> task.stated(outcome, now));
  }

  private String running() {
    Onboarding created =
        world
            .context()
            .onboardings()
            .create("key", "print", "Large Customer", "six-hundred", "1", ANN);
    Onboarding running =
        created.starting("plan", world.clock().instant()).running("arn:aws:states:::execution:x");
    world.context().onboardings().save(created, running, ANN, "run.started", null);
    return created.id();
  }

  private static ElementRecord everything(String value, Instant now) {
    return new ElementRecord("everything", 0, TextNode.valueOf(value), "ann", now);
  }

  /** Wake's sweep, of the outbox only. */
  private static void workOff(FunctionContext by) {
    by.signals().since().stream()
        .map(each -> each.due())
        .filter(Due.Order.class::isInstance)
        .map(Due.Order.class::cast)
        .forEach(order -> by.outbox().workOff(order.onboarding(), order.id()));
  }

  /** Thrown where a function dies. */
  private static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A context whose user dies before a write, counted from 0. */
  private FunctionContext dyingAt(int write) {
    AtomicInteger writes = new AtomicInteger();
    return world.contextWith(
        method -> {
          if (Set.of("transactWriteItems", "putItem").contains(method)
              && writes.getAndIncrement() == write) {
            throw new Died();
          }
        });
  }

  /**
   * Does it, dying at one write after another, until it was done without dying; the sweep follows.
   */
  private int dying(int every, Consumer<FunctionContext> act, Runnable afterwards) {
    for (int write = 1; ; write += every) {
      boolean died = false;
      try {
        FunctionContext dying = dyingAt(write);
        act.accept(dying);
        workOff(dying);
      } catch (Died e) {
        died = true;
      }
      workOff(world.context());
      afterwards.run();
      if (!died) {
        return write;
      }
    }
  }

  private Set<Long> generations(String id) {
    return world.context().tasks().of(id, keys()).values().stream()
        .map(TaskRecord::requestedGeneration)
        .collect(Collectors.toSet());
  }

  @Test
  void aChangeOfWhatConcernsAllAsksEachOnceWhoeverDies() {
    String id = running();
    all(id, done());
    Elements.Dependents dependents = new Elements.Dependents(List.of(), keys());
    AtomicInteger changes = new AtomicInteger();

    int deaths =
        dying(
            6,
            dying -> {
              int seen = changes.getAndIncrement();
              List<TaskKey> asked =
                  dying
                      .elements()
                      .save(
                          id,
                          everything("v" + seen, world.clock().instant()),
                          seen,
                          dependents,
                          ANN);
              assertEquals(keys(), asked);
              assertTrue(world.context().outbox().isPending(id), "the rest is Wake's");
            },
            () -> {
              assertEquals(Set.of((long) changes.get()), generations(id));
              assertFalse(world.context().outbox().isPending(id));
            });
    assertEquals(25, deaths, "the first write with none to die at: there are 24 chunks");

    assertThrows(
        Died.class,
        () ->
            dyingAt(0)
                .elements()
                .save(
                    id, everything("x", world.clock().instant()), changes.get(), dependents, ANN));
    workOff(world.context());
    assertEquals(Set.of((long) changes.get()), generations(id), "nothing is half done");
    assertEquals(
        changes.get(), world.context().elements().find(id, "everything").orElseThrow().version());
  }

  @Test
  void twoWhoWorkOneOrderOffAskEachOnce() {
    String id = running();
    all(id, done());
    world
        .context()
        .elements()
        .save(
            id,
            everything("v", world.clock().instant()),
            0,
            new Elements.Dependents(List.of(), keys()),
            ANN);
    // At each write of the one the other one works all of it off, or finds nothing left.
    workOff(
        world.contextWith(
            method -> {
              if (method.equals("transactWriteItems")) {
                workOff(world.context());
              }
            }));
    assertEquals(Set.of(1L), generations(id));
  }

  @Test
  void aSecondLookOfAllIsAskedForOnceAndOnlyThenAnotherRunTakesOver() {
    String id = running();
    Instant now = world.clock().instant();
    int run = world.context().onboardings().find(id).orElseThrow().run();
    world.changeTasks(
        id,
        keys(),
        task ->
            world
                .claimed(task, run)
                .commit(done(), "inputs", true, now)
                .decided(dev.slipway.ledger.Signal.Kind.SUCCESS, now));
    AtomicInteger looks = new AtomicInteger();
    world.context().requests().requestVerification(id, keys(), ANN, "first");
    assertFalse(
        world.context().onboardings().find(id).orElseThrow().stale(), "not all are asked yet");
    workOff(world.context());
    assertTrue(world.context().onboardings().find(id).orElseThrow().stale());
    looks.incrementAndGet();

    dying(
        12,
        dying -> {
          // What was asked before was looked at meanwhile: what is open again is not asked.
          all(id, done());
          looks.incrementAndGet();
          dying.requests().requestVerification(id, keys(), ANN, "again");
        },
        () -> {
          assertEquals(Set.of((long) looks.get()), generations(id));
          assertTrue(
              world.context().tasks().of(id, keys()).values().stream()
                  .allMatch(TaskRecord::verifyAgain));
        });
  }

  @Test
  void anAddedRowOnWhichAllRestAsksThemAll() {
    String id = running();
    all(id, waiting());
    Onboarding meta = world.context().onboardings().find(id).orElseThrow();
    dev.slipway.ledger.AddedRow row =
        new dev.slipway.ledger.AddedRow(
            dev.slipway.ledger.AddedRow.name("s0", 1),
            0,
            "A1",
            "s0",
            "One more",
            "Do it.",
            Party.VENDOR,
            Duration.ofDays(1),
            true,
            false,
            "ann",
            world.clock().instant(),
            "asked for");
    world.context().rows().add(meta, row, waiting(), keys(), ANN);
    workOff(world.context());
    assertEquals(Set.of(1L), generations(id));
  }

  @Test
  void isSignedOffOnlyIfNoneOfThemMovedMeanwhile() {
    String id = running();
    all(id, done());
    for (int task : List.of(0, 89, 90, 595, 599)) {
      Onboarding before = world.context().onboardings().find(id).orElseThrow();
      TaskRecord seen = world.context().tasks().of(id, key(task));
      TaskRecord asked = seen.request(false, world.clock().instant());
      world.context().tasks().save(id, seen, asked);
      assertThrows(LostRaceException.class, () -> sign(before), "it is open again");
      world
          .context()
          .tasks()
          .save(id, asked, asked.stated(seen.outcome(), world.clock().instant()));
      assertThrows(LostRaceException.class, () -> sign(before), "it was open meanwhile");
    }
    Onboarding before = world.context().onboardings().find(id).orElseThrow();
    TaskRecord seen = world.context().tasks().of(id, key(595));
    world.context().tasks().save(id, seen, seen.due(world.clock().instant()));
    sign(before);

    TaskRecord now = world.context().tasks().of(id, key(595));
    assertThrows(
        LostRaceException.class,
        () -> world.context().tasks().save(id, now, now.request(false, world.clock().instant())),
        "it was signed off");
    assertThrows(
        LostRaceException.class,
        () -> world.context().requests().requestVerification(id, keys(), ANN, "late"));
    assertThrows(
        LostRaceException.class,
        () ->
            world
                .context()
                .elements()
                .save(
                    id,
                    everything("x", world.clock().instant()),
                    0,
                    Elements.Dependents.none(),
                    ANN));
  }

  private void sign(Onboarding before) {
    world
        .context()
        .signOffs()
        .signOff(
            before,
            before.signedOff(world.clock().instant()),
            new SignedReport(
                "hash", 1, "file", "key", "algorithm", "", "mia", world.clock().instant(), null),
            People.none(),
            ANN);
  }

  @Test
  void isNotSignedOffWhileSomeAreStillToBeAsked() {
    String id = running();
    all(id, done());
    assertEquals(200, world.save(id, "everything", 0, "\"first\"").status());
    Answer pending = world.request("SignOff").on(id).body("{}").send();
    assertEquals(409, pending.status());
    assertEquals("sign-off.looks-pending", pending.code());

    workOff(world.context());
    Answer open = world.request("SignOff").on(id).body("{}").send();
    assertEquals("sign-off.open-rows", open.code());
    assertEquals(TASKS, open.body().get("rows").size());
    assertTrue(open.text().length() < LARGEST_ANSWER);

    all(id, done());
    Answer signed = world.request("SignOff").on(id).body("{}").send();
    assertEquals(201, signed.status(), signed.text());
    for (String format : List.of("json", "html", "markdown")) {
      Answer report = world.request("GetReport").on(id).query("format", format).send();
      assertEquals(200, report.status());
      assertTrue(report.text().length() < LARGEST_ANSWER, () -> format + report.text().length());
    }
  }

  @Test
  void itsListsItsRunsItsEndAndItsErasureWork() throws IOException {
    String id = running();
    all(id, waiting());
    Answer saved = world.save(id, "everything", 0, "\"first\"");
    assertEquals(200, saved.status(), saved.text());
    assertEquals(TASKS, saved.body().get("rechecked").size());
    workOff(world.context());
    JsonNode events = world.request("ListEvents").on(id).send().body().get("events");
    String line = events.toString();
    assertTrue(line.contains("and 580 more"), line);

    Answer shown = world.request("GetOnboarding").on(id).send();
    assertEquals(TASKS, shown.body().at("/progress/total").asInt());
    assertEquals(TASKS, shown.body().get("openWork").size());
    assertTrue(shown.text().length() < LARGEST_ANSWER, "openWork");
    Answer plan = world.request("GetPlan").on(id).send();
    assertEquals(200, plan.status());
    assertTrue(plan.text().length() < LARGEST_ANSWER, "plan");

    assertEquals(202, stop(id).status());
    world.wake(id, "run.stopped", was -> was.to(Onboarding.State.STOPPED, world.clock().instant()));
    assertEquals(202, world.start(id, world.hash(id)).status());
    Map<String, AttributeValue> largest =
        world.items().stream()
            .max(
                java.util.Comparator.comparingInt(
                    (Map<String, AttributeValue> item) -> item.toString().length()))
            .orElseThrow();
    assertTrue(
        largest.toString().length() < LARGEST_ITEM,
        () -> largest.get("SK") + ": " + largest.toString().length());

    assertEquals(202, world.request("CancelOnboarding").on(id).body(REASON).send().status());
    world.wake(
        id,
        "onboarding.cancelled",
        was -> was.to(Onboarding.State.CANCELLED, world.clock().instant()));
    world.clock().pass(Duration.ofDays(400));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new EraseOnboarding(world.context())
        .handleRequest(
            new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)),
            answer,
            new TestLambdaContext(900_000));
    assertEquals(1, Json.MAPPER.readTree(answer.toByteArray()).get("erased").asInt());
    assertTrue(world.context().elements().of(id).isEmpty());
    assertEquals(TASKS, world.context().tasks().of(id).size());
  }

  private static final String REASON = "{\"reason\": \"because\"}";

  private Answer stop(String id) {
    return world.request("StopOnboarding").by(Token.manager()).on(id).body(REASON).send();
  }

  @Test
  void whatEndedIsNotAskedAnyMore() {
    String id = running();
    all(id, waiting());
    world
        .context()
        .elements()
        .save(
            id,
            everything("v", world.clock().instant()),
            0,
            new Elements.Dependents(List.of(), keys()),
            ANN);
    world.wake(
        id,
        "onboarding.cancelled",
        was -> was.to(Onboarding.State.CANCELLED, world.clock().instant()));
    workOff(world.context());
    assertFalse(world.context().outbox().isPending(id));
    assertEquals(Set.of(0L, 1L), generations(id), "the first chunk was asked before");
  }
}
