package dev.slipway.local.probe;

import dev.slipway.probe.EnrolmentCode;
import java.util.function.Consumer;

/**
 * Trades a one-time code for the enrolment of a new key.
 *
 * @param say shows a line to the person who started the runner
 */
public record Enrolment(RunnerApi api, Consumer<String> say) {
  /**
   * Enrols a new key with a code.
   *
   * @throws RunnerFailure if Slipway refuses, or cannot be reached
   */
  public RunnerKey enrol(EnrolmentCode code) {
    RunnerKey key = RunnerKey.make(code);
    switch (api.redeem(code, key)) {
      case RunnerApi.Answer.Done done ->
          say.accept(
              "Enrolled as runner %s (%s) of %s, until %s."
                  .formatted(
                      key.runner(),
                      done.body().path("name").asText(),
                      done.body().path("onboardingName").asText(),
                      done.body().path("expiresAt").asText()));
      case RunnerApi.Answer.Refused refused -> throw RunnerFailure.of(refused);
      case RunnerApi.Answer.Later later -> throw new RunnerFailure(later.why());
    }
    return key;
  }
}
