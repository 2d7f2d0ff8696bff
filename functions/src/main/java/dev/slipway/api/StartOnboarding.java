package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.plan.Plan;
import dev.slipway.plan.PlanDifference;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /onboardings/{onboarding}/start}: asks for a run, the first one or the next after a
 * stop. The caller names the plan that was seen; if another one would run now, nothing starts.
 */
public final class StartOnboarding extends ApiFunction {
  private static final int HASH_LENGTH = 64;

  /** For Lambda. */
  public StartOnboarding() {
    this(FunctionContext.lambda());
  }

  public StartOnboarding(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    call.openOnboarding();
    Fields fields = call.fields();
    String seen = fields.text("planHash", HASH_LENGTH);
    fields.complete();
    Onboarding started =
        StateChange.of(call, "onboarding.started", null)
            .apply(
                onboarding -> {
                  permit(onboarding);
                  Plans plans = Plans.of(call, onboarding);
                  requireCurrent(plans, seen);
                  plans.keep();
                  return onboarding.starting(seen, call.now());
                });
    return ApiAnswer.of(202, OnboardingView.Answer.of(started));
  }

  private static void permit(Onboarding onboarding) {
    switch (onboarding.state()) {
      case INTAKE, STOPPED -> {}
      case STARTING, RUNNING -> throw StateChange.refusal(onboarding, "It is under way already.");
      case STOPPING ->
          throw StateChange.refusal(onboarding, "It is being stopped: start it again after that.");
      case COMPLETED ->
          throw StateChange.refusal(
              onboarding, "It is complete: retry a task, or change what it was given.");
      case SIGNED_OFF -> throw StateChange.refusal(onboarding, "It was signed off.");
      case CANCELLING, CANCELLED -> throw StateChange.refusal(onboarding, "It was cancelled.");
    }
  }

  private static void requireCurrent(Plans plans, String seen) {
    Plan now = plans.now();
    if (now.hash().equals(seen)) {
      return;
    }
    Optional<PlanDifference> difference = plans.since(seen);
    throw Refusal.of(
            409,
            "plan.stale",
            difference.isPresent()
                ? "Something else would run than in the plan that you saw: look at the difference,"
                    + " then start with the current hash."
                : "This is not the hash of any plan of this onboarding: get the plan, then start"
                    + " with its hash.")
        .at("planHash")
        .with("currentHash", now.hash())
        .with("difference", difference.map(PlanDifference::changes).orElse(List.of()));
  }
}
