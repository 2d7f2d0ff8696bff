package dev.slipway.api;

import dev.slipway.context.FunctionContext;

/**
 * {@code POST /onboardings/{onboarding}/sections/{section}/start}: lets a section that was stopped,
 * or that ended early by itself, go on with what is not done.
 */
public final class StartSection extends ApiFunction {
  /** For Lambda. */
  public StartSection() {
    this(FunctionContext.lambda());
  }

  public StartSection(FunctionContext context) {
    super(context, SectionRules.roles());
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    SectionSwitch section = SectionSwitch.of(call, call.event().path("section"));
    return section.start(call.reason());
  }
}
