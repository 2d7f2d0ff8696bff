package dev.slipway.local.lint;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Dimension;
import dev.slipway.checklist.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tasks with instances stand in a Map over their dimension, which holds no more than Step Functions
 * takes, and whose iterations catch their own failures; and what the checklist says of dimensions
 * is there.
 */
final class FanOutRule implements Rule {
  private static final String RULE = "fan-out";

  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    for (ChecklistFile file : project.checklists()) {
      promotion(file, findings);
      file.whole()
          .checklist()
          .ifPresent(
              checklist -> {
                for (ChecklistFile.Task task : file.tasks()) {
                  checklist.task(task.id()).ifPresent(of -> names(checklist, task, of, findings));
                }
                for (ChecklistFile.Section section : file.builtSections()) {
                  where(file, section, findings);
                  for (Machine machine : project.machines(file.name(), section.id())) {
                    machine(checklist, section.id(), machine, findings);
                  }
                }
              });
      file.builtTasks().forEach(task -> maps(project, task, findings));
    }
  }

  // --- The checklist

  private static void promotion(ChecklistFile file, Consumer<LintFinding> findings) {
    LocatedNode axis = file.tree().at("promotion").at("axis");
    if (file.tree().at("promotion").exists()
        && file.whole().checklist().isPresent()
        && !axes(file.whole().checklist().get()).contains(axis.text().orElse(""))) {
      findings.accept(axis.finding("unknown-reference", "no dimension has this axis"));
    }
    LocatedNode acceptance = file.tree().at("promotion").at("acceptance");
    if (acceptance.exists()
        && file.whole().checklist().isPresent()
        && file.whole()
            .checklist()
            .get()
            .task(acceptance.text().orElse(""))
            .filter(task -> task.per() == null && task.promote() == null)
            .isEmpty()) {
      findings.accept(
          acceptance.finding(
              "unknown-reference", "is no task without instances, such as `base.accept`"));
    }
  }

  private static Set<String> axes(Checklist checklist) {
    return checklist.dimensions().values().stream()
        .flatMap(dimension -> dimension.of().stream())
        .collect(Collectors.toSet());
  }

  private static void names(
      Checklist checklist, ChecklistFile.Task task, Task of, Consumer<LintFinding> findings) {
    List<String> axes = axes(checklist, of.per());
    LocatedNode promote = task.at().at("promote");
    if (of.promote() != null
        && (checklist.promotion() == null || !axes.contains(checklist.promotion().axis()))) {
      findings.accept(
          promote.finding(
              "unknown-reference",
              "`%s` has no twins: the checklist's `promotion` must name an axis of its `per`"
                  .formatted(task.id())));
    }
    if (of.promote() != null
        && of.promote().from() != null
        && of.steps().stream().noneMatch(step -> step.id().equals(of.promote().from()))) {
      findings.accept(
          promote
              .at("from")
              .finding(
                  "unknown-reference",
                  "`%s` has no step `%s`".formatted(task.id(), of.promote().from())));
    }
    if (of.where() != null && of.per() == null) {
      findings.accept(
          task.at().at("where").finding("unknown-reference", "without `per` it narrows nothing"));
    }
    LocatedNode dependencies = task.at().at("dependsOn");
    SampleInstances.dependencies(of)
        .forEach(
            on -> {
              told(checklist, task, dependencies, "when", on.when(), task.id(), findings);
              told(checklist, task, dependencies, "only", on.only(), on.task(), findings);
            });
    LocatedNode credentials = task.at().at("credentials");
    of.credentialUses()
        .forEach(
            use -> told(checklist, task, credentials, "when", use.when(), task.id(), findings));
  }

  /**
   * Each axis must be one of the instances of {@code whose}, and each value one that the keys have
   * there, where the checklist itself tells them.
   */
  private static void told(
      Checklist checklist,
      ChecklistFile.Task task,
      LocatedNode place,
      String field,
      Map<String, List<String>> told,
      String whose,
      Consumer<LintFinding> findings) {
    Optional<Task> of = checklist.task(whose);
    if (of.isEmpty()) {
      return;
    }
    String dimension = of.get().per();
    List<String> axes = axes(checklist, dimension);
    told.keySet().stream()
        .filter(axis -> !axes.contains(axis))
        .forEach(
            axis ->
                findings.accept(
                    place.finding(
                        "unknown-reference",
                        "`%s` names the axis `%s`, which the instances of `%s` do not have"
                            .formatted(field, axis, whose))));
    told.forEach(
        (axis, values) -> {
          Set<String> known =
              axes.contains(axis) ? SampleInstances.known(checklist, dimension, axis) : Set.of();
          values.stream()
              .filter(value -> !known.isEmpty() && !known.contains(value))
              .forEach(
                  value ->
                      findings.accept(
                          place.finding(
                              "unknown-reference",
                              "%s: `%s` names the %s `%s`, and no key of `%s` has it%s"
                                  .formatted(
                                      task.at().text("row"),
                                      field,
                                      axis,
                                      value,
                                      whose,
                                      oneOf(known, value)))));
        });
  }

  private static String oneOf(Set<String> known, String value) {
    return new Nearest(known)
        .to(value)
        .map(nearest -> "; did you mean `%s`?".formatted(nearest))
        .orElseGet(() -> "; there are " + String.join(", ", known));
  }

  private static List<String> axes(Checklist checklist, String dimension) {
    return Optional.ofNullable(dimension)
        .map(checklist.dimensions()::get)
        .map(Dimension::of)
        .orElse(List.of());
  }

  /** A section fans out once for each dimension. */
  private static void where(
      ChecklistFile file, ChecklistFile.Section section, Consumer<LintFinding> findings) {
    Map<String, ChecklistFile.Task> first = new HashMap<>();
    for (ChecklistFile.Task task : file.tasks(section)) {
      if (task.at().at("per").exists()) {
        ChecklistFile.Task other = first.putIfAbsent(task.at().text("per"), task);
        if (other != null && !other.at().text("where").equals(task.at().text("where"))) {
          findings.accept(
              task.at()
                  .at("where")
                  .finding(
                      RULE,
                      "`%s` is `per: %s` as well: give both the same `where`, or one of them a dimension of its own"
                          .formatted(other.id(), task.at().text("per"))));
        }
      }
    }
  }

  // --- State machines

  private static void maps(
      Project project, ChecklistFile.Task task, Consumer<LintFinding> findings) {
    List<String> per = task.at().at("per").text().map(List::of).orElse(List.of());
    project
        .state(task.names())
        .filter(state -> !state.over().equals(per))
        .ifPresent(
            state ->
                findings.accept(
                    state
                        .at()
                        .finding(
                            RULE,
                            per.isEmpty()
                                ? "`%s` has no `per`: its state must stand in no Map"
                                    .formatted(task.id())
                                : "`%s` is `per: %s`: its state must stand in a Map over $instances.%s, and in no other"
                                    .formatted(task.id(), per.getFirst(), per.getFirst()))));
  }

  private static void machine(
      Checklist checklist, String section, Machine machine, Consumer<LintFinding> findings) {
    List<Machine.State> maps = machine.states().stream().filter(Machine.State::isMap).toList();
    if (!maps.isEmpty()
        && machine.name().equals(section)
        && machine.states().stream().noneMatch(state -> isPlan(state, section))) {
      findings.accept(
          maps.getFirst()
              .at()
              .finding(
                  RULE, "no state calls ${FanOutFunctionArn} for section `%s`".formatted(section)));
    }
    for (Machine.State map : maps) {
      if (checklist.dimensions().containsKey(map.dimension())) {
        size(checklist, section, map, findings);
        failures(section, map, machine, findings);
      } else {
        findings.accept(
            map.at()
                .at("Items")
                .finding(
                    RULE,
                    "must be {% $instances.<dimension> %}, or groups of them, {% [$partition($instances.<dimension>, 20)] %}"));
      }
    }
  }

  private static boolean isPlan(Machine.State state, String section) {
    return state.at().at("Arguments").text("FunctionName").equals("${FanOutFunctionArn}")
        && state.payload().text("section").equals(section);
  }

  private static void size(
      Checklist checklist, String section, Machine.State map, Consumer<LintFinding> findings) {
    FanOutLayout layout =
        FanOutLayout.of(checklist, checklist.section(section).orElseThrow(), map.dimension());
    boolean ofGroups = map.at().text("Items").contains("$partition");
    boolean isChild = map.at().source().file().endsWith("/" + layout.child() + ".asl.json");
    int most = ofGroups ? (layout.most() + map.groupSize() - 1) / map.groupSize() : layout.most();
    if (ofGroups ? map.groupSize() > layout.groupSize() : !isChild && layout.isInGroups()) {
      findings.accept(
          map.at()
              .at("Items")
              .finding(
                  RULE,
                  "`%s` may have %d keys, each with %d tasks: give groups of %d at most to a child machine, %s"
                      .formatted(
                          layout.dimension(),
                          layout.most(),
                          layout.tasks(),
                          layout.groupSize(),
                          layout.child())));
    } else if (!isChild && most > FanOutLayout.AT_ONCE) {
      findings.accept(
          map.at()
              .at("Items")
              .finding(
                  RULE,
                  "%d items: a Map has %d at once, and the others would wait for people of the first"
                      .formatted(most, FanOutLayout.AT_ONCE)));
    }
  }

  /** A failure in an iteration leads to a state that waits until the iteration is resumed. */
  private static void failures(
      String section, Machine.State map, Machine machine, Consumer<LintFinding> findings) {
    String resume = section + "." + TaskNames.RESUME;
    Map<String, LocatedNode> states = map.at().at("ItemProcessor").at("States").fields();
    machine.states().stream()
        .filter(state -> Objects.equals(states.get(state.name()), state.at()))
        .filter(state -> Set.of("Task", "Parallel").contains(state.at().text("Type")))
        .filter(state -> !state.task().equals(resume))
        .filter(state -> !state.at().text("Resource").contains(":startExecution"))
        .filter(
            state ->
                state.at().at("Catch").items().stream()
                    .noneMatch(
                        catcher ->
                            catcher.at("ErrorEquals").items().stream()
                                    .anyMatch(one -> one.text().orElse("").equals("States.ALL"))
                                && states
                                    .getOrDefault(catcher.text("Next"), catcher)
                                    .at("Arguments")
                                    .at("Payload")
                                    .text("task")
                                    .equals(resume)))
        .forEach(
            state ->
                findings.accept(
                    state
                        .at()
                        .finding(
                            RULE,
                            "`%s` must catch States.ALL and lead to a state of `%s`: an iteration's failure is its own"
                                .formatted(state.name(), resume))));
  }
}
