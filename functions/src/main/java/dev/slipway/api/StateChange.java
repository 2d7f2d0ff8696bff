package dev.slipway.api;

import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import java.util.function.UnaryOperator;

/**
 * Moves an onboarding to another state. Wake and tasks write to it as well: whoever comes second
 * looks again and decides anew.
 */
record StateChange(ApiCall call, String what, String why) {
  private static final int TRIES = 10;

  /**
   * @param what happens, for the audit trail
   * @param why the reason given; null where none is asked for
   */
  static StateChange of(ApiCall call, String what, String why) {
    return new StateChange(call, what, why);
  }

  /**
   * Applies the change.
   *
   * @param change answers the onboarding as it shall be, or refuses
   */
  Onboarding apply(UnaryOperator<Onboarding> change) {
    Ledger ledger = call.ledger();
    for (int attempt = 1; ; attempt++) {
      Onboarding before = call.onboarding();
      Onboarding after = change.apply(before);
      try {
        ledger.save(before, after, call.actor(), what, why);
        return after;
      } catch (LostRaceException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  /** The state does not permit it. */
  static Refusal refusal(Onboarding onboarding, String detail) {
    return Refusal.of(409, "onboarding.state", detail).with("state", onboarding.state());
  }
}
