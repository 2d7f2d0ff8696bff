package dev.slipway.local.lint;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A task's state has the form on which handlers and Wake rely: it waits for its token, hands over
 * names and the order of attempts and nothing else, ends its wait some day, and retries and catches
 * as every state of its kind does ({@link Form#STATES}).
 */
final class StateFormRule implements Rule {
  private static final String RULE = "state-form";
  private static final String CHILD = "arn:aws:states:::states:startExecution";

  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    for (Machine machine : project.machines()) {
      if (!machine.tree().text("QueryLanguage").equals("JSONata")) {
        findings.accept(machine.tree().finding(RULE, "the query language must be JSONata"));
      }
      for (Machine.State state : machine.states()) {
        if (state.isTask()) {
          timeout(state, findings);
          trouble(state, findings);
        }
        if (state.isCallback()) {
          function(state, findings);
          payload(state, findings);
        } else if (state.isTask() && !state.task().isEmpty()) {
          findings.accept(
              state
                  .at()
                  .at("Resource")
                  .finding(RULE, "a task's state must wait for its token (.waitForTaskToken)"));
        }
      }
    }
  }

  private static void timeout(Machine.State state, Consumer<LintFinding> findings) {
    if (!state.at().at("TimeoutSeconds").exists()) {
      findings.accept(
          state
              .at()
              .finding(
                  RULE,
                  "`%s` has no TimeoutSeconds: it would wait for good".formatted(state.name())));
    }
  }

  private static void function(Machine.State state, Consumer<LintFinding> findings) {
    TaskNames names = TaskNames.of("", state.task());
    String function =
        switch (names.task()) {
          case TaskNames.GATE -> "SectionGate";
          case TaskNames.RESUME -> "ResumeSection";
          default -> names.resource();
        };
    LocatedNode name = state.at().at("Arguments").at("FunctionName");
    if (!name.text().orElse("").equals("${" + function + "FunctionArn}")) {
      findings.accept(
          name.finding(RULE, "`%s` must call ${%sFunctionArn}".formatted(state.name(), function)));
    }
  }

  private static void payload(Machine.State state, Consumer<LintFinding> findings) {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("onboardingId", "{% $onboardingId %}");
    expected.put("run", "{% $run %}");
    expected.put("task", state.task());
    expected.put("entered", "{% $states.context.State.EnteredTime %}");
    expected.put("retry", "{% $states.context.State.RetryCount %}");
    expected.put("taskToken", "{% $states.context.Task.Token %}");
    if (state.task().endsWith("." + TaskNames.GATE)) {
      expected.put("execution", "{% $states.context.Execution.Id %}");
    }
    if (state.inMap()) {
      boolean isResume = state.task().endsWith("." + TaskNames.RESUME);
      expected.put(
          "instance",
          isResume
              ? "{%% '%s.' & $instance %%}".formatted(state.over().getLast())
              : "{% $instance %}");
    }
    Map<String, LocatedNode> found = state.payload().fields();
    expected.forEach(
        (field, value) -> {
          if (!state.payload().text(field).equals(value)) {
            findings.accept(
                state
                    .payload()
                    .at(field)
                    .finding(RULE, "the payload's `%s` must be %s".formatted(field, value)));
          }
        });
    if (!state.inMap() && found.containsKey("instance")) {
      findings.accept(
          state
              .payload()
              .at("instance")
              .finding(RULE, "the payload names the `instance` inside a Map, and only there"));
    }
    boolean resumes = state.task().endsWith("." + TaskNames.RESUME);
    for (Map.Entry<String, LocatedNode> field : found.entrySet()) {
      boolean known =
          expected.containsKey(field.getKey())
              || field.getKey().equals("instance")
              || (resumes && field.getKey().equals("failure"));
      if (!known) {
        findings.accept(
            field
                .getValue()
                .finding(
                    RULE, "the payload carries names only, not `%s`".formatted(field.getKey())));
      }
    }
  }

  /** Retry and Catch are those of the form, in its order. */
  private static void trouble(Machine.State state, Consumer<LintFinding> findings) {
    JsonNode form = form(state);
    compare(state, "Retry", "retrier", form, findings);
    // In a Map each iteration catches its own failure, for itself.
    if (!state.inMap()) {
      compare(state, "Catch", "catcher", form, findings);
    }
  }

  private static JsonNode form(Machine.State state) {
    String resource = state.at().text("Resource");
    String name =
        resource.startsWith(CHILD)
            ? "child.json"
            : !state.isCallback()
                ? "complete-run.json"
                : state.task().endsWith("." + TaskNames.RESUME) ? "resume.json" : "task.json";
    String text =
        Form.STATES
            .read(name)
            .with("Section", state.name())
            .with("comment", "\"\"")
            .with("instance", "")
            .with("exit", "\"End\": true")
            .text();
    try {
      return JsonSource.read(name, text).tree();
    } catch (UnreadableException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static void compare(
      Machine.State state,
      String field,
      String kind,
      JsonNode form,
      Consumer<LintFinding> findings) {
    JsonNode expected = form.path(field);
    JsonNode found = state.at().at(field).node();
    for (int i = 0; i < expected.size(); i++) {
      if (!expected.get(i).equals(found.path(i))) {
        findings.accept(
            state
                .at()
                .at(field)
                .finding(
                    RULE,
                    "%s %d of `%s` must be for %s alone, in the form %s"
                        .formatted(
                            kind, i + 1, state.name(), errors(expected.get(i)), expected.get(i))));
      }
    }
    for (int i = expected.size(); i < found.size(); i++) {
      findings.accept(
          state
              .at()
              .at(field)
              .finding(
                  RULE,
                  "`%s` must have no %s %d: none of its kind has"
                      .formatted(state.name(), kind, i + 1)));
    }
  }

  private static String errors(JsonNode retrier) {
    return retrier.path("ErrorEquals").valueStream().map(JsonNode::asText).collect(joining(", "));
  }
}
