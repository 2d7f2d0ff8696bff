package dev.slipway.local.lint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A task's state has the form on which handlers and Wake rely: it waits for its token, hands over
 * names and the order of attempts and nothing else, ends its wait some day, and retries a recheck
 * before anything else.
 */
final class StateFormRule implements Rule {
  private static final String RULE = "state-form";
  private static final long ENDLESSLY = 99_999_999;

  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    for (Machine machine : project.machines()) {
      if (!machine.tree().text("QueryLanguage").equals("JSONata")) {
        findings.accept(machine.tree().finding(RULE, "the query language must be JSONata"));
      }
      for (Machine.State state : machine.states()) {
        if (state.isTask()) {
          timeout(state, findings);
        }
        if (state.isCallback()) {
          function(state, findings);
          payload(state, findings);
          retry(state, findings);
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
    Located name = state.at().at("Arguments").at("FunctionName");
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
    Map<String, Located> found = state.payload().fields();
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
    if (state.inMap() != found.containsKey("instance")) {
      findings.accept(
          state
              .payload()
              .at("instance")
              .finding(RULE, "the payload names the `instance` inside a Map, and only there"));
    }
    boolean resumes = state.task().endsWith("." + TaskNames.RESUME);
    for (Map.Entry<String, Located> field : found.entrySet()) {
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

  private static void retry(Machine.State state, Consumer<LintFinding> findings) {
    List<Located> retriers = state.at().at("Retry").items();
    for (int i = 0; i < 2; i++) {
      String error = List.of("Slipway.Recheck", "Slipway.Busy").get(i);
      boolean inPlace =
          retriers.size() > i
              && retriers.get(i).at("ErrorEquals").items().stream()
                  .map(at -> at.text().orElse(""))
                  .toList()
                  .equals(List.of(error))
              && retriers.get(i).at("MaxAttempts").node().asLong() == ENDLESSLY;
      if (!inPlace) {
        findings.accept(
            state
                .at()
                .at("Retry")
                .finding(
                    RULE,
                    "retrier %d of `%s` must be for %s alone, with MaxAttempts %d"
                        .formatted(i + 1, state.name(), error, ENDLESSLY)));
      }
    }
  }
}
