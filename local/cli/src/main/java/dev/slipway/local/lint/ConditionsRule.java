package dev.slipway.local.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Each condition can be evaluated over whatever its elements allow, and can hold. */
final class ConditionsRule implements Rule {
  private static final int MOST = 10_000;

  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    for (ChecklistFile checklist : project.checklists()) {
      for (ChecklistFile.Element element : checklist.elements()) {
        condition(checklist, element.at().at("condition"), findings);
      }
      for (ChecklistFile.Task task : checklist.tasks()) {
        condition(checklist, task.at().at("condition"), findings);
        condition(checklist, task.at().at("chosenBy"), findings);
      }
    }
  }

  private static void condition(
      ChecklistFile checklist, LocatedNode at, Consumer<LintFinding> findings) {
    if (!at.exists()) {
      return;
    }
    String text = at.text().orElse("");
    Condition condition;
    try {
      condition = new Condition(text);
    } catch (IllegalArgumentException e) {
      findings.accept(at.finding("condition-not-evaluable", e.getMessage()));
      return;
    }
    ConditionNames names = ConditionNames.of(text);
    boolean allKnown = true;
    for (String id : names.elements()) {
      if (!checklist.valueIds().contains(id)) {
        allKnown = false;
        findings.accept(
            at.finding(
                "unknown-reference", "there is no element `%s` in this checklist".formatted(id)));
      }
    }
    if (allKnown) {
      evaluate(condition, samples(checklist, names), at, findings);
    }
  }

  private static void evaluate(
      Condition condition,
      List<ObjectNode> samples,
      LocatedNode at,
      Consumer<LintFinding> findings) {
    boolean holds = false;
    for (ObjectNode sample : samples) {
      try {
        holds |= condition.evaluate(sample) == Condition.Answer.HOLDS;
      } catch (IllegalArgumentException e) {
        findings.accept(
            at.finding("condition-not-evaluable", e.getMessage() + ", given " + shortened(sample)));
        return;
      }
    }
    if (!holds) {
      findings.accept(
          at.finding(
              "condition-never-holds",
              "`%s` holds for no value that the elements' schemas allow".formatted(condition)));
    }
  }

  private static String shortened(JsonNode sample) {
    String text = sample.toString();
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }

  /** Every combination of the values of the elements that the condition speaks of. */
  private static List<ObjectNode> samples(ChecklistFile checklist, ConditionNames names) {
    List<ObjectNode> combinations = new ArrayList<>(List.of(JsonNodeFactory.instance.objectNode()));
    SchemaSamples samples = new SchemaSamples(names);
    for (ChecklistFile.Element element : checklist.elements()) {
      if (element.isCredential() || !names.elements().contains(element.id())) {
        continue;
      }
      List<ObjectNode> next = new ArrayList<>();
      for (ObjectNode combination : combinations) {
        for (JsonNode value : samples.of(element.at().at("schema").node())) {
          if (next.size() < MOST) {
            next.add(combination.deepCopy().<ObjectNode>set(element.id(), value));
          }
        }
      }
      combinations = next;
    }
    // Before anything was given, a condition must not fail either.
    combinations.add(JsonNodeFactory.instance.objectNode());
    return combinations;
  }
}
