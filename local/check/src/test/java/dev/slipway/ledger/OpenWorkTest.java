package dev.slipway.ledger;

import static dev.slipway.ledger.TestLedger.ANN;
import static dev.slipway.ledger.TestLedger.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The index of open work on a real table. */
final class OpenWorkTest {
  private final TestLedger ledger = new TestLedger();
  private final Onboardings onboardings = new Onboardings(ledger.items);
  private final OpenWork openWork = new OpenWork(ledger.items);

  @Test
  void whatIsToBeErasedIsFoundByItsDateUntilItIsErased() {
    // More than one page of them, and one that goes on.
    ledger.created("k0");
    List<String> ended = new ArrayList<>();
    for (int day = 1; day <= 103; day++) {
      Onboarding onboarding = ledger.created("k" + day);
      onboardings.save(
          onboarding,
          onboarding
              .to(Onboarding.State.CANCELLED, ledger.clock.instant())
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
    onboardings.save(
        first, first.erased("ann", ledger.clock.instant()), ANN, "onboarding.erased", null);
    assertEquals(
        ended.subList(1, 2), openWork.erasures(NOON.plus(Duration.ofDays(2))).onboardings());
  }
}
