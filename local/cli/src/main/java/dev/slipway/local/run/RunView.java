package dev.slipway.local.run;

/** The view in which a run shows its progress. */
public interface RunView extends AutoCloseable {
  /** Shows an event: one line that stays. */
  void line(String text);

  /** Shows the onboarding's present status, which replaces the one before. */
  void status(OnboardingStatus status);

  /** Nothing more will be shown of what only shows the present. */
  @Override
  void close();
}
