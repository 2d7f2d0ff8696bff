package dev.slipway.api;

import static dev.slipway.testing.ShopChecklist.DEPLOY;
import static dev.slipway.testing.ShopChecklist.NEWS;
import static dev.slipway.testing.ShopChecklist.RIGHTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.checklist.Checklists;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import dev.slipway.testing.ShopChecklist;
import dev.slipway.testing.TestLambdaContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tenants are added, removed and renamed while tasks are performed for them. */
class InstancesInFlightTest {
  private final ApiWorld world = new ApiWorld(new Checklists(List.of(ShopChecklist.checklist())));
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final List<String> performed = Collections.synchronizedList(new ArrayList<>());
  private final String id = running();

  @AfterEach
  void close() {
    threads.close();
    world.close();
  }

  private String running() {
    Actor mara = new Actor("mara", "manager");
    Onboarding created =
        world
            .context()
            .onboardings()
            .create(UUID.randomUUID().toString(), "print", "Shops", "shop", "1", mara);
    world.context().onboardings().save(created, started(created), mara, "run.started", null);
    return created.id();
  }

  private Onboarding started(Onboarding onboarding) {
    return onboarding.starting("plan", world.clock().instant()).running("arn:aws:states:::x");
  }

  /** As Wake replaces a run that is stale. */
  private void nextRun() {
    assertTrue(onboarding().stale());
    world.wake(id, "run.replaced", this::started);
    assertFalse(onboarding().stale());
  }

  private Onboarding onboarding() {
    return world.context().onboardings().find(id).orElseThrow();
  }

  /** Uat's tenants, then production's. */
  private Answer tenants(long seen, String uat, String production) {
    Answer saved =
        world.save(
            id,
            "tenants",
            seen,
            "{\"uat\": [%s], \"production\": [%s]}".formatted(uat, production));
    assertEquals(200, saved.status(), saved.text());
    return saved;
  }

  private static String tenant(String name) {
    return "{\"name\": \"%s\"}".formatted(name);
  }

