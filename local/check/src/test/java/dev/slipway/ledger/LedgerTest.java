package dev.slipway.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** The ledger on a real table: nothing is overwritten, nothing is lost between pages. */
class LedgerTest {
  private static final Actor ANN = new Actor("ann", "manager");
  private static final TaskKey TASK = new TaskKey("section.task", "");

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final TestClock clock = new TestClock();
  private final TestTable table = new TestTable();
  private final Items items = new Items(table.client(), table.name(), clock);
  private final AuditTrail auditTrail = new AuditTrail(items);
  private final Delegations delegations = new Delegations(items);
  private final Elements elements = new Elements(items);
  private final Files files = Files.handedOver(items);
  private final Keys keys = new Keys(items);
  private final Notes notes = new Notes(items);
  private final Onboardings onboardings = new Onboardings(items);
  private final OpenWork openWork = new OpenWork(items);
  private final PlanOutlines planOutlines = new PlanOutlines(items);
  private final Requests requests = new Requests(items);
  private final Signals signals = new Signals(items);
  private final Tasks tasks = new Tasks(items);

  private Onboarding created(String key) {
    return onboardings.create(key, "print", "Hoster Ltd.", "hosting-provider", "1.0.0", ANN);
  }

  @Test
  void theSameRequestKeyCreatesOneOnboarding() {
    assertEquals(created("k1").id(), created("k1").id());
    assertEquals(1, onboardings.in(Onboarding.State.INTAKE).size());
  }

  @Test
  void aRequestKeyIsRefusedForAnotherRequest() {
    created("k1");
    assertThrows(
        IllegalArgumentException.class,
        () -> onboardings.create("k1", "other", "B", "hosting-provider", "1.0.0", ANN));
  }

  @Test
  void aRequestKeyIsForgottenAfterItsTimeEvenIfTheTableStillHasIt() {
    String first = created("k1").id();
    clock.pass(Duration.ofDays(8));
    assertTrue(!created("k1").id().equals(first), "a new onboarding");
  }

  @Test
  void theSameRequestManyTimesAtOnceCreatesOneOnboarding() throws Exception {
    Set<String> ids = new HashSet<>(atOnce(8, () -> created("k1").id()));
    assertEquals(1, ids.size());
  }

  @Test
  void ofTwoEditorsWhoSawTheSameVersionOneIsTold() throws Exception {
    String id = created("k1").id();
    List<Boolean> saved =
        atOnce(
            2,
            () -> {
              try {
                elements.save(
                    id,
                    new ElementRecord("platform", 0, TextNode.valueOf("x"), "ann", clock.instant()),
                    0,
                    ANN);
                return true;
              } catch (LostRaceException e) {
                return false;
              }
            });
    assertEquals(1, saved.stream().filter(ok -> ok).count());
    assertEquals(1, elements.find(id, "platform").orElseThrow().version());
  }

  @Test
  void aKeyIsHeldByOneOfManyUntilItsTimeIsOver() throws Exception {
    Instant until = clock.instant().plus(Duration.ofHours(1));
    assertEquals(
        1, atOnce(8, () -> keys.hold("mail/ann", until)).stream().filter(ok -> ok).count());
    clock.pass(Duration.ofHours(1));
    assertTrue(keys.hold("mail/ann", clock.instant().plus(Duration.ofHours(1))));
  }

  @Test
  void whatMeetsATransactionIsTriedAgain() {
    AtomicInteger conflicts = new AtomicInteger(3);
    Keys busy =
        new Keys(
            table.disturbed(
                clock,
                method -> {
                  if (method.equals("putItem") && conflicts.getAndDecrement() > 0) {
                    throw TransactionConflictException.builder().message("ongoing").build();
                  }
                }));
    assertTrue(busy.take("mail/bob", clock.instant().plus(Duration.ofHours(1))));
    assertEquals(-1, conflicts.get());
  }

