package dev.slipway.task;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** People who were invited, and have not accepted yet. */
final class AcceptanceTest {
  private static final String STEP = "invite";

  private final Bench bench =
      new Bench("products.grant-tenant-rights").element("tenant-admins", "[]").answer("views");
  private final List<String> missing = new ArrayList<>(List.of("Tina", "Sam"));

  private Outcome attempt() {
    return attempt(() -> new Acceptance(new Finding("sign-ins", "hub", "10:00"), missing));
  }

  private Outcome attempt(Supplier<Acceptance> look) {
    return bench.attempt(
        new TaskFunction(FunctionContext.of(Map.of(), InstantSource.system())) {
          @Override
          protected void perform(Work work) {
            work.step(STEP).about("tenant-admins").field("tenant-admins").accepted(look);
          }

          @Override
          protected void verify(Work work) {
            work.step("views").about("tenant-admins").attested();
          }
        });
  }

  @Test
  void nobodyIsAskedWhenAllHaveAccepted() {
    missing.clear();
    assertTrue(done(attempt()).contains("sign-ins"));
  }

  @Test
  void thePartyIsToldWhoIsMissingAndRemindedWhileItIsLookedAtAgain() {
    Outcome.Waiting asked = waitsFor(STEP, attempt());

    assertEquals(Party.CUSTOMER, asked.party());
    assertTrue(asked.instructions().endsWith("Not yet:\n- Tina\n- Sam"), asked::instructions);
    assertEquals(bench.now().plus(Duration.ofDays(7)), asked.due());
    assertEquals(bench.now().plus(Duration.ofHours(1)), asked.until());
    assertNull(asked.problem());

    missing.remove("Tina");
    bench.after(Duration.ofHours(1));
    Outcome.Waiting later = waitsFor(STEP, attempt());
    assertTrue(later.instructions().endsWith("Not yet:\n- Sam"), later::instructions);
    assertEquals(bench.now().plus(Duration.ofHours(6)), later.until());

    missing.clear();
    bench.after(Duration.ofHours(6));
    done(attempt());
  }

  @Test
  void aStatementIsLookedAtAndProvesNothing() {
    attempt();
    bench.answer(STEP);

    Outcome.Waiting again = waitsFor(STEP, attempt());
    assertEquals("tenant-admins.not-accepted", again.problem().code());
    assertTrue(again.problem().message().contains("Tina, Sam"), again.problem()::message);
    assertEquals(again.problem(), waitsFor(STEP, attempt()).problem());

    missing.clear();
    bench.answer(STEP);
    assertTrue(done(attempt()).contains("I did it"));
  }

  @Test
  void fiveMonthsHaveFortyLooks() {
    int looks = 0;
    for (Duration waited = Duration.ZERO; waited.compareTo(Duration.ofDays(140)) < 0; looks++) {
      Duration pause = Duration.between(bench.now(), attempt().looksAgainAt());
      waited = waited.plus(pause);
      bench.after(pause);
    }
    assertEquals(40, looks);
  }

  @Test
  void aThirdPartyThatDoesNotAnswerIsAFailureThatPasses() {
    Outcome outcome =
        attempt(
            () -> {
              throw new SystemTrouble("hub", Kind.OUT_OF_ORDER, "It is down.", "users", "hub", "");
            });
    failed("hub.out-of-order", "tenant-admins", outcome);
    assertEquals(bench.now().plus(Duration.ofMinutes(15)), outcome.looksAgainAt());
  }
}
