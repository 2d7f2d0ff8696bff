package dev.slipway.api;

import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.ProbeRunner;
import dev.slipway.probe.RunnerMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lets probe runners in: by the signature over each request, within a short time, and once.
 * Refusals go into the audit trail, each kind at most once a minute and runner, so that no outsider
 * can flood it.
 */
final class RunnerGate {
  /** How far the runner's clock may be off. */
  static final Duration CLOCK = Duration.ofMinutes(5);

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}");
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,64}");
  private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9+/]{86}==");
  private static final byte[] EMPTY = {};

  private final ApiCall call;
  private final String onboarding;
  private final String runner;

  RunnerGate(ApiCall call) {
    this.call = call;
    this.onboarding = call.event().path("onboarding");
    this.runner = call.event().path("runner");
    if (!ID.matcher(onboarding).matches() || !ID.matcher(runner).matches()) {
      throw unknown();
    }
  }

  /** A request whose signature is right. */
  record Signed(RunnerMessage message, String signature) {}

  /** A runner that is let in, with what it signed. */
  record Admitted(ProbeRunner runner, Onboarding onboarding, Signed signed) {
    Actor actor() {
      return actorOf(runner);
    }
  }

  /** A runner as one who acts. */
  static Actor actorOf(ProbeRunner runner) {
    return new Actor("probe runner " + runner.id() + " (" + runner.name() + ")", "probe-runner");
  }

  /**
   * Lets an enrolled runner in.
   *
   * @param action what it asks for
   * @param probe the probe it speaks of; empty if it speaks of none
   * @param body what it sent; empty if nothing
   * @throws Refusal 401 without a good signature, 409 for a repeated request, 410 if the runner or
   *     the onboarding has ended
   */
  Admitted admit(String action, String probe, Optional<byte[]> body) {
    ProbeRunner known =
        found().filter(found -> found.publicKey() != null).orElseThrow(RunnerGate::unknown);
    Signed signed = signed(action, probe, body.orElse(EMPTY));
    if (!signed.message().isSignedBy(known.publicKey(), signed.signature())) {
      throw refuse(
          known,
          Refusal.of(
              401, "runner.forged", "The signature is not this runner's, or not of this request."));
    }
    if (known.state() == ProbeRunner.State.REVOKED) {
      throw refuse(known, Refusal.of(410, "runner.revoked", "This runner was revoked."));
    }
    if (!now().isBefore(known.expiresAt())) {
      throw refuse(
          known,
          Refusal.of(410, "runner.expired", "This runner has expired: enrol it with a new code."));
    }
    requireTimely(known, signed);
    requireOnce(known, signed);
    return new Admitted(known, openOnboarding(known), signed);
  }

  /** The runner that the path names, in any state. */
  Optional<ProbeRunner> found() {
    return call.context().probes().runner(onboarding, runner);
  }

  /**
   * The signed parts of the request, from its headers; the signature itself is not checked here.
   */
  Signed signed(String action, String probe, byte[] body) {
    String time = call.event().header(RunnerMessage.TIME).orElse("");
    String nonce = call.event().header(RunnerMessage.NONCE).orElse("");
    String signature = call.event().header(RunnerMessage.SIGNATURE).orElse("");
    if (!NONCE.matcher(nonce).matches()
        || !SIGNATURE.matcher(signature).matches()
        || time.length() > 40) {
      throw Refusal.of(
          401,
          "runner.unsigned",
          "The request needs the headers "
              + String.join(", ", RunnerMessage.TIME, RunnerMessage.NONCE, RunnerMessage.SIGNATURE)
              + ".");
    }
    return new Signed(
        new RunnerMessage(action, onboarding, runner, probe, time, nonce, RunnerMessage.hash(body)),
        signature);
  }

  /** Refuses what was signed too long ago, or in the future. */
  void requireTimely(ProbeRunner known, Signed signed) {
    Instant at;
    try {
      at = Instant.parse(signed.message().time());
    } catch (DateTimeParseException e) {
      at = Instant.EPOCH;
    }
    if (Duration.between(at, now()).abs().compareTo(CLOCK) > 0) {
      throw refuse(
          known,
          Refusal.of(
                  401,
                  "runner.clock",
                  "The request was signed at another time than now: set the runner's clock.")
              .with("now", now()));
    }
  }

  /** Refuses what was sent before. */
  void requireOnce(ProbeRunner known, Signed signed) {
    String key = "probe/" + onboarding + "/" + runner + "/" + signed.message().nonce();
    if (!call.context().keys().hold(key, now().plus(CLOCK.multipliedBy(3)))) {
      throw refuse(
          known,
          Refusal.of(409, "runner.replayed", "This very request was sent before: sign a new one."));
    }
  }

  /** The onboarding, if it still goes on. */
  Onboarding openOnboarding(ProbeRunner known) {
    Onboarding found =
        call.context().onboardings().find(onboarding).orElseThrow(RunnerGate::unknown);
    return switch (found.state()) {
      case CANCELLING, CANCELLED, SIGNED_OFF ->
          throw refuse(
              known,
              Refusal.of(
                  410, "runner.expired", "The onboarding has ended, and its runners with it."));
      default -> found;
    };
  }

  /** Notes a refusal in the audit trail, and answers it. */
  Refusal refuse(ProbeRunner known, Refusal refusal) {
    String key = "probe-refused/" + onboarding + "/" + runner + "/" + refusal.code();
    if (call.context().keys().hold(key, now().plus(Duration.ofMinutes(1)))) {
      call.context()
          .auditTrail()
          .record(
              onboarding,
              actorOf(known),
              "probe.refused",
              "probe-runner:" + runner,
              refusal.code(),
              refusal.getMessage());
    }
    return refusal;
  }

  Instant now() {
    return call.now();
  }

  /**
   * One answer for every runner or probe that does not exist: a caller without a key learns
   * nothing.
   */
  static Refusal unknown() {
    return Refusal.of(401, "runner.unknown", "There is no such runner of this onboarding.");
  }
}
