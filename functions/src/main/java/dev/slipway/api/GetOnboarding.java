package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * {@code GET /onboardings/{onboarding}}: where it stands, section by section, and who is waited for
 * and why; {@code ?instances=summary} with one line for all instances of a task, {@code
 * ?expected=true} with the expected end, which is found only for whoever asks for it. Its entity
 * tag is the newest event's id and the hour: a caller that sends it back in {@code If-None-Match}
 * reads nothing twice (304), and what moves with the time alone, such as what is overdue and when
 * all can be done, is never older than an hour. What has no event, such as that a task is being
 * performed, changes no tag.
 */
public final class GetOnboarding extends ApiFunction {
  /** For Lambda. */
  public GetOnboarding() {
    this(FunctionContext.lambda());
  }

  public GetOnboarding(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    boolean summary = choice(call.event(), "instances", "all", "summary");
    boolean expected = choice(call.event(), "expected", "false", "true");
    // Read before the rest: it may be older than what is answered, never newer.
    String tag =
        "W/\"%s.%d\""
            .formatted(
                call.context().auditTrail().mark(onboarding.id()),
                Duration.between(Instant.EPOCH, call.now()).toHours());
    if (call.event().header("if-none-match").filter(tag::equals).isPresent()) {
      return ApiAnswer.unchanged(tag);
    }
    Progress progress =
        expected ? Progress.withExpectedEnd(call, onboarding) : Progress.of(call, onboarding);
    return ApiAnswer.of(200, summary ? ProgressSummary.of(progress) : progress).header("ETag", tag);
  }

  /** Whether a wish is the other one than usual. */
  private static boolean choice(ApiEvent event, String name, String usual, String other) {
    String wanted = event.query(name).orElse(usual);
    if (!List.of(usual, other).contains(wanted)) {
      throw Refusal.of(400, "query." + name, "`%s` must be %s or %s.".formatted(name, usual, other))
          .at(name);
    }
    return wanted.equals(other);
  }
}
