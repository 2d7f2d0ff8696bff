package dev.slipway.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Mode;
import dev.slipway.checklist.Requirement;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import java.time.Duration;
import java.util.List;

/**
 * The effects of a run if it started now. Making a plan changes nothing.
 *
 * @param hash of what would run; another hash means another plan
 * @param entries one for each task and instance, in the checklist's order
 * @param missing elements that the sections need before they start and do not have
 */
public record Plan(String hash, List<Entry> entries, List<Missing> missing) {
  public Plan {
    entries = List.copyOf(entries);
    missing = List.copyOf(missing);
  }

  /**
   * One task.
   *
   * @param row of the guide, such as V01
   * @param task the checklist's id
   * @param instance the environment, tenant or application; empty when there is only one
   * @param effect what the run would do with it
   * @param rule the condition or decision that says so; null when the task simply runs
   * @param note a fact about another instance that concerns this one, as the report tells it; null
   *     without
   * @param undecided the missing elements that the rule speaks of
   * @param waitsFor the tasks that come first
   * @param missing what the task needs and does not have
   * @param steps the people's steps to expect
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(
      String row,
      String task,
      String instance,
      String section,
      String title,
      Requirement requirement,
      Effect effect,
      String rule,
      String note,
      List<String> undecided,
      List<String> waitsFor,
      List<Missing> missing,
      List<PersonStep> steps) {
    public Entry {
      undecided = List.copyOf(undecided);
      waitsFor = List.copyOf(waitsFor);
      missing = List.copyOf(missing);
      steps = List.copyOf(steps);
    }

    /** The task's instance. */
    public TaskKey key() {
      return new TaskKey(task, instance);
    }
  }

  /**
   * An element or credential that is needed and not there.
   *
   * @param field as problems name it: the element's id, or {@code credential:<system>}
   * @param section where it is asked for
   * @param party who gives it
   */
  public record Missing(
      String field, String section, String title, Element.Kind kind, Party party) {}

  /**
   * A step that a person will be asked to do.
   *
   * @param onlyIf what has to happen for the person to be asked, as the end of "only if …"; null:
   *     the person is asked
   * @param due how long the person has, from when it is asked
   * @param check how it will be checked; null: by the statement
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PersonStep(
      String step,
      String title,
      Mode mode,
      String onlyIf,
      Party party,
      Duration due,
      String instructions,
      String check) {}
}
