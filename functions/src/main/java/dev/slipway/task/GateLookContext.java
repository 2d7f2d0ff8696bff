package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementLook;
import dev.slipway.element.ElementRow;
import dev.slipway.element.LookContext;
import dev.slipway.element.LookResult;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.systems.net.Redactor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The context of one look in a gate: its secrets are masked in every answer, and a statement that
 * it rests on is judged. Probes and statements are the gate's, by a step of its own for each row
 * and look.
 */
final class GateLookContext implements LookContext {
  private final FunctionContext context;
  private final String onboarding;
  private final TaskRecord gate;
  private final String step;
  private final boolean mayAsk;
  private final ObjectNode secrets = Json.MAPPER.createObjectNode();
  private Map<String, CredentialRecord> credentials = Map.of();
  private Instant givenAt = Instant.EPOCH;
  private ProbeRecord.Result seenFromInside;
  private Answer statement;

  /**
   * @param mayAsk whether a probe runner may be asked
   */
  GateLookContext(
      FunctionContext context, String onboarding, TaskRecord gate, String step, boolean mayAsk) {
    this.context = context;
    this.onboarding = onboarding;
    this.gate = gate;
    this.step = step;
    this.mayAsk = mayAsk;
  }

  /** Of this value. */
  GateLookContext of(CheckSubject subject, ElementRow row) {
    credentials = subject.credentials();
    givenAt = row.givenAt();
    return this;
  }

  @Override
  public String onboarding() {
    return onboarding;
  }

  @Override
  public JsonNode secret(String name) {
    CredentialRecord known = credentials.get(name);
    if (known == null || known.validVersionId() == null) {
      throw new IllegalArgumentException("credentials: the element names no valid " + name);
    }
    JsonNode secret = context.credentialStore().get(onboarding, name, known.validVersionId());
    secrets.set(name, secret);
    return secret;
  }

  @Override
  public Optional<ProbeResult> probe(Probe probe) {
    if (!mayAsk) {
      return Optional.empty();
    }
    ProbeRecord asked =
        context
            .probes()
            .ask(
                onboarding,
                gate.key(),
                step,
                probe.parameters(),
                gate.verifyGeneration(),
                gate.claim().generation());
    if (asked.result() == null) {
      return Optional.empty();
    }
    seenFromInside = asked.result();
    return Optional.of(fromInside().result());
  }

  @Override
  public Optional<Answer> said() {
    statement =
        context
            .answers()
            .find(onboarding, gate.key(), step)
            .filter(answer -> answer.verdict() != Answer.Verdict.REJECTED)
            .filter(answer -> !answer.at().isBefore(givenAt))
            .orElse(null);
    return Optional.ofNullable(statement);
  }

  /** With the secrets masked that were read by now. */
  private RunnerEvidence fromInside() {
    return new RunnerEvidence(seenFromInside, context.standIns(), redactor());
  }

  /** Whether what was asked is answered, or has to be asked anew. */
  boolean isAnswered() {
    boolean said =
        context
            .answers()
            .find(onboarding, gate.key(), step)
            .filter(answer -> answer.verdict() == Answer.Verdict.GIVEN)
            .isPresent();
    List<ProbeRecord> probes =
        context.probes().all(onboarding).stream()
            .filter(probe -> probe.isOf(gate.key(), step))
            .toList();
    return said
        || (!probes.isEmpty()
            && probes.stream()
                .noneMatch(
                    probe ->
                        probe.state() == ProbeRecord.State.PENDING
                            && probe.expiresAt().isAfter(context.clock().instant())));
  }

  private Redactor redactor() {
    return Redactor.ofSecret(secrets);
  }

  ElementFinding masked(ElementFinding finding) {
    return new ElementFinding(
        finding.code(),
        finding.field(),
        redactor().redact(finding.message()),
        redactor().redact(finding.nextStep()),
        finding.weight());
  }

  LookResult.Awaited masked(LookResult.Awaited awaited) {
    return new LookResult.Awaited(
        awaited.party(),
        redactor().redact(awaited.instructions()),
        redactor().redact(awaited.check()));
  }

  /** The evidence of a look, with its place: from inside, by a person, or from here. */
  Evidence evidence(ElementLook look, LookResult.Seen seen) {
    if (seenFromInside != null) {
      return fromInside().of(new Finding(look.name(), seen.against(), seen.answer()));
    }
    return new Evidence(
        look.name(),
        statement == null ? Evidence.Place.HANDLER : Evidence.Place.PERSON,
        statement == null ? context.clock().instant() : statement.at(),
        redactor().redact(seen.against()),
        redactor().answer(seen.answer()),
        statement == null ? null : statement.by(),
        statement == null && context.standIns());
  }

  /** The statement that the look rests on, accepted or not. */
  Optional<Answer> judge(List<ElementFinding> findings) {
    Optional<ElementFinding> error = findings.stream().filter(ElementFinding::isError).findFirst();
    return error.isPresent()
        ? reject(error.get().code(), error.get().message(), error.get().nextStep())
        : Optional.ofNullable(statement)
            .filter(answer -> answer.verdict() != Answer.Verdict.ACCEPTED)
            .map(answer -> answer.judged(Answer.Verdict.ACCEPTED, null));
  }

  /** A statement that does not do, or that is of an earlier value. */
  Optional<Answer> reject(LookResult.Awaited awaited) {
    if (statement == null) {
      statement = context.answers().find(onboarding, gate.key(), step).orElse(null);
    }
    return reject(
        Statements.OUTDATED,
        "What was said of it was about another value, or does not say what is asked.",
        awaited.instructions());
  }

  private Optional<Answer> reject(String code, String message, String nextStep) {
    return Optional.ofNullable(statement)
        .filter(answer -> answer.verdict() != Answer.Verdict.REJECTED)
        .map(
            answer ->
                answer.judged(
                    Answer.Verdict.REJECTED,
                    new Problem(code, "slipway", null, message, nextStep)));
  }
}
