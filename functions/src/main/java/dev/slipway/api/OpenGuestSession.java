package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Grant;
import dev.slipway.probe.EnrolmentCode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * {@code POST /guests/{onboarding}/{grant}/session}: the code that was mailed, and the link's
 * secret, become a cookie that no script reads. A code is good once, and has five tries.
 */
public final class OpenGuestSession extends ApiFunction {
  private static final Duration LASTS = Duration.ofHours(8);
  private static final int TRIES = 5;

  /** Of all its codes together: then the link is in wrong hands. */
  private static final int TRIES_IN_ALL = 20;

  private final RandomGenerator random;

  /** For Lambda. */
  public OpenGuestSession() {
    this(FunctionContext.lambda());
  }

  public OpenGuestSession(FunctionContext context) {
    this(context, new SecureRandom());
  }

  OpenGuestSession(FunctionContext context, RandomGenerator random) {
    super(context, Admission.ofGuests());
    this.random = random;
  }

  /** The answer. */
  record Opened(Instant until) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    GuestGate gate = new GuestGate(call);
    Fields fields = call.fields();
    String secret = fields.text("secret", 100);
    String code = fields.text("code", 20).replaceAll("\\s", "");
    fields.complete();
    Grant grant = gate.byLink(secret);
    Instant now = call.now();
    if (grant.code() == null
        || grant.code().tries() >= TRIES
        || !now.isBefore(grant.code().expiresAt())) {
      throw Refusal.of(410, "guest.code-spent", "There is no code that is good: ask for one.");
    }
    String onboarding = call.event().path("onboarding");
    if (!EnrolmentCode.isRight(secret + code, grant.code().hash())) {
      throw wrong(call, onboarding, grant);
    }
    String session = GuestAccess.secret(random);
    Grant signedIn =
        grant.signedIn(new Grant.Session(EnrolmentCode.hash(session), now.plus(LASTS)));
    call.context().grants().save(onboarding, signedIn, grant.actor(), "guest.signed-in", null);
    return ApiAnswer.of(200, new Opened(signedIn.session().expiresAt()))
        .header(
            "Set-Cookie",
            "%s=%s; Path=/; Max-Age=%d; Secure; HttpOnly; SameSite=Strict"
                .formatted(GuestGate.cookie(grant.id()), session, LASTS.toSeconds()));
  }

  private static Refusal wrong(ApiCall call, String onboarding, Grant grant) {
    Grant counted = grant.wronglyCoded();
    boolean isOver = counted.wrongCodes() >= TRIES_IN_ALL;
    call.context()
        .grants()
        .save(
            onboarding,
            isOver ? counted.ended("slipway", call.now()) : counted,
            isOver ? Actor.system("guests") : grant.actor(),
            isOver ? "guest.ended" : "guest.wrong-code",
            isOver ? "too many wrong codes" : null);
    int left = isOver ? 0 : TRIES - counted.code().tries();
    return Refusal.of(
            401,
            "guest.code-wrong",
            left == 0
                ? "The code is not right, and it is spent: ask for another one."
                : "The code is not right. Tries left: " + left + ".")
        .at("code");
  }
}
