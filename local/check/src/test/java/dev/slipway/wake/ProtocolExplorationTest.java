package dev.slipway.wake;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.testing.TestTable;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Explores, on the real classes and DynamoDB Local, the interleavings of handler, ledger, people
 * and Wake for which the protocol was model-checked.
 */
@Order(1) // Takes long, so it begins early.
class ProtocolExplorationTest {
  private final TestTable table = new TestTable();

  /** A failure names the seed; {@code -Dslipway.protocol.seed=…} repeats it. */
  @Test
  void anExecutionPassesATaskOnlyWithAFinalOutcomeAndNoRequestIsEverLost() {
    Long wanted = Long.getLong("slipway.protocol.seed");
    int runs = wanted != null ? 1 : Integer.getInteger("slipway.protocol.runs", 10);
    long first = wanted != null ? wanted : new Random().nextLong();
    for (int i = 0; i < runs; i++) {
      long seed = first + i;
      ProtocolWorld world = new ProtocolWorld(table, seed, 3, 2);
      world.play();
      world.verify("seed " + seed);
    }
  }

  @Test
  void aRecheckAskedForAtAnyMomentAroundASignalIsNeverLost() {
    int moments = 0;
    for (int moment = 0; ; moment++) {
      ProtocolWorld world = new ProtocolWorld(table, 7, 0, 0);
      boolean asked = world.playAskingAt(moment, 1);
      world.verify("asked at step " + moment);
      if (!asked) {
        break;
      }
      moments++;
    }
    int asked = moments;
    assertTrue(asked > 10, () -> "only " + asked + " moments");
  }

  @Test
  void aRecheckAskedForTwiceAtOnceIsNeverLost() {
    for (int moment = 0; ; moment++) {
      ProtocolWorld world = new ProtocolWorld(table, 11, 0, 0);
      boolean asked = world.playAskingAt(moment, 2);
      world.verify("asked twice at step " + moment);
      if (!asked) {
        break;
      }
    }
  }

  /** The task is asked by the outbox; the sign-off is fenced by the version of META. */
  @Test
  void noChangeIsForgottenAndNothingIsSignedThatIsOpenOrOld() {
    Long wanted = Long.getLong("slipway.protocol.seed");
    int runs = wanted != null ? 1 : Integer.getInteger("slipway.protocol.runs", 10);
    long first = wanted != null ? wanted : new Random().nextLong();
    for (int i = 0; i < runs; i++) {
      long seed = first + i;
      ProtocolWorld world = new ProtocolWorld(table, seed, 1, 2, 2, 3);
      world.play();
      world.verify("with changes, seed " + seed);
    }
  }

  @Test
  void aChangeAtAnyMomentAroundASignOffIsNeitherForgottenNorSignedOver() {
    boolean came = true;
    for (int moment = 0; came; moment++) {
      ProtocolWorld world = new ProtocolWorld(table, 13, 0, 0, 0, 1);
      world.good();
      came = world.playDoingAt(moment, world::change);
      world.verify("changed at step " + moment);
    }
  }

  @Test
  void withoutRequestsOrFaultsTheTaskIsPassedInOneAttempt() {
    ProtocolWorld world = new ProtocolWorld(table, 1, 0, 0);
    world.good();
    world.play();
    world.verify("plain");
    assertAll(
        () -> assertEquals(1, world.attempts()), () -> assertTrue(world.isPassed(), "passed"));
  }
}
