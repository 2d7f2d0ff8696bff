package dev.slipway.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.log.Log;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestTable;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
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
                return StopExecutionResponse.builder().build();
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
}
