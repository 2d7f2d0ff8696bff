package dev.slipway.checklist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.TaskKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The instances that a checklist's tasks and elements have for one onboarding, and how they join.
 * It follows from the elements alone: the same elements always give the same instances.
 *
 * <pre>{@code
 * Instances instances = new Instances(checklist, elements);
 * instances.of(task);                 // products.grant-tenant-rights@uat.acme, …
 * instances.dependencies(key);        // the instances that have to be final before it
 * instances.input("tenants", key);    // the part of the element that concerns it
 * }</pre>
 *
 * <p>An element with instances of its own stands in the elements as an object, instance to value.
 */
public final class Instances {
  private final Checklist checklist;
  private final ObjectNode elements;
  private final Rules rules;
  private final Map<String, List<String>> keys = new HashMap<>();
  private final Map<String, List<TaskKey>> tasks = new HashMap<>();
  private final Map<String, Task> byId = new HashMap<>();

  // A plan, or a change of an element, asks the same of each of hundreds of instances.
  private final Map<Place, Map<String, String>> places = new HashMap<>();
  private final Map<TaskKey, List<TaskKey>> restsOn = new HashMap<>();
  private final Map<String, Expression> parts = new HashMap<>();
  private final Map<Input, JsonNode> inputs = new HashMap<>();
  private final Map<String, Map<TaskKey, List<TaskKey>>> dependents = new HashMap<>();

  /** An instance of a dimension. */
  private record Place(String dimension, String key) {}

  /** What an element has for whoever stands there. */
  private record Input(String element, Map<String, String> at) {}

  /** The instances at one moment. */
  public Instances(Checklist checklist, ObjectNode elements) {
    this.checklist = checklist;
    this.elements = elements;
    this.rules = new Rules(checklist, elements);
    checklist.tasks().forEach(task -> byId.putIfAbsent(task.id(), task));
  }

  /**
   * Only which instances there are, and how they join: the elements are not read where the
   * checklist has no dimension, so that its rules know none.
   */
  public static Instances named(Checklist checklist, Supplier<ObjectNode> elements) {
    return new Instances(
        checklist,
        checklist.dimensions().isEmpty() ? Json.MAPPER.createObjectNode() : elements.get());
  }

  /** The checklist. */
  public Checklist checklist() {
    return checklist;
  }

  /** The elements that all this follows from. */
  public ObjectNode elements() {
    return elements;
  }

  /** The rules over the same elements. */
  public Rules rules() {
    return rules;
  }

  /**
   * A task's instances, in the order of its dimension; of a task without a dimension, the one. None
   * while {@link #awaited} names an element.
   */
  public List<TaskKey> of(Task task) {
    return tasks.computeIfAbsent(task.id(), id -> instances(task));
  }

  private List<TaskKey> instances(Task task) {
    if (task.per() == null) {
      return List.of(new TaskKey(task.id(), ""));
    }
    if (!awaited(task).isEmpty()) {
      return List.of();
    }
    return keys(task.per()).stream()
        .map(key -> new TaskKey(task.id(), key))
        .filter(key -> rules.evaluate(task.where(), at(key)) == Condition.Answer.HOLDS)
        .toList();
  }

  /** The keys of a dimension; none while an element that it names is still asked for. */
  public List<String> keys(String dimension) {
    return keys.computeIfAbsent(dimension, this::evaluated);
  }

  private List<String> evaluated(String name) {
    Dimension dimension = checklist.dimension(name);
    if (!rules.awaited(dimension.keys()).isEmpty()) {
      return List.of();
    }
    Object found = new Expression(dimension.keys()).evaluate(rules.values(), Map.of());
    List<?> list =
        found instanceof List<?> several ? several : found == null ? List.of() : List.of(found);
    List<String> named = list.stream().map(Objects::toString).toList();
    dimension.check(named);
    return named;
  }

  /** The elements that are still asked for and decide which instances a task has. */
  public List<String> awaited(Task task) {
    if (task.per() == null) {
      return List.of();
    }
    Set<String> awaited =
        new LinkedHashSet<>(rules.awaited(checklist.dimension(task.per()).keys()));
    awaited.addAll(rules.awaited(task.where()));
    return List.copyOf(awaited);
  }

  /** The elements that are still asked for and decide what an element is given for. */
  public List<String> awaited(Element element) {
    return element.per() == null
        ? List.of()
        : rules.awaited(checklist.dimension(element.per()).keys());
  }

  /** Why an element is given for nothing. */
  public String none(Element element) {
    return none(element.per(), checklist.dimension(element.per()));
  }

  /** Why a task has no instance, as a plan and a report tell it. */
  public String none(Task task) {
    Dimension dimension = checklist.dimension(task.per());
    return task.where() != null && !keys(task.per()).isEmpty()
        ? rules.neededIf(task.where())
        : none(task.per(), dimension);
  }

