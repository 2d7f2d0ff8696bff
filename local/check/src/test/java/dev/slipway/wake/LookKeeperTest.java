package dev.slipway.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checklist.Checklists;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.LookSchedule;
import dev.slipway.ledger.LookedAt;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.People;
import dev.slipway.ledger.Sight;
import dev.slipway.ledger.SignedReport;
import dev.slipway.ledger.TaskKey;
import dev.slipway.log.Log;
import dev.slipway.report.Addenda;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestTable;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;

/** When looks after go-live begin, and how they end. */
class LookKeeperTest {
  private static final Actor ANN = new Actor("ann", "manager");
  private static final TaskKey KEY = new TaskKey("section.task", "");

  private final TestTable table = new TestTable();
  private final TestClock clock = new TestClock();
  private final FunctionContext context =
      FunctionContext.of(Map.of("SLIPWAY_TABLE", table.name()), clock)
          .with(new Items(table.client(), table.name(), clock), new Checklists());
  private final List<String> calls = new ArrayList<>();
  private boolean isDown;
  private final SfnClient stepFunctions =
      (SfnClient)
          Proxy.newProxyInstance(
              SfnClient.class.getClassLoader(),
              new Class<?>[] {SfnClient.class},
              (proxy, method, arguments) -> {
                calls.add(method.getName());
                if (isDown) {
                  throw new IllegalStateException("down");
                }
                return method.getName().startsWith("start")
                    ? StartExecutionResponse.builder().executionArn("arn:look").build()
                    : StopExecutionResponse.builder().build();
              });
  private final LookKeeper keeper =
      new LookKeeper(
          context.onboardings(),
          context.looks(),
          new Addenda(context),
          clock,
          new Executions(stepFunctions, name -> "arn:aws:states:us-east-1:0:stateMachine:x"),
          (token, kind) -> calls.add(token + " " + kind),
          Log.none());
  private final String id;

  LookKeeperTest() {
    Onboarding created =
        context
            .onboardings()
            .create(
                "key",
                "",
                "one",
                "hosting-provider",
                context.checklists().newest("hosting-provider").version(),
                ANN);
    id = created.id();
    save(created, created.starting("plan", clock.instant()));
    save(onboarding(), onboarding().running("arn:run"));
    save(onboarding(), onboarding().to(Onboarding.State.COMPLETED, clock.instant()));
    Onboarding before = onboarding();
    context
        .signOffs()
        .signOff(
            before,
            before.signedOff(clock.instant()).erasingAt(clock.instant().plus(Duration.ofDays(30))),
            new SignedReport(
                "0".repeat(64), 1, "f", "key", "ECDSA_SHA_256", "", "ann", clock.instant(), null),
            People.none(),
            ANN);
  }

  private Onboarding onboarding() {
    return context.onboardings().find(id).orElseThrow();
  }

  private void save(Onboarding before, Onboarding after) {
    context.onboardings().save(before, after, ANN, "test", null);
  }

  private LookSchedule schedule() {
    return context.looks().schedule(id).orElseThrow();
  }

  private void choose(int days) {
    context
        .looks()
        .save(
            id,
            LookSchedule.chosen(
                context.looks().schedule(id).orElse(null),
                days,
                "ann",
                onboarding(),
                clock.instant()),
            ANN,
            "look.scheduled",
            null);
  }

  @Test
  void beginsALookWhenItsTimeHasComeAsTheNextRun() {
    choose(7);
    keeper.look(id);
    assertEquals(List.of(), calls, "not before its time");
    assertEquals(clock.instant().plus(Duration.ofDays(7)), context.signals().next().orElseThrow());

    clock.pass(Duration.ofDays(7));
    Onboarding signed = onboarding();
    keeper.look(id);
    keeper.look(id);

    assertEquals(List.of("startExecution"), calls);
    assertEquals(LookSchedule.State.RUNNING, schedule().state());
    assertEquals(2, schedule().run());
    assertEquals(signed, onboarding(), "the onboarding stays as it was signed");
  }

