package dev.slipway.local.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.slipway.checklist.Checklist;
import dev.slipway.json.Json;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A checklist can be read, and says everything that people need to be told. */
final class TextRule implements Rule {
  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    for (ChecklistFile checklist : project.checklists()) {
      form(checklist, findings);
      for (ChecklistFile.Section section : checklist.sections()) {
        texts(section.at(), "section `" + section.id() + "`", List.of("title"), findings);
      }
      for (ChecklistFile.Element element : checklist.elements()) {
        texts(
            element.at(), "element `" + element.id() + "`", List.of("title", "guidance"), findings);
        if (!element.at().at("schema").node().isObject()) {
          findings.accept(
              element
                  .at()
                  .finding("missing-text", "element `%s` has no schema".formatted(element.id())));
        }
      }
      for (ChecklistFile.Task task : checklist.tasks()) {
        task(task, findings);
      }
    }
  }

  private static void form(ChecklistFile checklist, Consumer<LintFinding> findings) {
    for (ChecklistFile.Section section : checklist.sections()) {
      try {
        Json.MAPPER.treeToValue(section.at().node(), Checklist.Section.class);
      } catch (UnrecognizedPropertyException e) {
        findings.accept(
            at(section, e)
                .finding(
                    "unreadable",
                    "there is no key `%s`; the keys are %s"
                        .formatted(
                            e.getPropertyName(),
                            e.getKnownPropertyIds().stream()
                                .map(String::valueOf)
                                .sorted()
                                .collect(Collectors.joining(", ")))));
      } catch (JsonMappingException e) {
        findings.accept(at(section, e).finding("unreadable", e.getOriginalMessage()));
      } catch (JsonProcessingException e) {
        findings.accept(section.at().finding("unreadable", e.getOriginalMessage()));
      }
    }
    if (!checklist.tree().text("name").equals(checklist.name())) {
      findings.accept(
          checklist.tree().at("name").finding("wrong-name", "must be the folder's name"));
    }
    if (!checklist.tree().text("version").equals(checklist.version())) {
      findings.accept(
          checklist
              .tree()
              .at("version")
              .finding("wrong-name", "must be the name of the folder in it"));
    }
  }

  private static LocatedNode at(ChecklistFile.Section section, JsonMappingException trouble) {
    LocatedNode at = section.at();
    for (JsonMappingException.Reference step : trouble.getPath()) {
      at =
          step.getFieldName() == null
              ? at.items().get(step.getIndex())
              : at.at(step.getFieldName());
    }
    return at;
  }

  private static void task(ChecklistFile.Task task, Consumer<LintFinding> findings) {
    texts(
        task.at(),
        "task `" + task.id() + "`",
        List.of("row", "title", "requirement", "mode", "guidance", "documentation"),
        findings);
    List<LocatedNode> steps = task.at().at("steps").items();
    if (steps.isEmpty() && task.at().at("steps").node().isEmpty()) {
      findings.accept(
          task.at().finding("missing-text", "task `%s` has no steps".formatted(task.id())));
    }
    for (LocatedNode step : steps) {
      texts(
          step,
          "step `%s` of `%s`".formatted(step.text("id"), task.id()),
          List.of("title", "mode", "instructions", "check"),
          findings);
    }
  }

  private static void texts(
      LocatedNode at, String what, List<String> fields, Consumer<LintFinding> findings) {
    for (String field : fields) {
      if (at.text(field).isBlank()) {
        findings.accept(at.finding("missing-text", what + " has no `" + field + "`"));
      }
    }
  }
}
