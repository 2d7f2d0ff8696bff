package dev.slipway.local.run;

/** Where a run shows what happens. */
public interface RunView extends AutoCloseable {
  /** Something happened: one line that stays. */
  void line(String text);

  /** Where the onboarding stands now; each replaces the one before. */
  void standing(OnboardingStatus standing);

  /** Nothing more will be shown of what only shows the present. */
  @Override
  void close();
}
