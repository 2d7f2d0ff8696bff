package dev.slipway.local.scaffold;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.Task;
import dev.slipway.json.Json;
import dev.slipway.local.lint.FanOutLayout;
import dev.slipway.local.lint.Form;
import dev.slipway.local.lint.TaskNames;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of a task in its section's machine, and the start of the section in onboarding's. A
 * task with instances stands in a Map, behind the state that tells what there is to fan out over.
 */
final class Machines {
  private static final String PLAN = "Plan";
  private static final Form.Folder FORMS = new Form.Folder(Machines.class);

  private final Draft draft;
  private final Checklist checklist;
  private final Dependencies dependencies;

  Machines(Draft draft, Checklist checklist) {
    this.draft = draft;
    this.checklist = checklist;
    this.dependencies = new Dependencies(checklist);
  }

  /**
   * Adds what is missing.
   *
   * @return the machine that the task's state is in: the section's id, or the name of its child
   */
  String add(Checklist.Section section, Task task) {
    addGate(section);
    if (task.per() != null) {
      return fannedOut(section, task);
    }
    add(section, task(task), task.id());
    return section.id();
  }

  /** Adds the section's machine, with nothing but its gate, and its start, if they are missing. */
  void addGate(Checklist.Section section) {
    String file = TaskNames.machineFile(checklist.name(), section.id());
    if (!draft.has(file)) {
      draft.create(
          file,
          FORMS
                  .read("section.asl.json")
                  .with("comment", comment(section))
                  .with("gate", gate(section).text())
                  .text()
              + "\n");
    }
    String onboarding = TaskNames.machineFile(checklist.name(), "onboarding");
    MachineText.Unit start = section(section.id());
    if (!draft.has(onboarding)) {
      draft.create(
          onboarding,
          FORMS.read("onboarding.asl.json").with("branch", start.branch().text()).text() + "\n");
    } else if (!new MachineText(onboarding, draft.text(onboarding)).has(start.id())) {
      put(onboarding, start, dependencies.sections(Machines::placeholder));
    }
  }

  /** Puts a unit into the section's machine unless what it is known by is there. */
  private void add(Checklist.Section section, MachineText.Unit unit, String known) {
    String file = TaskNames.machineFile(checklist.name(), section.id());
    if (!new MachineText(file, draft.text(file)).has(known)) {
      put(file, unit, dependencies.tasks(section));
    }
  }

  private void put(String file, MachineText.Unit unit, Order order) {
    draft.change(
        file,
        new MachineText(file, draft.text(file)).with(unit, order),
        "the state " + unit.entry());
  }

  /** A task with instances stands in the Map of its dimension. */
  private String fannedOut(Checklist.Section section, Task task) {
    FanOutLayout layout = FanOutLayout.of(checklist, section, task.per());
    String file = TaskNames.machineFile(checklist.name(), section.id());
    boolean isInline = new MachineText(file, draft.text(file)).within(layout.items()).isPresent();
    if (!isInline && layout.isInGroups()) {
      intoMap(TaskNames.machineFile(checklist.name(), layout.child()), section, layout, task, true);
      String placeholder = placeholder(layout.child());
      add(section, new MachineText.Unit(task.id(), group(layout)), placeholder);
      addPlan(section, file);
      return layout.child();
    }
    intoMap(file, section, layout, task, false);
    addPlan(section, file);
    return section.id();
  }

  private void intoMap(
      String file, Checklist.Section section, FanOutLayout layout, Task task, boolean isChild) {
    MachineText.Unit unit = task(task);
    Map<String, Form> map = map(section, layout, unit);
    if (isChild && !draft.has(file)) {
      draft.create(file, child(section, layout, new MachineText.Unit(task.id(), map)));
      return;
    }
    MachineText machine = new MachineText(file, draft.text(file));
    if (machine.has(task.id())) {
      return;
    }
    Order order = dependencies.tasks(section);
    draft.change(
        file,
        machine
            .within(layout.items())
            .map(inside -> inside.with(unit, order))
            .orElseGet(() -> machine.with(new MachineText.Unit(task.id(), map), order)),
        "the state " + unit.entry());
  }

