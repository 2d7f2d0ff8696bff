package dev.slipway.local.lint;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A state machine may invoke the functions and start the machines that it names, and Wake knows
 * every machine: it starts runs, answers their tokens, and stops runs and sections.
 */
final class RolesRule implements Rule {
  private static final String RULE = "grants";
  private static final String WAKE = "Wake";

  /** {@code execution:${HostingProviderGoLive.Name}:*}. */
  private static final Pattern EXECUTIONS =
      Pattern.compile(".*:execution:\\$\\{(\\w+)\\.Name}:\\*");

  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    project.template().ifPresent(template -> check(project, template, findings));
  }

  private static void check(
      Project project, TemplateFile template, Consumer<LintFinding> findings) {
    for (Machine machine : project.machines()) {
      template
          .stateMachineOf(machine.file())
          .ifPresent(id -> machine(machine, id, template.stateMachines().get(id), findings));
    }
    LocatedNode wake = template.functions().get(WAKE);
    if (wake != null) {
      wake(project, wake, findings);
    }
  }

  private static void machine(
      Machine machine, String id, LocatedNode resource, Consumer<LintFinding> findings) {
    Set<String> functions = called(machine, "FunctionName", "FunctionArn", "");
    Set<String> children =
        called(
            machine, "StateMachineArn", "StateMachineArn", TaskNames.pascal(machine.checklist()));
    compare(id, resource, "lambda:InvokeFunction", functions, findings);
    for (String action :
        Set.of("states:StartExecution", "states:DescribeExecution", "states:StopExecution")) {
      compare(id, resource, action, children, findings);
    }
  }

  private static Set<String> called(
      Machine machine, String argument, String suffix, String prefix) {
    return machine.states().stream()
        .map(state -> Machine.placeholder(state.at().at("Arguments").text(argument)))
        .filter(name -> name.endsWith(suffix))
        .map(name -> prefix + name.substring(0, name.length() - suffix.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void wake(Project project, LocatedNode wake, Consumer<LintFinding> findings) {
    Set<String> all = names(project.machines().stream());
    Set<String> onboardings = names(project.machines().stream().filter(Machine::isOnboarding));
    for (String action : Set.of("states:SendTaskSuccess", "states:SendTaskFailure")) {
      compare(WAKE, wake, action, all, findings);
    }
    compare(WAKE, wake, "states:StartExecution", onboardings, findings);
    // A section's own children end with it.
    Set<String> stopped =
        names(
            project.machines().stream()
                .filter(
                    machine ->
                        machine.isOnboarding()
                            || project.hasSection(machine.checklist(), machine.name())));
    compare(WAKE, wake, "states:StopExecution", stopped, findings);
    LocatedNode variables = wake.at("Properties").at("Environment").at("Variables");
    project.machines().stream()
        .filter(Machine::isOnboarding)
        .forEach(
            machine -> {
              String variable = TaskNames.wakeVariable(machine.checklist());
              String name = TaskNames.machine(machine.checklist(), machine.name());
              if (!variables.at(variable).text("Ref").equals(name)) {
                findings.accept(
                    variables.finding(
                        "missing-resource",
                        "Wake starts no run of `%s`: its variable %s must be !Ref %s"
                            .formatted(machine.checklist(), variable, name)));
              }
            });
  }

  private static Set<String> names(Stream<Machine> machines) {
    return machines
        .map(machine -> TaskNames.machine(machine.checklist(), machine.name()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void compare(
      String id,
      LocatedNode holder,
      String action,
      Set<String> needed,
      Consumer<LintFinding> findings) {
    Set<String> granted = granted(holder, action);
    for (String name : needed) {
      if (!granted.contains(name)) {
        findings.accept(
            holder.finding(
                RULE,
                "`%s` needs %s of `%s`, which its policies do not allow"
                    .formatted(id, action, name)));
      }
    }
  }

  private static Set<String> granted(LocatedNode holder, String action) {
    return GrantsRule.statements(holder).stream()
        .filter(
            statement -> GrantsRule.texts(statement.at("Action").items().stream()).contains(action))
        .map(statement -> statement.at("Resource"))
        .flatMap(
            resource -> resource.node().isArray() ? resource.items().stream() : Stream.of(resource))
        .map(RolesRule::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The logical id in whatever form a resource has; else the text as it stands. */
  private static String name(LocatedNode resource) {
    String sub = resource.text("Fn::Sub");
    Matcher executions = EXECUTIONS.matcher(sub);
    return executions.matches()
        ? executions.group(1)
        : Stream.of(
                resource.text("Ref"), resource.text("Fn::GetAtt").replaceFirst("\\.Arn$", ""), sub)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElseGet(() -> resource.text().orElse(""));
  }
}
