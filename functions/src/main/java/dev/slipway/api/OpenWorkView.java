package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Mode;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.Blocked;
import dev.slipway.ledger.Fact;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.Snippet;
import dev.slipway.ledger.TaskKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A task or waiver that waits for a party.
 *
 * @param task the task or gate; with its instance, unless several are asked the same
 * @param instances those of the task that are asked the same; empty of a task without instances
 * @param row the row of the guide; null of a gate
 * @param step the step asked for; null when it is not about a step
 * @param stepTitle of the step
 * @param mode how the step is seen to be done
 * @param party who is waited for; {@code MACHINE}: nobody has to do anything
 * @param since from when on
 * @param due when it should be done; null without a date
 * @param overdue whether that time is past
 * @param until when a machine looks again by itself; null: when asked to
 * @param underWay whether it is being looked at, or about to be: what is asked may be answered
 * @param delegatedTo the name of the colleague whom it was handed to; null: nobody
 * @param problem what is wrong; null on a first ask
 * @param blocked who cannot go on with it; null: nobody has said so
 * @param facts what was given at intake and is needed for it
 * @param snippets what is to be copied
 * @param values JSON Schema of what is given beside the statement; null: nothing
 * @param actions what the caller may ask for now, by the routes of the same names
 * @param about {@code WAIVER}: a waiver of the task waits for its second person; null: it is the
 *     task itself that waits
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OpenWorkView(
    String task,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> instances,
    String row,
    String title,
    String section,
    Requirement requirement,
    String documentation,
    String step,
    String stepTitle,
    Mode mode,
    Party party,
    String outcome,
    Instant since,
    Instant due,
    boolean overdue,
    Instant until,
    String instructions,
    String check,
    List<String> waitsFor,
    Problem problem,
    boolean underWay,
    String delegatedTo,
    BlockedView blocked,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fact> facts,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Snippet> snippets,
    JsonNode values,
    List<TaskAction> actions,
    String about) {

  /**
   * A person who cannot go on.
   *
   * @param note the id of the note that says so
   */
  record BlockedView(String note, String by, Instant at, String text) {
    static BlockedView of(Blocked blocked) {
      return new BlockedView(blocked.note(), blocked.by(), blocked.at(), blocked.text());
    }
  }

  /**
   * Of what a task waits for.
   *
   * @param task null of a section's own gate
   * @param outcome the state of the task
   * @param now the onboarding's time
   */
  static OpenWorkView of(
      TaskKey key,
      Task task,
      String title,
      String section,
      String outcome,
      Instant since,
      Outcome.Waiting asked,
      boolean underWay,
      String delegatedTo,
      BlockedView blocked,
      List<TaskAction> actions,
      String about,
      Instant now) {
    Optional<Step> step =
        task == null
            ? Optional.empty()
            : task.steps().stream().filter(each -> each.id().equals(asked.step())).findFirst();
    return new OpenWorkView(
        key.toString(),
        key.instance().isEmpty() ? List.of() : List.of(key.instance()),
        task == null ? null : task.row(),
        title,
        section,
        task == null ? null : task.requirement(),
        task == null ? null : task.documentation(),
        asked.step(),
        step.map(Step::title).orElse(null),
        step.map(Step::mode).orElse(null),
        asked.party(),
        outcome,
        since,
        asked.due(),
        asked.due() != null && asked.due().isBefore(now),
        asked.until(),
        asked.text(),
        asked.check(),
        asked.dependsOn(),
        asked.problem(),
        underWay,
        delegatedTo,
        blocked,
        asked.facts(),
        asked.snippets(),
        step.map(Step::values).orElse(null),
        actions,
        about);
  }

  /** Whether a task, or an instance of it, is asked for by this, alone or with others. */
  boolean isOf(TaskKey key) {
    return task.equals(key.toString())
        || (task.equals(key.task()) && instances.contains(key.instance()));
  }

  /** The same at another time for other instances: equal requests are one piece of work. */
  private OpenWorkView with(
      String asked,
      List<String> those,
      Instant began,
      Instant nextDue,
      boolean late,
      List<TaskAction> permitted) {
    return new OpenWorkView(
        asked,
        those,
        row,
        title,
        section,
        requirement,
        documentation,
        step,
        stepTitle,
        mode,
        party,
        outcome,
        began,
        nextDue,
        late,
        until,
        instructions,
        check,
        waitsFor,
        problem,
        underWay,
        delegatedTo,
        blocked,
        facts,
        snippets,
        values,
        permitted,
        about);
  }

  /** What is equal in all requests that are one piece of work. */
  OpenWorkView alike() {
    return with(TaskKey.parse(task).task(), List.of(), null, null, false, List.of());
  }

  /**
   * One entry for several instances that are asked the same: since the first time, due at the next.
   */
  static OpenWorkView together(List<OpenWorkView> alike) {
    OpenWorkView first = alike.getFirst();
    if (alike.size() == 1) {
      return first;
    }
    return first.with(
        TaskKey.parse(first.task()).task(),
        alike.stream().flatMap(each -> each.instances().stream()).toList(),
        earliest(alike, OpenWorkView::since),
        earliest(alike, OpenWorkView::due),
        alike.stream().anyMatch(OpenWorkView::overdue),
        // One statement can be for many; all else is asked of each by itself.
        alike.stream().allMatch(each -> each.actions().contains(TaskAction.COMPLETE))
            ? List.of(TaskAction.COMPLETE)
            : List.of());
  }

  /** The earliest of their times; null: none has one. */
  static Instant earliest(List<OpenWorkView> alike, Function<OpenWorkView, Instant> time) {
    return alike.stream()
        .map(time)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
