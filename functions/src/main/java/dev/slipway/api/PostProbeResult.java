package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.ledger.Probes;
import dev.slipway.probe.InvalidProbe;
import dev.slipway.probe.ProbeResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code POST /onboardings/{onboarding}/probe-runners/{runner}/probes/{probe}/result}: takes what a
 * runner saw, once, if it is of the very probe that the task waits for; and word of how far a job
 * has come that goes on.
 */
public final class PostProbeResult extends ApiFunction {
  private static final Pattern ID = Pattern.compile("[0-9A-Z]{26}");

  /** For Lambda. */
  public PostProbeResult() {
    this(FunctionContext.lambda());
  }

  public PostProbeResult(FunctionContext context) {
    super(context, Admission.ofRunners());
  }

  /** The answer. */
  record Taken(String probe, String task, String step, Instant at) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    RunnerGate gate = new RunnerGate(call);
    String id = call.event().path("probe");
    if (!ID.matcher(id).matches()) {
      throw RunnerGate.unknown();
    }
    byte[] body = call.event().bytes(ProbeResult.LARGEST);
    RunnerGate.Admitted admitted = gate.admit("result", id, Optional.of(body));
    ProbeResult result = result(call);
    Probes probes = call.context().probes();
    ProbeRecord probe =
        probes.all(admitted.onboarding().id()).stream()
            .filter(candidate -> candidate.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    gate.refuse(
                        admitted.runner(),
                        Refusal.of(
                            409, "probe.unknown", "The onboarding has not asked for this probe.")));
    requireWanted(gate, admitted, probe, probes.isAwaited(admitted.onboarding().id(), probe));
    requireSame(gate, admitted, probe, result);
    Instant now = gate.now();
    if (result.progress() != null) {
      probes.progressed(
          admitted.onboarding().id(),
          probe,
          new ProbeRecord.Progress(
              now,
              admitted.runner().name(),
              result.progress().table(),
              result.progress().rows(),
              result.progress().bytes()));
      return ApiAnswer.of(200, new Taken(id, probe.key().toString(), probe.step(), now));
    }
    try {
      probes.answer(
          admitted.onboarding().id(),
          probe,
          new ProbeRecord.Result(
              admitted.runner().id(),
              admitted.runner().name(),
              now,
              new String(body, StandardCharsets.UTF_8),
              admitted.signed().message().text(),
              admitted.signed().signature()),
          admitted.actor());
    } catch (LostRaceException e) {
      throw gate.refuse(admitted.runner(), answered());
    }
    return ApiAnswer.of(200, new Taken(id, probe.key().toString(), probe.step(), now));
  }

  private static ProbeResult result(ApiCall call) {
    try {
      return ProbeResult.read(call.json(ProbeResult.LARGEST));
    } catch (InvalidProbe e) {
      throw Refusal.of(422, "result.invalid", e.getMessage()).at("body");
    }
  }

  /** A result that comes late counts for nothing. */
  private static void requireWanted(
      RunnerGate gate, RunnerGate.Admitted admitted, ProbeRecord probe, boolean awaited) {
    if (probe.state() == ProbeRecord.State.ANSWERED) {
      throw gate.refuse(admitted.runner(), answered());
    }
    if (probe.state() == ProbeRecord.State.WITHDRAWN || !awaited) {
      throw gate.refuse(
          admitted.runner(),
          Refusal.of(410, "probe.withdrawn", "Nobody waits for this probe any more."));
    }
    if (!gate.now().isBefore(probe.expiresAt())) {
      throw gate.refuse(
          admitted.runner(),
          Refusal.of(410, "probe.expired", "The probe was asked too long ago: fetch again."));
    }
  }

  private static void requireSame(
      RunnerGate gate, RunnerGate.Admitted admitted, ProbeRecord probe, ProbeResult result) {
    if (!result.probe().equals(probe.id()) || !result.parameters().equals(probe.hash())) {
      throw gate.refuse(
          admitted.runner(),
          Refusal.of(
              409, "probe.differs", "The result is of another probe, or of other parameters."));
    }
    boolean early = result.ranAt().isBefore(probe.askedAt().minus(RunnerGate.CLOCK));
    boolean future = result.ranAt().isAfter(gate.now().plus(RunnerGate.CLOCK));
    if (early || future) {
      throw gate.refuse(
          admitted.runner(),
          Refusal.of(
              409,
              "result.time",
              "The result is of a time before the probe was asked, or of the future."));
    }
  }

  private static Refusal answered() {
    return Refusal.of(409, "probe.answered", "A result of this probe was taken before.");
  }
}
