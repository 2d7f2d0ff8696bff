package dev.slipway.task;

import dev.slipway.ledger.Answer;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A step that a machine takes if it can. The last call says who takes the step otherwise:
 *
 * <pre>{@code
 * work.step("create-tariffs")
 *     .about("platform.domain", "pricing.tariffs")
 *     .field("pricing")
 *     .leftToPerson(Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND))
 *     .machine(platform::ensureTariffs)
 *     .orPerson(platform::tariffs);
 * }</pre>
 *
 * <p>A statement that a person made before is recorded with what the machine found.
 */
public final class FallbackStep {
  private final PersonStep step;
  private final Supplier<Finding> action;

  FallbackStep(PersonStep step, Supplier<Finding> action) {
    this.step = step;
    this.action = action;
  }

  /**
   * Otherwise a person takes the step, and a machine looks afterwards.
   *
   * @param look as in {@link PersonStep#person(Supplier)}
   * @return whether the machine took the step, or found it taken
   */
  public boolean orPerson(Supplier<Finding> look) {
    return orPerson(statement -> look.get());
  }

  /** The same, for a look that reads the person's statement. */
  public boolean orPerson(Function<Answer, Finding> look) {
    boolean byMachine = step.taken(action);
    if (!byMachine) {
      step.person(look);
    }
    return byMachine;
  }

  /** Otherwise a person takes the step and states it. */
  public void orAttested() {
    if (!step.taken(action)) {
      step.attested();
    }
  }

  /**
   * Otherwise, if only the inside reaches the address, a probe runner in the customer's network
   * takes the step; parameters as in {@link PersonStep#probed}.
   */
  public void orProbed(Probe probe, Function<ProbeResult, List<Finding>> seen) {
    if (!step.leftToPerson(Set.of(Kind.ADDRESS_REFUSED)).taken(action)) {
      step.probed(probe, seen);
    }
  }
}
