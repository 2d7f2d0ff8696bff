package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Condition;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.InstanceLine;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Rules;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Attempt;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.IntakeRecord;
import dev.slipway.ledger.LookedAt;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.Sight;
import dev.slipway.ledger.TaskGrounds;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * One attempt at a checklist task, around its handler. Before the handler's steps it looks for a
 * decision to do without the task, at the task's condition, at its dependencies, and for an earlier
 * outcome whose inputs did not change.
 */
final class ChecklistTask implements Attempts.Body, LaterLooks.Body {
  private final FunctionContext context;
  private final Consumer<Work> perform;
  private final Consumer<Work> verify;
  private final BiConsumer<Work, String> putBack;
  private final String overForGood;

  /**
   * @param overForGood why nobody looks again at what was done; null: a machine does
   */
  ChecklistTask(
      FunctionContext context,
      Consumer<Work> perform,
      Consumer<Work> verify,
      BiConsumer<Work, String> putBack,
      String overForGood) {
    this.context = context;
    this.perform = perform;
    this.verify = verify;
    this.putBack = putBack;
    this.overForGood = overForGood;
  }

  @Override
  public Result attempt(
      TaskRequest request, Onboarding onboarding, Checklist checklist, TaskRecord record) {
    Task task =
        checklist
            .task(request.key().task())
            .orElseThrow(
                () -> new IllegalArgumentException("task: the checklist has no such task"));
    IntakeRecord intake = context.elements().intake(onboarding.id());
    Instances instances = new Instances(checklist, intake.values());
    Optional<Decision> decision =
        intake.decisions().stream().filter(made -> made.key().equals(request.key())).findFirst();
    if (decision.isPresent() && decision.get().kind() == Decision.Kind.PUT_BACK) {
      return undone(onboarding.id(), task, record, instances, intake.credentials(), decision.get());
    }
    if (!instances.has(request.key()) && instances.awaited(task).isEmpty()) {
      return noLongerPart(record);
    }
    Optional<Outcome> without = without(task, instances, record, decision);
    if (without.isPresent()) {
      return new Result(without.get(), null, false, List.of());
    }
    TaskGrounds grounds = grounds(onboarding.id(), task, request.key(), instances);
    List<String> open = open(instances.dependencies(request.key()), grounds.dependencies());
    Fingerprint before = Fingerprint.parse(settledFingerprint(record));
    if (!open.isEmpty()) {
      // The earlier finding may still hold once they are final.
      String kept = before == null ? null : before.toString();
      return new Result(
          Outcome.Waiting.onTasks(open),
          record.verifyAgain() ? record.fingerprint() : kept,
          true,
          List.of());
    }
    Basis inputs = inputs(task, request.key(), instances, intake.credentials(), grounds);
    if (record.isToBeVerifiedOnly(inputs.fingerprint().toString())) {
      return lookedAtAgain(onboarding.id(), task, record, inputs);
    }
    Optional<Outcome> done =
        before == null || record.performAgain()
            ? Optional.empty()
            : settledOutcome(onboarding.id(), record);
    if (done.isPresent() && inputs.fingerprint().equals(before)) {
      return new Result(done.get(), before.toString(), false, List.of());
    }
    if (done.isPresent() && inputs.fingerprint().isOfSameBasis(before)) {
      Optional<Result> verified = verified(onboarding.id(), task, record, inputs, done.get());
      if (verified.isPresent()) {
        return verified.get();
      }
    }
    Optional<Outcome> held =
        new RowHold(checklist, task, request.key())
            .wait(intake, record.outcome(), context.clock().instant());
    if (held.isPresent()) {
      return new Result(held.get(), null, true, List.of());
    }
    Work work = work(onboarding.id(), task, record, inputs);
    Outcome outcome = performed(work, perform, verify);
    // Of what waits in the midst of its steps, nothing holds any more that was found before.
    return work.result(outcome, outcome.waitsForTasks() ? null : inputs.fingerprint().toString());
  }

  /** After go-live: verifies what was done, and neither performs nor keeps anything. */
  @Override
  public LaterLooks.Step look(
      TaskRequest request, Onboarding onboarding, Checklist checklist, LookedAt before) {
    if (before.isDone(request.run())) {
      // The state was entered again, for its section had ended early.
      return LaterLooks.Step.over(before.sight());
    }
    return LaterLooks.Step.of(sight(request, onboarding, checklist), before, request.run(), now());
  }

