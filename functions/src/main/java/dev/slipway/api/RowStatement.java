package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.checklist.AddedRows;
import dev.slipway.checklist.Step;
import dev.slipway.ledger.AddedRow;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Files.FileInfo;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The statement of a person about an added row. No handler performs one: the statement is the
 * outcome, and both are written together, only over the state that was read and checked.
 *
 * @param seen the row as the caller's wish was checked against it; one that changed since is not
 *     written over
 */
record RowStatement(ApiCall call, Onboarding onboarding, TaskTarget target, TaskRecord seen) {

  /** The outcome of an added row that waits for a person. */
  static Outcome.Waiting waiting(AddedRow row, Instant now, Problem problem) {
    return new Outcome.Waiting(
        row.party(),
        AddedRows.STEP,
        List.of(),
        row.instructions(),
        AddedRows.check(row),
        now.plus(row.due()),
        null,
        problem,
        List.of());
  }

  private AddedRow row() {
    return call.context().rows().of(onboarding).stream()
        .filter(row -> row.key().equals(target.key()))
        .findFirst()
        .orElseThrow(TaskTarget::unknown);
  }

  /**
   * Takes "I did it".
   *
   * @return the answer as it is kept
   * @throws Refusal 422 if a file is needed and none is named that was handed over
   */
  Answer answer(Answer given) {
    Optional<FileInfo> file = file(given.values());
    Step step = target.task().steps().getFirst();
    Answer accepted =
        new Answer(
            given.key(),
            given.step(),
            given.version(),
            given.id(),
            given.by(),
            given.role(),
            given.at(),
            given.statement(),
            given.values(),
            Answer.Verdict.ACCEPTED,
            null);
    Evidence evidence =
        new Evidence(
            Evidence.statement(step.id()),
            Evidence.Place.PERSON,
            given.at(),
            step.title(),
            given.statement()
                + file.map(kept -> " (" + kept.name() + ", SHA-256 " + kept.sha256() + ")")
                    .orElse(""),
            given.by(),
            false);
    call.context()
        .rows()
        .state(
            onboarding,
            seen,
            Optional.of(new Outcome.Done(List.of(evidence))),
            Optional.of(accepted),
            Optional.empty(),
            call.actor(),
            "step.answered",
            given.step() + ": " + given.statement());
    return accepted;
  }

  private Optional<FileInfo> file(JsonNode values) {
    JsonNode named = values == null ? MissingNode.getInstance() : values.path("file");
    Optional<FileInfo> file =
        named.isTextual()
            ? call.context().files().info(onboarding.id(), named.textValue())
            : Optional.empty();
    if (file.isEmpty() && (row().fileNeeded() || !named.isMissingNode())) {
      throw Refusal.of(
              422,
              "step.file",
              "Hand a file over first, and name it in `values.file` by its SHA-256.")
          .at("values");
    }
    return file;
  }

  /** Takes a decision, and what comes of it. */
  void decide(Decision decision, String what, String why) {
    Outcome outcome =
        switch (decision.kind()) {
          case SKIP -> new Outcome.Skipped(decision.by(), decision.reason());
          case WAIVE ->
              decision.secondBy() == null
                  ? null
                  : new Outcome.Waived(decision.by(), decision.secondBy(), decision.reason());
          case PUT_BACK, STOP -> throw new IllegalArgumentException("no decision about a row");
          case PERFORM -> waiting(row(), call.now(), null);
        };
    call.context()
        .rows()
        .state(
            onboarding,
            seen,
            Optional.ofNullable(outcome),
            Optional.empty(),
            Optional.of(decision),
            call.actor(),
            what,
            why);
  }

  /** Asks for the row once more: the earlier statement counts no more. */
  void again(String reason) {
    Problem problem =
        new Problem("row.asked-again", "slipway", null, reason, "Do it again, and say so.");
    call.context()
        .rows()
        .state(
            onboarding,
            seen,
            Optional.of(waiting(row(), call.now(), problem)),
            call.context()
                .answers()
                .find(onboarding.id(), target.key(), AddedRows.STEP)
                .map(said -> rejected(said, problem)),
            Optional.empty(),
            call.actor(),
            "task.retry-requested",
            reason);
  }

  /** To be written over the version that was read. */
  private static Answer rejected(Answer said, Problem problem) {
    return new Answer(
        said.key(),
        said.step(),
        said.version(),
        said.id(),
        said.by(),
        said.role(),
        said.at(),
        said.statement(),
        said.values(),
        Answer.Verdict.REJECTED,
        problem);
  }
}
