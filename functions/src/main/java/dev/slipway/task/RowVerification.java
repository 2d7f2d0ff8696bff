package dev.slipway.task;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Step;
import dev.slipway.context.FunctionContext;
import dev.slipway.credentials.SecretUnusable;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementChecks;
import dev.slipway.element.ElementLook;
import dev.slipway.element.ElementRow;
import dev.slipway.element.ElementRows;
import dev.slipway.element.LookResult;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.IntakeRecord;
import dev.slipway.ledger.LookedAt;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.Sight;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.ledger.Verification;
import dev.slipway.plan.AffectedTasks;
import dev.slipway.systems.net.SystemTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Verifies a section's element rows, by one attempt of its gate: those whose value, whose checks'
 * inputs or whose checks themselves are others than at the verification before, and in a second
 * look all of them. Each verification is written by itself as soon as it is made, so that an
 * attempt that dies loses one look at most; a look changes nothing, and is taken again.
 */
final class RowVerification {
  /** The number of rows that one attempt looks at; the gate is called again for the others. */
  static final int AT_ONCE = 20;

  /** Of a function's three minutes: after so long no further look is begun. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final FunctionContext context;
  private final ElementChecks checks;
  private final Onboarding onboarding;
  private final Checklist checklist;
  private final TaskRecord gate;
  private final List<Answer> judged = new ArrayList<>();

  RowVerification(
      FunctionContext context,
      ElementChecks checks,
      Onboarding onboarding,
      Checklist checklist,
      TaskRecord gate) {
    this.context = context;
    this.checks = checks;
    this.onboarding = onboarding;
    this.checklist = checklist;
    this.gate = gate;
  }

  /**
   * The result of one attempt.
   *
   * @param looked how many rows it looked at
   * @param isOver false: rows are left for the next attempt
   * @param judged people's statements that were judged by the looks
   */
  record Round(int looked, boolean isOver, List<Answer> judged) {}

  Round verify(Checklist.Section section, IntakeRecord intake) {
    ElementRows rows = ElementRows.of(checklist, () -> intake);
    List<ElementRow> due = rows.of(section).filter(row -> isDue(rows, row)).toList();
    Instant from = now();
    int looked = 0;
    while (looked < Math.min(due.size(), AT_ONCE)
        && Duration.between(from, now()).compareTo(LONGEST) < 0) {
      verify(rows, due.get(looked), intake);
      looked++;
    }
    return new Round(looked, looked == due.size(), List.copyOf(judged));
  }

  private boolean isDue(ElementRows rows, ElementRow row) {
    boolean isThere = row.element().isVerified() && row.givenAt() != null;
    if (!isThere || subject(rows, row).isEmpty()) {
      return false;
    }
    Optional<Verification> before = rows.verification(row);
    return before.isEmpty()
        || !before.get().by().equals(checks.versions(row.element()))
        || (gate.verifyAgain() && before.get().round() < gate.verifyGeneration())
        || (before.get().asked() != null && isAnswered(before.get().asked().step()));
  }

  private boolean isAnswered(String step) {
    return place(step).isAnswered();
  }

  private Optional<CheckSubject> subject(ElementRows rows, ElementRow row) {
    return rows.subject(row, context.filesOf(onboarding.id()), now());
  }

  private void verify(ElementRows rows, ElementRow row, IntakeRecord intake) {
    write(look(rows, row), row, intake);
  }

  /**
   * One round of a look after go-live, of the rows of the section that are done. What it finds is
   * written beside the verifications, which stay as they were signed.
   *
   * @return whether rows are left for the next attempt, and when that may be
   */
  Optional<Instant> lookAfterGoLive(Checklist.Section section, IntakeRecord intake, int look) {
    ElementRows rows = ElementRows.of(checklist, () -> intake);
    Instant from = now();
    Instant again = null;
    int looked = 0;
    for (ElementRow row : rows.of(section).filter(each -> isToBeSeen(rows, each)).toList()) {
      LookedAt before = context.looks().looked(onboarding.id(), row.key());
      if (before.isDone(look)) {
        continue;
      }
      if (looked == AT_ONCE || Duration.between(from, now()).compareTo(LONGEST) > 0) {
        return Optional.of(now());
      }
      looked++;
      LaterLooks.Step step = LaterLooks.Step.of(sight(look(rows, row), row), before, look, now());
      save(before, step, look);
      if (step.again() != null && (again == null || step.again().isBefore(again))) {
        again = step.again();
      }
    }
    return Optional.ofNullable(again);
  }

  private boolean isToBeSeen(ElementRows rows, ElementRow row) {
    return row.state() == ElementRow.State.DONE
        && row.element().isVerified()
        && row.givenAt() != null
        && subject(rows, row).isPresent();
  }

  private void save(LookedAt before, LaterLooks.Step step, int look) {
    try {
      context
          .looks()
          .save(
              onboarding.id(),
              step.again() == null
                  ? before.seen(look, step.sight())
                  : before.again(look, step.sight(), null, null));
    } catch (LostRaceException e) {
      // Another attempt at the gate has looked: its sight counts.
    }
  }

