package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.LookSchedule;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;

/**
 * {@code PUT /onboardings/{onboarding}/looks}: how often an onboarding that was signed off is
 * looked at again, until its data is erased. A look verifies, and performs nothing; the signed
 * report stays as it is.
 */
public final class ScheduleLooks extends ApiFunction {
  private static final int TRIES = 5;

  /** For Lambda. */
  public ScheduleLooks() {
    this(FunctionContext.lambda());
  }

  public ScheduleLooks(FunctionContext context) {
    super(context, Role.MANAGER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    Fields fields = call.fields();
    int days = fields.number("everyDays", 0, LookSchedule.MOST_DAYS);
    fields.complete();
    permit(onboarding);
    for (int attempt = 1; ; attempt++) {
      try {
        return ApiAnswer.of(200, LooksView.of(call, onboarding, save(call, onboarding, days)));
      } catch (LostRaceException e) {
        // A look began or ended meanwhile: the choice holds for the next one.
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private static LookSchedule save(ApiCall call, Onboarding onboarding, int days) {
    LookSchedule before = call.context().looks().schedule(onboarding.id()).orElse(null);
    LookSchedule chosen =
        LookSchedule.chosen(before, days, call.actor().name(), onboarding, call.now());
    call.context()
        .looks()
        .save(
            onboarding.id(),
            chosen,
            call.actor(),
            "look.scheduled",
            days == 0 ? "off" : "every " + days + (days == 1 ? " day" : " days"));
    return chosen;
  }

  private static void permit(Onboarding onboarding) {
    if (onboarding.state() != Onboarding.State.SIGNED_OFF) {
      throw StateChange.refusal(
          onboarding, "It is looked at again after its sign-off: sign it off first.");
    }
    if (!onboarding.isToBeErased()) {
      throw Refusal.of(
          409,
          "onboarding.erased",
          "Its data was erased: nothing is left with which it could be looked at.");
    }
  }
}
