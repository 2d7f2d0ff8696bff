package dev.slipway.local.run;

import com.fasterxml.jackson.core.JsonPointer;
import dev.slipway.local.client.SlipwayApi;

/** Answers a step of a profile's person past the pages, with the values that it asks for. */
public final class AnswerByApi {
  private final Profile profile;
  private final String onboarding;

  public AnswerByApi(Profile profile, String onboarding) {
    this.profile = profile;
    this.onboarding = onboarding;
  }

  /** Answers, as the person that the API is for. */
  public void answer(SlipwayApi api, PersonsStep step) {
    api.complete(
        onboarding,
        step.task(),
        step.step(),
        step.statement(),
        new HandedOverFiles(profile)
            .in(api, onboarding, step.values(), JsonPointer.empty().appendProperty("people")));
  }
}
