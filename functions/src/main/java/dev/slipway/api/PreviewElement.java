package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.context.FunctionContext;
import dev.slipway.element.ElementChecks;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.plan.ChangeEffect;
import dev.slipway.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /onboardings/{onboarding}/elements/{element}/preview}: the effect that another value
 * of an element would have. Changes nothing; the answer's hash is what {@link SaveElement} takes.
 */
public final class PreviewElement extends ApiFunction {
  private final ElementForm form = new ElementForm();
  private final ElementChecks checks;

  /** For Lambda. */
  public PreviewElement() {
    this(FunctionContext.lambda());
  }

  public PreviewElement(FunctionContext context) {
    this(context, ElementChecks.all(context));
  }

  /** With other checks. */
  PreviewElement(FunctionContext context, ElementChecks checks) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
    this.checks = checks;
  }

  /**
   * The answer.
   *
   * @param version that the value would replace; 0: none
   * @param needed whether the hash has to be named when the value is saved
   * @param findings what was found about the value and does not keep it from being saved
   */
  record Preview(
      String element,
      long version,
      String hash,
      boolean needed,
      List<ChangeEffect.TaskChange> tasks,
      List<Plan.Missing> missing,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ElementFinding> findings) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    GivenElement given = GivenElement.of(call, form);
    Optional<ElementRecord> known = given.known();
    given.requireOwnGroups(call.caller(), known);
    long version = known.map(ElementRecord::version).orElse(0L);
    ChangeEffect effect = given.effect(call.context(), version);
    ApiAnswer answer =
        ApiAnswer.of(
            200,
            new Preview(
                ElementRecord.name(given.element().id(), given.instance()),
                version,
                effect.hash(),
                given.mustBeSeen(effect),
                effect.tasks(),
                effect.missing(),
                given.check(call, checks)));
    return version == 0 ? answer : answer.header("ETag", Precondition.tag(version));
  }
}
