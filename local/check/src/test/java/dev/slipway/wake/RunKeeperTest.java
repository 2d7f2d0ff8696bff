package dev.slipway.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.Signals;
import dev.slipway.log.Log;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestTable;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;

class RunKeeperTest {
  private static final Actor ACTOR = Actor.system("test");

  private final TestTable table = new TestTable();
  private final TestClock clock = new TestClock();
  private final Items items = new Items(table.client(), table.name(), clock);
  private final Onboardings onboardings = new Onboardings(items);
  private final List<String> calls = new ArrayList<>();
  private final SfnClient stepFunctions =
      (SfnClient)
          Proxy.newProxyInstance(
              SfnClient.class.getClassLoader(),
              new Class<?>[] {SfnClient.class},
              (proxy, method, arguments) -> {
                calls.add(method.getName());
                return method.getName().equals("startExecution")
                    ? StartExecutionResponse.builder().executionArn("arn:started").build()
                    : StopExecutionResponse.builder().build();
              });
  private final RunKeeper keeper =
      new RunKeeper(
          onboardings,
          clock,
          Log.none(),
          new Executions(stepFunctions, name -> "arn:aws:states:us-east-1:0:stateMachine:x"));

  private Onboarding save(Onboarding before, Onboarding after) {
    onboardings.save(before, after, ACTOR, "test", null);
    return onboardings.find(before.id()).orElseThrow();
  }

  private Onboarding running() {
    Onboarding created = onboardings.create("key", "", "one", "hosting-provider", "1", ACTOR);
    Onboarding starting = save(created, created.starting("plan", clock.instant()));
    return save(starting, starting.running("arn:aws:states:us-east-1:0:execution:x:one-1"));
  }

  @Test
  void stopsTheRunOfASignedOffOnboardingOnce() {
    Onboarding running = running();
    Onboarding signedOff = save(running, running.signedOff(clock.instant()));

    keeper.look(signedOff.id());
    keeper.look(signedOff.id());

    assertEquals(List.of("stopExecution"), calls);
    Onboarding after = onboardings.find(signedOff.id()).orElseThrow();
    assertEquals(Onboarding.State.SIGNED_OFF, after.state());
    assertEquals(1, after.run());
    assertFalse(after.isSignalDue());
  }

  @Test
  void neverStartsARunAfterTheSignOff() {
    Onboarding running = running();
    Onboarding completed = save(running, running.to(Onboarding.State.COMPLETED, clock.instant()));
    Onboarding signedOff = save(completed, completed.signedOff(clock.instant()));
    Onboarding late = save(signedOff, signedOff.outrun());

    keeper.look(late.id());

    assertEquals(List.of("stopExecution"), calls);
    assertEquals(Onboarding.State.SIGNED_OFF, onboardings.find(late.id()).orElseThrow().state());
  }

  /** A task that the run has left behind has to be looked at again. */
  private void change(String id) {
    Onboarding now = onboardings.find(id).orElseThrow();
    if (!now.stale()) {
      save(now, now.outrun());
    }
  }

  /** As the sweep does; answers the number of the run that is under way then. */
  private int sweep(String id) {
    Signals.Due run = new Signals.Due.Run(id);
    while (new Signals(items).since().stream().anyMatch(due -> due.due().equals(run))) {
      keeper.look(id);
    }
    return onboardings.find(id).orElseThrow().run();
  }

  private void changeEverySecond(String id, int seconds) {
    for (int second = 0; second < seconds; second++) {
      clock.pass(Duration.ofSeconds(1));
      change(id);
      sweep(id);
    }
  }

  @Test
  void ofTwentyChangesOneAfterAnotherEightAreSeenToAtOnceAndTheOthersTogetherAMinuteLater() {
    String id = running().id();
    changeEverySecond(id, 20);
    assertEquals(9, sweep(id));
    clock.pass(Duration.ofMinutes(1));
    assertEquals(10, sweep(id));
    assertFalse(onboardings.find(id).orElseThrow().stale());
  }

  @Test
  void whoeverChangesSomethingEverySecondForTenMinutesMakesARunAMinute() {
    String id = running().id();
    changeEverySecond(id, 600);
    assertEquals(1 + 8 + 9, sweep(id));
  }

  @Test
  void aChangeAfterAQuietTimeIsSeenToAtOnce() {
    String id = running().id();
    for (int run = 2; run < 20; run++) {
      clock.pass(Duration.ofMinutes(1));
      change(id);
      assertEquals(run, sweep(id));
    }
  }

  /** Also if the stream tells of META meanwhile, for what became final. */
  @Test
  void aRunGoesOnUntilItIsTimeForTheNext() {
    String id = running().id();
    for (int times = 0; times < 9; times++) {
      change(id);
      sweep(id);
    }
    calls.clear();
    keeper.look(id);
    assertEquals(List.of(), calls);
    assertEquals(9, onboardings.find(id).orElseThrow().run());
  }
}
