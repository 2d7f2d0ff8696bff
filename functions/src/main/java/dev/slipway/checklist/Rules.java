package dev.slipway.checklist;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of a checklist over the elements that one onboarding has so far.
 *
 * <p>JSONata takes a comparison with a missing value for false. So a rule is undecided while an
 * element that it names is still asked for; an optional element, and one that is not asked for,
 * count as missing.
 */
public final class Rules {
  private final Checklist checklist;
  private final JsonNode elements;
  private final Object values;
  private final Map<String, Condition> read = new HashMap<>();
  private final Map<String, List<String>> awaited = new HashMap<>();
  private final Map<String, String> words = new HashMap<>();
  private final Map<Evaluated, Condition.Answer> answers = new HashMap<>();
  private final Set<String> deciding = new HashSet<>();

  /**
   * The rules at one moment.
   *
   * @param elements those given so far, element id to value
   */
  public Rules(Checklist checklist, JsonNode elements) {
    this.checklist = checklist;
    this.elements = elements;
    this.values = Json.MAPPER.convertValue(elements, Object.class);
  }

  /** A rule and where it is asked for: asked again for each of hundreds of instances. */
  private record Evaluated(String rule, Map<String, String> at) {}

  /**
   * Whether a rule holds.
   *
   * @param rule null: it holds
   * @param at where the instance stands, axis to value; empty for what has no instances
   */
  public Condition.Answer evaluate(String rule, Map<String, String> at) {
    if (rule == null) {
      return Condition.Answer.HOLDS;
    }
    return awaited(rule).isEmpty()
        ? answers.computeIfAbsent(new Evaluated(rule, at), this::answer)
        : Condition.Answer.UNDECIDED;
  }

  private Condition.Answer answer(Evaluated asked) {
    return read.computeIfAbsent(asked.rule(), Condition::new).evaluate(values, asked.at());
  }

  /** When a task or an element is needed that has this condition. */
  public String neededIf(String rule) {
    return "needed only if " + inWords(rule);
  }

  /** Why a task is not chosen that is taken where this rule holds. */
  public String notChosen(String rule) {
    return "not chosen at intake: taken only if " + inWords(rule);
  }

  /** A rule by the titles of the elements and fields that it names. */
  private String inWords(String rule) {
    return words.computeIfAbsent(rule, RuleWords.of(checklist)::say);
  }

  /** The elements that a rule names and that are still asked for. */
  public List<String> awaited(String rule) {
    // While an element's own rule is being decided, the element counts otherwise: not kept.
    List<String> known = deciding.isEmpty() ? awaited.get(rule) : null;
    if (known != null) {
      return known;
    }
    List<String> found = namesAwaited(rule);
    if (deciding.isEmpty()) {
      awaited.put(rule, found);
    }
    return found;
  }

  private List<String> namesAwaited(String rule) {
    return ElementNames.in(rule).stream()
        .filter(
            name ->
                !elements.hasNonNull(name)
                    && checklist
                        .element(name)
                        .filter(element -> element.requirement() == Requirement.MANDATORY)
                        .filter(element -> element.per() == null)
                        .filter(this::mayApply)
                        .isPresent())
        .toList();
  }

  /** Whether an element is asked for, or may yet be once others are given. */
  public boolean mayApply(Element element) {
    String rule = element.condition();
    if (rule == null || !deciding.add(element.id())) {
      return true;
    }
    try {
      return switch (evaluate(rule, Map.of())) {
        case HOLDS -> true;
        case DOES_NOT_HOLD -> false;
        case UNDECIDED ->
            ElementNames.in(rule).stream().anyMatch(name -> !elements.hasNonNull(name));
      };
    } finally {
      deciding.remove(element.id());
    }
  }

  Object values() {
    return values;
  }
}
