package dev.slipway.local.run;

import java.util.List;
import java.util.Optional;

/**
 * The status of an onboarding, as the API shows it at one time.
 *
 * @param runBeingReplaced whether another run takes over by itself
 */
public record OnboardingStatus(
    String id,
    String name,
    String state,
    int run,
    boolean runBeingReplaced,
    List<Section> sections,
    List<TaskStatus> tasks) {
  public OnboardingStatus {
    sections = List.copyOf(sections);
    tasks = List.copyOf(tasks);
  }

  /** A section of the checklist, with its elements that are rows of the guide. */
  public record Section(String id, String title, List<ElementStatus> elements) {
    public Section {
      elements = List.copyOf(elements);
    }
  }

  /** The elements that count among the rows. */
  public List<ElementStatus> elements() {
    return sections.stream()
        .flatMap(section -> ElementStatus.counted(section.elements()).stream())
        .toList();
  }

  /** A task by its key. */
  public Optional<TaskStatus> task(String key) {
    return tasks.stream().filter(task -> task.key().equals(key)).findFirst();
  }

  /** The rows of the guide that are built. */
  public List<TaskStatus> rows() {
    return tasks.stream().filter(task -> !task.row().isEmpty() && !task.isPlanned()).toList();
  }

  /** Whether every row is final. */
  public boolean isAllFinal() {
    return rows().stream().allMatch(TaskStatus::isFinal);
  }
}
