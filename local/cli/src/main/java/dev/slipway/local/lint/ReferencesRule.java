package dev.slipway.local.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Everything that a checklist refers to is there. */
final class ReferencesRule implements Rule {
  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    for (ChecklistFile checklist : project.checklists()) {
      Set<String> tasks = checklist.taskIds();
      checklist
          .whole()
          .mistake()
          .ifPresent(told -> findings.accept(checklist.tree().finding("unreadable", told)));
      for (ChecklistFile.Task task : checklist.tasks()) {
        known(task.at().at("inputs").items(), checklist.valueIds(), "element", findings);
        known(task.credentials(), checklist.credentialIds(), "credential", findings);
        known(task.awaited(), tasks, "task", findings);
        known(task.at().at("per").items(), checklist.dimensions(), "dimension", findings);
      }
      for (ChecklistFile.Element element : checklist.elements()) {
        known(element.at().at("per").items(), checklist.dimensions(), "dimension", findings);
        parts(element, checklist.dimensions(), findings);
        apart(element, findings);
      }
    }
    project
        .index()
        .ifPresent(
            index -> {
              newest(project, index, findings);
              unused(project, index, findings);
            });
  }

  private static void known(
      List<LocatedNode> references,
      Set<String> known,
      String kind,
      Consumer<LintFinding> findings) {
    for (LocatedNode reference : references) {
      String id = reference.text().orElse("");
      if (!known.contains(id)) {
        findings.accept(
            reference.finding(
                "unknown-reference", "there is no %s `%s` in this checklist".formatted(kind, id)));
      }
    }
  }

  private static void parts(
      ChecklistFile.Element element, Set<String> dimensions, Consumer<LintFinding> findings) {
    element
        .at()
        .at("parts")
        .fields()
        .forEach(
            (dimension, part) -> {
              if (!dimensions.contains(dimension)) {
                findings.accept(
                    part.finding(
                        "unknown-reference",
                        "there is no dimension `%s` in this checklist".formatted(dimension)));
              }
            });
  }

  /** What must differ between two environments is a field of the credential. */
  private static void apart(ChecklistFile.Element element, Consumer<LintFinding> findings) {
    List<JsonNode> fields = element.at().at("schema").node().findValues("properties");
    for (LocatedNode name : element.at().at("apart").items()) {
      String field = name.text().orElse("");
      if (fields.stream().noneMatch(each -> each.has(field))) {
        findings.accept(
            name.finding("unknown-reference", "the schema has no field `%s`".formatted(field)));
      }
    }
  }

  private static void unused(Project project, LocatedNode index, Consumer<LintFinding> findings) {
    for (ChecklistFile checklist : project.checklists()) {
      if (!index.at(checklist.name()).exists()) {
        findings.accept(
            checklist
                .tree()
                .finding(
                    "unknown-reference",
                    "no onboarding can begin with `%s`: %s must name its `newest` version"
                        .formatted(checklist.name(), index.source().file())));
      }
    }
  }

  private static void newest(Project project, LocatedNode index, Consumer<LintFinding> findings) {
    for (Map.Entry<String, LocatedNode> entry : index.fields().entrySet()) {
      String version = entry.getValue().text("newest");
      boolean known =
          project.checklists().stream()
              .anyMatch(
                  file -> file.name().equals(entry.getKey()) && file.version().equals(version));
      if (!known) {
        findings.accept(
            entry
                .getValue()
                .at("newest")
                .finding(
                    "unknown-reference",
                    "there is no version `%s` of `%s`".formatted(version, entry.getKey())));
      }
    }
  }
}
