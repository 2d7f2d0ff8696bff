package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Condition;
import dev.slipway.checklist.Task;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Attempt;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What every checklist task does before and after its own steps: a decision to do without it, its
 * condition, its dependencies, and an earlier outcome whose inputs did not change.
 */
final class ChecklistTask implements Attempts.Body {
  private final FunctionContext context;
  private final Consumer<Work> perform;
  private final Consumer<Work> verify;

  ChecklistTask(FunctionContext context, Consumer<Work> perform, Consumer<Work> verify) {
    this.context = context;
    this.perform = perform;
    this.verify = verify;
  }

  @Override
  public Result attempt(
      TaskRequest request, Onboarding onboarding, Checklist checklist, TaskRecord record) {
    Task task =
        checklist
            .task(request.key().task())
            .orElseThrow(
                () -> new IllegalArgumentException("task: the checklist has no such task"));
    Ledger ledger = context.ledger();
    ObjectNode elements = JsonNodeFactory.instance.objectNode();
    ledger.elements(onboarding.id()).forEach(e -> elements.set(e.id(), e.value()));

    Optional<Outcome> without = without(task, elements, onboarding.id(), request.key());
    if (without.isPresent()) {
      return new Result(without.get(), null, false, List.of());
    }
    List<TaskRecord> dependencies =
        task.dependsOn().stream()
            .flatMap(id -> dependency(checklist, id))
            .map(id -> ledger.task(onboarding.id(), new TaskKey(id, "")))
            .toList();
    List<String> open =
        dependencies.stream()
            .filter(dependency -> !dependency.isSettledFinally())
            .map(dependency -> dependency.key().toString())
            .toList();
    if (!open.isEmpty()) {
      // What is only to be looked at again stays known by the inputs that it was done with.
      String inputs = record.verifyAgain() ? record.fingerprint() : null;
      return new Result(Outcome.Waiting.onTasks(open), inputs, true, List.of());
    }
    Inputs inputs = inputs(onboarding.id(), task, request.key(), elements, dependencies);
    boolean verifyOnly = record.isToBeVerifiedOnly(inputs.fingerprint());
    if (record.outcome() != null
        && record.outcome().isFinal()
        && !record.performAgain()
        && !verifyOnly
        && inputs.fingerprint().equals(record.fingerprint())) {
      return new Result(record.outcome(), record.fingerprint(), false, List.of());
    }
    Work work =
        new Work(
            Surroundings.of(context),
            onboarding.id(),
            task,
            request.key(),
            elements,
            inputs.credentials(),
            inputs.answers());
    Outcome outcome =
        verifyOnly
            ? new Reverification(task, earlier(onboarding.id(), record), work.now())
                .of(performed(work, nothing -> {}, verify))
            : performed(work, perform, verify);
    return new Result(outcome, inputs.fingerprint(), true, work.judged());
  }

  /** What proved the task when it was last done. */
  private List<Evidence> earlier(String onboarding, TaskRecord record) {
    if (record.outcome() instanceof Outcome.Done done) {
      return done.evidence();
    }
    return context.ledger().attempts(onboarding, record.key()).reversed().stream()
        .map(Attempt::outcome)
        .filter(Outcome.Done.class::isInstance)
        .findFirst()
        .map(Outcome::evidence)
        .orElse(List.of());
  }

  /** A dependency that is only planned yet is nothing to wait for. */
  private static java.util.stream.Stream<String> dependency(Checklist checklist, String id) {
    return checklist.task(id).filter(task -> !task.planned()).map(Task::id).stream();
  }

  private Optional<Outcome> without(Task task, JsonNode elements, String onboarding, TaskKey key) {
    if (task.condition() != null) {
      Condition condition = new Condition(task.condition());
      if (condition.evaluate(elements) == Condition.Answer.DOES_NOT_HOLD) {
        return Optional.of(new Outcome.NotApplicable(condition.toString()));
      }
    }
    Optional<Decision> decision = context.ledger().decision(onboarding, key);
    if (decision.isPresent()) {
      Decision made = decision.get();
      if (made.kind() == Decision.Kind.SKIP) {
        return Optional.of(new Outcome.Skipped(made.by(), made.reason()));
      }
      if (made.secondBy() != null) {
        return Optional.of(new Outcome.Waived(made.by(), made.secondBy(), made.reason()));
      }
    }
    if (task.chosenBy() != null
        && new Condition(task.chosenBy()).evaluate(elements) != Condition.Answer.HOLDS) {
      return Optional.of(new Outcome.Skipped("intake", "not chosen at intake: " + task.chosenBy()));
    }
    return Optional.empty();
  }

  private record Inputs(
      Map<String, CredentialRecord> credentials, Map<String, Answer> answers, String fingerprint) {}

  private Inputs inputs(
      String onboarding, Task task, TaskKey key, JsonNode elements, List<TaskRecord> dependencies) {
    Map<String, CredentialRecord> credentials = new HashMap<>();
    Map<String, Answer> answers = new HashMap<>();
    ObjectNode basis = JsonNodeFactory.instance.objectNode();
    for (String id : task.inputs()) {
      basis.set(id, elements.get(id));
    }
    for (CredentialRecord credential : context.ledger().credentials(onboarding)) {
      if (task.credentials().contains(credential.system())) {
        credentials.put(credential.system(), credential);
        basis.put("credential:" + credential.system(), credential.validVersionId());
      }
    }
    for (Answer answer : context.ledger().answers(onboarding)) {
      if (answer.key().equals(key)) {
        answers.put(answer.step(), answer);
        basis.put("answer:" + answer.step(), answer.id());
      }
    }
    for (TaskRecord dependency : dependencies) {
      basis.put("task:" + dependency.key(), dependency.fingerprint());
    }
    return new Inputs(credentials, answers, Json.hash(basis));
  }

  static Outcome performed(Work work, Consumer<Work> perform, Consumer<Work> verify) {
    try {
      perform.accept(work);
      verify.accept(work);
      return new Outcome.Done(work.evidence());
    } catch (OpenStep open) {
      return open.outcome();
    } catch (SdkException | Slipway.Busy | Slipway.Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      // Its message could quote anything: only where it happened is recorded.
      StackTraceElement[] trace = e.getStackTrace();
      String where = trace.length == 0 ? "" : " at " + trace[0];
      return new Outcome.Failed(
          new Problem(
              "slipway.unexpected",
              "slipway",
              null,
              "The handler met something unexpected: " + e.getClass().getName() + where + ".",
              "Ask the platform's engineers; retry the task once it is mended."),
          null,
          new ArrayList<>(work.evidence()));
    }
  }
}
