package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.ProbeRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /onboardings/{onboarding}/probe-runners/{runner}/probes}: what waits for a runner of
 * this onboarding.
 */
public final class FetchProbes extends ApiFunction {
  /** How long a runner waits before it asks again. */
  private static final int PAUSE_SECONDS = 15;

  /** For Lambda. */
  public FetchProbes() {
    this(FunctionContext.lambda());
  }

  public FetchProbes(FunctionContext context) {
    super(context, Admission.ofRunners());
  }

  /** A probe to run. */
  record Wanted(
      String probe,
      String task,
      String step,
      JsonNode parameters,
      String hash,
      Instant askedAt,
      Instant expiresAt) {
    static Wanted of(ProbeRecord probe) {
      return new Wanted(
          probe.id(),
          probe.key().toString(),
          probe.step(),
          probe.parameters(),
          probe.hash(),
          probe.askedAt(),
          probe.expiresAt());
    }
  }

  /** The answer. */
  record Answer(List<Wanted> probes, int pauseSeconds) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    RunnerGate.Admitted admitted = new RunnerGate(call).admit("fetch", "", Optional.empty());
    return ApiAnswer.of(
        200,
        new Answer(
            call.context().probes().pending(admitted.onboarding().id()).stream()
                .map(Wanted::of)
                .toList(),
            PAUSE_SECONDS));
  }
}
