package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.checklist.Step;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.AddedRow;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.PersonNote;
import dev.slipway.ledger.PersonNotes;
import dev.slipway.ledger.Requests;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code POST /onboardings/{onboarding}/tasks/{task}/complete}: a person says "I did this step". It
 * is kept, also before the task is reached, and verified by a machine where one can. Of two people
 * who say so, the first one wins; after a rejection the step can be answered again. Of a task with
 * instances, one statement can be for many of them: each is kept, and told in the audit trail, by
 * itself.
 */
public final class CompleteTask extends ApiFunction {
  private static final int LONGEST_STATEMENT = 2000;
  private static final int MOST_INSTANCES = 100;

  /** For Lambda. */
  public CompleteTask() {
    this(FunctionContext.lambda());
  }

  public CompleteTask(FunctionContext context) {
    super(context, TaskAction.COMPLETE.roles());
  }

  /** The answer as it was kept. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Kept(String task, String step, String by, Instant at, Answer.Verdict verdict) {
    static Kept of(Answer answer) {
      return new Kept(
          answer.key().toString(), answer.step(), answer.by(), answer.at(), answer.verdict());
    }
  }

  /** One statement for several instances, as it was kept for each. */
  record KeptTogether(List<Kept> answers) {}

  /** Why a statement for several was not kept for one. */
  record NotKept(String task, String code, String detail) {}

  private record Said(String step, String statement, Optional<JsonNode> values) {}

  private final SchemaCheck schemas = new SchemaCheck();

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.openOnboarding();
    String path = call.event().path("task");
    Optional<TaskTarget> gate = TaskTarget.gate(call, onboarding, path);
    if (gate.isEmpty()) {
      TaskTarget.named(call.checklist(onboarding), path);
    }
    Fields fields = call.fields();
    Said said =
        new Said(
            fields.text("step", 100),
            fields.text("statement", LONGEST_STATEMENT),
            fields.object("values"));
    List<String> instances = fields.optionalTexts("instances", MOST_INSTANCES, 200);
    fields.complete();
    if (gate.isPresent()) {
      return ApiAnswer.of(200, keep(call, onboarding, gate.get(), said));
    }
    return instances.isEmpty()
        ? ApiAnswer.of(200, keep(call, onboarding, TaskTarget.of(call, onboarding, path), said))
        : together(call, onboarding, TaskTarget.several(call, onboarding, instances), said);
  }

  /** A repeated call keeps the answers that were not kept; the kept ones stay the same. */
  private ApiAnswer together(
      ApiCall call, Onboarding onboarding, List<TaskTarget> targets, Said said) {
    List<Kept> kept = new ArrayList<>();
    List<NotKept> notKept = new ArrayList<>();
    Refusal first = null;
    for (TaskTarget target : targets) {
      try {
        kept.add(keep(call, onboarding, target, said));
      } catch (Refusal refusal) {
        first = first == null ? refusal : first;
        notKept.add(new NotKept(target.key().toString(), refusal.code(), refusal.getMessage()));
      }
    }
    if (first == null) {
      return ApiAnswer.of(200, new KeptTogether(kept));
    }
    Refusal told =
        kept.isEmpty()
            ? first
            : Refusal.of(
                    409,
                    "step.not-answered-for-all",
                    "The answer was kept for %d of %d instances; of the first other one: %s"
                        .formatted(kept.size(), targets.size(), first.getMessage()))
                .at("instances");
    throw told.with("answers", kept).with("notKept", notKept);
  }

  private Kept keep(ApiCall call, Onboarding onboarding, TaskTarget target, Said said) {
    Kept kept = keepAnswer(call, onboarding, target, said);
    unblock(call, onboarding.id(), target.key(), said.step());
    return kept;
  }

  /** Whoever answers is blocked no longer. */
  private static void unblock(ApiCall call, String onboarding, TaskKey key, String step) {
    PersonNotes notes = call.context().personNotes();
    notes
        .blocked(onboarding, key, step, call.caller().identity())
        .flatMap(blocked -> notes.find(onboarding, blocked.note()))
        .filter(PersonNote::isOpen)
        .ifPresent(note -> notes.settle(onboarding, note, "Answered.", call.actor()));
  }

  private Kept keepAnswer(ApiCall call, Onboarding onboarding, TaskTarget target, Said said) {
    TaskRecord record = call.context().tasks().of(onboarding.id(), target.key());
    TaskRules rules = target.rules(call, record);
    Step step = rules.step(said.step());
    rules.requireParty(step);
    Optional<Answer> earlier =
        call.context().answers().find(onboarding.id(), target.key(), step.id());
    if (earlier.isPresent() && earlier.get().verdict() != Answer.Verdict.REJECTED) {
      return again(call.caller(), earlier.get(), said);
    }
    if (!rules.isGate()) {
      TaskTarget.requireOpen(record);
    }
    Answer answer =
        new Answer(
            target.key(),
            step.id(),
            earlier.map(Answer::version).orElse(0L),
            UUID.randomUUID().toString(),
            call.actor().name(),
            call.actor().role(),
            call.now(),
            said.statement(),
            said.values().orElse(null),
            Answer.Verdict.GIVEN,
            null);
    if (AddedRow.is(target.key())) {
      return Kept.of(new RowStatement(call, onboarding, target, record).answer(answer));
    }
    requireForm(step, said);
    call.context()
        .requests()
        .request(
            onboarding,
            record,
            Requests.Check.unchanged(record),
            Optional.of(answer),
            call.actor(),
            "step.answered",
            step.id() + ": " + said.statement());
    return Kept.of(answer);
  }

  /** An answer without values has none of the fields: those it needs are told by name. */
  private void requireForm(Step step, Said said) {
    JsonNode values = said.values().orElseGet(JsonNodeFactory.instance::objectNode);
    List<FieldError> errors =
        schemas.errors(step.values(), values).stream()
            .map(error -> error.below("/values"))
            .toList();
    if (!errors.isEmpty()) {
      FieldError first = errors.getFirst();
      throw Refusal.of(
              422,
              "answer.schema",
              step.title() + ": `" + first.field().substring(1) + "` " + first.message() + ".")
          .at("values")
          .errors(errors);
    }
  }

  /** The same said again by the same person is one answer; by another person, it comes too late. */
  private static Kept again(Caller caller, Answer first, Said said) {
    if (caller.isPerson(first.by())
        && first.statement().equals(said.statement())
        && areSame(first.values(), said.values())) {
      return Kept.of(first);
    }
    throw Refusal.of(
            409,
            "step.answered",
            first.by() + " answered this step at " + first.at() + ": it is " + word(first) + ".")
        .at("step")
        .with("by", first.by())
        .with("at", first.at())
        .with("verdict", first.verdict());
  }

  private static boolean areSame(JsonNode kept, Optional<JsonNode> values) {
    return values.map(said -> kept != null && Values.areSame(kept, said)).orElse(kept == null);
  }

  private static String word(Answer answer) {
    return switch (answer.verdict()) {
      case GIVEN -> "being looked at";
      case ACCEPTED -> "accepted";
      case REJECTED -> "rejected, and can be answered again";
    };
  }
}
