package dev.slipway.local.scaffold;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.Task;
import dev.slipway.json.Json;
import dev.slipway.local.lint.Form;
import dev.slipway.local.lint.TaskNames;
import java.util.LinkedHashMap;
import java.util.Map;

/** The state of a task in its section's machine, and the start of the section in onboarding's. */
final class Machines {
  private static final Form.Folder FORMS = new Form.Folder(Machines.class);

  private final Draft draft;
  private final Checklist checklist;
  private final Dependencies dependencies;

  Machines(Draft draft, Checklist checklist) {
    this.draft = draft;
    this.checklist = checklist;
    this.dependencies = new Dependencies(checklist);
  }

  void add(Checklist.Section section, Task task) {
    add(
        TaskNames.machineFile(checklist.name(), section.id()),
        task(task),
        dependencies.tasks(section),
        FORMS
            .read("section.asl.json")
            .with("comment", comment(section))
            .with("gate", gate(section).text()));
    add(
        TaskNames.machineFile(checklist.name(), "onboarding"),
        section(section.id()),
        dependencies.sections(Machines::placeholder),
        FORMS.read("onboarding.asl.json"));
  }

  /** Puts a unit into a machine, or into a new one. */
  private void add(String file, MachineText.Unit unit, Order order, Form whole) {
    if (!draft.has(file)) {
      draft.create(file, whole.with("branch", unit.branch().text()).text() + "\n");
      return;
    }
    MachineText machine = new MachineText(file, draft.text(file));
    if (!machine.has(unit.id())) {
      draft.change(file, machine.with(unit, order), "the state " + unit.entry());
    }
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
                .with("task", task.id())));
  }

  private static Form gate(Checklist.Section section) {
    return Form.STATES
        .read("gate.json")
        .with("section", section.id())
        .with("exit", "\"Next\": \"Tasks\"");
  }

  private static MachineText.Unit section(String id) {
    String name = TaskNames.pascal(id);
    Map<String, Form> states = new LinkedHashMap<>();
    states.put(name, Form.STATES.read("child.json").with("Section", name));
    states.put(
        "Resume" + name,
        Form.STATES
            .read("resume.json")
            .with("section", id)
            .with("exit", "\"Next\": \"" + name + "\""));
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
