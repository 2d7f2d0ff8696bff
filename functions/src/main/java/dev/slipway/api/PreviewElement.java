package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.plan.ChangeEffect;
import dev.slipway.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /onboardings/{onboarding}/elements/{element}/preview}: what another value of an
 * element would do. Changes nothing; the answer's hash is what {@link SaveElement} takes.
 */
public final class PreviewElement extends ApiFunction {
  private final ElementForm form = new ElementForm();

  /** For Lambda. */
  public PreviewElement() {
    this(FunctionContext.lambda());
  }

  public PreviewElement(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  /**
   * The answer.
   *
   * @param version that the value would replace; 0: none
   * @param needed whether the hash has to be named when the value is saved
   */
  record Preview(
      String element,
      long version,
      String hash,
      boolean needed,
      List<ChangeEffect.TaskChange> tasks,
      List<Plan.Missing> missing) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    GivenElement given = GivenElement.of(call, form);
    Optional<ElementRecord> known = given.known(call.context().elements());
    given.requireOwnGroups(call.caller(), known);
    long version = known.map(ElementRecord::version).orElse(0L);
    ChangeEffect effect = given.effect(call.context(), version);
    ApiAnswer answer =
        ApiAnswer.of(
            200,
            new Preview(
                given.element().id(),
                version,
                effect.hash(),
                given.mustBeSeen(effect),
                effect.tasks(),
                effect.missing()));
    return version == 0 ? answer : answer.header("ETag", Precondition.tag(version));
  }
}
