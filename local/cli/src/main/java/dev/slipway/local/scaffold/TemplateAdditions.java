package dev.slipway.local.scaffold;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Task;
import dev.slipway.json.Json;
import dev.slipway.local.lint.Form;
import dev.slipway.local.lint.TaskNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A task's function, its section's machine, and the grants of Wake and of the onboarding's machine.
 */
final class TemplateAdditions {
  private static final String FILE = "template.yaml";
  private static final String ONBOARDING = "onboarding";
  private static final String INVOKE = "Action: lambda:InvokeFunction";
  private static final String START = "Action: states:StartExecution";
  private static final String ENDS = "Action: [states:DescribeExecution, states:StopExecution]";
  private static final String ANSWERS = "Action: [states:SendTaskSuccess, states:SendTaskFailure]";
  private static final Form.Folder FORMS = new Form.Folder(TemplateAdditions.class);
  private static final Pattern MACHINE = Pattern.compile("Type: AWS::Serverless::StateMachine");

  /** A task's class lies in a package of its checklist and its section. */
  private static final Pattern HANDLER =
      Pattern.compile("Handler: dev\\.slipway\\.[a-z0-9]++\\.[a-z0-9]++\\.[A-Z]\\w*+");

  /** Values that YAML reads as a text without quotes. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ,.'()/-]*+");

  private final Draft draft;
  private final Checklist checklist;

  TemplateAdditions(Draft draft, Checklist checklist) {
    this.draft = draft;
    this.checklist = checklist;
  }

  /** Adds what is missing of a section with nothing but its gate. */
  void add(Checklist.Section section) {
    onboarding(section);
    machine(section);
    wake(section);
    output(ONBOARDING, List.of(), "The state machine of runs");
    output(section.id(), machinesBefore(section), "The state machine of " + section.id());
  }

  /**
   * Adds what is missing of a task.
   *
   * @param caller the machine that the task's state is in: the section's id, or its child's name
   */
  void add(Checklist.Section section, Task task, String caller) {
    add(section);
    function(section, task);
    if (!caller.equals(section.id())) {
      child(section, caller, TaskNames.of(checklist.name(), task.id()).resource());
    }
    if (task.per() != null) {
      calls(TaskNames.machine(checklist.name(), section.id()), "FanOut", List.of("SectionGate"));
      calls(
          TaskNames.machine(checklist.name(), caller),
          "ResumeSection",
          List.of("SectionGate", "FanOut"));
    }
    calls(section, task, TaskNames.machine(checklist.name(), caller));
  }

  // --- A task's function

  private void function(Checklist.Section section, Task task) {
    TaskNames names = TaskNames.of(checklist.name(), task.id());
    TemplateText text = read();
    if (text.block("Resources", names.resource()).isPresent()) {
      return;
    }
    int at = section.tasks().indexOf(task);
    List<String> earlier = present(text, resources(section.tasks().subList(0, at)));
    List<String> later =
        present(text, resources(section.tasks().subList(at, section.tasks().size())));
    if (!earlier.isEmpty()) {
      text.addBehind(text.required("Resources", earlier.getLast()), function(task, names));
    } else if (!later.isEmpty()) {
      text.addBefore(text.required("Resources", later.getFirst()), function(task, names));
    } else {
      List<String> others =
          present(
              text,
              resources(
                  sectionsBefore(section).stream().flatMap(one -> one.tasks().stream()).toList()));
      TemplateText.Block behind =
          others.isEmpty()
              ? text.lastResource(HANDLER)
              : text.required("Resources", others.getLast());
      text.addBehind(behind, heading(section.id()) + function(task, names));
    }
    change(text, "the function " + names.resource());
  }

  private String function(Task task, TaskNames names) {
    String description = task.row() + " " + task.title();
    String function =
        FORMS
            .read("function.yaml")
            .with("resource", names.resource())
            .with(
                "description",
                PLAIN.matcher(description).matches()
                    ? description
                    : Json.MAPPER.getNodeFactory().textNode(description).toString())
            .with("handler", names.handler())
            .text();
    if (task.credentials().isEmpty()) {
      return function;
    }
    return function
        + "\n"
        + FORMS.read("secrets.yaml").text()
        + task.credentials().stream()
            .map(system -> FORMS.read("secret.yaml").with("system", secret(system)).text())
            .collect(Collectors.joining("\n", "\n", ""));
  }

  /** Of a credential with instances, those of all of them. */
  private String secret(String system) {
    return checklist
        .credential(system)
        .filter(element -> element.per() != null)
        .map(element -> system + "@*")
        .orElse(system);
  }

