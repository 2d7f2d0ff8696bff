package dev.slipway.local.run;

import dev.slipway.local.client.SlipwayApi;

/** The people of an onboarding, each with a token of their own. */
@FunctionalInterface
public interface Callers {
  /**
   * The API as one person sees it.
   *
   * @param onboarding the customer's onboarding; empty before there is one
   * @param second whether it is the second person in this role, who approves what the first decided
   */
  SlipwayApi as(Role role, String onboarding, boolean second);

  /** The API as the first person in a role sees it. */
  default SlipwayApi as(Role role, String onboarding) {
    return as(role, onboarding, false);
  }
}
