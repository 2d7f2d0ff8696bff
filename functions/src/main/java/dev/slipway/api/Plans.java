package dev.slipway.api;

import dev.slipway.json.Json;
import dev.slipway.ledger.IntakeRecord;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.PlanOutlines;
import dev.slipway.plan.Plan;
import dev.slipway.plan.PlanDifference;
import dev.slipway.plan.PlanInput;
import dev.slipway.plan.PlanOutline;
import dev.slipway.plan.Planner;
import dev.slipway.report.Compressed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * An onboarding's plan as things stand, and those of before.
 *
 * <p>Asking for a plan writes nothing. A request that changes the plan keeps the outline of the new
 * one, so that any plan that a person saw can be compared with the present one.
 */
final class Plans {
  private final PlanOutlines planOutlines;
  private final String onboarding;
  private final Planner planner;

  private Plans(PlanOutlines planOutlines, String onboarding, Planner planner) {
    this.planOutlines = planOutlines;
    this.onboarding = onboarding;
    this.planner = planner;
  }

  /** As things stand now. */
  static Plans of(ApiCall call, Onboarding onboarding) {
    return of(call, onboarding, call.context().elements().intake(onboarding.id()));
  }

  private static Plans of(ApiCall call, Onboarding onboarding, IntakeRecord intake) {
    return new Plans(
        call.context().planOutlines(),
        onboarding.id(),
        new Planner(call.checklist(onboarding), PlanInput.of(intake)));
  }

  Plan now() {
    return planner.plan();
  }

  /** Keeps the outline of the present plan. */
  void keep() {
    PlanOutline outline = planner.outline();
    byte[] json = Json.text(outline).getBytes(StandardCharsets.UTF_8);
    planOutlines.keep(onboarding, outline.hash(), Compressed.of(json));
  }

  /**
   * Keeps the outline after a change of the plan was written. The change stands already: if the
   * outline cannot be kept, only a later difference is shorter.
   */
  static void keepChanged(ApiCall call, Onboarding onboarding) {
    keep(call, () -> of(call, onboarding));
  }

  /** The same where the caller knows what the plan follows from now. */
  static void keepChanged(ApiCall call, Onboarding onboarding, IntakeRecord intake) {
    keep(call, () -> of(call, onboarding, intake));
  }

  private static void keep(ApiCall call, Supplier<Plans> changed) {
    try {
      changed.get().keep();
    } catch (SdkException e) {
      call.log().accept("the plan's outline was not kept: " + e.getClass().getSimpleName());
    }
  }

  /** The differences from the plan with that hash; empty if that plan was not kept. */
  Optional<PlanDifference> since(String hash) {
    return planOutlines
        .find(onboarding, hash)
        .map(Compressed::content)
        .map(Plans::outline)
        .map(before -> PlanDifference.between(before, planner.outline()));
  }

  private static PlanOutline outline(byte[] kept) {
    try {
      return Json.MAPPER.readValue(kept, PlanOutline.class);
    } catch (IOException e) {
      throw new UncheckedIOException("a kept plan cannot be read", e);
    }
  }
}
