package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.TaskKey;
import dev.slipway.report.Report;
import dev.slipway.report.Reporter;
import java.util.List;

/**
 * {@code POST /onboardings/{onboarding}/look-again}: has all rows that are done looked at again,
 * each by its own function with its own credentials, and performs nothing. What does not hold any
 * more is open again, with the reason and the next step. A sign-off asks for this where the last
 * looks are old.
 */
public final class LookAgain extends ApiFunction {
  /** For Lambda. */
  public LookAgain() {
    this(FunctionContext.lambda());
  }

  public LookAgain(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER);
  }

  /**
   * The answer.
   *
   * @param asked the tasks that look again, and the gates of sections, which look at their elements
   */
  record Answer(OnboardingView onboarding, List<String> asked) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    String reason = call.reason();
    permit(onboarding);
    Report report =
        Reporter.of(
                onboarding,
                call.checklist(onboarding),
                call.now(),
                call.context().onboardings().standing(onboarding.id()),
                List.of(),
                List.of())
            .report();
    List<TaskKey> asked = report.toLookAtAgain();
    call.context().requests().requestVerification(onboarding.id(), asked, call.actor(), reason);
    return ApiAnswer.of(
        202,
        new Answer(OnboardingView.of(onboarding), asked.stream().map(TaskKey::toString).toList()));
  }

  private static void permit(Onboarding onboarding) {
    switch (onboarding.state()) {
      case RUNNING, COMPLETED -> {}
      case INTAKE, STOPPED ->
          throw StateChange.refusal(onboarding, "Nothing runs that could look: start it first.");
      case STARTING, STOPPING ->
          throw StateChange.refusal(
              onboarding, "A run is being started or stopped: try again in a moment.");
      case CANCELLING, CANCELLED -> throw StateChange.refusal(onboarding, "It was cancelled.");
      case SIGNED_OFF -> throw StateChange.refusal(onboarding, "It was signed off already.");
    }
  }
}
