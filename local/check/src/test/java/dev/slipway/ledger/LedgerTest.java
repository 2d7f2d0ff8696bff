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
  private final Ledger ledger = new Ledger(table.client(), table.name(), clock);

  private Onboarding created(String key) {
    return ledger.create(key, "print", "Hoster Ltd.", "hosting-provider", "1.0.0", ANN);
  }

  @Test
  void theSameRequestKeyCreatesOneOnboarding() {
    assertEquals(created("k1").id(), created("k1").id());
    assertEquals(1, ledger.onboardingsIn(Onboarding.State.INTAKE).size());
  }

  @Test
  void aRequestKeyIsRefusedForAnotherRequest() {
    created("k1");
    assertThrows(
        IllegalArgumentException.class,
        () -> ledger.create("k1", "other", "B", "hosting-provider", "1.0.0", ANN));
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
                ledger.save(
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
    assertEquals(1, ledger.element(id, "platform").orElseThrow().version());
  }

  @Test
  void aKeyIsHeldByOneOfManyUntilItsTimeIsOver() throws Exception {
    Instant until = clock.instant().plus(Duration.ofHours(1));
    assertEquals(
        1,
        atOnce(8, () -> ledger.keys().hold("mail/ann", until)).stream().filter(ok -> ok).count());
    clock.pass(Duration.ofHours(1));
    assertTrue(ledger.keys().hold("mail/ann", clock.instant().plus(Duration.ofHours(1))));
  }

  @Test
  void whatMeetsATransactionIsTriedAgain() {
    AtomicInteger conflicts = new AtomicInteger(3);
    Ledger busy =
        table.disturbed(
            clock,
            method -> {
              if (method.equals("putItem") && conflicts.getAndDecrement() > 0) {
                throw TransactionConflictException.builder().message("ongoing").build();
              }
            });
    assertTrue(busy.keys().take("mail/bob", clock.instant().plus(Duration.ofHours(1))));
    assertEquals(-1, conflicts.get());
  }

  @Test
  void aWriteWhoseAnswerIsLostIsNoLostRace() {
    Instant until = clock.instant().plus(Duration.ofHours(1));
    assertTrue(table.losingAnAnswer(clock).keys().take("mail/cid", until), "one item");
    assertFalse(ledger.keys().take("mail/cid", until));
    String id = created("k1").id();
    table
        .losingAnAnswer(clock)
        .save(id, new ElementRecord("e", 0, TextNode.valueOf("x"), "ann", clock.instant()), 0, ANN);
    assertEquals(1, ledger.element(id, "e").orElseThrow().version(), "a transaction");
  }

  private void give(String id, String element) {
    ledger.save(
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
            ledger.onboarding(id).orElseThrow(), List.of(), List.of(), Optional.empty(), List.of()),
        ledger.overview(id, onboarding -> true).orElseThrow(),
        "nothing yet");
    List.of("brand", "contacts", "domain").forEach(element -> give(id, element));
    var delegation = new Delegation(TASK, "step", 0, "Bo", "bo@x.example", "ann", NOON, "away");
    ledger.delegations().save(id, delegation, ledger.task(id, TASK), ANN);
    ledger.request(id, TASK, false, Optional.empty(), Optional.empty(), ANN, "mended", "why");
    ledger.keepPlan(id, "hash", TextNode.valueOf("plan"));

    Overview overview = ledger.overview(id, onboarding -> true).orElseThrow();
    assertEquals(ledger.onboarding(id).orElseThrow(), overview.onboarding());
    assertEquals(ledger.element(id, "contacts"), overview.contacts());
    assertEquals(ledger.delegations().of(id), overview.delegations());
    assertEquals("Bo", overview.delegations().getFirst().name());
    assertEquals(List.of(ledger.task(id, TASK)), overview.tasks());
    assertEquals(List.of(), overview.rows());
  }

  @Test
  void anOverviewOfWhatNobodyWantsOrKnowsIsNone() {
    assertEquals(Optional.empty(), ledger.overview(created("k1").id(), onboarding -> false));
    assertEquals(Optional.empty(), ledger.overview("nobodys", onboarding -> true));
  }

  @Test
  void whatIsToBeErasedIsFoundByItsDateUntilItIsErased() {
    // More than one page of them, and one that goes on.
    created("k0");
    List<String> ended = new ArrayList<>();
    for (int day = 1; day <= 103; day++) {
      Onboarding onboarding = created("k" + day);
      ledger.save(
          onboarding,
          onboarding
              .to(Onboarding.State.CANCELLED, clock.instant())
              .erasingAt(NOON.plus(Duration.ofDays(day))),
          ANN,
          "onboarding.cancelled",
          null);
      ended.add(onboarding.id());
    }
    OpenWork.Erasures few = ledger.openWork().erasures(NOON.plus(Duration.ofDays(2)));
    assertEquals(ended.subList(0, 2), few.onboardings());
    assertEquals(Optional.of(NOON.plus(Duration.ofDays(3))), few.next());
    OpenWork.Erasures most = ledger.openWork().erasures(NOON.plus(Duration.ofDays(102)));
    assertEquals(ended.subList(0, 102), most.onboardings());
    assertEquals(Optional.of(NOON.plus(Duration.ofDays(103))), most.next());
    assertEquals(
        new OpenWork.Erasures(ended, Optional.empty()),
        ledger.openWork().erasures(NOON.plus(Duration.ofDays(103))));

    Onboarding first = ledger.onboarding(ended.getFirst()).orElseThrow();
    ledger.save(first, first.erased("ann", clock.instant()), ANN, "onboarding.erased", null);
    assertEquals(
        ended.subList(1, 2),
        ledger.openWork().erasures(NOON.plus(Duration.ofDays(2))).onboardings());
  }

  @Test
  void aRequestMovesTheTaskAndTheAuditTrailTogether() {
    String id = created("k1").id();
    ledger.request(
        id, TASK, true, Optional.empty(), Optional.empty(), ANN, "task.retried", "mended");
    TaskRecord task = ledger.task(id, TASK);
    assertEquals(1, task.requestedGeneration());
    assertTrue(task.signalDue() && task.performAgain());
    Event event = ledger.events(id, null, 10).getLast();
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
          ledger.request(
              id, TASK, false, Optional.empty(), Optional.empty(), ANN, "task.retried", "why");
          return true;
        });
    assertEquals(8, ledger.task(id, TASK).requestedGeneration());
  }

  @Test
  void whatWakeHasToLookAtIsFoundOnceItsTimeCame() {
    String id = created("k1").id();
    ledger.request(id, TASK, false, Optional.empty(), Optional.empty(), ANN, "task.retried", "why");
    assertTrue(
        ledger.signals().since().stream()
            .anyMatch(each -> each.due().equals(new Signals.Due.OfTask(id, TASK))));
    TaskRecord before = ledger.task(id, TASK);
    ledger.save(id, before, before.settled());
    assertTrue(ledger.signals().since().isEmpty());
  }

  @Test
  void listsGoOnBeyondOnePage() {
    String id = created("k1").id();
    String large = "x".repeat(300_000);
    for (int i = 0; i < 8; i++) {
      ledger.save(
          id,
          new ElementRecord("e" + i, 0, TextNode.valueOf(large), "ann", clock.instant()),
          0,
          ANN);
    }
    assertEquals(8, ledger.elements(id).size());
  }

  @Test
  void eventsComeInOrderPageByPage() {
    String id = created("k1").id();
    for (int i = 0; i < 7; i++) {
      clock.pass(Duration.ofMillis(5));
      ledger.record(id, ANN, "noted", "n" + i, null, null);
    }
    List<String> subjects = new ArrayList<>();
    String after = null;
    List<Event> page = ledger.events(id, null, 3);
    while (!page.isEmpty()) {
      page.forEach(event -> subjects.add(event.subject()));
      after = page.getLast().id();
      page = ledger.events(id, after, 3);
    }
    assertEquals(List.of("n0", "n1", "n2", "n3", "n4", "n5", "n6"), subjects.subList(1, 8));
  }

  @Test
  void aFileComesBackWholeAndIsKeptOnce() {
    String id = created("k1").id();
    byte[] content = new byte[Files.MAX_BYTES];
    new Random(1).nextBytes(content);
    var info = ledger.files().keep(id, content, "logo.png", "image/png", ANN);
    ledger.files().keep(id, content, "again.png", "image/png", ANN);
    assertArrayEquals(content, ledger.files().content(id, info.sha256()).orElseThrow());
    assertEquals(1, ledger.files().list(id).size());
  }

  @Test
  void aFileThatIsTooLargeIsRefused() {
    String id = created("k1").id();
    byte[] content = new byte[Files.MAX_BYTES + 1];
    assertThrows(
        IllegalArgumentException.class,
        () -> ledger.files().keep(id, content, "big", "image/png", ANN));
  }

  @Test
  void theFirstValueRememberedStays() {
    String id = created("k1").id();
    var first = new Note(TASK, Note.Kind.PREVIOUS, "smtp.mail.host", TextNode.valueOf("old"), null);
    var second = new Note(TASK, Note.Kind.PREVIOUS, "smtp.mail.host", TextNode.valueOf("x"), null);
    assertEquals("old", ledger.remember(id, first).value().textValue());
    assertEquals("old", ledger.remember(id, second).value().textValue());
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
