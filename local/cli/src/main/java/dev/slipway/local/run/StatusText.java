package dev.slipway.local.run;

import java.util.ArrayList;
import java.util.List;

/** The status of an onboarding as lines for people. */
public final class StatusText {
  private StatusText() {}

  /** The lines: the onboarding, then each section with its tasks. */
  public static List<String> lines(OnboardingStatus status) {
    List<String> lines = new ArrayList<>();
    long done =
        status.rows().stream().filter(TaskStatus::isFinal).count()
            + status.elements().stream().filter(ElementStatus::isFinal).count();
    lines.add(
        "%s: %s, %s, run %d, %d of %d rows final"
            .formatted(
                status.id(),
                status.name(),
                status.state(),
                status.run(),
                done,
                status.rows().size() + status.elements().size()));
    for (OnboardingStatus.Section section : status.sections()) {
      lines.add(section.title());
      section.elements().stream()
          .flatMap(element -> element.lines().stream())
          .forEach(line -> lines.add("  " + line));
      status.tasks().stream()
          .filter(task -> task.section().equals(section.id()))
          .forEach(task -> lines.add("  " + Wording.brief(task)));
    }
    return lines;
  }
}
