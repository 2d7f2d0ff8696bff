package dev.slipway.local.lint;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Each built task has its function in the template, each state machine's file its resource, and
 * what a definition leaves open the template fills in.
 */
final class FunctionsRule implements Rule {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");

  private final HandlerClasses handlers;

  FunctionsRule(HandlerClasses handlers) {
    this.handlers = handlers;
  }

  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    project.template().ifPresent(template -> check(project, template, findings));
  }

  private void check(Project project, TemplateFile template, Consumer<LintFinding> findings) {
    Map<String, LocatedNode> functions = template.functions();
    project
        .builtTasks()
        .forEach(
            task -> {
              TaskNames names = task.names();
              LocatedNode function = functions.get(names.resource());
              if (function == null) {
                findings.accept(
                    task.at()
                        .finding(
                            "missing-resource",
                            "task `%s` has no function `%s` in template.yaml%s"
                                .formatted(names.id(), names.resource(), names.hint())));
              } else if (!TemplateFile.handler(function).equals(names.handler())) {
                findings.accept(
                    function
                        .at("Properties")
                        .at("Handler")
                        .finding("wrong-name", "must be " + names.handler()));
              }
            });
    functions.forEach(
        (id, function) -> {
          String handler = TemplateFile.handler(function);
          if (isTask(project, id)) {
            return; // Its class is looked for by the checklist's row.
          }
          if (isOfChecklist(project, handler)) {
            findings.accept(
                function.finding(
                    "orphan-resource", "no checklist has a task for `%s`".formatted(id)));
          }
          if (!handlers.has(handler)) {
            findings.accept(
                function
                    .at("Properties")
                    .at("Handler")
                    .finding(
                        "missing-handler",
                        "there is no class %s that Lambda could run".formatted(handler)));
          }
        });
    for (Machine machine : project.machines()) {
      machine(template, machine, findings);
    }
  }

  private static boolean isOfChecklist(Project project, String handler) {
    return project.checklists().stream()
        .anyMatch(file -> handler.startsWith(TaskNames.handlerPackage(file.name())));
  }

  private static boolean isTask(Project project, String resource) {
    return project.checklists().stream()
        .flatMap(file -> file.tasks().stream())
        .anyMatch(task -> task.names().resource().equals(resource));
  }

  private static void machine(
      TemplateFile template, Machine machine, Consumer<LintFinding> findings) {
    String expected = TaskNames.machine(machine.checklist(), machine.name());
    Optional<String> resource = template.stateMachineOf(machine.file());
    if (resource.isEmpty()) {
      findings.accept(
          machine
              .tree()
              .finding("missing-resource", "no state machine in template.yaml runs this file"));
      return;
    }
    LocatedNode found = template.stateMachines().get(resource.get());
    if (!resource.get().equals(expected)) {
      findings.accept(
          found.finding("wrong-name", "the state machine must be called `%s`".formatted(expected)));
    }
    substitutions(machine, found.at("Properties").at("DefinitionSubstitutions"), findings);
  }

  private static void substitutions(
      Machine machine, LocatedNode substitutions, Consumer<LintFinding> findings) {
    Set<String> used =
        machine.states().stream()
            .flatMap(state -> state.at().at("Arguments").fields().values().stream())
            .flatMap(argument -> argument.text().stream())
            .map(PLACEHOLDER::matcher)
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1))
            .collect(Collectors.toSet());
    for (Machine.State state : machine.states()) {
      for (LocatedNode argument : state.at().at("Arguments").fields().values()) {
        String name = Machine.placeholder(argument.text().orElse(""));
        if (!name.isEmpty() && !substitutions.at(name).exists()) {
          findings.accept(
              argument.finding(
                  "missing-resource",
                  "template.yaml substitutes nothing for ${%s}".formatted(name)));
        }
      }
    }
    substitutions
        .fields()
        .forEach(
            (name, value) -> {
              if (!used.contains(name)) {
                findings.accept(
                    value.finding(
                        "orphan-resource", "%s has no ${%s}".formatted(machine.file(), name)));
              } else if (name.endsWith("FunctionArn")) {
                String function = name.substring(0, name.length() - "FunctionArn".length());
                if (!value.text("Fn::GetAtt").equals(function + ".Arn")) {
                  findings.accept(
                      value.finding("wrong-name", "must be !GetAtt %s.Arn".formatted(function)));
                }
              } else if (name.endsWith("StateMachineArn")) {
                String section = name.substring(0, name.length() - "StateMachineArn".length());
                String child = TaskNames.pascal(machine.checklist()) + section;
                if (!value.text("Ref").equals(child)) {
                  findings.accept(value.finding("wrong-name", "must be !Ref %s".formatted(child)));
                }
              }
            });
  }
}
