package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Instances;
import dev.slipway.context.FunctionContext;
import dev.slipway.credentials.CredentialStore;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.credentials.SecretUnusable;
import dev.slipway.element.ElementRows;
import dev.slipway.json.Json;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.TaskKey;
import dev.slipway.plan.AffectedTasks;
import dev.slipway.systems.net.Redactor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.model.LimitExceededException;

/**
 * {@code PUT /onboardings/{onboarding}/credentials/{system}[@{instance}]}: takes a credential,
 * tests it and grades it. The value goes to Secrets Manager and nowhere else; it is never read
 * back, answered or logged.
 *
 * <p>Only a {@code VALID} value counts; until a new one is valid, the last valid one stays in use.
 * After any other grade the person stores a value again, the same one or another: after {@code
 * RATE_LIMITED} from {@code retryAt} on. {@code INCONCLUSIVE} counts only where no test could tell
 * before the value is used, as of a connector's key that a company has to connect with.
 */
public final class StoreCredential extends ApiFunction {
  /** Secrets Manager takes no more. */
  private static final int LARGEST = 64 * 1024;

  private static final Duration LONGEST_TEST = Duration.ofSeconds(25);

  /** The time that the ledger and Secrets Manager may take after the test. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(3);

  private final ElementForm form = new ElementForm();
  private final CredentialTests tests;

  /** For Lambda. */
  public StoreCredential() {
    this(FunctionContext.lambda());
  }

  public StoreCredential(FunctionContext context) {
    this(context, CredentialTests.all(context));
  }