  /** A machine calls the task's function. */
  private void calls(Checklist.Section section, Task task, String machine) {
    int at = section.tasks().indexOf(task);
    List<String> earlier =
        Stream.concat(
                Stream.of("SectionGate", "FanOut", "ResumeSection"),
                resources(section.tasks().subList(0, at)).stream())
            .toList();
    calls(machine, TaskNames.of(checklist.name(), task.id()).resource(), earlier);
  }

  private void calls(String machine, String resource, List<String> earlier) {
    TemplateText text = read();
    text.add(
        text.required("Resources", machine, "Properties", "DefinitionSubstitutions"),
        substitution(resource),
        lines(earlier, TemplateAdditions::substitution));
    text.add(
        text.resources(machine, INVOKE, 1),
        invoked(resource),
        lines(earlier, TemplateAdditions::invoked));
    change(text, "%s calls %s".formatted(machine, resource));
  }

  private static String substitution(String function) {
    return "%sFunctionArn: !GetAtt %s.Arn".formatted(function, function);
  }

  private static String invoked(String function) {
    return "- !GetAtt %s.Arn".formatted(function);
  }

  // --- State machines

  private void onboarding(Checklist.Section section) {
    String machine = TaskNames.machine(checklist.name(), ONBOARDING);
    TemplateText text = read();
    if (text.block("Resources", machine).isEmpty()) {
      text.addBehind(
          text.lastResource(MACHINE),
          heading("runs")
              + FORMS
                  .read("onboarding-machine.yaml")
                  .with("Checklist", TaskNames.pascal(checklist.name()))
                  .with("checklist", checklist.name())
                  .with("Section", TaskNames.pascal(section.id()))
                  .with("machine", TaskNames.machine(checklist.name(), section.id()))
                  .text());
      change(text, "the state machine " + machine);
    }
    String started = TaskNames.machine(checklist.name(), section.id());
    List<String> earlier = machinesBefore(section);
    text = read();
    text.add(
        text.required("Resources", machine, "Properties", "DefinitionSubstitutions"),
        "%sStateMachineArn: !Ref %s".formatted(TaskNames.pascal(section.id()), started),
        line -> earlier.stream().anyMatch(one -> line.endsWith("StateMachineArn: !Ref " + one)));
    text.add(
        text.resources(machine, START, 1), ref(started), lines(earlier, TemplateAdditions::ref));
    text.add(
        text.resources(machine, ENDS, 1),
        executions(started),
        lines(earlier, TemplateAdditions::executions));
    change(text, "%s starts %s".formatted(machine, started));
  }

  private void machine(Checklist.Section section) {
    String machine = TaskNames.machine(checklist.name(), section.id());
    TemplateText text = read();
    if (text.block("Resources", machine).isEmpty()) {
      List<String> before =
          new ArrayList<>(List.of(TaskNames.machine(checklist.name(), ONBOARDING)));
      before.addAll(machinesBefore(section));
      text.addBehind(
          text.required("Resources", present(text, before).getLast()),
          FORMS
              .read("section-machine.yaml")
              .with("first", "SectionGate")
              .with("machine", machine)
              .with("checklist", checklist.name())
              .with("section", section.id())
              .text());
      change(text, "the state machine " + machine);
    }
  }

  /** The machine of a group of a section's instances, which the section's machine starts. */
  private void child(Checklist.Section section, String name, String function) {
    String parent = TaskNames.machine(checklist.name(), section.id());
    String child = TaskNames.machine(checklist.name(), name);
    TemplateText text = read();
    if (text.block("Resources", child).isEmpty()) {
      text.addBehind(
          text.required("Resources", parent),
          FORMS
              .read("section-machine.yaml")
              .with("first", function)
              .with("machine", child)
              .with("checklist", checklist.name())
              .with("section", name)
              .text());
      change(text, "the state machine " + child);
    }
    text = read();
    text.add(
        text.required("Resources", parent, "Properties", "DefinitionSubstitutions"),
        "%sStateMachineArn: !Ref %s".formatted(TaskNames.pascal(name), child),
        line -> true);
    if (text.hasStatement(parent, START)) {
      text.add(text.resources(parent, START, 1), ref(child), line -> true);
      text.add(text.resources(parent, ENDS, 1), executions(child), line -> true);
    } else {
      text.addBelow(
          text.resources(parent, INVOKE, 1).end() - 1,
          FORMS.read("child-rights.yaml").with("child", child).text());
    }
    text.add(text.resources("Wake", ANSWERS, 1), ref(child), ref(parent)::equals);
    change(text, "%s starts %s".formatted(parent, child));
  }

