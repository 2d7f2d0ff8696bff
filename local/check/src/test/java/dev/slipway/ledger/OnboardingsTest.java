package dev.slipway.ledger;

import static dev.slipway.ledger.TestLedger.ANN;
import static dev.slipway.ledger.TestLedger.NOON;
import static dev.slipway.ledger.TestLedger.TASK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Onboardings on a real table: a request creates one, and an overview holds what mails need. */
final class OnboardingsTest {
  private final TestLedger ledger = new TestLedger();
  private final Delegations delegations = new Delegations(ledger.items);
  private final Elements elements = new Elements(ledger.items);
  private final Onboardings onboardings = new Onboardings(ledger.items);
  private final PlanOutlines planOutlines = new PlanOutlines(ledger.items);
  private final Requests requests = new Requests(ledger.items);
  private final Tasks tasks = new Tasks(ledger.items);

  @Test
  void theSameRequestKeyCreatesOneOnboarding() {
    assertEquals(ledger.created("k1").id(), ledger.created("k1").id());
    assertEquals(1, onboardings.in(Onboarding.State.INTAKE).size());
  }

  @Test
  void aRequestKeyIsRefusedForAnotherRequest() {
    ledger.created("k1");
    assertThrows(
        IllegalArgumentException.class,
        () -> onboardings.create("k1", "other", "B", "hosting-provider", "1.0.0", ANN));
  }

  @Test
  void aRequestKeyIsForgottenAfterItsTimeEvenIfTheTableStillHasIt() {
    String first = ledger.created("k1").id();
    ledger.clock.pass(Duration.ofDays(8));
    assertTrue(!ledger.created("k1").id().equals(first), "a new onboarding");
  }

  @Test
  void theSameRequestManyTimesAtOnceCreatesOneOnboarding() throws Exception {
    Set<String> ids = new HashSet<>(TestLedger.atOnce(8, () -> ledger.created("k1").id()));
    assertEquals(1, ids.size());
  }

  @Test
  void anOverviewHoldsWhatDecidesWhoIsToldAndNothingElse() {
    String id = ledger.created("k1").id();
    assertEquals(
        new NoticeData(
            onboardings.find(id).orElseThrow(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of()),
        onboardings.overview(id, onboarding -> true).orElseThrow(),
        "nothing yet");
    List.of("brand", "contacts", "domain").forEach(element -> give(id, element));
    var delegation = new Delegation(TASK, "step", 0, "Bo", "bo@x.example", "ann", NOON, "away");
    delegations.save(id, delegation, tasks.of(id, TASK), ANN);
    requests.request(id, TASK, false, Optional.empty(), Optional.empty(), ANN, "mended", "why");
    planOutlines.keep(id, "hash", new byte[] {1});

    NoticeData overview = onboardings.overview(id, onboarding -> true).orElseThrow();
    assertEquals(onboardings.find(id).orElseThrow(), overview.onboarding());
    assertEquals(elements.find(id, "contacts"), overview.contacts());
    assertEquals(delegations.of(id), overview.delegations());
    assertEquals("Bo", overview.delegations().getFirst().name());
    assertEquals(List.of(tasks.of(id, TASK)), overview.tasks());
    assertEquals(List.of(), overview.rows());
  }

  @Test
  void anOverviewOfWhatNobodyWantsOrKnowsIsNone() {
    assertEquals(
        Optional.empty(), onboardings.overview(ledger.created("k1").id(), onboarding -> false));
    assertEquals(Optional.empty(), onboardings.overview("nobodys", onboarding -> true));
  }

  private void give(String id, String element) {
    elements.save(
        id,
        new ElementRecord(element, 0, TextNode.valueOf(element), "ann", ledger.clock.instant()),
        0,
        ANN);
  }
}
