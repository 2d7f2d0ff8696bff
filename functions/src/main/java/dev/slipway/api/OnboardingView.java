package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.ledger.Onboarding;
import java.time.Instant;

/** An onboarding as it is told to callers: the ids of executions stay inside. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OnboardingView(
    String id,
    long version,
    String name,
    String checklist,
    String checklistVersion,
    Onboarding.State state,
    int run,
    String planHash,
    Instant createdAt,
    String createdBy,
    Instant startedAt,
    Instant endedAt,
    Boolean runBeingReplaced,
    Instant eraseAt,
    Instant erasedAt) {

  static OnboardingView of(Onboarding onboarding) {
    return new OnboardingView(
        onboarding.id(),
        onboarding.version(),
        onboarding.name(),
        onboarding.checklist(),
        onboarding.checklistVersion(),
        onboarding.state(),
        onboarding.run(),
        onboarding.planHash(),
        onboarding.createdAt(),
        onboarding.createdBy(),
        onboarding.startedAt(),
        onboarding.endedAt(),
        onboarding.stale() ? true : null,
        onboarding.eraseAt(),
        onboarding.erasedAt());
  }

  /** The body of an answer that tells the onboarding alone. */
  record Answer(OnboardingView onboarding) {
    static Answer of(Onboarding onboarding) {
      return new Answer(OnboardingView.of(onboarding));
    }
  }
}