  private Sight sight(Verification seen, ElementRow row) {
    List<Evidence> byMachine =
        seen.evidence().stream().filter(proof -> proof.where() == Evidence.Place.HANDLER).toList();
    Optional<ElementFinding> error =
        seen.findings().stream().filter(ElementFinding::isError).findFirst();
    if (error.isPresent()) {
      return Sight.doesNotHold(
          now(),
          new Problem(
              error.get().code(),
              "slipway",
              row.field() + error.get().field().replace('/', '.'),
              error.get().message(),
              error.get().nextStep()),
          byMachine);
    }
    Optional<ElementFinding> unknown =
        seen.findings().stream()
            .filter(each -> each.weight() == ElementFinding.Weight.INCONCLUSIVE)
            .findFirst();
    if (unknown.isPresent()) {
      return Sight.notSeen(now(), unknown.get().message(), byMachine);
    }
    if (seen.asked() != null || byMachine.isEmpty()) {
      return Sight.notLookedAt(
          now(), "Only a person, or a probe runner in the customer's network, can tell.");
    }
    String warnings =
        seen.findings().stream().map(ElementFinding::message).collect(Collectors.joining(" "));
    return Sight.holds(now(), warnings.isEmpty() ? null : warnings, byMachine);
  }

  private Verification look(ElementRows rows, ElementRow row) {
    CheckSubject subject = subject(rows, row).orElseThrow();
    List<ElementFinding> findings = new ArrayList<>(checks.check(subject));
    List<Evidence> evidence = new ArrayList<>();
    if (!subject.element().checks().isEmpty()) {
      evidence.add(checked(row, findings));
    }
    Verification.Asked asked = null;
    // Nobody is troubled with a value that cannot stay as it is.
    if (findings.stream().noneMatch(ElementFinding::isError)) {
      for (ElementLook look : checks.looks(subject.element())) {
        GateLookContext place = place(row.step(look.name()));
        LookResult sight = sight(look, subject, place.of(subject, row));
        switch (sight) {
          case LookResult.Seen seen -> {
            seen.findings().stream().map(place::masked).forEach(findings::add);
            evidence.add(place.evidence(look, seen));
            place.judge(findings).ifPresent(judged::add);
          }
          case LookResult.Awaited waits -> {
            LookResult.Awaited awaited = place.masked(waits);
            place.reject(awaited).ifPresent(judged::add);
            asked = asked == null ? asked(rows, row, look, awaited) : asked;
          }
        }
      }
    }
    return new Verification(
        row.key(),
        rows.writes(row),
        rows.fingerprint(row),
        checks.versions(row.element()),
        gate.verifyGeneration(),
        findings,
        evidence,
        asked,
        now());
  }

  private GateLookContext place(String step) {
    return new GateLookContext(context, onboarding.id(), gate, step, !onboarding.hasEnded());
  }

  private Evidence checked(ElementRow row, List<ElementFinding> findings) {
    return new Evidence(
        "element.checked",
        Evidence.Place.HANDLER,
        now(),
        row.field(),
        String.join(", ", row.element().checks())
            + (findings.isEmpty() ? ": nothing is wrong" : ": " + findings.size() + " found"),
        null,
        false);
  }

  /** A third party that cannot be asked is no fault of the value. */
  private static LookResult sight(ElementLook look, CheckSubject subject, GateLookContext place) {
    try {
      return look.look(subject, place);
    } catch (SystemTrouble trouble) {
      return new LookResult.Seen(
          trouble.against(),
          trouble.answered().isEmpty() ? trouble.kind().code() : trouble.answered(),
          List.of(finding(trouble)));
    } catch (SecretUnusable e) {
      return unknown(
          look, "credential.gone", "The secret " + e.name() + " is gone.", "Store it again.");
    } catch (SdkException e) {
      throw e;
    } catch (RuntimeException e) {
      // Its message could quote anything: only its class is recorded.
      return unknown(
          look,
          "slipway.unexpected",
          "The look " + look.name() + " met something unexpected: " + e.getClass().getName() + ".",
          "Ask the platform's engineers.");
    }
  }

  private static ElementFinding finding(SystemTrouble trouble) {
    return switch (trouble.kind().grade()) {
      case INVALID_CREDENTIALS, INSUFFICIENT_PERMISSION, WRONG_REGION_OR_ENV ->
          ElementFinding.error(trouble.code(), "", trouble.getMessage(), trouble.nextStep());
      case VALID, RATE_LIMITED, UNREACHABLE, INCONCLUSIVE ->
          ElementFinding.inconclusive(trouble.code(), trouble.getMessage(), trouble.nextStep());
    };
  }

  private static LookResult unknown(
      ElementLook look, String code, String message, String nextStep) {
    return new LookResult.Seen(
        look.name(), "no answer", List.of(ElementFinding.inconclusive(code, message, nextStep)));
  }

  /** The date of a first ask stays as long as the same is asked. */
  private Verification.Asked asked(
      ElementRows rows, ElementRow row, ElementLook look, LookResult.Awaited awaited) {
    String step = row.step(look.name());
    Instant due =
        rows.verification(row)
            .map(Verification::asked)
            .filter(before -> before != null && before.step().equals(step))
            .map(Verification.Asked::due)
            .orElseGet(() -> now().plus(Step.usualTime()));
    return new Verification.Asked(
        step, awaited.party(), awaited.instructions(), awaited.check(), due);
  }

  private void write(Verification verification, ElementRow row, IntakeRecord intake) {
    try {
      context
          .elements()
          .save(
              onboarding.id(),
              verification,
              new AffectedTasks(checklist, intake.values())
                  .ofRow(row.element(), row.key().instance()),
              Actor.system(gate.key().task()));
    } catch (LostRaceException e) {
      // Another attempt wrote it, or the onboarding has ended: the next look sees which.
    }
  }

  private Instant now() {
    return context.clock().instant();
  }
}