  @Test
  void aWriteWhoseAnswerIsLostIsNoLostRace() {
    Instant until = clock.instant().plus(Duration.ofHours(1));
    assertTrue(new Keys(table.losingAnAnswer(clock)).take("mail/cid", until), "one item");
    assertFalse(keys.take("mail/cid", until));
    String id = created("k1").id();
    new Elements(table.losingAnAnswer(clock))
        .save(id, new ElementRecord("e", 0, TextNode.valueOf("x"), "ann", clock.instant()), 0, ANN);
    assertEquals(1, elements.find(id, "e").orElseThrow().version(), "a transaction");
  }

  private void give(String id, String element) {
    elements.save(
        id,
        new ElementRecord(element, 0, TextNode.valueOf(element), "ann", clock.instant()),
        0,
        ANN);
  }

  @Test
  void anOverviewHoldsWhatDecidesWhoIsToldAndNothingElse() {
    String id = created("k1").id();
    assertEquals(
        new Overview(
            onboardings.find(id).orElseThrow(), List.of(), List.of(), Optional.empty(), List.of()),
        onboardings.overview(id, onboarding -> true).orElseThrow(),
        "nothing yet");
    List.of("brand", "contacts", "domain").forEach(element -> give(id, element));
    var delegation = new Delegation(TASK, "step", 0, "Bo", "bo@x.example", "ann", NOON, "away");
    delegations.save(id, delegation, tasks.of(id, TASK), ANN);
    requests.request(id, TASK, false, Optional.empty(), Optional.empty(), ANN, "mended", "why");
    planOutlines.keep(id, "hash", TextNode.valueOf("plan"));

    Overview overview = onboardings.overview(id, onboarding -> true).orElseThrow();
    assertEquals(onboardings.find(id).orElseThrow(), overview.onboarding());
    assertEquals(elements.find(id, "contacts"), overview.contacts());
    assertEquals(delegations.of(id), overview.delegations());
    assertEquals("Bo", overview.delegations().getFirst().name());
    assertEquals(List.of(tasks.of(id, TASK)), overview.tasks());
    assertEquals(List.of(), overview.rows());
  }

  @Test
  void anOverviewOfWhatNobodyWantsOrKnowsIsNone() {
    assertEquals(Optional.empty(), onboardings.overview(created("k1").id(), onboarding -> false));
    assertEquals(Optional.empty(), onboardings.overview("nobodys", onboarding -> true));
  }

  @Test
  void whatIsToBeErasedIsFoundByItsDateUntilItIsErased() {
    // More than one page of them, and one that goes on.
    created("k0");
    List<String> ended = new ArrayList<>();
    for (int day = 1; day <= 103; day++) {
      Onboarding onboarding = created("k" + day);
      onboardings.save(
          onboarding,
          onboarding
              .to(Onboarding.State.CANCELLED, clock.instant())
              .erasingAt(NOON.plus(Duration.ofDays(day))),
          ANN,
          "onboarding.cancelled",
          null);
      ended.add(onboarding.id());
    }
    OpenWork.Erasures few = openWork.erasures(NOON.plus(Duration.ofDays(2)));
    assertEquals(ended.subList(0, 2), few.onboardings());
    assertEquals(Optional.of(NOON.plus(Duration.ofDays(3))), few.next());
    OpenWork.Erasures most = openWork.erasures(NOON.plus(Duration.ofDays(102)));
    assertEquals(ended.subList(0, 102), most.onboardings());
    assertEquals(Optional.of(NOON.plus(Duration.ofDays(103))), most.next());
    assertEquals(
        new OpenWork.Erasures(ended, Optional.empty()),
        openWork.erasures(NOON.plus(Duration.ofDays(103))));

    Onboarding first = onboardings.find(ended.getFirst()).orElseThrow();
    onboardings.save(first, first.erased("ann", clock.instant()), ANN, "onboarding.erased", null);
    assertEquals(
        ended.subList(1, 2), openWork.erasures(NOON.plus(Duration.ofDays(2))).onboardings());
  }

