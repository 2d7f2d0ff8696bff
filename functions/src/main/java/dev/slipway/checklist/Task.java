package dev.slipway.checklist;

import java.util.List;

/**
 * One thing to accomplish: one row of the guide, one state, one handler.
 *
 * @param id within the checklist: {@code technical-configuration.configure-smtp} (in the file, the
 *     part after the section)
 * @param row the row of the guide, such as V01
 * @param title for people
 * @param requirement whether it has to be accomplished
 * @param condition JSONata over the elements: not applicable unless it holds; null: applicable
 * @param chosenBy JSONata over the elements: an optional task is skipped unless it holds
 * @param mode the least machine-like of its steps
 * @param inputs the ids of the elements it reads
 * @param credentials the systems whose credentials it reads
 * @param dependsOn the ids of the tasks that must be final first
 * @param planned whether it is declared but not built yet
 * @param guidance what it is for, in our own words
 * @param documentation the vendor's page
 * @param waivedWith the element that names somebody without whom the task is not done without;
 *     null: any two people
 * @param steps in their order
 */
public record Task(
    String id,
    String row,
    String title,
    Requirement requirement,
    String condition,
    String chosenBy,
    Mode mode,
    List<String> inputs,
    List<String> credentials,
    List<String> dependsOn,
    boolean planned,
    String guidance,
    String documentation,
    String waivedWith,
    List<Step> steps) {
  public Task {
    inputs = inputs == null ? List.of() : List.copyOf(inputs);
    credentials = credentials == null ? List.of() : List.copyOf(credentials);
    dependsOn = dependsOn == null ? List.of() : List.copyOf(dependsOn);
    steps = steps == null ? List.of() : List.copyOf(steps);
  }

  /** The id of the section that the task belongs to. */
  public String section() {
    return id.substring(0, id.indexOf('.'));
  }

  /**
   * A step by its id.
   *
   * @throws IllegalArgumentException if the task has no such step
   */
  public Step step(String stepId) {
    return steps.stream()
        .filter(step -> step.id().equals(stepId))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("step: " + id + " has no step " + stepId));
  }

  Task in(String section) {
    return id.indexOf('.') >= 0
        ? this
        : new Task(
            section + "." + id,
            row,
            title,
            requirement,
            condition,
            chosenBy,
            mode,
            inputs,
            credentials,
            dependsOn,
            planned,
            guidance,
            documentation,
            waivedWith,
            steps);
  }

  /** The same after these. */
  Task dependingOn(List<String> tasks) {
    return new Task(
        id,
        row,
        title,
        requirement,
        condition,
        chosenBy,
        mode,
        inputs,
        credentials,
        tasks,
        planned,
        guidance,
        documentation,
        waivedWith,
        steps);
  }
}
