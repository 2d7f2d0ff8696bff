package dev.slipway.enterprise.datamigration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * M67: once the customer has accepted the target, the source is frozen, and where the customer
 * asked for it destroyed after the days of grace. Both go by a list of ids that one person of each
 * side approved by its SHA-256; the list is read anew in each attempt, and one that has changed is
 * approved again. Nothing is deleted that is not on it.
 */
public final class FreezeOrDestroy extends TaskFunction {
  private static final Set<Kind> LEFT_TO_PERSON =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.REJECTED);

  private static final int LEAST_GRACE = 30;
  private static final Pattern MARK = Pattern.compile("[0-9a-f]{12,64}");
  private static final List<String> BY_MACHINE = List.of("applications", "users");
  private static final List<String> BY_PERSON = List.of("organisations");

  private final HttpPort http;
  private final ListArchive archive;

  /** For Lambda. */
  public FreezeOrDestroy() {
    this(FunctionContext.lambda());
  }

  public FreezeOrDestroy(FunctionContext context) {
    this(context, context.egress(), ListArchive.of(context));
  }

  FreezeOrDestroy(FunctionContext context, HttpPort http, ListArchive archive) {
    super(context);
    this.http = http;
    this.archive = archive;
  }

  @Override
  protected void perform(Work work) {
    work.step("target-accepted")
        .about("migration.targetTenant", "migration.organisations")
        .attested();
    SourceOrganizations source = new SourceOrganizations(work, http);
    SourcePlan now = SourcePlan.of(source, work.element(DataMove.FIELD));
    SourcePlan plan = begun(work).filter(now::isRestOf).orElse(now);
    String sha256 = archive.keep(work.onboarding(), "source-plan.json", plan.text());
    work.step("plan")
        .field(DataMove.FIELD)
        .machine(
            () ->
                new Finding(
                    "GET /organizations, /app_instances, /users",
                    source.hub().against(),
                    plan.contents() + "; the list is the file " + sha256));
    new Approvals(
            work, work.about(DataMove.FIELD), "list", sha256, true, "plan-stale", plan.contents())
        .require();
    work.step("freeze")
        .about(DataMove.FIELD)
        .field(DataMove.FIELD)
        .leftToPerson(LEFT_TO_PERSON)
        .machine(source::freeze)
        .orAttested();
    if (plan.isDestroyed()) {
      destroy(work, source, plan, sha256);
    }
    work.step("certificate")
        .about(DataMove.FIELD)
        .field(DataMove.FIELD)
        .person(said -> certified(work, said));
  }

  private void destroy(Work work, SourceOrganizations source, SourcePlan plan, String sha256) {
    requireConsent(work);
    work.waitUntil(
        frozenSince(work).plus(grace(work)),
        "The source is frozen, and is kept for the days of grace before it is destroyed.");
    work.step("destroy")
        .about(work.about(DataMove.FIELD).and("plan", sha256))
        .field(DataMove.FIELD)
        .material("The list is the file " + sha256 + ".")
        .leftToPerson(LEFT_TO_PERSON)
        .machine(
            () -> {
              work.remember(
                  Note.Kind.INTENT,
                  destroying(sha256.substring(0, Approvals.SHORT)),
                  Json.tree(sha256));
              delete(source, plan);
              return gone(work, source, plan, BY_MACHINE);
            })
        .orPerson(() -> gone(work, source, plan, BY_MACHINE));
    List<String> left = left(work, source, plan, BY_PERSON);
    PersonStep rest =
        work.step("destroy-rest")
            .about(work.about(DataMove.FIELD).and("plan", sha256))
            .field(DataMove.FIELD)
            .material(
                "To delete in the hub's console (active_admin): "
                    + ConnectedAccounts.named(left)
                    + ". And in Connec! all data of the groups of the list, the file "
                    + sha256
                    + ".");
    if (left.isEmpty()) {
      rest.machine(() -> gone(work, source, plan, BY_PERSON)).orAttested();
    } else {
      rest.person(() -> gone(work, source, plan, BY_PERSON));
    }
  }

  /** The list that was approved, if what it names was begun to be deleted. */
  private static Optional<SourcePlan> begun(Work work) {
    return work.answer("approve").stream()
        .map(Answer::toString)
        .flatMap(said -> MARK.matcher(said).results().map(MatchResult::group))
        .flatMap(
            named ->
                work
                    .remembered(Note.Kind.INTENT, destroying(named.substring(0, Approvals.SHORT)))
                    .stream())
        .findFirst()
        .flatMap(sha256 -> work.file(sha256.asText()))
        .map(file -> new SourcePlan(read(file.text())));
  }

  private static String destroying(String mark) {
    return "destroying:" + mark;
  }

  private static JsonNode read(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list that was kept cannot be read", e);
    }
  }

  private static void requireConsent(Work work) {
    if (!work.element(DataMove.FIELD).path("consent").path("destruction").asBoolean()) {
      throw new UnmetRequirement(
          "migration.no-consent",
          "slipway",
          "migration.consent",
          "The consent does not name the destruction of the source.",
          "Have it named in the document, or freeze the source only.");
    }
  }

  private static Instant frozenSince(Work work) {
    return Instant.parse(
        work.remember(Note.Kind.RESOURCE, "frozen", Json.tree(work.now())).asText());
  }

  private static Duration grace(Work work) {
    return Duration.ofDays(
        Math.max(LEAST_GRACE, work.element(DataMove.FIELD).path("graceDays").asInt()));
  }

  /** Deletes what is on the list and still there: ended already, or deleted, is as well. */
  private static void delete(SourceOrganizations source, SourcePlan plan) {
    source.instances(source.present()).stream()
        .filter(each -> plan.has("applications", each))
        .forEach(source.hub()::terminate);
    source.hub().users().stream()
        .filter(each -> plan.has("users", each))
        .forEach(source.hub()::deleteUser);
  }

  private static List<String> left(
      Work work, SourceOrganizations source, SourcePlan plan, List<String> kinds) {
    return SourcePlan.of(source, work.element(DataMove.FIELD)).leftOf(plan, kinds);
  }

  /** That nothing of these kinds is left of the list; changes nothing. */
  private static Finding gone(
      Work work, SourceOrganizations source, SourcePlan plan, List<String> kinds) {
    List<String> left = left(work, source, plan, kinds);
    if (!left.isEmpty()) {
      throw new UnmetRequirement(
          "migration.not-destroyed",
          SourceOrganizations.CREDENTIAL,
          DataMove.FIELD,
          "The source's hub still has: " + ConnectedAccounts.named(left) + ".",
          "Delete them in the hub's console (active_admin); then say so again.");
    }
    return new Finding(
        "GET /organizations, /app_instances, /users",
        source.hub().against(),
        "none of the list is there: " + String.join(", ", kinds));
  }

  /** Of a destruction there is a document, and the day on which the last backup is gone. */
  private static Finding certified(Work work, Answer said) {
    if (!work.element(DataMove.FIELD).path("after").asText().equals("destroy")) {
      return new Finding("sign-in", "the source", "refused, as stated").saidIn(said);
    }
    String document = said.value("document").asText();
    String expires = said.value("backupsExpire").asText();
    if (!document.matches("[0-9a-f]{64}")
        || work.file(document).isEmpty()
        || !expires.matches("\\d{4}-\\d{2}-\\d{2}")) {
      throw new UnmetRequirement(
          "migration.no-certificate",
          "slipway",
          DataMove.FIELD,
          "The statement names no uploaded document, or no day on which backups expire.",
          "Hand over the document, and say on which day the last backup is gone, such as 2030-01-31.");
    }
    return new Finding(
            "certificate",
            "file " + document,
            "the source is destroyed; backups expire on " + expires)
        .saidIn(said);
  }

  @Override
  protected void verify(Work work) {
    SourceOrganizations source = new SourceOrganizations(work, http);
    work.proof(
        DataMove.FIELD,
        () -> {
          Optional<SourcePlan> destroyed = begun(work);
          return destroyed.isPresent()
              ? gone(
                  work, source, destroyed.get(), List.of("organisations", "applications", "users"))
              : source.look();
        });
  }

  @Override
  protected String overForGood() {
    return DataMove.OVER;
  }

  @Override
  protected void putBack(Work work, String request) {
    SourceOrganizations source = new SourceOrganizations(work, http);
    work.proof(
        DataMove.FIELD,
        () -> {
          Finding unfrozen = source.unfreeze();
          return begun(work).isEmpty()
              ? unfrozen
              : new Finding(
                  unfrozen.probe(),
                  unfrozen.against(),
                  unfrozen.answer() + "; what was destroyed cannot be brought back");
        });
  }
}