  private Sight sight(TaskRequest request, Onboarding onboarding, Checklist checklist) {
    Instant began = now();
    TaskRecord record = context.tasks().of(onboarding.id(), request.key());
    if (!(record.outcome() instanceof Outcome.Done)) {
      return Sight.notLookedAt(began, unlooked(record.outcome()));
    }
    if (overForGood != null) {
      return Sight.notLookedAt(began, overForGood);
    }
    Task task = checklist.task(request.key().task()).orElseThrow();
    IntakeRecord intake = context.elements().intake(onboarding.id());
    Instances instances = new Instances(checklist, intake.values());
    TaskGrounds grounds = grounds(onboarding.id(), task, request.key(), instances);
    Basis inputs = inputs(task, request.key(), instances, intake.credentials(), grounds);
    AttemptContext surroundings =
        new LookSurroundings(AttemptContext.of(context, onboarding.id(), record), request.key());
    Work work = work(surroundings, onboarding.id(), task, inputs);
    return work.sight(performed(work, nothing -> {}, verify), began);
  }

  private static String unlooked(Outcome outcome) {
    if (outcome == null) {
      return Sight.LEFT_OPEN;
    }
    return switch (outcome) {
      case Outcome.NotApplicable none -> "It does not apply: " + none.rule();
      case Outcome.Skipped skipped -> "It was skipped.";
      case Outcome.Waived waived -> "It was waived.";
      default -> Sight.LEFT_OPEN;
    };
  }

  private Instant now() {
    return context.clock().instant();
  }

  /** The task was for a tenant, say, that the elements no longer name. */
  private static Result noLongerPart(TaskRecord record) {
    return record.outcome() != null && record.outcome().isFinal()
        ? new Result(record.outcome(), record.fingerprint(), false, List.of())
        : new Result(new Outcome.NotApplicable(InstanceLine.GONE), null, false, List.of());
  }

  private static List<String> open(List<TaskKey> keys, Map<TaskKey, TaskRecord> records) {
    return keys.stream()
        .filter(key -> !records.get(key).isSettledFinally())
        .map(TaskKey::toString)
        .toList();
  }

  /** Verifies a task that is done, because its second look was asked for; performs nothing. */
  private Result lookedAtAgain(String onboarding, Task task, TaskRecord record, Basis inputs) {
    Work work = work(onboarding, task, record, inputs);
    List<Evidence> earlier =
        settledOutcome(onboarding, record).map(Outcome::evidence).orElse(List.of());
    Reverification again = new Reverification(task, earlier, work.now());
    Outcome outcome = again.of(looked(work, record));
    return work.result(outcome, inputs.fingerprint().toString());
  }

  /** Looks without performing anything; a task that is over for good is left as it is. */
  private Outcome looked(Work work, TaskRecord record) {
    return overForGood == null ? performed(work, nothing -> {}, verify) : left(record, work.now());
  }

  /** Stays done without a look, and says so. */
  private Outcome left(TaskRecord record, Instant now) {
    return new Outcome.Done(
        List.of(
            new Evidence(
                "not looked at",
                Evidence.Place.HANDLER,
                now,
                record.key().toString(),
                overForGood,
                null,
                false)));
  }

  private Work work(String onboarding, Task task, TaskRecord record, Basis inputs) {
    return work(AttemptContext.of(context, onboarding, record), onboarding, task, inputs);
  }

  private static Work work(
      AttemptContext surroundings, String onboarding, Task task, Basis inputs) {
    return new Work(
        surroundings, onboarding, task, inputs.place(), inputs.credentials(), inputs.answers());
  }

  /**
   * Verifies a task that is done and of whose inputs at most the credentials have changed. Answers
   * empty if the proof fails, so that the task has to be performed.
   */
  private Optional<Result> verified(
      String onboarding, Task task, TaskRecord record, Basis inputs, Outcome before) {
    Work work = work(onboarding, task, record, inputs);
    if (!(looked(work, record) instanceof Outcome.Done done)) {
      return Optional.empty();
    }
    List<Evidence> evidence = new ArrayList<>(before.evidence());
    evidence.removeIf(
        earlier -> done.evidence().stream().anyMatch(later -> isSameProbe(earlier, later)));
    evidence.addAll(done.evidence());
    return Optional.of(work.result(new Outcome.Done(evidence), inputs.fingerprint().toString()));
  }

