package dev.slipway.local.lint;

import dev.slipway.pattern.EcmaPattern;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;

/** The patterns of the schemas of elements and answers are patterns of ECMA-262, unicode mode. */
final class PatternsRule implements Rule {
  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    for (ChecklistFile checklist : project.checklists()) {
      for (ChecklistFile.Element element : checklist.elements()) {
        schema(element.at().at("schema"), findings);
      }
      for (ChecklistFile.Task task : checklist.tasks()) {
        task.at().at("steps").items().forEach(step -> schema(step.at("values"), findings));
      }
    }
  }

  private static void schema(LocatedNode part, Consumer<LintFinding> findings) {
    part.fields().values().forEach(field -> schema(field, findings));
    part.at("patternProperties").fields().keySet().forEach(key -> pattern(key, part, findings));
    if (part.node().isArray()) {
      part.items().forEach(item -> schema(item, findings));
    } else if (part.node().path("pattern").isTextual()) {
      pattern(part.text("pattern"), part.at("pattern"), findings);
    }
  }

  private static void pattern(String text, LocatedNode at, Consumer<LintFinding> findings) {
    try {
      EcmaPattern.compile(text, "u");
    } catch (PatternSyntaxException e) {
      findings.accept(
          at.finding(
              "no-pattern",
              "`%s` is no pattern of ECMA-262: %s".formatted(text, e.getDescription())));
    }
  }
}
