package dev.slipway.task;

import dev.slipway.checklist.Step;
import dev.slipway.systems.net.SystemTrouble;
import java.util.function.Supplier;

/**
 * A step of the checklist that only a machine can take so far. {@link #about} makes it a step that
 * a person may state, too: without the values that a statement is about, there is no person's step.
 *
 * <pre>{@code
 * work.step("check-account").field("docker-account").machine(() -> account(work));
 * }</pre>
 */
public final class MachineStep {
  private final AttemptParts parts;
  private final Step definition;
  private String field;

  MachineStep(AttemptParts parts, Step definition) {
    this.parts = parts;
    this.definition = definition;
  }

  /** The element, or a field of it, to look at if a third party cannot be reached. */
  @CheckReturnValue
  public MachineStep field(String path) {
    field = path;
    return this;
  }

  /**
   * Lets a person state the step, for the values of these elements: with other values the step is
   * asked again.
   *
   * @param paths each an element's id, or a field of it such as {@code platform.domain}; with none,
   *     a statement holds for any values
   */
  @CheckReturnValue
  public PersonStep about(String... paths) {
    return about(About.given(parts.inputs().elements(), paths));
  }

  /** Lets a person state the step, for these values. */
  @CheckReturnValue
  public PersonStep about(About about) {
    return new PersonStep(parts, definition, about).field(field);
  }

  /**
   * Takes the step by machine.
   *
   * @param action takes the step if it is not taken yet, and answers its findings; it throws {@link
   *     UnmetRequirement} for a problem that a person has to mend, and {@link SystemTrouble} for a
   *     third party that did not answer: both end the attempt with a failure
   */
  public void machine(Supplier<Finding> action) {
    parts.failures().during(definition);
    parts.take(field, action);
  }
}