  private static boolean isSameProbe(Evidence one, Evidence other) {
    return one.probe().equals(other.probe()) && one.against().equals(other.against());
  }

  /** The fingerprint of the newest result that can be used again; null if there is none. */
  private static String settledFingerprint(TaskRecord record) {
    boolean usable =
        record.outcome() instanceof Outcome.Done
            || (record.outcome() != null && record.outcome().waitsForTasks());
    return usable ? record.fingerprint() : null;
  }

  /** The outcome DONE; a task that waits for its dependencies again has it in an attempt. */
  private Optional<Outcome> settledOutcome(String onboarding, TaskRecord record) {
    if (record.outcome() instanceof Outcome.Done done) {
      return Optional.of(done);
    }
    List<Attempt> attempts = context.tasks().attempts(onboarding, record.key());
    return attempts.reversed().stream()
        .map(Attempt::outcome)
        .filter(Outcome.Done.class::isInstance)
        .findFirst();
  }

  /** Puts the settings back, once for each decision; then the vendor decides what comes next. */
  private Result undone(
      String onboarding,
      Task task,
      TaskRecord record,
      Instances instances,
      List<CredentialRecord> credentials,
      Decision decision) {
    // What it waits for is not read: whatever came of that, the settings go back.
    TaskGrounds grounds = grounds(onboarding, task, record.key(), List.of());
    Basis inputs = inputs(task, record.key(), instances, credentials, grounds);
    Work work = work(onboarding, task, record, inputs);
    Outcome outcome =
        performed(
            work,
            undoing -> putBack.accept(undoing, Long.toString(decision.version())),
            nothing -> {});
    return work.result(
        outcome instanceof Outcome.Done ? work.putBack(decision.by(), decision.reason()) : outcome,
        null);
  }

  private Optional<Outcome> without(
      Task task, Instances instances, TaskRecord record, Optional<Decision> decision) {
    Rules rules = instances.rules();
    Map<String, String> at = instances.at(record.key());
    if (rules.evaluate(task.condition(), at) == Condition.Answer.DOES_NOT_HOLD) {
      return Optional.of(new Outcome.NotApplicable(rules.neededIf(task.condition())));
    }
    if (decision.isPresent()) {
      Decision made = decision.get();
      if (made.kind() == Decision.Kind.SKIP) {
        return Optional.of(new Outcome.Skipped(made.by(), made.reason()));
      }
      if (made.secondBy() != null) {
        return Optional.of(new Outcome.Waived(made.by(), made.secondBy(), made.reason()));
      }
    }
    Optional<Outcome> undecided =
        new Undecided(instances, task, record.key())
            .wait(record.outcome(), context.clock().instant());
    if (undecided.isPresent()) {
      return undecided;
    }
    return rules.evaluate(task.chosenBy(), at) == Condition.Answer.HOLDS
        ? Optional.empty()
        : Optional.of(new Outcome.Skipped("intake", rules.notChosen(task.chosenBy())));
  }

  /**
   * The values that an attempt rests on.
   *
   * @param credentials by the name under which the task reads them
   */
  private record Basis(
      InstanceView place,
      Map<String, CredentialRecord> credentials,
      Map<String, Answer> answers,
      Fingerprint fingerprint) {}

