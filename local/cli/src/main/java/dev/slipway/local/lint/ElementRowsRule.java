package dev.slipway.local.lint;

import dev.slipway.context.FunctionContext;
import dev.slipway.element.ElementChecks;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The checks and looks of an element are there, and so is what they read; an element that is a row
 * has a number, and a name beside the section's tasks, of its own.
 */
final class ElementRowsRule implements Rule {
  private static final String UNKNOWN = "unknown-reference";

  private final ElementChecks known =
      ElementChecks.all(FunctionContext.of(Map.of(), Clock.systemUTC()));

  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    for (ChecklistFile checklist : project.checklists()) {
      Map<String, LocatedNode> rows = new HashMap<>();
      checklist.tasks().forEach(task -> rows.put(task.at().text("row"), task.at()));
      for (ChecklistFile.Section section : checklist.sections()) {
        for (LocatedNode element : section.at().at("elements").items()) {
          references(checklist, element, findings);
          if (element.at("row").exists()) {
            row(checklist, section, element, rows, findings);
          } else if (element.at("looks").exists()) {
            findings.accept(
                element.finding(
                    "element-row",
                    "`%s` has `looks`, and no `row` that tells what they come to"
                        .formatted(element.text("id"))));
          }
        }
      }
    }
  }

  private void references(
      ChecklistFile checklist, LocatedNode element, Consumer<LintFinding> findings) {
    among(element.at("checks").items(), known.checkNames(), "check", findings);
    among(element.at("looks").items(), known.lookNames(), "look", findings);
    among(element.at("inputs").items(), checklist.valueIds(), "element", findings);
    among(element.at("credentials").items(), checklist.credentialIds(), "credential", findings);
  }

  private static void among(
      List<LocatedNode> references,
      Set<String> known,
      String kind,
      Consumer<LintFinding> findings) {
    for (LocatedNode reference : references) {
      String name = reference.text().orElse("");
      if (!known.contains(name)) {
        findings.accept(
            reference.finding(
                UNKNOWN, "there is no %s `%s`; there are %s".formatted(kind, name, known)));
      }
    }
  }

  private static void row(
      ChecklistFile checklist,
      ChecklistFile.Section section,
      LocatedNode element,
      Map<String, LocatedNode> rows,
      Consumer<LintFinding> findings) {
    LocatedNode first = rows.putIfAbsent(element.text("row"), element);
    if (first != null) {
      findings.accept(
          element
              .at("row")
              .finding(
                  "duplicate-id",
                  "the row %s is there already in line %d"
                      .formatted(element.text("row"), first.line())));
    }
    String key = section.id() + "." + element.text("id");
    if (checklist.taskIds().contains(key)
        || Set.of("gate", "resume").contains(element.text("id"))) {
      findings.accept(
          element.finding(
              "duplicate-id",
              "people decide about the row `%s` under a name that a task of the section has"
                  .formatted(key)));
    }
  }
}
