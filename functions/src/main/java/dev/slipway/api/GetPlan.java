package dev.slipway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.element.ElementChecks;
import dev.slipway.element.ElementRows;
import dev.slipway.json.Json;
import dev.slipway.ledger.Onboarding;
import dev.slipway.report.ElementLine;
import java.util.List;

/**
 * {@code GET /onboardings/{onboarding}/plan}: the effects of a run that started now. Changes
 * nothing.
 */
public final class GetPlan extends ApiFunction {
  private final ElementChecks checks;

  /** For Lambda. */
  public GetPlan() {
    this(FunctionContext.lambda());
  }

  public GetPlan(FunctionContext context) {
    this(context, ElementChecks.all(context));
  }

  /** With other checks. */
  GetPlan(FunctionContext context, ElementChecks checks) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
    this.checks = checks;
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    ObjectNode plan = (ObjectNode) Json.tree(Plans.of(call, onboarding).now());
    List<ElementLine> rows = rows(call, onboarding);
    if (!rows.isEmpty()) {
      plan.set("elements", Json.tree(rows));
    }
    return ApiAnswer.of(200, plan);
  }

  /** The states of the element rows, with the findings of the pure checks. */
  private List<ElementLine> rows(ApiCall call, Onboarding onboarding) {
    FunctionContext context = call.context();
    ElementRows rows =
        ElementRows.of(
            call.checklist(onboarding), () -> context.elements().intake(onboarding.id()));
    return rows.lines()
        .map(row -> rows.foreseen(row, checks, context.filesOf(onboarding.id()), call.now()))
        .map(row -> ElementLine.of(row).brief())
        .toList();
  }
}