  /** The handler's look at one instance, in the current run. */
  private Outcome attempt(String task) {
    TaskKey key = TaskKey.parse(task);
    TaskFunction handler =
        new TaskFunction(world.context()) {
          @Override
          protected void perform(Work work) {
            performed.add(task);
            work.step("act").machine(() -> new Finding("act", task, "ok"));
          }

          @Override
          protected void verify(Work work) {}
        };
    String payload =
        """
        {"onboardingId": "%s", "run": %d, "task": "%s", "instance": "%s", "entered": "%s",
         "retry": 0, "taskToken": "%s"}"""
            .formatted(
                id,
                onboarding().run(),
                key.task(),
                key.instance(),
                world.clock().instant(),
                UUID.randomUUID());
    try {
      handler.handleRequest(
          new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)),
          new ByteArrayOutputStream(),
          new TestLambdaContext(10_000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TaskRecord after = world.context().tasks().of(id, key);
    return after.outcome();
  }

  private Outcome nextAttempt(String task) {
    world.clock().pass(Duration.ofSeconds(1));
    return attempt(task);
  }

  private void assertDone(Outcome outcome) {
    assertTrue(outcome instanceof Outcome.Done, () -> String.valueOf(outcome));
  }

  private static List<String> waitsFor(Outcome outcome) {
    return ((Outcome.Waiting) outcome).dependsOn();
  }

  @Test
  void aTenantThatIsAddedIsPerformedForAndNoOtherIsAskedAgain() {
    tenants(0, tenant("acme"), "");
    assertDone(nextAttempt(DEPLOY + "@uat.acme"));

    Answer added = tenants(1, tenant("acme") + "," + tenant("beta"), "");
    assertEquals("[]", added.body().path("rechecked").toString());
    nextRun();
    assertDone(nextAttempt(DEPLOY + "@uat.acme"));
    assertDone(nextAttempt(DEPLOY + "@uat.beta"));
    assertEquals(List.of(DEPLOY + "@uat.acme", DEPLOY + "@uat.beta"), performed);
  }

  @Test
  void oneTenantsEditAsksThatTenantsTasksAgain() {
    tenants(0, tenant("acme") + "," + tenant("beta"), tenant("acme"));
    for (String instance : List.of("uat.acme", "uat.beta", "production.acme")) {
      assertDone(nextAttempt(DEPLOY + "@" + instance));
    }
    Answer edited =
        tenants(1, "{\"name\": \"acme\", \"host\": \"a\"}," + tenant("beta"), tenant("acme"));
    assertEquals(
        "[\"shop.deploy@uat.acme\",\"shop.deploy@production.acme\"]",
        edited.body().path("rechecked").toString());
    performed.clear();
    assertDone(nextAttempt(DEPLOY + "@uat.acme"));
    assertDone(nextAttempt(DEPLOY + "@uat.beta"));
    assertEquals(List.of(DEPLOY + "@uat.acme"), performed);
  }

  @Test
  void aTenantThatIsRemovedKeepsWhatWasDoneAndIsNotPerformedForAgain() {
    tenants(0, tenant("acme") + "," + tenant("beta"), tenant("beta"));
    assertDone(nextAttempt(DEPLOY + "@uat.beta"));
    world.outcome(id, RIGHTS + "@uat.beta", ShopChecklist.viewsAsked(world.clock().instant()));
    tenants(1, tenant("acme"), "");
    nextRun();
    performed.clear();

    assertDone(nextAttempt(DEPLOY + "@uat.beta"));
    Outcome.NotApplicable gone = new Outcome.NotApplicable("is no longer part of the onboarding");
    assertEquals(gone, nextAttempt(RIGHTS + "@uat.beta"));
    assertEquals(gone, nextAttempt(DEPLOY + "@production.beta"));
    assertEquals(List.of(), performed);
  }

  @Test
  void aTenantThatIsRenamedIsAnother() {
    tenants(0, tenant("acme"), tenant("acme"));
    assertDone(nextAttempt(DEPLOY + "@uat.acme"));
    tenants(1, tenant("apex"), tenant("acme"));
    nextRun();
    assertDone(nextAttempt(DEPLOY + "@uat.apex"));
    // Its twin is no longer part: nothing is tried before it.
    assertDone(nextAttempt(DEPLOY + "@production.acme"));
    assertDone(nextAttempt(DEPLOY + "@uat.acme"));
    assertEquals(
        List.of(DEPLOY + "@uat.acme", DEPLOY + "@uat.apex", DEPLOY + "@production.acme"),
        performed);
  }

  @Test
  void productionNeverStartsBeforeItsTwinAndStartsAfterAWaiverOfIt() {
    tenants(0, tenant("acme"), tenant("acme") + "," + tenant("solo"));
    String twin = DEPLOY + "@uat.acme";
    String production = DEPLOY + "@production.acme";
    assertEquals(List.of(twin), waitsFor(nextAttempt(production)));
    assertDone(nextAttempt(DEPLOY + "@production.solo"));

    assertEquals(202, world.act("WaiveTask", Token.engineer(), id, twin).status());
    assertEquals(List.of(twin), waitsFor(nextAttempt(production)));
    assertEquals(202, world.act("ApproveTask", Token.manager(), id, twin).status());
    assertTrue(nextAttempt(twin) instanceof Outcome.Waived);
    assertDone(nextAttempt(production));
    assertEquals(List.of(DEPLOY + "@production.solo", production), performed);
  }

  @Test
  void aTaskWhoseRuleComparesAMissingElementWaitsForIt() {
    Outcome undecided = nextAttempt(NEWS + "@uat");
    assertEquals(Party.CUSTOMER, ((Outcome.Waiting) undecided).party());
    assertTrue(((Outcome.Waiting) undecided).instructions().contains("`offer`"));
    world.save(id, "offer", 0, "{\"kind\": \"none\"}");
    assertEquals(
        new Outcome.NotApplicable("needed only if “Offer, Kind” is not “none”"),
        nextAttempt(NEWS + "@uat"));
    assertEquals(List.of(), performed);
  }

  @Test
  void twoPeopleAtOnceOnTwoInstancesAreNotInEachOthersWay() throws Exception {
    tenants(0, tenant("acme") + "," + tenant("beta"), "");
    String task = RIGHTS + "@uat.";
    world.outcome(id, task + "acme", ShopChecklist.viewsAsked(world.clock().instant()));
    world.outcome(id, task + "beta", ShopChecklist.viewsAsked(world.clock().instant()));
    List<Answer> both =
        race(
            () -> world.act("WaiveTask", Token.engineer(), id, task + "acme"),
            () -> world.act("WaiveTask", Token.manager(), id, task + "beta"));
    both.forEach(answer -> assertEquals(202, answer.status(), answer.text()));
    List<Integer> one =
        race(
            () -> world.act("ApproveTask", Token.manager(), id, task + "acme").status(),
            () -> world.act("ApproveTask", Token.otherManager(), id, task + "acme").status());
    assertEquals(List.of(202, 409), one.stream().sorted().toList());
    List<Integer> answered =
        race(() -> answer(Token.engineer(), "uat.acme"), () -> answer(Token.manager(), "uat.beta"));
    assertEquals(List.of(200, 200), answered);
  }

  private int answer(Token by, String instance) {
    return world.complete(by, id, RIGHTS + "@" + instance, "views", "Seen.").status();
  }

  @Test
  void twoInstancesArePerformedAtOnce() throws Exception {
    tenants(0, tenant("acme") + "," + tenant("beta"), "");
    List<Outcome> both =
        race(() -> attempt(DEPLOY + "@uat.acme"), () -> attempt(DEPLOY + "@uat.beta"));
    both.forEach(this::assertDone);
    assertEquals(2, performed.size());
  }

  private <T> List<T> race(Callable<T> one, Callable<T> other) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    List<Callable<T>> both = new ArrayList<>();
    for (Callable<T> each : List.of(one, other)) {
      both.add(
          () -> {
            start.await();
            return each.call();
          });
    }
    List<T> answers = new ArrayList<>();
    for (var answer : threads.invokeAll(both)) {
      answers.add(answer.get());
    }
    return answers;
  }
}
