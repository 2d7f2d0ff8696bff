package dev.slipway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.PlanOutlines;
import dev.slipway.plan.Plan;
import dev.slipway.plan.PlanDifference;
import dev.slipway.plan.PlanInput;
import dev.slipway.plan.PlanOutline;
import dev.slipway.plan.Planner;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * An onboarding's plan as things stand, and those of before.
 *
 * <p>Asking for a plan writes nothing. What changes a plan keeps the outline of the new one, so
 * that whichever plan a person saw can be compared with the present one.
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
    return new Plans(
        call.context().planOutlines(),
        onboarding.id(),
        new Planner(
            call.checklist(onboarding),
            PlanInput.of(call.context().elements().intake(onboarding.id()))));
  }

  Plan now() {
    return planner.plan();
  }

  /** Keeps the outline of the present plan. */
  void keep() {
    PlanOutline outline = planner.outline();
    planOutlines.keep(onboarding, outline.hash(), Json.tree(outline));
  }

  /**
   * Keeps the outline after something that changed the plan was written. That stands already: if
   * the outline cannot be kept, only a later difference is shorter.
   */
  static void keepChanged(ApiCall call, Onboarding onboarding) {
    try {
      of(call, onboarding).keep();
    } catch (SdkException e) {
      call.log().accept("the plan's outline was not kept: " + e.getClass().getSimpleName());
    }
  }

  /** What became different since the plan with that hash; empty if nobody knows that plan. */
  Optional<PlanDifference> since(String hash) {
    return planOutlines
        .find(onboarding, hash)
        .map(Plans::outline)
        .map(before -> PlanDifference.between(before, planner.outline()));
  }

  private static PlanOutline outline(JsonNode kept) {
    try {
      return Json.MAPPER.treeToValue(kept, PlanOutline.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a kept plan cannot be read", e);
    }
  }
}
