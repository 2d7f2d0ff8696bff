package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Requirement;
import dev.slipway.context.FunctionContext;
import dev.slipway.element.ElementRow;
import dev.slipway.element.ElementRows;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.People;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.ProgressData;
import dev.slipway.ledger.SignedReport;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.privacy.PeopleFinder;
import dev.slipway.privacy.Retention;
import dev.slipway.report.Compressed;
import dev.slipway.report.ElementLine;
import dev.slipway.report.Report;
import dev.slipway.report.ReportJson;
import dev.slipway.report.ReportSigner;
import dev.slipway.report.Reporter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code POST /onboardings/{onboarding}/sign-off}: freezes and signs the report, once every
 * mandatory task has a final outcome. Rows that are only planned do not count; they are named.
 */
public final class SignOff extends ApiFunction {
  private static final int LONGEST_REASON = 1000;

  /** A certificate may have expired since, or a credential may have been revoked. */
  private static final Duration A_LOOK_HOLDS = Duration.ofDays(7);

  /** For Lambda. */
  public SignOff() {
    this(FunctionContext.lambda());
  }

  public SignOff(FunctionContext context) {
    super(context, Role.MANAGER);
  }

  /**
   * A row that stands in the way, or that does not count.
   *
   * @param why it is open; null where the outcome says all
   * @param field what to look at; null where nothing is wrong with a value
   * @param nextStep what to do; null where nothing is wrong
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Row(
      String row,
      String task,
      String title,
      String outcome,
      String why,
      String field,
      String nextStep) {
    static Row of(ElementLine line, String why) {
      ElementFinding wrong =
          line.findings().stream().filter(ElementFinding::isError).findFirst().orElse(null);
      return new Row(
          line.row(),
          line.key(),
          line.title(),
          line.outcome().name(),
          wrong == null ? why : wrong.message(),
          wrong == null ? null : line.element() + wrong.field(),
          wrong == null ? null : wrong.nextStep());
    }

    static Row of(Report.TaskLine line, String why) {
      Problem problem = line.problem();
      return new Row(
          line.row(),
          line.key().toString(),
          line.name(),
          line.outcome(),
          why,
          problem == null ? null : problem.field(),
          problem == null ? null : problem.nextStep());
    }
  }

  /**
   * The answer.
   *
   * @param planned rows that are not built yet, and so were not asked for
   * @param told elements with warnings, and those that nobody could look at
   */
  record Answer(
      OnboardingView onboarding,
      SignedOff signOff,
      List<Row> planned,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Row> told) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    call.onboarding();
    return ApiAnswer.of(201, signOff(call, reason(call).orElse(null)));
  }

  private static Optional<String> reason(ApiCall call) {
    if (!call.event().hasBody()) {
      return Optional.empty();
    }
    Fields fields = call.fields();
    Optional<String> reason = fields.optionalText("reason", LONGEST_REASON);
    fields.complete();
    return reason;
  }

  private static Answer signOff(ApiCall call, String reason) {
    // Read first: its version moves with every final outcome, and a sign-off over an older one is
    // refused.
    Onboarding before = call.onboarding();
    permit(before);
    if (call.context().outbox().isPending(before.id())) {
      throw Refusal.of(
          409,
          "sign-off.looks-pending",
          "What was given has changed, and rows that rest on it are still being asked to look"
              + " again: try again in a minute.");
    }
    Onboarding after =
        before.signedOff(call.now()).erasingAt(call.now().plus(Retention.of(call.context())));
    ProgressData standing = call.context().onboardings().standing(before.id());
    Checklist checklist = call.checklist(before, standing.rows());
    Report report =
        Reporter.of(
                after,
                checklist,
                call.now(),
                standing,
                call.context().tasks().attempts(before.id()),
                call.context().answers().of(before.id()))
            .signedOff(call.actor().name(), reason);
    List<Row> planned = planned(report);
    requireFinal(report, standing.tasks(), planned);
    requireLookedAt(report, checklist, standing, call.now());
    // A signed report cannot be changed when people are to be forgotten: it names their aliases.
    JsonNode tree = ReportJson.tree(report);
    PeopleFinder finder =
        new PeopleFinder(call.context().personalData().people(before.id()))
            .in(
                call.context().auditTrail(),
                call.context().delegations(),
                call.context().memberships(),
                call.context().grants(),
                call.context().elements(),
                call.context().files(),
                before,
                checklist)
            .and(call.actor())
            .mailboxesIn(tree);
    People people = finder.people();
    SignedReport signed =
        sign(call, report, ReportJson.bytes(ReportJson.of(finder.aliasesOf(people).hide(tree))));
    call.context().signOffs().signOff(before, after, signed, people, call.actor());
    return new Answer(OnboardingView.of(after), SignedOff.of(signed), planned, told(report));
  }

  private static void permit(Onboarding onboarding) {
    switch (onboarding.state()) {
      case RUNNING, STOPPED, COMPLETED -> {}
      case INTAKE -> throw StateChange.refusal(onboarding, "Nothing has run yet: start it first.");
      case STARTING, STOPPING ->
          throw StateChange.refusal(
              onboarding, "A run is being started or stopped: try again in a moment.");
      case CANCELLING, CANCELLED -> throw StateChange.refusal(onboarding, "It was cancelled.");
      case SIGNED_OFF -> throw StateChange.refusal(onboarding, "It was signed off already.");
    }
  }

  /** The line of a row as a whole, whose instances have lines of their own. */
  private static boolean isOfSeveral(Report report, ElementLine line) {
    return line.instance().isEmpty()
        && report.elements().stream().anyMatch(each -> each.key().startsWith(line.key() + "@"));
  }

  /** What holds nothing up, and whoever signs should know. */
  private static List<Row> told(Report report) {
    return report.elements().stream()
        .filter(line -> line.outcome() == ElementRow.State.DONE && !line.findings().isEmpty())
        .map(
            line ->
                Row.of(
                    line,
                    line.findings().stream()
                        .map(each -> each.weight() + ": " + each.message())
                        .collect(Collectors.joining(" "))))
        .toList();
  }

  private static List<Row> planned(Report report) {
    return report.tasks().stream()
        .filter(line -> line.outcome().equals("PLANNED"))
        .map(line -> Row.of(line, null))
        .toList();
  }

  private static void requireFinal(Report report, List<TaskRecord> tasks, List<Row> planned) {
    Map<TaskKey, TaskRecord> records =
        tasks.stream().collect(Collectors.toMap(TaskRecord::key, Function.identity()));
    Stream<Row> elements =
        report.elements().stream()
            .filter(line -> line.requirement() == Requirement.MANDATORY)
            .filter(line -> !line.outcome().isFinal() && !isOfSeveral(report, line))
            .map(line -> Row.of(line, line.reason()));
    Stream<Row> rows =
        report.tasks().stream()
            .filter(line -> line.requirement() == Requirement.MANDATORY)
            .filter(line -> !line.outcome().equals("PLANNED"))
            .filter(line -> !isFinal(line, records.get(line.key())))
            .map(line -> Row.of(line, why(line)));
    List<Row> open = Stream.concat(elements, rows).toList();
    if (!open.isEmpty()) {
      throw Refusal.of(
              409,
              "sign-off.open-rows",
              "%d mandatory %s not final: %s."
                  .formatted(
                      open.size(),
                      open.size() == 1 ? "row is" : "rows are",
                      open.stream().map(Row::row).distinct().collect(Collectors.joining(", "))))
          .with("rows", open)
          .with("planned", planned);
    }
  }

  /** What was proved long ago may not hold any more: whoever signs has to know that it does. */
  private static void requireLookedAt(
      Report report, Checklist checklist, ProgressData standing, Instant now) {
    if (standing.tasks().stream().anyMatch(SignOff::isGateThatLooks)) {
      throw Refusal.of(
          409,
          "sign-off.looks-pending",
          "The elements are being looked at again: try again in a minute.");
    }
    Instant limit = now.minus(A_LOOK_HOLDS);
    Stream<Row> elements =
        ElementRows.of(checklist, standing::intake)
            .all()
            .filter(row -> row.state() == ElementRow.State.DONE && row.element().isVerified())
            .filter(row -> row.finalAt().isBefore(limit))
            .map(row -> Row.of(ElementLine.of(row), lookedAt(row.finalAt())));
    Stream<Row> tasks =
        report.tasks().stream()
            .filter(line -> line.isToLookAtAgain() && line.finishedAt().isBefore(limit))
            .map(line -> Row.of(line, lookedAt(line.finishedAt())));
    List<Row> old = Stream.concat(elements, tasks).toList();
    if (!old.isEmpty()) {
      throw Refusal.of(
              409,
              "sign-off.old-looks",
              "%s looked at last more than %d days ago: %s. Have everything looked at again, then sign off."
                  .formatted(
                      old.size() == 1 ? "1 row was" : old.size() + " rows were",
                      A_LOOK_HOLDS.toDays(),
                      old.stream().map(Row::row).distinct().collect(Collectors.joining(", "))))
          .with("rows", old);
    }
  }

  private static boolean isGateThatLooks(TaskRecord task) {
    return task.key().task().endsWith(".gate") && task.verifyAgain();
  }

  private static String lookedAt(Instant at) {
    return "looked at last on " + LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** A line without a record is final only where the elements name no instance of the task. */
  private static boolean isFinal(Report.TaskLine line, TaskRecord record) {
    return record == null ? line.outcome().equals("NOT_APPLICABLE") : record.isSettledFinally();
  }

  private static String why(Report.TaskLine line) {
    if (line.noLongerPart()) {
      return "it is no longer part of the onboarding: the next run closes it";
    }
    return line.finishedAt() == null ? line.reason() : "it is being looked at again";
  }

  private static SignedReport sign(ApiCall call, Report report, byte[] content) {
    ReportSigner.Signature signature =
        new ReportSigner(call.context().kms(), call.context().required("SLIPWAY_SIGNING_KEY"))
            .sign(content);
    String file =
        call.context()
            .reports()
            .keep(
                report.onboarding(),
                Compressed.of(content),
                "report.json.gz",
                "application/gzip",
                call.actor())
            .sha256();
    return new SignedReport(
        signature.sha256(),
        content.length,
        file,
        signature.key(),
        signature.algorithm(),
        signature.base64(),
        report.signOff().by(),
        report.signOff().at(),
        report.signOff().reason());
  }
}
