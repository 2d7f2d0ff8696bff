package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.ledger.ProbeRunner;
import dev.slipway.probe.InvalidProbe;
import dev.slipway.probe.Probe;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /onboardings/{onboarding}/probe-runners}: the runners, their probes, and the results.
 */
public final class ListProbeRunners extends ApiFunction {
  /** For Lambda. */
  public ListProbeRunners() {
    this(FunctionContext.lambda());
  }

  public ListProbeRunners(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  /** A runner as it is told: keys and hashes stay inside. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Runner(
      String runner,
      String name,
      String state,
      String invitedBy,
      Instant invitedAt,
      Instant codeExpiresAt,
      Instant enrolledAt,
      Instant expiresAt,
      String revokedBy,
      Instant revokedAt,
      String reason) {
    static Runner of(ProbeRunner runner, Instant now) {
      boolean invited = runner.state() == ProbeRunner.State.INVITED;
      Instant end = invited ? runner.codeExpiresAt() : runner.expiresAt();
      boolean over = runner.state() != ProbeRunner.State.REVOKED && !now.isBefore(end);
      return new Runner(
          runner.id(),
          runner.name(),
          over ? "EXPIRED" : runner.state().name(),
          runner.invitedBy(),
          runner.invitedAt(),
          invited ? runner.codeExpiresAt() : null,
          runner.enrolledAt(),
          runner.expiresAt(),
          runner.revokedBy(),
          runner.revokedAt(),
          runner.reason());
    }
  }

  /**
   * A probe as it is told.
   *
   * @param against what is looked at, and {@code description} how; both null of a probe that this
   *     version does not know
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Asked(
      String probe,
      String task,
      String step,
      ProbeRecord.State state,
      JsonNode parameters,
      String against,
      String description,
      Instant askedAt,
      String answeredBy,
      Instant answeredAt,
      ProbeRecord.Progress progress) {
    static Asked of(ProbeRecord probe) {
      Optional<Probe> known = known(probe.parameters());
      return new Asked(
          probe.id(),
          probe.key().toString(),
          probe.step(),
          probe.state(),
          probe.parameters(),
          known.map(Probe::against).orElse(null),
          known.map(Probe::description).orElse(null),
          probe.askedAt(),
          probe.result() == null ? null : probe.result().runner(),
          probe.result() == null ? null : probe.result().receivedAt(),
          probe.state() == ProbeRecord.State.PENDING ? probe.progress() : null);
    }

    private static Optional<Probe> known(JsonNode parameters) {
      try {
        return Optional.of(Probe.read(parameters));
      } catch (InvalidProbe e) {
        return Optional.empty();
      }
    }
  }

  /** The answer. */
  record Answer(List<Runner> runners, List<Asked> probes) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    Instant now = call.now();
    return ApiAnswer.of(
        200,
        new Answer(
            call.context().probes().runners(onboarding.id()).stream()
                .map(runner -> Runner.of(runner, now))
                .toList(),
            call.context().probes().all(onboarding.id()).stream().map(Asked::of).toList()));
  }
}
