package dev.slipway.checklist;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.AddedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A checklist as it is for one onboarding: each added row is a task at the end of its section, with
 * one step. A task that waits for all of another section waits for the section's mandatory rows,
 * too.
 */
public final class AddedRows {
  /** The only step of an added row. */
  public static final String STEP = "do";

  private static final JsonNode FILE =
      Json.tree(
          Map.of(
              "type",
              "object",
              "additionalProperties",
              false,
              "required",
              List.of("file"),
              "properties",
              Map.of(
                  "file", Map.of("title", "File", "type", "string", "x-slipway-file", Map.of()))));

  private AddedRows() {}

  /** The checklist with these rows. */
  public static Checklist in(Checklist checklist, List<AddedRow> rows) {
    if (rows.isEmpty()) {
      return checklist;
    }
    return new Checklist(
        checklist.name(),
        checklist.version(),
        checklist.title(),
        checklist.dimensions(),
        checklist.promotion(),
        checklist.sections().stream().map(section -> in(checklist, section, rows)).toList());
  }

  private static Checklist.Section in(
      Checklist checklist, Checklist.Section section, List<AddedRow> rows) {
    List<Task> tasks = new ArrayList<>();
    for (Task task : section.tasks()) {
      List<Dependency> dependencies = new ArrayList<>(task.dependencies());
      checklist.sections().stream()
          .filter(other -> !other.id().equals(section.id()) && isAwaited(other, task))
          .flatMap(other -> rows.stream().filter(row -> row.section().equals(other.id())))
          .filter(AddedRow::mandatory)
          .map(row -> new Dependency(row.task()))
          .forEach(dependencies::add);
      tasks.add(task.dependingOn(dependencies));
    }
    rows.stream()
        .filter(row -> row.section().equals(section.id()))
        .map(AddedRows::task)
        .forEach(tasks::add);
    return new Checklist.Section(section.id(), section.title(), section.elements(), tasks);
  }

  private static boolean isAwaited(Checklist.Section section, Task task) {
    Set<String> all = section.tasks().stream().map(Task::id).collect(Collectors.toSet());
    return task.dependsOn().containsAll(all);
  }

  private static Task task(AddedRow row) {
    return new Task(
        row.task(),
        row.row(),
        row.title(),
        row.mandatory() ? Requirement.MANDATORY : Requirement.OPTIONAL,
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
        row.reason(),
        null,
        null,
        List.of(
            Step.attested(
                STEP,
                row.title(),
                row.party(),
                row.due(),
                row.instructions(),
                check(row),
                row.fileNeeded() ? FILE : null)));
  }

  /** How a row's statement is taken. */
  public static String check(AddedRow row) {
    return row.fileNeeded()
        ? "Your statement is recorded as evidence, with the file that you hand over."
        : "Your statement is recorded as evidence.";
  }
}