  private static String none(String name, Dimension dimension) {
    return Objects.requireNonNullElse(dimension.none(), "there is no " + name);
  }

  /** The elements that decide which instances a task has. */
  public Set<String> decidingElements(Task task) {
    Set<String> deciding = new LinkedHashSet<>(ElementNames.in(task.where()));
    if (task.per() != null) {
      deciding.addAll(ElementNames.in(checklist.dimension(task.per()).keys()));
    }
    return deciding;
  }

  /** Whether a task's instance is part of the onboarding; gates and the like always are. */
  public boolean has(TaskKey key) {
    return task(key.task()).map(task -> of(task).contains(key)).orElse(true);
  }

  /** The position of an instance: axis to value; empty for a task without a dimension. */
  public Map<String, String> at(TaskKey key) {
    return task(key.task()).map(Task::per).map(per -> at(per, key.instance())).orElse(Map.of());
  }

  private Map<String, String> at(String dimension, String key) {
    return places.computeIfAbsent(
        new Place(dimension, key), place -> checklist.dimension(dimension).at(key));
  }

  /** The instances that have to be final before this one begins, its twin included. */
  public List<TaskKey> dependencies(TaskKey key) {
    Task task = task(key);
    boolean wholeIsPromoted = task.promote() != null && task.promote().from() == null;
    Stream<TaskKey> tried = isAcceptance(task.id()) ? tried() : Stream.empty();
    return Stream.concat(joined(key, task.dependencies(), wholeIsPromoted), tried)
        .distinct()
        .toList();
  }

  /** The instances that have to be final before this step of it begins. */
  public List<TaskKey> dependencies(TaskKey key, Step step) {
    Task task = task(key);
    boolean isPromoted = task.promote() != null && step.id().equals(task.promote().from());
    return joined(key, step.waitFor(), isPromoted).toList();
  }

  /** Its task's steps, but for those whose condition does not hold: nobody is asked for them. */
  public List<Step> steps(TaskKey key) {
    return task(key).steps().stream()
        .filter(step -> rules.evaluate(step.condition(), at(key)) != Condition.Answer.DOES_NOT_HOLD)
        .toList();
  }

  /** Whether a person is sure to take this step of it, as far as the elements tell. */
  public boolean isByPerson(TaskKey key, Step step) {
    if (step.onlyIf() != null) {
      return false;
    }
    return step.mode() != Mode.AUTOMATIC
        || (step.byPerson() != null
            && rules.evaluate(step.byPerson(), at(key)) == Condition.Answer.HOLDS);
  }