  /** Wake answers tokens of every machine, starts runs, and stops runs and sections. */
  private void wake(Checklist.Section section) {
    String onboarding = TaskNames.machine(checklist.name(), ONBOARDING);
    String machine = TaskNames.machine(checklist.name(), section.id());
    List<String> earlier = machinesBefore(section);
    TemplateText text = read();
    text.add(
        text.required("Resources", "Wake", "Properties", "Environment", "Variables"),
        TaskNames.wakeVariable(checklist.name()) + ": !Ref " + onboarding,
        line -> line.startsWith(TaskNames.WAKE_VARIABLE));
    text.add(text.resources("Wake", ANSWERS, 1), ref(onboarding), line -> true);
    text.add(
        text.resources("Wake", ANSWERS, 1),
        ref(machine),
        line -> line.equals(ref(onboarding)) || lines(earlier, TemplateAdditions::ref).test(line));
    text.add(text.resources("Wake", START, 1), ref(onboarding), line -> true);
    String stops = "Action: states:StopExecution";
    text.add(text.resources("Wake", stops, 1), executions(onboarding), line -> true);
    text.add(
        text.resources("Wake", stops, 2),
        executions(machine),
        present(text, earlier).isEmpty()
            ? line -> true
            : lines(earlier, TemplateAdditions::executions));
    dashboard(text, onboarding);
    change(text, "Wake answers and stops " + machine);
  }

  private static void dashboard(TemplateText text, String onboarding) {
    String metric = "[\"AWS/States\", \"Executions%s\", \"StateMachineArn\", \"${%s}\"],";
    int last = text.last(line -> line.startsWith("[\"AWS/States\", "));
    if (last >= 0 && text.last(metric.formatted("Started", onboarding)::equals) < 0) {
      text.addBelow(
          last,
          "            %s\n            %s"
              .formatted(
                  metric.formatted("Started", onboarding),
                  metric.formatted("Succeeded", onboarding)));
    }
  }

  private void output(String name, List<String> earlier, String description) {
    String machine = TaskNames.machine(checklist.name(), name);
    TemplateText text = read();
    if (text.block("Outputs").isEmpty() || text.block("Outputs", machine + "Arn").isPresent()) {
      return;
    }
    List<String> before = new ArrayList<>(List.of(TaskNames.machine(checklist.name(), ONBOARDING)));
    before.addAll(earlier);
    TemplateText.Block behind =
        before.stream()
            .flatMap(one -> text.block("Outputs", one + "Arn").stream())
            .reduce((one, other) -> other)
            .orElseGet(() -> text.required("Outputs"));
    text.addBelow(
        behind.end() - 1,
        FORMS
            .read("output.yaml")
            .with("machine", machine)
            .with("description", description + " in " + checklist.name())
            .text());
    change(text, "the output " + machine + "Arn");
  }

  private static String ref(String machine) {
    return "- !Ref " + machine;
  }

  private static String executions(String machine) {
    return "- !Sub arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${"
        + machine
        + ".Name}:*";
  }

  // --- What stands before

  private List<Checklist.Section> sectionsBefore(Checklist.Section section) {
    return checklist.sections().subList(0, checklist.sections().indexOf(section));
  }

  private List<String> machinesBefore(Checklist.Section section) {
    return sectionsBefore(section).stream()
        .map(one -> TaskNames.machine(checklist.name(), one.id()))
        .toList();
  }

  private List<String> resources(List<Task> tasks) {
    return tasks.stream()
        .map(task -> TaskNames.of(checklist.name(), task.id()).resource())
        .toList();
  }

  private static List<String> present(TemplateText text, List<String> resources) {
    return resources.stream().filter(one -> text.block("Resources", one).isPresent()).toList();
  }

  private static Predicate<String> lines(List<String> names, Function<String, String> line) {
    Set<String> lines = names.stream().map(line).collect(Collectors.toSet());
    return lines::contains;
  }

  private String heading(String part) {
    return "  # --- %s: %s\n\n".formatted(words(checklist.name()), part.replace('-', ' '));
  }

  /** {@code hosting-provider} becomes {@code Hosting provider}. */
  private static String words(String id) {
    return Character.toUpperCase(id.charAt(0)) + id.substring(1).replace('-', ' ');
  }

  private TemplateText read() {
    return new TemplateText(draft.text(FILE));
  }

  private void change(TemplateText text, String what) {
    draft.change(FILE, text.text(), what);
  }
}
