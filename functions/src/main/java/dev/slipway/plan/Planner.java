package dev.slipway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Condition;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.ElementNames;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.Rules;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.json.Json;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.TaskKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says beforehand what a run would do: the same rules as the run's own, without touching a thing.
 */
public final class Planner {
  private static final int DIGEST_LENGTH = 12;
  private static final String NOT_PERMITTED = "the machine may not";

  private final Checklist checklist;
  private final PlanInput input;
  private final Instances instances;
  private final Rules rules;
  private final Map<TaskKey, Ruling> rulings = new LinkedHashMap<>();

  /** A planner for one moment of an onboarding. */
  public Planner(Checklist checklist, PlanInput input) {
    this(new Instances(checklist, input.elements()), input);
  }

  /**
   * The same.
   *
   * @param instances those of the input's elements, if they were found before
   */
  public Planner(Instances instances, PlanInput input) {
    this.checklist = instances.checklist();
    this.input = input;
    this.instances = instances;
    this.rules = instances.rules();
    checklist.tasks().forEach(this::rule);
  }

  private record Ruling(Task task, Effect effect, String rule, List<String> undecided) {
    boolean isToBeDone() {
      return effect == Effect.RUN || effect == Effect.UNDECIDED;
    }
  }

  /** The instances that the plan has entries for. */
  public Instances instances() {
    return instances;
  }

  /** The plan. */
  public Plan plan() {
    List<Plan.Missing> missing =
        checklist.sections().stream().flatMap(section -> allMissing(section).stream()).toList();
    Map<TaskKey, Plan.Entry> entries = entriesByKey();
    return new Plan(outline(entries).hash(), List.copyOf(entries.values()), missing);
  }

  /**
   * The mandatory elements that a section needs before it starts and does not have. An element that
   * only skipped, waived or inapplicable rows use is not needed.
   */
  public List<Element> missing(Checklist.Section section) {
    return section.elements().stream()
        .filter(Element::isAwaitedByGate)
        .filter(element -> rules.evaluate(element.condition(), Map.of()) == Condition.Answer.HOLDS)
        .filter(element -> !isThere(element, ""))
        .filter(element -> isNeeded(section, element, ""))
        .toList();
  }

  /** The same, and what single instances of the section's rows need. */
  private List<Plan.Missing> allMissing(Checklist.Section section) {
    List<Plan.Missing> all = new ArrayList<>();
    missing(section).forEach(element -> all.add(missing(section.id(), element, "")));
    section.elements().stream()
        .filter(element -> element.per() != null && isAskedFor(element))
        .forEach(
            element ->
                instances.of(element).stream()
                    .filter(instance -> !isThere(element, instance))
                    .filter(instance -> isNeeded(section, element, instance))
                    .map(instance -> missing(section.id(), element, instance))
                    .forEach(all::add));
    return all;
  }

  private boolean isAskedFor(Element element) {
    return element.requirement() == Requirement.MANDATORY
        && element.asked() == Element.Asked.BEFORE_START
        && rules.mayApply(element);
  }

  /**
   * A row is needed by itself, unless it is done without; another element, by what uses it: one
   * that is only used by tasks that nobody has built yet is not asked for.
   */
  private boolean isNeeded(Checklist.Section section, Element element, String instance) {
    if (element.row() != null) {
      Decision decision = input.decisions().get(section.row(element, instance));
      return decision == null || !decision.isToDoWithout() || !decision.counts();
    }
    List<Ruling> users =
        rulings.values().stream().filter(ruling -> uses(ruling.task(), element)).toList();
    return users.isEmpty()
        || checklist.elements().anyMatch(row -> row.row() != null && row.reads(element))
        || users.stream().anyMatch(user -> !user.task().planned() && user.isToBeDone());
  }

  private boolean uses(Task task, Element element) {
    return task.reads(element)
        || (element.kind() == Element.Kind.VALUE
            && (ElementNames.in(task.condition()).contains(element.id())
                || ElementNames.in(task.chosenBy()).contains(element.id())
                || instances.decidingElements(task).contains(element.id())));
  }

  /** The outline of the plan, to be kept. */
  public PlanOutline outline() {
    return outline(entriesByKey());
  }

  /** The plan's entries alone. */
  public List<Plan.Entry> entries() {
    return List.copyOf(entriesByKey().values());
  }

  private Map<TaskKey, Plan.Entry> entriesByKey() {
    Map<TaskKey, Plan.Entry> entries = new LinkedHashMap<>();
    rulings.keySet().forEach(key -> entries.put(key, entry(key)));
    return entries;
  }