  @Test
  void aRequestMovesTheTaskAndTheAuditTrailTogether() {
    String id = created("k1").id();
    requests.request(
        id, TASK, true, Optional.empty(), Optional.empty(), ANN, "task.retried", "mended");
    TaskRecord task = tasks.of(id, TASK);
    assertEquals(1, task.requestedGeneration());
    assertTrue(task.signalDue() && task.performAgain());
    Event event = auditTrail.events(id, null, 10).getLast();
    assertEquals("task.retried", event.what());
    assertEquals("mended", event.why());
    assertEquals("section.task", event.subject());
  }

  @Test
  void manyRequestsAtOnceAreAllCounted() throws Exception {
    String id = created("k1").id();
    atOnce(
        8,
        () -> {
          requests.request(
              id, TASK, false, Optional.empty(), Optional.empty(), ANN, "task.retried", "why");
          return true;
        });
    assertEquals(8, tasks.of(id, TASK).requestedGeneration());
  }

  @Test
  void whatWakeHasToLookAtIsFoundOnceItsTimeCame() {
    String id = created("k1").id();
    requests.request(
        id, TASK, false, Optional.empty(), Optional.empty(), ANN, "task.retried", "why");
    assertTrue(
        signals.since().stream()
            .anyMatch(each -> each.due().equals(new Signals.Due.OfTask(id, TASK))));
    TaskRecord before = tasks.of(id, TASK);
    tasks.save(id, before, before.settled());
    assertTrue(signals.since().isEmpty());
  }

  @Test
  void listsGoOnBeyondOnePage() {
    String id = created("k1").id();
    String large = "x".repeat(300_000);
    for (int i = 0; i < 8; i++) {
      elements.save(
          id,
          new ElementRecord("e" + i, 0, TextNode.valueOf(large), "ann", clock.instant()),
          0,
          ANN);
    }
    assertEquals(8, elements.of(id).size());
  }

  @Test
  void eventsComeInOrderPageByPage() {
    String id = created("k1").id();
    for (int i = 0; i < 7; i++) {
      clock.pass(Duration.ofMillis(5));
      auditTrail.record(id, ANN, "noted", "n" + i, null, null);
    }
    List<String> subjects = new ArrayList<>();
    String after = null;
    List<Event> page = auditTrail.events(id, null, 3);
    while (!page.isEmpty()) {
      page.forEach(event -> subjects.add(event.subject()));
      after = page.getLast().id();
      page = auditTrail.events(id, after, 3);
    }
    assertEquals(List.of("n0", "n1", "n2", "n3", "n4", "n5", "n6"), subjects.subList(1, 8));
  }

  @Test
  void aFileComesBackWholeAndIsKeptOnce() {
    String id = created("k1").id();
    byte[] content = new byte[Files.MAX_BYTES];
    new Random(1).nextBytes(content);
    var info = files.keep(id, content, "logo.png", "image/png", ANN);
    files.keep(id, content, "again.png", "image/png", ANN);
    assertArrayEquals(content, files.content(id, info.sha256()).orElseThrow());
    assertEquals(1, files.list(id).size());
  }

  @Test
  void aFileThatIsTooLargeIsRefused() {
    String id = created("k1").id();
    byte[] content = new byte[Files.MAX_BYTES + 1];
    assertThrows(
        IllegalArgumentException.class, () -> files.keep(id, content, "big", "image/png", ANN));
  }

  @Test
  void theFirstValueRememberedStays() {
    String id = created("k1").id();
    var first = new Note(TASK, Note.Kind.PREVIOUS, "smtp.mail.host", TextNode.valueOf("old"), null);
    var second = new Note(TASK, Note.Kind.PREVIOUS, "smtp.mail.host", TextNode.valueOf("x"), null);
    assertEquals("old", notes.remember(id, first).value().textValue());
    assertEquals("old", notes.remember(id, second).value().textValue());
  }

  private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : executor.invokeAll(java.util.Collections.nCopies(times, call))) {
        results.add(future.get());
      }
      return results;
    }
  }
}
