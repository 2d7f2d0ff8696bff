package dev.slipway.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.json.Json;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A probe runner's result as evidence, which names the runner and the time. */
final class RunnerEvidence {
  private final ProbeRecord.Result kept;
  private final ProbeResult result;
  private final boolean standIn;
  private final Redactor redactor;

  RunnerEvidence(ProbeRecord.Result kept, boolean standIn, Redactor redactor) {
    this.kept = kept;
    this.standIn = standIn;
    this.redactor = redactor;
    try {
      this.result = ProbeResult.read(Json.MAPPER.readTree(kept.body()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result that was taken cannot be read", e);
    }
  }

  ProbeResult result() {
    return result;
  }

  Evidence of(Finding finding) {
    return new Evidence(
        finding.probe(),
        Evidence.Place.PROBE_RUNNER,
        result.ranAt(),
        redactor.redact(finding.against()),
        redactor.answer(finding.answer()),
        "probe runner " + kept.runner() + " (" + kept.runnerName() + ")",
        standIn);
  }

  Evidence ofFacts(Probe probe) {
    String facts =
        new TreeMap<>(result.facts())
            .entrySet().stream()
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining(", "));
    return of(new Finding(probe.kind(), probe.against(), facts));
  }

  Evidence ofTrouble(Probe probe) {
    ProbeResult.Trouble trouble = result.trouble();
    return of(
        new Finding(
            probe.kind(),
            probe.against(),
            trouble.kind() + (trouble.answered().isEmpty() ? "" : ": " + trouble.answered())));
  }

  /**
   * No machine repeats a probe by itself after a runner's trouble: a retry asks the runner anew.
   */
  UnmetRequirement unmet(Probe probe, String field) {
    String system = field.replaceFirst("\\..*", "");
    String nextStep =
        Arrays.stream(SystemTrouble.Kind.values())
            .filter(kind -> kind.code().equals(result.trouble().kind()))
            .findFirst()
            .map(kind -> nextStep(kind, probe))
            .orElseGet(() -> fromThere(probe));
    return new UnmetRequirement(
        system + "." + result.trouble().kind(),
        system,
        field,
        "Seen from inside the network by probe runner "
            + kept.runnerName()
            + ": "
            + result.trouble().message(),
        nextStep + " Retry the task then: the probe is asked for again.");
  }

  private static String nextStep(SystemTrouble.Kind kind, Probe probe) {
    return switch (kind) {
      case AUTHENTICATION_FAILED, NOT_PERMITTED ->
          "Give the probe runner the right login (--logins, or type it when asked).";
      case ADDRESS_REFUSED -> fromThere(probe);
      default -> kind.nextStep();
    };
  }

  private static String fromThere(Probe probe) {
    if (probe instanceof DataJob) {
      return "Mend what the data runner found at " + probe.against() + ".";
    }
    return "Look at " + probe.against() + " from where the probe runner runs.";
  }
}
