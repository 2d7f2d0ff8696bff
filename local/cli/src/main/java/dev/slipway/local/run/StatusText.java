package dev.slipway.local.run;

import java.util.ArrayList;
import java.util.List;

/** The status of an onboarding as lines for people. */
public final class StatusText {
  private StatusText() {}

  /** The lines: the onboarding, then each section with its tasks. */
  public static List<String> lines(OnboardingStatus standing) {
    List<String> lines = new ArrayList<>();
    long done = standing.rows().stream().filter(TaskStatus::isFinal).count();
    lines.add(
        "%s: %s, %s, run %d, %d of %d rows final"
            .formatted(
                standing.id(),
                standing.name(),
                standing.state(),
                standing.run(),
                done,
                standing.rows().size()));
    for (OnboardingStatus.Section section : standing.sections()) {
      lines.add(section.title());
      standing.tasks().stream()
          .filter(task -> task.section().equals(section.id()))
          .forEach(task -> lines.add("  " + Wording.brief(task)));
    }
    return lines;
  }
}