  private void addPlan(Checklist.Section section, String file) {
    MachineText machine = new MachineText(file, draft.text(file));
    if (!machine.hasPlan()) {
      draft.change(
          file,
          machine.behindGate(new MachineText.Unit("", Map.of(PLAN, planForm(section)))),
          "the state " + PLAN);
    }
  }

  private static Form planForm(Checklist.Section section) {
    return Form.STATES.read("plan.json").with("section", section.id());
  }

  private static Map<String, Form> map(
      Checklist.Section section, FanOutLayout layout, MachineText.Unit unit) {
    String name = TaskNames.pascal(layout.dimension());
    return Map.of(
        "Each" + name,
        Form.STATES
            .read("map.json")
            .with("branch", unit.branch().text())
            .with(
                "resume",
                resume(section.id(), "'" + layout.dimension() + ".' & $instance")
                    .with("what", "iteration")
                    .with("exit", "\"Next\": \"" + name + "Tasks\"")
                    .text())
            .with("Dimension", name)
            .with("dimension", layout.dimension())
            .with("path", layout.path()));
  }

  private Map<String, Form> group(FanOutLayout layout) {
    String name = TaskNames.pascal(layout.dimension());
    return Map.of(
        "Each" + name,
        Form.STATES
            .read("group.json")
            .with("Dimension", name)
            .with("dimension", layout.dimension())
            .with("path", layout.path())
            .with("size", Integer.toString(layout.groupSize()))
            .with("Child", TaskNames.pascal(layout.child())));
  }

  private static String child(
      Checklist.Section section, FanOutLayout layout, MachineText.Unit map) {
    return FORMS
            .read("child.asl.json")
            .with(
                "comment",
                quoted(
                    "%s, for a group of the keys of %s: what one execution can hold."
                        .formatted(section.title(), layout.dimension())))
            .with("map", map.fields("\"Next\": \"Completed\"").text())
            .with("Dimension", TaskNames.pascal(layout.dimension()))
            .with("dimension", layout.dimension())
            .text()
        + "\n";
  }

  private static Form resume(String section, String instance) {
    return Form.STATES
        .read("resume.json")
        .with("section", section)
        .with("instance", instance.isEmpty() ? "" : "\n\"instance\": \"{% " + instance + " %}\",");
  }

  private MachineText.Unit task(Task task) {
    TaskNames names = TaskNames.of(checklist.name(), task.id());
    String comment =
        task.row() + (task.requirement() == Requirement.OPTIONAL ? ". Optional." : ".");
    return new MachineText.Unit(
        task.id(),
        Map.of(
            names.state(),
            Form.STATES
                .read("task.json")
                .with("comment", quoted(comment))
                .with("resource", names.resource())
                .with("task", task.id())
                .with(
                    "instance", task.per() == null ? "" : "\n\"instance\": \"{% $instance %}\",")));
  }

  private static Form gate(Checklist.Section section) {
    return Form.STATES
        .read("gate.json")
        .with("section", section.id())
        .with("exit", "\"Next\": \"Completed\"");
  }

  private static MachineText.Unit section(String id) {
    String name = TaskNames.pascal(id);
    Map<String, Form> states = new LinkedHashMap<>();
    states.put(name, Form.STATES.read("child.json").with("Section", name));
    states.put(
        "Resume" + name,
        resume(id, "").with("what", "section").with("exit", "\"Next\": \"" + name + "\""));
    return new MachineText.Unit(placeholder(id), states);
  }

  private static String placeholder(String section) {
    return "${" + TaskNames.pascal(section) + "StateMachineArn}";
  }

  private static String comment(Checklist.Section section) {
    return quoted(
        section.title()
            + ". A task's state waits until its outcome in the ledger is final and Wake answers"
            + " the token; after 30 days without an answer it looks again by itself, under a new"
            + " token.");
  }

  private static String quoted(String text) {
    return Json.MAPPER.getNodeFactory().textNode(text).toString();
  }
}