  @Test
  void twoAtOnceBeginOneLook() {
    choose(7);
    clock.pass(Duration.ofDays(7));
    LookSchedule seen = schedule();
    keeper.look(id);
    assertThrows(
        LostRaceException.class,
        () ->
            context
                .looks()
                .save(id, seen.begun(onboarding(), clock.instant()), ANN, "look.began", null));
    assertEquals(1, schedule().number());
  }

  @Test
  void goesOnWithALookThatWasBegunAndNotStarted() {
    choose(7);
    clock.pass(Duration.ofDays(7));
    isDown = true;
    assertThrows(IllegalStateException.class, () -> keeper.look(id));
    assertEquals(LookSchedule.State.STARTING, schedule().state());

    isDown = false;
    keeper.look(id);
    assertEquals(LookSchedule.State.RUNNING, schedule().state());
    assertEquals(1, schedule().number());
  }

  @Test
  void endsALookThatTookTooLongWithWhatItFound() {
    choose(7);
    clock.pass(Duration.ofDays(7));
    keeper.look(id);
    clock.pass(LookSchedule.LONGEST);
    keeper.look(id);

    assertEquals(List.of("startExecution", "stopExecution"), calls);
    assertEquals(LookSchedule.State.RESTS, schedule().state());
    assertTrue(new Addenda(context).find(id, 1).orElseThrow().broken());
  }

  @Test
  void aLookUnderWayComesToItsEndWhenTheyAreSwitchedOff() {
    choose(7);
    clock.pass(Duration.ofDays(7));
    keeper.look(id);
    choose(0);
    assertTrue(schedule().isOf(2));
    new Addenda(context).conclude(onboarding(), schedule(), false, ANN);

    clock.pass(Duration.ofDays(14));
    keeper.look(id);
    assertEquals(List.of("startExecution"), calls);
    assertEquals(1, context.looks().addenda(id).size());
    assertEquals(Optional.empty(), context.signals().next());
  }

  @Test
  void endsALookOnce() {
    choose(7);
    clock.pass(Duration.ofDays(7));
    keeper.look(id);
    LookSchedule seen = schedule();
    Addenda addenda = new Addenda(context);
    addenda.conclude(onboarding(), seen, false, ANN);
    assertThrows(LostRaceException.class, () -> addenda.conclude(onboarding(), seen, false, ANN));
    assertEquals(1, context.looks().addenda(id).size());
  }

  @Test
  void beginsNoneInTheLastDayBeforeTheErasure() {
    choose(30);
    assertNull(schedule().nextAt());
    choose(29);
    assertEquals(clock.instant().plus(Duration.ofDays(29)), schedule().nextAt());
    clock.pass(Duration.ofDays(29).plusMinutes(1));
    keeper.look(id);
    assertEquals(List.of(), calls);
    assertNull(schedule().nextAt());
  }

  @Test
  void stopsALookForTheErasure() {
    choose(7);
    clock.pass(Duration.ofDays(7));
    keeper.look(id);
    context.looks().save(id, schedule().halting(), ANN, "look.halted", null);
    keeper.look(id);
    keeper.look(id);
    assertEquals(List.of("startExecution", "stopExecution"), calls);
    assertEquals(LookSchedule.State.RESTS, schedule().state());
    assertEquals(Optional.empty(), context.signals().next());
  }

  @Test
  void answersEachTokenOnceWhenItsTimeHasCome() {
    LookedAt.State state = new LookedAt.State(clock.instant(), 0, "token-1");
    Sight unseen = Sight.notSeen(clock.instant(), "503", List.of());
    context
        .looks()
        .save(
            id,
            LookedAt.untouched(KEY)
                .again(2, unseen, state, clock.instant().plus(Duration.ofMinutes(10))));
    keeper.answer(id, KEY);
    assertEquals(List.of(), calls);

    clock.pass(Duration.ofMinutes(10));
    keeper.answer(id, KEY);
    keeper.answer(id, KEY);
    assertEquals(List.of("token-1 RECHECK"), calls);

    context
        .looks()
        .save(
            id,
            context
                .looks()
                .looked(id, KEY)
                .seen(
                    2, unseen, new LookedAt.State(clock.instant(), 1, "token-2"), clock.instant()));
    keeper.answer(id, KEY);
    assertEquals(List.of("token-1 RECHECK", "token-2 SUCCESS"), calls);
  }
}