  /** With other tests. */
  StoreCredential(FunctionContext context, CredentialTests tests) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
    this.tests = tests;
  }

  /**
   * The answer.
   *
   * @param usable whether a valid value is there, this one or an earlier one
   * @param versionId of the value in Secrets Manager, if this one is valid
   * @param rechecked the tasks and gates that are looked at again because of it
   * @param findings the remarks on a usable value, such as that it is the same in UAT and
   *     Production
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Graded(
      String system,
      Grade grade,
      String message,
      Instant retryAt,
      boolean usable,
      String versionId,
      List<String> rechecked,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ElementFinding> findings) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.openOnboarding();
    Checklist checklist = call.checklist(onboarding);
    ElementPath path = ElementPath.of(call.event().path("system"));
    Element element =
        new ChecklistElements(checklist)
            .credential(path.id())
            .orElseThrow(
                () ->
                    Refusal.notFound(
                        "credential.unknown",
                        "system",
                        "The checklist asks for no credential of such a system."));
    requireParty(call.caller(), element);
    Instances instances =
        new Instances(checklist, call.context().elements().values(onboarding.id()));
    path.requireInstance(instances, element);
    String name = ElementRecord.name(path.id(), path.instance());
    JsonNode value = JsonBody.readSecret(call.event(), LARGEST);
    requireForm(element, value);

    Optional<CredentialRecord> known = call.context().elements().credential(onboarding.id(), name);
    Optional<String> valid = stillValid(call, onboarding, known);
    String version = keep(call, onboarding, name, value);
    Map<String, String> at = instances.at(element, path.instance());
    CredentialTestResult result =
        test(
            call,
            path.id(),
            new CredentialTests.Place(onboarding.id(), at),
            value,
            instances.inputs(at));
    Optional<String> apart =
        result.usable()
            ? apart(onboarding.id(), element, value)
            : known.map(CredentialRecord::apart);
    CredentialRecord record = record(call, path, known, valid, version, result, apart.orElse(null));
    List<TaskKey> rechecked = save(call, onboarding, checklist, known, record);
    if (result.usable()) {
      try {
        call.context().credentialStore().promote(onboarding.id(), name, version);
      } catch (SecretUnusable e) {
        throw unusable(e, "was deleted while its value was being tested");
      }
      Plans.keepChanged(call, onboarding);
    }
    return ApiAnswer.of(
        200,
        new Graded(
            name,
            record.grade(),
            record.message(),
            record.retryAt(),
            record.validVersionId() != null,
            result.usable() ? version : null,
            rechecked.stream().map(TaskKey::toString).toList(),
            ElementRows.sameAsTwin(
                    instances,
                    element,
                    record,
                    twin ->
                        call.context().elements().credential(onboarding.id(), twin).orElse(null))
                .stream()
                .toList()));
  }

  /** By the onboarding, too: nobody recognises an app of one in another's. */
  private static Optional<String> apart(String onboarding, Element element, JsonNode value) {
    ObjectNode fields = Json.MAPPER.createObjectNode();
    element.apart().stream()
        .filter(value::hasNonNull)
        .forEach(field -> fields.set(field, value.get(field)));
    return fields.isEmpty()
        ? Optional.empty()
        : Optional.of(Json.hash(fields.put("onboarding", onboarding)));
  }

  /** Nobody of the vendor's staff needs to see a customer's key, so nobody of them hands it in. */
  private static void requireParty(Caller caller, Element element) {
    if (!caller.mayGive(element)) {
      throw Refusal.of(
              403,
              "caller.party",
              switch (element.party()) {
                case CUSTOMER -> "This is the customer's key: only the customer hands it in.";
                case VENDOR -> "This is the vendor's key: a manager or an engineer hands it in.";
                case THIRD_PARTY, MACHINE -> "This key is not asked of anybody in your role.";
              })
          .at("system")
          .with("party", element.party());
    }
  }

  private void requireForm(Element element, JsonNode value) {
    List<FieldError> errors = form.errors(element, value);
    if (!errors.isEmpty()) {
      throw Refusal.of(
              422,
              "credential.schema",
              element.title() + ": the fields are not as they must be. Nothing was stored.")
          .at("credential:" + element.id())
          .errors(errors);
    }
  }

  /**
   * The version in use, if it still is in Secrets Manager. Had an earlier call ended between record
   * and promotion, the new candidate would take the valid version's only stage, and Secrets Manager
   * could drop it: so it is promoted now.
   */
  private static Optional<String> stillValid(
      ApiCall call, Onboarding onboarding, Optional<CredentialRecord> known) {
    Optional<String> valid = known.map(CredentialRecord::validVersionId);
    try {
      valid.ifPresent(
          version ->
              call.context()
                  .credentialStore()
                  .promote(onboarding.id(), known.orElseThrow().name(), version));
      return valid;
    } catch (SecretUnusable e) {
      return Optional.empty();
    }
  }

  /** Keeps the value as a candidate. */
  private static String keep(ApiCall call, Onboarding onboarding, String system, JsonNode value) {
    CredentialStore.Kept kept;
    try {
      kept = call.context().credentialStore().put(onboarding.id(), system, value);
    } catch (LimitExceededException e) {
      throw Refusal.of(
              429,
              "credential.too-many-versions",
              "Too many values were stored today: try again tomorrow.")
          .header("Retry-After", Long.toString(Duration.ofDays(1).toSeconds()));
    } catch (SecretUnusable e) {
      throw unusable(e, "is being deleted");
    }
    kept.restored()
        .ifPresent(
            deletion ->
                call.context()
                    .auditTrail()
                    .record(
                        onboarding.id(),
                        call.actor(),
                        "credential.restored",
                        null,
                        system + ": its secret was to be deleted on " + deletion,
                        null));
    return kept.version();
  }

  private static Refusal unusable(SecretUnusable e, String what) {
    return e.deletion()
        .map(
            deletion ->
                Refusal.of(
                    409,
                    "credential.in-deletion",
                    "The secret "
                        + e.name()
                        + " is scheduled for deletion on "
                        + deletion
                        + ", and Slipway may not restore it. Let the operator restore it, then"
                        + " store the value again."))
        .orElseGet(
            () ->
                Refusal.of(
                        409,
                        "credential.in-deletion",
                        "The secret "
                            + e.name()
                            + " "
                            + what
                            + ". Nothing was kept: store the value again in a minute.")
                    .header("Retry-After", "60"))
        .at("system");
  }

  private CredentialTestResult test(
      ApiCall call, String system, CredentialTests.Place place, JsonNode value, JsonNode elements) {
    Duration left = Duration.ofMillis(call.remaining()).minus(AFTERWARDS);
    Duration most = left.compareTo(LONGEST_TEST) < 0 ? left : LONGEST_TEST;
    return tests
        .of(system, place)
        .map(test -> new TimedTest(most, call.log()).run(test, value, elements))
        .orElseGet(
            () ->
                TimedTest.inconclusive(
                    "No machine can test a credential of this system: ask the platform's"
                        + " engineers."));
  }

  private static CredentialRecord record(
      ApiCall call,
      ElementPath path,
      Optional<CredentialRecord> before,
      Optional<String> valid,
      String version,
      CredentialTestResult result,
      String apart) {
    return new CredentialRecord(
        path.id(),
        path.instance(),
        before.map(CredentialRecord::version).orElse(0L) + 1,
        result.grade(),
        Redactor.none().redact(result.message()),
        version,
        result.usable() ? version : valid.orElse(null),
        result.retryAt(),
        call.actor().name(),
        call.now(),
        apart);
  }

  private static List<TaskKey> save(
      ApiCall call,
      Onboarding onboarding,
      Checklist checklist,
      Optional<CredentialRecord> before,
      CredentialRecord record) {
    // A value that does not count changes nothing for anybody.
    Elements.Dependents dependents =
        record.latestVersionId().equals(record.validVersionId())
            ? new AffectedTasks(checklist, call.context().elements().values(onboarding.id()))
                .ofCredential(record.system(), record.instance())
            : Elements.Dependents.none();
    try {
      return call.context()
          .elements()
          .save(
              onboarding.id(),
              record,
              before.map(CredentialRecord::version).orElse(0L),
              dependents,
              call.actor());
    } catch (LostRaceException e) {
      if (!e.getMessage().startsWith("CREDENTIAL#")) {
        throw e;
      }
      throw call.context()
          .elements()
          .credential(onboarding.id(), record.name())
          .map(
              other ->
                  Refusal.of(
                          409,
                          "credential.changed",
                          other.by()
                              + " stored a value at "
                              + other.at()
                              + ", while yours was being tested: yours does not count.")
                      .at("system"))
          .orElseThrow(() -> e);
    }
  }
}
