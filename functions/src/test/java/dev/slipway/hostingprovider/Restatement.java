package dev.slipway.hostingprovider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.Outcome;
import dev.slipway.task.Bench;
import dev.slipway.task.TaskFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A task of which people take every step that they may be asked for, and what they are asked again
 * after something that was given has changed.
 *
 * @param values what a person states besides, step to JSON
 * @param actions what a person does before stating it, or what happens while the task waits for
 *     other tasks (the empty step)
 */
public record Restatement(
    Bench bench, TaskFunction task, Map<String, String> values, Consumer<String> actions) {
  private static final int MOST_ATTEMPTS = 80;

  /** Of a task whose steps need a word and no more. */
  public Restatement(Bench bench, TaskFunction task) {
    this(bench, task, Map.of(), step -> {});
  }

  /**
   * One change.
   *
   * @param task the task's id without its section
   * @param element the element that changes
   * @param value its new value
   * @param asked the steps that are asked again because of it, in order
   */
  public record Change(String task, String element, String value, List<String> asked) {
    public static Change of(String task, String element, String value, String... asked) {
      return new Change(task, element, value, List.of(asked));
    }

    @Override
    public String toString() {
      return task + ": " + element + " " + value;
    }
  }

  /** Answers whatever is asked until the task is done; answers the steps that were asked. */
  public List<String> toDone() {
    List<String> asked = new ArrayList<>();
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Outcome outcome = bench.attempt(task);
      if (outcome instanceof Outcome.Done) {
        return asked;
      }
      if (!(outcome instanceof Outcome.Waiting waiting)) {
        throw new AssertionError(outcome.toString());
      }
      if (waiting.step() != null) {
        asked.add(waiting.step());
        actions.accept(waiting.step());
        bench.after(Duration.ofMinutes(1));
        bench.answer(waiting.step(), "manager", values.getOrDefault(waiting.step(), "{}"));
      } else if (waiting.until() != null) {
        bench.after(Duration.between(bench.now(), waiting.until()));
      } else {
        actions.accept("");
      }
    }
    throw new AssertionError("asked again and again: " + asked);
  }

  /** Everything is stated once; then what rests on the change is asked again, and nothing else. */
  public void check(Change change) {
    toDone();
    assertEquals(List.of(), toDone(), "nothing has changed");
    bench.element(change.element(), change.value());
    assertEquals(change.asked(), toDone(), change::toString);
    assertEquals(List.of(), toDone(), "stated once, it holds");
  }

  /** Every input that a built task of the section declares has a change in the list. */
  public static void assertComplete(String section, List<Change> changes) {
    Set<String> declared =
        new Checklists()
            .newest("hosting-provider")
            .tasks()
            .filter(task -> task.section().equals(section) && !task.planned())
            .flatMap((Task task) -> task.inputs().stream().map(input -> task.id() + " " + input))
            .collect(Collectors.toCollection(TreeSet::new));
    declared.removeAll(
        changes.stream()
            .map(change -> section + "." + change.task() + " " + change.element())
            .collect(Collectors.toSet()));
    assertEquals(
        Set.of(),
        declared,
        "inputs without a Change in the list of this section's statements test: say which steps are"
            + " asked again when one of them changes, or take it out of the row's inputs");
  }
}