  /**
   * The time before which this step of it does not begin.
   *
   * @return empty without one, or while nobody can say
   */
  public Optional<Instant> notBefore(TaskKey key, Step step) {
    if (step.notBefore() == null) {
      return Optional.empty();
    }
    Object time = new Expression(step.notBefore()).evaluate(rules.values(), at(key));
    try {
      return Optional.ofNullable(time).map(Object::toString).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** All that this instance rests on: before it begins, and before a step that is asked for. */
  public List<TaskKey> allDependencies(TaskKey key) {
    return restsOn.computeIfAbsent(key, this::foundDependencies);
  }

  private List<TaskKey> foundDependencies(TaskKey key) {
    Set<TaskKey> all = new LinkedHashSet<>(dependencies(key));
    steps(key).forEach(step -> all.addAll(dependencies(key, step)));
    return List.copyOf(all);
  }

  private Stream<TaskKey> joined(TaskKey key, List<Dependency> dependencies, boolean promoted) {
    Map<String, String> mine = at(key);
    Stream<TaskKey> joined =
        dependencies.stream()
            .filter(dependency -> dependency.concerns(mine))
            .flatMap(
                dependency ->
                    task(dependency.task()).filter(other -> !other.planned()).map(this::of).stream()
                        .flatMap(List::stream)
                        .filter(other -> dependency.joins(mine, at(other))));
    Stream<TaskKey> before =
        promoted ? Stream.concat(twin(key).stream(), acceptance(key).stream()) : Stream.empty();
    return Stream.concat(joined, before).distinct();
  }

  private boolean isAcceptance(String task) {
    return checklist.promotion() != null && task.equals(checklist.promotion().acceptance());
  }

  /** What the acceptance of the first environment is of: all that is tried there. */
  private Stream<TaskKey> tried() {
    Promotion promotion = checklist.promotion();
    return promoted()
        .flatMap(task -> of(task).stream())
        .filter(key -> promotion.from().equals(at(key).get(promotion.axis())));
  }

  private Stream<Task> promoted() {
    return built().filter(task -> task.promote() != null);
  }

  /** The acceptance that an instance at {@code to} waits for beside its twin, if there is one. */
  public Optional<TaskKey> acceptance(TaskKey key) {
    Promotion promotion = checklist.promotion();
    return promotion != null
            && promotion.acceptance() != null
            && task(key.task()).map(Task::promote).isPresent()
            && promotion.to().equals(at(key).get(promotion.axis()))
        ? Optional.of(new TaskKey(promotion.acceptance(), ""))
        : Optional.empty();
  }

  /**
   * The elements that are still asked for and decide which instances have to be final before this
   * one.
   */
  public List<String> awaitedByDependencies(TaskKey key) {
    Task task = task(key);
    Stream<Task> named =
        Stream.concat(
                task.dependencies().stream(),
                task.steps().stream().flatMap(step -> step.waitFor().stream()))
            .flatMap(dependency -> task(dependency.task()).stream())
            .filter(other -> !other.planned());
    return Stream.concat(named, isAcceptance(task.id()) ? promoted() : Stream.empty())
        .flatMap(other -> awaited(other).stream())
        .distinct()
        .toList();
  }

  /** The instance that is tried before this one, if the checklist says so and there is one. */
  public Optional<TaskKey> twin(TaskKey key) {
    return namedTwin(key).filter(this::has);
  }

  /**
   * A note that nothing is tried before this one, though the checklist has it tried elsewhere
   * first; plan and report tell it alike.
   */
  public Optional<String> lackOfTwin(TaskKey key) {
    return task(key.task())
        .filter(task -> task.promote() != null)
        .flatMap(task -> namedTwin(key))
        .filter(twin -> !has(twin))
        .map(
            twin ->
                "is tried nowhere before: there is no %s of it"
                    .formatted(checklist.promotion().from()));
  }

  private Optional<TaskKey> namedTwin(TaskKey key) {
    Promotion promotion = checklist.promotion();
    Map<String, String> at = new LinkedHashMap<>(at(key));
    if (promotion == null || !promotion.to().equals(at.get(promotion.axis()))) {
      return Optional.empty();
    }
    at.put(promotion.axis(), promotion.from());
    return Optional.of(new TaskKey(key.task(), String.join(".", at.values())));
  }

  /**
   * The instances that wait for one.
   *
   * @param elements not asked for where the checklist has no task that may wait for it
   */
  public static List<TaskKey> dependents(
      Checklist checklist, TaskKey key, Supplier<ObjectNode> elements) {
    Instances without = new Instances(checklist, Json.MAPPER.createObjectNode());
    return without.built().anyMatch(task -> without.names(task, key.task()))
        ? named(checklist, elements).dependents(key)
        : List.of();
  }

  /** The instances that wait for this one: directly, or at one of their steps. */
  public List<TaskKey> dependents(TaskKey key) {
    return List.copyOf(
        dependents.computeIfAbsent(key.task(), this::foundDependents).getOrDefault(key, List.of()));
  }

  /** Those of each instance of a task. */
  private Map<TaskKey, List<TaskKey>> foundDependents(String id) {
    Map<TaskKey, List<TaskKey>> found = new HashMap<>();
    built()
        .filter(task -> names(task, id))
        .flatMap(task -> of(task).stream())
        .forEach(
            other ->
                allDependencies(other).stream()
                    .filter(on -> on.task().equals(id) && !on.equals(other))
                    .forEach(on -> found.computeIfAbsent(on, any -> new ArrayList<>()).add(other)));
    return found;
  }

  /**
   * These, and all that rest on one of them, directly or not; in the checklist's order. What does
   * not apply, or was not chosen, stays so whatever comes before it: it rests on nothing, and
   * nothing rests on others by it.
   */
  public List<TaskKey> withDependents(List<TaskKey> changed) {
    Set<TaskKey> all = new HashSet<>(changed);
    List<TaskKey> next = changed.stream().filter(this::mayApply).toList();
    while (!next.isEmpty()) {
      next =
          next.stream()
              .flatMap(key -> dependents(key).stream())
              .filter(this::mayApply)
              .filter(all::add)
              .toList();
    }
    return built().flatMap(task -> of(task).stream()).filter(all::contains).toList();
  }

  private boolean mayApply(TaskKey key) {
    Task task = task(key);
    return Stream.of(task.condition(), task.chosenBy())
        .noneMatch(rule -> rules.evaluate(rule, at(key)) == Condition.Answer.DOES_NOT_HOLD);
  }

  private boolean names(Task task, String id) {
    return task.dependsOn().contains(id)
        || (task.promote() != null && (task.id().equals(id) || isAcceptance(id)))
        || (isAcceptance(task.id()) && task(id).map(Task::promote).isPresent())
        || task.steps().stream()
            .flatMap(step -> step.waitFor().stream())
            .anyMatch(dependency -> dependency.task().equals(id));
  }

  private Stream<Task> built() {
    return checklist.tasks().filter(task -> !task.planned());
  }

  /** By its id, of which a plan of hundreds of tasks asks for each dependency. */
  private Optional<Task> task(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  private Task task(TaskKey key) {
    return task(key.task())
        .orElseThrow(() -> new IllegalArgumentException("task: the checklist has no such task"));
  }

  /**
   * The keys that an element or credential is given for.
   *
   * @return the empty key for one that is given once
   */
  public List<String> of(Element element) {
    return element.per() == null ? List.of("") : keys(element.per());
  }

  /** The instance of an element at the other end of the promotion, if there is one. */
  public Optional<String> twin(Element element, String instance) {
    Promotion promotion = checklist.promotion();
    Map<String, String> at = new LinkedHashMap<>(at(element, instance));
    if (promotion == null || !at.containsKey(promotion.axis())) {
      return Optional.empty();
    }
    boolean isFirst = promotion.from().equals(at.get(promotion.axis()));
    at.put(promotion.axis(), isFirst ? promotion.to() : promotion.from());
    return Optional.of(String.join(".", at.values())).filter(of(element)::contains);
  }

  /** The position of an element's or credential's instance: axis to value. */
  public Map<String, String> at(Element element, String instance) {
    return element.per() == null ? Map.of() : at(element.per(), instance);
  }

  /** The keys of an element or credential that a task's instance reads. */
  public List<String> of(Element element, TaskKey key) {
    Map<String, String> mine = at(key);
    return task(key).readsAt(element, mine) ? of(element, mine) : List.of();
  }

  /** The keys of an element or credential that whatever stands there reads. */
  public List<String> of(Element element, Map<String, String> mine) {
    Dependency join = new Dependency(element.id());
    return of(element).stream().filter(other -> join.joins(mine, at(element, other))).toList();
  }

  /** Whether a task reads exactly one instance of an element or credential. */
  public boolean isOne(Element element, TaskKey key) {
    return isOne(element, at(key));
  }

  private boolean isOne(Element element, Map<String, String> mine) {
    return element.per() == null
        || mine.keySet().containsAll(checklist.dimension(element.per()).of());
  }

  /**
   * The part of an element that a task's instance reads: its own instance, or its own part, or else
   * the whole element. A part that it does not read cannot change its outcome.
   *
   * @return missing if it was not given
   */
  public JsonNode input(String id, TaskKey key) {
    return input(id, at(key));
  }

  /** The part of an element that a reader at these positions reads. */
  public JsonNode input(String id, Map<String, String> mine) {
    Optional<Element> element = checklist.element(id);
    if (element.isPresent() && element.get().per() != null) {
      return ofInstances(element.get(), mine);
    }
    Optional<String> part = element.flatMap(each -> part(each, mine.keySet()));
    if (part.isEmpty() || !elements.hasNonNull(id)) {
      return elements.path(id);
    }
    return inputs.computeIfAbsent(new Input(id, mine), input -> part(part.get(), mine));
  }

  private JsonNode part(String expression, Map<String, String> mine) {
    Object found =
        parts.computeIfAbsent(expression, Expression::new).evaluate(rules.values(), mine);
    return found == null ? MissingNode.getInstance() : Json.tree(found);
  }

  private JsonNode ofInstances(Element element, Map<String, String> mine) {
    JsonNode given = elements.path(element.id());
    List<String> keys = of(element, mine);
    if (isOne(element, mine)) {
      return keys.isEmpty() ? MissingNode.getInstance() : given.path(keys.getFirst());
    }
    ObjectNode several = Json.MAPPER.createObjectNode();
    keys.stream().filter(given::hasNonNull).forEach(each -> several.set(each, given.get(each)));
    return several;
  }

  /** The part of the dimension with the most axes that the reader has all of. */
  private Optional<String> part(Element element, Set<String> axes) {
    return element.parts().entrySet().stream()
        .filter(part -> axes.containsAll(checklist.dimension(part.getKey()).of()))
        .max(Comparator.comparing(part -> checklist.dimension(part.getKey()).of().size()))
        .map(Map.Entry::getValue);
  }

  /** All elements as a task's instance reads them. */
  public ObjectNode inputs(TaskKey key) {
    return inputs(at(key));
  }

  /** All elements as a reader at these positions reads them. */
  public ObjectNode inputs(Map<String, String> mine) {
    ObjectNode inputs = Json.MAPPER.createObjectNode();
    List<String> given = new ArrayList<>();
    elements.fieldNames().forEachRemaining(given::add);
    for (String id : given) {
      JsonNode value = input(id, mine);
      if (!value.isMissingNode()) {
        inputs.set(id, value);
      }
    }
    return inputs;
  }
}
