package dev.slipway.hostingprovider.golive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import java.util.stream.Collectors;

/** What a test expects of an outcome. */
final class Outcomes {
  private Outcomes() {}

  static String done(Outcome outcome) {
    Outcome.Done done = assertInstanceOf(Outcome.Done.class, outcome, outcome::toString);
    String all = done.evidence().stream().map(Evidence::toString).collect(Collectors.joining("\n"));
    assertEquals(done.evidence().size(), done.evidence().stream().distinct().count(), all);
    return all;
  }

  static Outcome.Waiting waitsFor(String step, Outcome outcome) {
    Outcome.Waiting waiting = assertInstanceOf(Outcome.Waiting.class, outcome, outcome::toString);
    assertEquals(step, waiting.step(), outcome::toString);
    assertFalse(waiting.instructions().isBlank());
    return waiting;
  }

  static Problem failed(String code, String system, String field, Outcome outcome) {
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, outcome, outcome::toString);
    Problem problem = failed.problem();
    assertEquals(code, problem.code(), problem::toString);
    assertEquals(system, problem.system(), problem::toString);
    assertEquals(field, problem.field(), problem::toString);
    assertTrue(problem.message().length() > 5 && problem.nextStep().length() > 10);
    return problem;
  }
}
