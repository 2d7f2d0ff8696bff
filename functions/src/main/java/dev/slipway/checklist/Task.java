package dev.slipway.checklist;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * One unit of work: one row of the guide, one state, one handler.
 *
 * @param id within the checklist: {@code technical-configuration.configure-smtp} (in the file, the
 *     part after the section)
 * @param row the row of the guide, such as V01
 * @param title for people
 * @param requirement whether it has to be accomplished
 * @param per the dimension that it has an instance for each of; null: there is one
 * @param where JSONata over the elements, by instance: there is none unless it holds; null: all
 * @param promote that an instance waits for its twin; null: it does not
 * @param condition JSONata over the elements: not applicable unless it holds; null: applicable
 * @param chosenBy JSONata over the elements: an optional task is skipped unless it holds
 * @param mode the least machine-like of its steps
 * @param inputs the ids of the elements it reads
 * @param credentialUses the credentials it reads; {@code credentials} in a checklist
 * @param dependencies the tasks that must be final first; {@code dependsOn} in a checklist
 * @param planned whether it is declared but not built yet
 * @param guidance what it is for, in our own words
 * @param documentation the vendor's page
 * @param waivedWith the element that names a person who must be one of the two who agree to a
 *     waiver; null: any two people
 * @param steps in their order
 */
public record Task(
    String id,
    String row,
    String title,
    Requirement requirement,
    String per,
    String where,
    Promote promote,
    String condition,
    String chosenBy,
    Mode mode,
    List<String> inputs,
    @JsonProperty("credentials") List<CredentialUse> credentialUses,
    @JsonProperty("dependsOn") List<Dependency> dependencies,
    boolean planned,
    String guidance,
    String documentation,
    String waivedWith,
    List<Step> steps) {
  public Task {
    inputs = inputs == null ? List.of() : List.copyOf(inputs);
    credentialUses = credentialUses == null ? List.of() : List.copyOf(credentialUses);
    dependencies = dependencies == null ? List.of() : List.copyOf(dependencies);
    steps = steps == null ? List.of() : List.copyOf(steps);
  }

  /** What no handler performs, and people decide about or answer as a task. */
  public static Task ofPeople(
      String id, String row, String title, Requirement requirement, List<Step> steps) {
    return new Task(
        id,
        row,
        title,
        requirement,
        null,
        null,
        null,
        null,
        null,
        Mode.ATTESTED,
        List.of(),
        List.of(),
        List.of(),
        false,
        null,
        null,
        null,
        steps);
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

  /** Whether it reads an element or credential. */
  public boolean reads(Element element) {
    return (element.kind() == Element.Kind.CREDENTIAL ? credentials() : inputs)
        .contains(element.id());
  }

  /** Whether the instance that stands at {@code mine} reads what the task {@link #reads}. */
  boolean readsAt(Element element, Map<String, String> mine) {
    return element.kind() != Element.Kind.CREDENTIAL
        || credentialUses.stream()
            .filter(use -> use.system().equals(element.id()))
            .allMatch(use -> use.concerns(mine));
  }

  /** The systems whose credentials it reads. */
  public List<String> credentials() {
    return credentialUses.stream().map(CredentialUse::system).toList();
  }

  /** The ids of the tasks that must be final first. */
  public List<String> dependsOn() {
    return dependencies.stream().map(Dependency::task).toList();
  }

  Task in(String section) {
    return id.indexOf('.') >= 0 ? this : with(section + "." + id, dependencies);
  }

  /** The same after these. */
  Task dependingOn(List<Dependency> tasks) {
    return with(id, tasks);
  }

  private Task with(String newId, List<Dependency> tasks) {
    return new Task(
        newId,
        row,
        title,
        requirement,
        per,
        where,
        promote,
        condition,
        chosenBy,
        mode,
        inputs,
        credentialUses,
        tasks,
        planned,
        guidance,
        documentation,
        waivedWith,
        steps);
  }
}
