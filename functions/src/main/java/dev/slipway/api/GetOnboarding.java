package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import java.util.List;

/**
 * {@code GET /onboardings/{onboarding}}: where it stands, section by section, and who is waited for
 * and why; {@code ?instances=summary} with one line for all instances of a task. Its entity tag is
 * the newest event's id: a caller that sends it back in {@code If-None-Match} reads nothing twice
 * (304). What has no event, such as that a task is being performed, changes no tag.
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
    boolean summary = isSummary(call.event());
    // Read before the rest: it may be older than what is answered, never newer.
    String tag = "W/\"" + call.context().auditTrail().newest(onboarding.id()) + "\"";
    if (call.event().header("if-none-match").filter(tag::equals).isPresent()) {
      return ApiAnswer.unchanged(tag);
    }
    Progress progress = Progress.withExpectedEnd(call, onboarding);
    return ApiAnswer.of(200, summary ? ProgressSummary.of(progress) : progress).header("ETag", tag);
  }

  private static boolean isSummary(ApiEvent event) {
    String instances = event.query("instances").orElse("all");
    if (!List.of("all", "summary").contains(instances)) {
      throw Refusal.of(400, "query.instances", "`instances` must be all or summary.")
          .at("instances");
    }
    return instances.equals("summary");
  }
}
