package dev.slipway.local.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Condition;
import dev.slipway.checklist.ElementNames;
import dev.slipway.checklist.Expression;
import dev.slipway.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Each condition can be evaluated over whatever its elements allow, and can hold; each dimension's
 * {@code keys} can too, and can name a key; and so can the parts of elements, and the times of
 * steps.
 */
final class ConditionsRule implements Rule {
  private static final int MOST = 10_000;
  private static final String NOT_EVALUABLE = "condition-not-evaluable";

  /** {@code $environment}, and whatever else has no parenthesis behind it. */
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z_]\\w*+)(?!\\s*\\()");

  /** {@code $n :=}, {@code @$n}, {@code #$n}, and the parameters of a function. */
  private static final Pattern BOUND =
      Pattern.compile("\\$(\\w+)\\s*:=|[@#]\\$(\\w+)|(?:function|λ)\\s*\\(([^)]*+)\\)");

  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    for (ChecklistFile checklist : project.checklists()) {
      checklist
          .tree()
          .at("dimensions")
          .fields()
          .values()
          .forEach(dimension -> keys(checklist, dimension, findings));
      for (ChecklistFile.Element element : checklist.elements()) {
        condition(checklist, element.at().at("condition"), List.of(Map.of()), findings);
        element
            .at()
            .at("parts")
            .fields()
            .forEach(
                (dimension, part) ->
                    evaluable(checklist, part, places(checklist, dimension), findings));
      }
      for (ChecklistFile.Task task : checklist.tasks()) {
        List<Map<String, String>> places = places(checklist, task.at().text("per"));
        condition(checklist, task.at().at("condition"), places, findings);
        condition(checklist, task.at().at("chosenBy"), places, findings);
        condition(checklist, task.at().at("where"), places, findings);
        task.at()
            .at("steps")
            .items()
            .forEach(
                step -> {
                  condition(checklist, step.at("condition"), places, findings);
                  condition(checklist, step.at("byPerson"), places, findings);
                  evaluable(checklist, step.at("notBefore"), places, findings);
                });
      }
    }
  }

  private static List<Map<String, String>> places(ChecklistFile file, String per) {
    return file.whole()
        .checklist()
        .map(checklist -> SampleInstances.places(checklist, per.isEmpty() ? null : per))
        .orElse(List.of(Map.of()));
  }

  private static void condition(
      ChecklistFile checklist,
      LocatedNode at,
      List<Map<String, String>> places,
      Consumer<LintFinding> findings) {
    if (!at.exists()) {
      return;
    }
    try {
      Condition condition = new Condition(at.text().orElse(""));
      if (areNamesKnown(checklist, at, places.getFirst().keySet(), findings)) {
        evaluate(condition, samples(checklist, condition.toString()), places, at, findings);
      }
    } catch (IllegalArgumentException e) {
      findings.accept(at.finding(NOT_EVALUABLE, e.getMessage()));
    }
  }

  private static void evaluate(
      Condition condition,
      List<ObjectNode> samples,
      List<Map<String, String>> places,
      LocatedNode at,
      Consumer<LintFinding> findings) {
    boolean holds = false;
    for (ObjectNode sample : samples) {
      for (Map<String, String> place : places) {
        try {
          holds |= condition.evaluate(sample, place) == Condition.Answer.HOLDS;
        } catch (IllegalArgumentException e) {
          findings.accept(given(at, e.getMessage(), sample));
          return;
        }
      }
    }
    // Whatever stands at a certain key of an object, no sample has it there.
    if (!holds && !condition.toString().contains("$lookup")) {
      findings.accept(
          at.finding(
              "condition-never-holds",
              "`%s` holds for no value that the elements' schemas allow".formatted(condition)));
    }
  }

  private static void keys(
      ChecklistFile checklist, LocatedNode dimension, Consumer<LintFinding> findings) {
    LocatedNode at = dimension.at("keys");
    int axes = Math.max(1, dimension.at("of").items().size());
    if (!areNamesKnown(checklist, at, Set.of(), findings)) {
      return;
    }
    boolean named = false;
    for (ObjectNode sample : samples(checklist, at.text().orElse(""))) {
      try {
        for (String key : texts(evaluated(at, sample, Map.of()))) {
          named = true;
          if (key.split("\\.", -1).length != axes) {
            findings.accept(
                given(at, "`%s` is no key: it must have %d parts".formatted(key, axes), sample));
            return;
          }
        }
      } catch (IllegalArgumentException e) {
        findings.accept(given(at, e.getMessage(), sample));
        return;
      }
    }
    if (!named) {
      findings.accept(
          at.finding(
              "condition-never-holds",
              "`%s` names no key for any value that the elements' schemas allow"
                  .formatted(at.text().orElse(""))));
    }
  }

  private static List<String> texts(Object found) {
    List<?> list =
        found instanceof List<?> several ? several : found == null ? List.of() : List.of(found);
    return list.stream()
        .map(
            key -> {
              if (key instanceof String text) {
                return text;
              }
              throw new IllegalArgumentException("the key `" + key + "` is no text");
            })
        .toList();
  }

  private static void evaluable(
      ChecklistFile checklist,
      LocatedNode at,
      List<Map<String, String>> places,
      Consumer<LintFinding> findings) {
    if (!at.exists() || !areNamesKnown(checklist, at, places.getFirst().keySet(), findings)) {
      return;
    }
    for (ObjectNode sample : samples(checklist, at.text().orElse(""))) {
      for (Map<String, String> place : places) {
        try {
          evaluated(at, sample, place);
        } catch (IllegalArgumentException e) {
          findings.accept(given(at, e.getMessage(), sample));
          return;
        }
      }
    }
  }

  private static Object evaluated(LocatedNode at, ObjectNode sample, Map<String, String> place) {
    return new Expression(at.text().orElse(""))
        .evaluate(Json.MAPPER.convertValue(sample, Object.class), place);
  }

  /** Whether there is what an expression speaks of: elements, and where an instance stands. */
  private static boolean areNamesKnown(
      ChecklistFile checklist, LocatedNode at, Set<String> axes, Consumer<LintFinding> findings) {
    String text = at.text().orElse("");
    Set<String> unknown = new LinkedHashSet<>();
    ConditionNames.of(text).elements().stream()
        .filter(id -> !checklist.valueIds().contains(id))
        .map(id -> "there is no element `%s` in this checklist".formatted(id))
        .forEach(unknown::add);
    Set<String> bound = new HashSet<>(axes);
    for (Matcher matcher = BOUND.matcher(text); matcher.find(); ) {
      bound.add(matcher.group(1));
      bound.add(matcher.group(2));
      VARIABLE
          .matcher(Objects.requireNonNullElse(matcher.group(3), ""))
          .results()
          .forEach(parameter -> bound.add(parameter.group(1)));
    }
    VARIABLE
        .matcher(text)
        .results()
        .map(variable -> variable.group(1))
        .filter(variable -> !bound.contains(variable))
        .map(
            variable ->
                "`$%s` is nothing that stands here: the instance's axes are ".formatted(variable))
        .map(told -> told + axes)
        .forEach(unknown::add);
    unknown.forEach(told -> findings.accept(at.finding("unknown-reference", told)));
    return unknown.isEmpty();
  }

  private static LintFinding given(LocatedNode at, String message, ObjectNode sample) {
    return at.finding(NOT_EVALUABLE, message + ", given " + shortened(sample));
  }

  private static String shortened(JsonNode sample) {
    String text = sample.toString();
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }

  /** Every combination of the values of the elements that the condition speaks of. */
  private static List<ObjectNode> samples(ChecklistFile checklist, String text) {
    ConditionNames names = ConditionNames.of(text);
    Set<String> spokenOf = new HashSet<>(names.elements());
    spokenOf.addAll(ElementNames.in(text));
    List<ObjectNode> combinations = new ArrayList<>(List.of(JsonNodeFactory.instance.objectNode()));
    SchemaSamples samples = new SchemaSamples(names);
    for (ChecklistFile.Element element : checklist.elements()) {
      if (element.isCredential() || !spokenOf.contains(element.id())) {
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
