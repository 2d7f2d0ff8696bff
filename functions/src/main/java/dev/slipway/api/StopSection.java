package dev.slipway.api;

import dev.slipway.context.FunctionContext;

/**
 * {@code POST /onboardings/{onboarding}/sections/{section}/stop}: asks for one section of the run
 * to be stopped; the others go on. It stays stopped, in later runs as well, until it is started
 * again.
 */
public final class StopSection extends ApiFunction {
  /** For Lambda. */
  public StopSection() {
    this(FunctionContext.lambda());
  }

  public StopSection(FunctionContext context) {
    super(context, SectionRules.roles());
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    SectionSwitch section = SectionSwitch.of(call, call.event().path("section"));
    return section.stop(call.reason());
  }
}
