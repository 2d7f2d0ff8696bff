package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Grant;
import dev.slipway.notice.GuestMails;
import dev.slipway.notice.PromptMails;
import dev.slipway.probe.EnrolmentCode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * {@code POST /guests/{onboarding}/{grant}/code}: mails a code to the guest whose link it is, three
 * an hour at most. The code is good for ten minutes.
 */
public final class SendGuestCode extends ApiFunction {
  private static final Duration LASTS = Duration.ofMinutes(10);
  private static final Duration HOUR = Duration.ofHours(1);

  private final RandomGenerator random;

  /** For Lambda. */
  public SendGuestCode() {
    this(FunctionContext.lambda());
  }

  public SendGuestCode(FunctionContext context) {
    this(context, new SecureRandom());
  }

  SendGuestCode(FunctionContext context, RandomGenerator random) {
    super(context, Admission.ofGuests());
    this.random = random;
  }

  /**
   * The answer.
   *
   * @param to where it went, as its owner knows it again
   */
  record Sent(String to, Instant expiresAt) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    GuestGate gate = new GuestGate(call);
    Fields fields = call.fields();
    String secret = fields.text("secret", 100);
    fields.complete();
    Grant grant = gate.byLink(secret);
    Instant now = call.now();
    List<Instant> recent =
        grant.codesAt().stream().filter(at -> at.isAfter(now.minus(HOUR))).toList();
    if (recent.size() >= Grant.CODES_AN_HOUR) {
      throw Refusal.of(
              429,
              "guest.codes",
              Grant.CODES_AN_HOUR
                  + " codes go out in an hour: look for the last one, or try later.")
          .header(
              "Retry-After",
              Long.toString(Duration.between(now, recent.getFirst().plus(HOUR)).toSeconds() + 1));
    }
    String code = String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000));
    Grant sending =
        grant.sending(new Grant.Code(EnrolmentCode.hash(secret + code), now.plus(LASTS), 0), now);
    call.context()
        .grants()
        .save(call.event().path("onboarding"), sending, grant.actor(), "guest.code-sent", null);
    if (!new GuestMails(PromptMails.of(call.context())).code(grant, code)) {
      throw Refusal.of(
              503, "guest.code-not-sent", "The code could not be mailed: try again in a minute.")
          .header("Retry-After", "60");
    }
    return ApiAnswer.of(202, new Sent(masked(grant.email()), sending.code().expiresAt()));
  }

  /** Whoever has the link alone does not learn the address. */
  private static String masked(String email) {
    return email.charAt(0) + "…" + email.substring(email.lastIndexOf('@'));
  }
}
