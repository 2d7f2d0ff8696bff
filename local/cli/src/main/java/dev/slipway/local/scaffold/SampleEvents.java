package dev.slipway.local.scaffold;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Promotion;
import dev.slipway.checklist.Task;
import dev.slipway.local.lint.Form;
import dev.slipway.local.lint.TaskNames;
import java.util.List;
import java.util.stream.Collectors;

/** The sample events of a task's function, and of its section's gate and resume. */
final class SampleEvents {
  private static final Form.Folder FORMS = new Form.Folder(SampleEvents.class);
  private static final String PARAMETERS = "events/sam-local.json";

  private final Draft draft;
  private final Checklist checklist;

  SampleEvents(Draft draft, Checklist checklist) {
    this.draft = draft;
    this.checklist = checklist;
  }

  void add(Checklist.Section section, Task task) {
    event("event-task.json", section, TaskNames.of(checklist.name(), task.id()).task(), task.per());
    add(section);
  }

  void add(Checklist.Section section) {
    event("event-gate.json", section, TaskNames.GATE, null);
    event("event-resume.json", section, TaskNames.RESUME, null);
    draft.create(
        "events/executions/" + checklist.name() + ".json",
        FORMS.read("event-execution.json").with("onboarding", onboarding()).text() + "\n");
    parameter();
  }

  private void event(String form, Checklist.Section section, String task, String per) {
    TaskNames names = new TaskNames(checklist.name(), section.id(), task);
    draft.create(
        names.event(),
        FORMS
                .read(form)
                .with("onboarding", onboarding())
                .with("task", names.id())
                .with("instance", per == null ? "" : "\n\"instance\": \"" + instance(per) + "\",")
                .with("machine", TaskNames.machine(checklist.name(), section.id()))
                .text()
            + "\n");
  }

  /** Such as {@code uat.example}: of the axis that promotion is along, the first value. */
  private String instance(String per) {
    Promotion promotion = checklist.promotion();
    return checklist.dimension(per).of().stream()
        .map(
            axis ->
                promotion != null && axis.equals(promotion.axis()) ? promotion.from() : "example")
        .collect(Collectors.joining("."));
  }

  /** For {@code sam local}: where Wake finds the machine. */
  private void parameter() {
    if (!draft.has(PARAMETERS)) {
      return;
    }
    String text = draft.text(PARAMETERS);
    JsonPlace parameters = JsonPlace.of(PARAMETERS, text).at("Parameters");
    String name = TaskNames.wakeVariable(checklist.name());
    if (parameters.fields().containsKey(name) || parameters.fields().isEmpty()) {
      return;
    }
    List<String> names = List.copyOf(parameters.fields().keySet());
    String last =
        names.stream()
            .filter(one -> one.startsWith(TaskNames.WAKE_VARIABLE))
            .reduce((one, other) -> other)
            .orElse(names.getLast());
    int end = parameters.at(last).end();
    String line =
        ",\n    \"%s\": \"arn:aws:states:us-east-1:000000000000:stateMachine:slipway-%s\""
            .formatted(name, TaskNames.machine(checklist.name(), "onboarding"));
    draft.change(
        PARAMETERS, text.substring(0, end) + line + text.substring(end), "the parameter " + name);
  }

  private String onboarding() {
    return "example-%s-7h3k9m2p".formatted(checklist.name().split("-", 2)[0]);
  }
}