  private Basis inputs(
      Task task,
      TaskKey key,
      Instances instances,
      List<CredentialRecord> given,
      TaskGrounds grounds) {
    Map<TaskKey, TaskRecord> dependencies = grounds.dependencies();
    Map<String, Answer> answers = new HashMap<>();
    ObjectNode basis = JsonNodeFactory.instance.objectNode();
    ObjectNode access = JsonNodeFactory.instance.objectNode();
    for (String id : task.inputs()) {
      JsonNode value = instances.input(id, key);
      basis.set(id, value.isMissingNode() ? null : value);
    }
    Map<String, CredentialRecord> credentials = credentials(given, task, key, instances);
    credentials.forEach(
        (name, credential) ->
            access.put("credential:" + credential.name(), credential.validVersionId()));
    for (Answer answer : grounds.answers()) {
      answers.put(answer.step(), answer);
      basis.put("answer:" + answer.step(), answer.id());
    }
    // A task that is over for good stays done, however the tasks before it are done anew.
    if (overForGood == null) {
      for (TaskRecord dependency : dependencies.values()) {
        Fingerprint of = Fingerprint.parse(dependency.fingerprint());
        basis.put("task:" + dependency.key(), of == null ? null : of.basis());
        access.put("task:" + dependency.key(), of == null ? null : of.access());
      }
    }
    Map<String, List<String>> awaited = new HashMap<>();
    if (!dependencies.isEmpty()) {
      for (Step step : instances.steps(key)) {
        awaited.put(step.id(), open(instances.dependencies(key, step), dependencies));
      }
    }
    return new Basis(
        new InstanceView(
            instances.at(key), instances.inputs(key), awaited, givers(task, key, instances)),
        credentials,
        answers,
        new Fingerprint(Json.hash(basis), Json.hash(access)));
  }

  private TaskGrounds grounds(String onboarding, Task task, TaskKey key, Instances instances) {
    return grounds(onboarding, task, key, instances.allDependencies(key));
  }

  private TaskGrounds grounds(
      String onboarding, Task task, TaskKey key, List<TaskKey> dependencies) {
    return context
        .tasks()
        .grounds(onboarding, key, dependencies, task.steps().stream().map(Step::id).toList());
  }

  /** The givers of the task's inputs, and the names under which they give them. */
  private static Map<String, InstanceView.Giver> givers(
      Task task, TaskKey key, Instances instances) {
    Map<String, InstanceView.Giver> givers = new HashMap<>();
    Checklist checklist = instances.checklist();
    for (String id : task.inputs()) {
      checklist.element(id).ifPresent(e -> givers.put(id, giver(e, key, instances)));
    }
    for (String id : task.credentials()) {
      checklist
          .credential(id)
          .ifPresent(e -> givers.put("credential:" + id, giver(e, key, instances)));
    }
    return givers;
  }

  private static InstanceView.Giver giver(Element element, TaskKey key, Instances instances) {
    List<String> of = instances.of(element, key);
    return new InstanceView.Giver(
        element.party(),
        of.size() == 1 ? ElementRecord.name(element.id(), of.getFirst()) : element.id(),
        element);
  }

  /** One that is the only one for the instance goes by its system's name alone. */
  private static Map<String, CredentialRecord> credentials(
      List<CredentialRecord> given, Task task, TaskKey key, Instances instances) {
    Map<String, CredentialRecord> credentials = new HashMap<>();
    for (CredentialRecord credential : given) {
      Optional<Element> element = instances.checklist().credential(credential.system());
      boolean isRead =
          task.credentials().contains(credential.system())
              && element
                  .map(each -> instances.of(each, key).contains(credential.instance()))
                  .orElse(true);
      if (isRead) {
        boolean isOne = element.map(each -> instances.isOne(each, key)).orElse(true);
        credentials.put(isOne ? credential.system() : credential.name(), credential);
      }
    }
    return credentials;
  }

  static Outcome performed(Work work, Consumer<Work> perform, Consumer<Work> verify) {
    try {
      perform.accept(work);
      verify.accept(work);
      return new Outcome.Done(work.evidence());
    } catch (AttemptEnded open) {
      return open.outcome();
    } catch (UnmetRequirement unmet) {
      return work.unmet(unmet);
    } catch (SdkException | Slipway.Busy | Slipway.Unavailable e) {
      throw e;
    } catch (Throwable e) {
      // Its message could quote anything: only where it happened is recorded.
      StackTraceElement[] trace = e.getStackTrace();
      String where = trace.length == 0 ? "" : " at " + trace[0];
      return new Outcome.Failed(
          new Problem(
              "slipway.unexpected",
              "slipway",
              null,
              "The handler met an unexpected error: " + e.getClass().getName() + where + ".",
              "Ask the platform's engineers; retry the task once it is mended."),
          null,
          new ArrayList<>(work.evidence()));
    }
  }
}