  private PlanOutline outline(Map<TaskKey, Plan.Entry> entries) {
    Map<String, PlanOutline.Line> lines = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          Ruling ruling = rulings.get(key);
          lines.put(
              key.toString(),
              new PlanOutline.Line(
                  entry.effect(),
                  entry.rule(),
                  entry.waitsFor(),
                  entry.missing().stream().map(Plan.Missing::field).toList(),
                  ruling.isToBeDone() ? inputs(ruling.task(), key) : Map.of()));
        });
    return new PlanOutline(checklist.name() + " " + checklist.version(), lines);
  }

  private Map<String, String> inputs(Task task, TaskKey key) {
    Map<String, String> digests = new TreeMap<>();
    for (String id : task.inputs()) {
      JsonNode value = instances.input(id, key);
      if (!value.isMissingNode() && !value.isNull()) {
        digests.put(id, Json.hash(value).substring(0, DIGEST_LENGTH));
      }
    }
    return digests;
  }

  private Plan.Entry entry(TaskKey key) {
    Ruling ruling = rulings.get(key);
    Task task = ruling.task();
    return new Plan.Entry(
        task.row(),
        task.id(),
        key.instance(),
        task.section(),
        task.title(),
        task.requirement(),
        ruling.effect(),
        ruling.rule(),
        ruling.isToBeDone() ? instances.lackOfTwin(key).orElse(null) : null,
        ruling.undecided(),
        ruling.isToBeDone() ? waitsFor(key) : List.of(),
        ruling.isToBeDone() ? missing(task, key) : List.of(),
        ruling.isToBeDone() ? steps(key) : List.of());
  }

  private void rule(Task task) {
    List<TaskKey> keys = instances.of(task);
    keys.forEach(key -> rulings.put(key, ruling(task, key)));
    if (keys.isEmpty()) {
      rulings.put(new TaskKey(task.id(), ""), withoutInstances(task));
    }
  }

  private Ruling withoutInstances(Task task) {
    List<String> awaited = instances.awaited(task);
    if (task.planned()) {
      return new Ruling(task, Effect.PLANNED, null, List.of());
    }
    return awaited.isEmpty()
        ? new Ruling(task, Effect.NOT_APPLICABLE, instances.none(task), List.of())
        : new Ruling(task, Effect.UNDECIDED, "one for each " + task.per(), awaited);
  }

  private Ruling ruling(Task task, TaskKey key) {
    if (task.planned()) {
      return new Ruling(task, Effect.PLANNED, null, List.of());
    }
    List<String> undecided = rules.awaited(task.condition());
    if (rules.evaluate(task.condition(), instances.at(key)) == Condition.Answer.DOES_NOT_HOLD) {
      return new Ruling(task, Effect.NOT_APPLICABLE, rules.neededIf(task.condition()), List.of());
    }
    Optional<Ruling> decided =
        Optional.ofNullable(input.decisions().get(key))
            .flatMap(decision -> decided(task, decision));
    if (decided.isPresent()) {
      return decided.get();
    }
    if (!undecided.isEmpty()) {
      return new Ruling(task, Effect.UNDECIDED, rules.neededIf(task.condition()), undecided);
    }
    List<String> unchosen = rules.awaited(task.chosenBy());
    if (!unchosen.isEmpty()) {
      return new Ruling(task, Effect.UNDECIDED, rules.neededIf(task.chosenBy()), unchosen);
    }
    if (rules.evaluate(task.chosenBy(), instances.at(key)) != Condition.Answer.HOLDS) {
      return new Ruling(task, Effect.SKIP, rules.notChosen(task.chosenBy()), List.of());
    }
    return new Ruling(task, Effect.RUN, null, List.of());
  }

  private static Optional<Ruling> decided(Task task, Decision decision) {
    if (!decision.isToDoWithout()) {
      return Optional.empty();
    }
    String because = decision.by() + ": " + decision.reason();
    if (decision.kind() == Decision.Kind.SKIP) {
      return Optional.of(new Ruling(task, Effect.SKIP, "skipped by " + because, List.of()));
    }
    return Optional.ofNullable(decision.secondBy())
        .map(
            second ->
                new Ruling(
                    task,
                    Effect.WAIVE,
                    "waived by %s and %s: %s".formatted(decision.by(), second, decision.reason()),
                    List.of()));
  }

  private boolean isThere(Element element, String instance) {
    return switch (element.kind()) {
      case VALUE ->
          (instance.isEmpty() ? input.elements() : input.elements().path(element.id()))
              .hasNonNull(instance.isEmpty() ? element.id() : instance);
      case CREDENTIAL ->
          input.validCredentials().contains(ElementRecord.name(element.id(), instance));
    };
  }

  private List<String> waitsFor(TaskKey key) {
    return instances.dependencies(key).stream()
        .filter(rulings::containsKey)
        .filter(other -> rulings.get(other).isToBeDone())
        .map(TaskKey::toString)
        .toList();
  }

  private List<Plan.Missing> missing(Task task, TaskKey key) {
    return checklist.sections().stream()
        .flatMap(
            section ->
                section.elements().stream()
                    .filter(element -> task.reads(element) && isAskedFor(element))
                    .flatMap(
                        element ->
                            instances.of(element, key).stream()
                                .filter(instance -> !isThere(element, instance))
                                .map(instance -> missing(section.id(), element, instance))))
        .toList();
  }

  private static Plan.Missing missing(String section, Element element, String instance) {
    String name = ElementRecord.name(element.id(), instance);
    return new Plan.Missing(
        element.kind() == Element.Kind.CREDENTIAL ? "credential:" + name : name,
        section,
        element.title(),
        element.kind(),
        element.party());
  }

  /** A person's own steps, and the machine's where a person can take over. */
  private List<Plan.PersonStep> steps(TaskKey key) {
    return instances.steps(key).stream()
        .filter(Step::mayBeAsked)
        .map(step -> personStep(step, instances.isByPerson(key, step) ? null : onlyIf(step)))
        .toList();
  }

  private static String onlyIf(Step step) {
    return step.onlyIf() == null ? NOT_PERMITTED : step.onlyIf();
  }

  private static Plan.PersonStep personStep(Step step, String onlyIf) {
    return new Plan.PersonStep(
        step.id(),
        step.title(),
        step.mode(),
        onlyIf,
        step.party(),
        step.timeGiven(),
        step.instructions(),
        step.check());
  }
}
