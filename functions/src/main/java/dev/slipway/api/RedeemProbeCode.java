package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.ProbeRunner;
import dev.slipway.probe.EnrolmentCode;
import dev.slipway.probe.RunnerMessage;
import java.time.Duration;
import java.time.Instant;

/**
 * {@code POST /onboardings/{onboarding}/probe-runners/{runner}/redeem}: a probe runner trades its
 * code for its own key's enrolment, once. The request is signed with that key, so that nobody can
 * enrol a key that is not theirs.
 */
public final class RedeemProbeCode extends ApiFunction {
  private static final Duration RUNNER_LASTS = Duration.ofDays(30);
  private static final int MOST_WRONG_CODES = 5;

  /** For Lambda. */
  public RedeemProbeCode() {
    this(FunctionContext.lambda());
  }

  public RedeemProbeCode(FunctionContext context) {
    super(context, Admission.ofRunners());
  }

  /** The answer. */
  record Enrolled(
      String runner, String name, String onboarding, String onboardingName, Instant expiresAt) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    RunnerGate gate = new RunnerGate(call);
    Fields fields = call.fields();
    String secret = fields.text("secret", 100);
    String key = fields.text("publicKey", 100);
    fields.complete();
    ProbeRunner invited = gate.found().orElseThrow(RunnerGate::unknown);
    RunnerGate.Signed signed = gate.signed("enrol", "", call.event().bytes(4096));
    requireSecret(call, gate, invited, secret);
    requireUsable(gate, invited);
    if (!RunnerMessage.isKey(key)) {
      throw Refusal.of(422, "runner.key", "`publicKey` must be an Ed25519 key, X.509 in base 64.")
          .at("publicKey");
    }
    if (!signed.message().isSignedBy(key, signed.signature())) {
      throw gate.refuse(
          invited,
          Refusal.of(401, "runner.forged", "The request is not signed with the key it brings."));
    }
    gate.requireTimely(invited, signed);
    Onboarding onboarding = gate.openOnboarding(invited);
    Instant now = gate.now();
    ProbeRunner enrolled = invited.enrolled(key, now, now.plus(RUNNER_LASTS));
    try {
      call.context()
          .probes()
          .save(
              onboarding.id(),
              enrolled,
              RunnerGate.actorOf(enrolled),
              "probe-runner.enrolled",
              null);
    } catch (LostRaceException e) {
      throw redeemed(gate, invited);
    }
    return ApiAnswer.of(
        201,
        new Enrolled(
            enrolled.id(),
            enrolled.name(),
            onboarding.id(),
            onboarding.name(),
            enrolled.expiresAt()));
  }

  /** A caller who guesses has five tries, all in all. */
  private static void requireSecret(
      ApiCall call, RunnerGate gate, ProbeRunner invited, String secret) {
    if (EnrolmentCode.isRight(secret, invited.codeHash())) {
      return;
    }
    if (invited.state() == ProbeRunner.State.INVITED) {
      ProbeRunner counted = invited.wronglyCoded();
      boolean over = counted.wrongCodes() >= MOST_WRONG_CODES;
      call.context()
          .probes()
          .save(
              call.event().path("onboarding"),
              over ? counted.revoked("slipway", gate.now(), "too many wrong codes") : counted,
              RunnerGate.actorOf(invited),
              over ? "probe-runner.revoked" : "probe-runner.wrong-code",
              over ? "too many wrong codes" : null);
    }
    throw Refusal.of(401, "code.wrong", "The code is not right.");
  }

  private static void requireUsable(RunnerGate gate, ProbeRunner invited) {
    switch (invited.state()) {
      case ENROLLED -> throw redeemed(gate, invited);
      case REVOKED ->
          throw gate.refuse(
              invited, Refusal.of(410, "runner.revoked", "The code was revoked: ask for another."));
      case INVITED -> {
        if (!gate.now().isBefore(invited.codeExpiresAt())) {
          throw gate.refuse(
              invited,
              Refusal.of(410, "code.expired", "The code has expired: ask for another one."));
        }
      }
    }
  }

  private static Refusal redeemed(RunnerGate gate, ProbeRunner invited) {
    return gate.refuse(
        invited,
        Refusal.of(
            409,
            "code.redeemed",
            "The code was redeemed before. If that was not you, have the runner revoked."));
  }
}
