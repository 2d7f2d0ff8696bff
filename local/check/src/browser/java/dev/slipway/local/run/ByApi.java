package dev.slipway.local.run;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import java.util.OptionalLong;

/** Does for a profile's person what no form of the pages does. */
public final class ByApi {
  private final Profile profile;
  private final String onboarding;

  public ByApi(Profile profile, String onboarding) {
    this.profile = profile;
    this.onboarding = onboarding;
  }

  /** Gives another value of an element, as the person that the API is for. */
  public void give(SlipwayApi api, ProfileAction.GiveElement give) {
    for (JsonNode each : api.elements(onboarding).path("elements")) {
      if (each.path("element").asText().equals(give.element())) {
        OptionalLong version = OptionalLong.of(each.path("version").asLong());
        api.saveElement(onboarding, give.element(), give.value(), version);
      }
    }
  }

  /** Answers a step with the values that it asks for, as the person that the API is for. */
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
