package dev.slipway.api;

import dev.slipway.ledger.Onboarding;
import java.util.function.UnaryOperator;

/** Moves an onboarding to another state, if it is still in the one that was looked at. */
record StateChange(ApiCall call, String what, String why) {
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
    Onboarding before = call.onboarding();
    Onboarding after = change.apply(before);
    call.context().onboardings().save(before, after, call.actor(), what, why);
    return after;
  }

  /** The state does not permit it. */
  static Refusal refusal(Onboarding onboarding, String detail) {
    return Refusal.of(409, "onboarding.state", detail).with("state", onboarding.state());
  }
}
