package dev.slipway.task;

import dev.slipway.checklist.Step;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.Probe;
import java.time.Instant;
import java.util.List;

/** The wait for a runner, with the commands to start one and a description of what it is asked. */
record ProbeWait(String onboarding, Instant now) {

  /**
   * @param material what the person is given below the instructions; empty: nothing
   */
  Outcome.Waiting outcome(Step step, Probe probe, String material, List<Evidence> evidence) {
    boolean isJob = probe instanceof DataJob;
    boolean mayBeStated = !(probe instanceof DataJob job) || job.mayBeStated();
    return new Outcome.Waiting(
        isJob ? Party.VENDOR : Party.CUSTOMER,
        step.id(),
        List.of(),
        (isJob ? job(step, probe) : probe(step, probe))
            + (isJob && mayBeStated ? "\nOr do it by hand, and state what came of it." : "")
            + (material.isEmpty() ? "" : "\n" + material),
        !mayBeStated
            ? "The runner's signed result is looked at; a statement does not stand in for it."
            : "The runner's signed result is looked at; a statement is recorded as such.",
        now.plus(step.timeGiven()),
        null,
        null,
        evidence);
  }

  private String probe(Step step, Probe probe) {
    return """
    This is reached only from inside your network, so a probe runner has to look from there.
    1. Get a one-time code: slipway enrol-probe-runner %s
    2. On a machine inside that network, which may make outbound HTTPS connections, start:
       slipway probe --api URL --code CODE
       (a runner that is enrolled and still runs needs nothing more)
    It shows each probe before it runs it. This one, at %s: %s.%s
    If no runner may be started there, do it by hand and state what you saw: %s\
    """
        .formatted(
            onboarding,
            probe.against(),
            probe.description(),
            probe
                .login()
                .map(
                    system ->
                        " It asks for the login of `" + system + "`, which stays on that machine.")
                .orElse(""),
            step.instructions());
  }

  private String job(Step step, Probe job) {
    return """
    %s
    A data runner does it, beside the database `%s`.
    1. Get a one-time code: slipway enrol-probe-runner %s
    2. On a machine that reaches that database, and may make outbound HTTPS connections, start:
       slipway data --api URL --code CODE --folder FOLDER --map FILE --at %s=ADDRESS
       (a runner that is enrolled and still runs needs nothing more)
    It shows each job before it runs it, and asks for the login, which stays on that machine.
    This one %s.\
    """
        .formatted(
            step.instructions(), job.against(), onboarding, job.against(), job.description());
  }
}
