package dev.slipway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The probe runners of onboardings, and their probes: {@code SK = RUNNER#<id> | PROBE#<ulid>}. */
public final class Probes {
  private static final int TRIES = 20;

  /** How often word of a job at work is written down. */
  private static final Duration SELDOM = Duration.ofMinutes(1);

  /** How long a result is waited for before the task asks anew. */
  private static final Duration PATIENCE = Duration.ofDays(30);

  private final Items items;
  private final AuditTrail auditTrail;
  private final Onboardings onboardings;
  private final Tasks tasks;
  private final Requests requests;

  /** In the table. */
  public Probes(Items items) {
    this.items = items;
    this.auditTrail = new AuditTrail(items);
    this.onboardings = new Onboardings(items);
    this.tasks = new Tasks(items);
    this.requests = new Requests(items);
  }

  // --- runners

  /** A runner. */
  public Optional<ProbeRunner> runner(String onboarding, String id) {
    return items.get(Partition.of(onboarding), runnerKey(id), ProbeRunner.class);
  }

  /** All runners. */
  public List<ProbeRunner> runners(String onboarding) {
    return items.list(Partition.of(onboarding), "RUNNER#", ProbeRunner.class);
  }

  /**
   * Invites a runner. The onboarding is written as well, so that of two who are invited at once the
   * second one is counted against the first.
   *
   * @throws LostRaceException if the onboarding changed since it was read
   */
  public void invite(Onboarding meta, ProbeRunner runner, Actor actor) {
    items.write(
        List.of(
            onboardings.write(meta, meta.version()),
            Write.put(Partition.of(meta.id()), runnerKey(runner.id()), 0, Json.tree(runner)),
            auditTrail.line(
                meta.id(),
                actor,
                "probe-runner.invited",
                "probe-runner:" + runner.id(),
                runner.name(),
                null)));
  }

  /**
   * Writes a runner over the version that was read, with a line of the audit trail.
   *
   * @throws LostRaceException if another call wrote it meanwhile
   */
  public void save(String onboarding, ProbeRunner runner, Actor actor, String what, String why) {
    items.write(
        List.of(
            Write.put(
                Partition.of(onboarding),
                runnerKey(runner.id()),
                runner.version(),
                Json.tree(runner)),
            auditTrail.line(
                onboarding, actor, what, "probe-runner:" + runner.id(), runner.name(), why)));
  }

  // --- probes

  /** All probes that were ever asked, oldest first. */
  public List<ProbeRecord> all(String onboarding) {
    return items.list(Partition.of(onboarding), "PROBE#", ProbeRecord.class);
  }

  /** The probes that tasks wait for at present. */
  public List<ProbeRecord> pending(String onboarding) {
    return all(onboarding).stream()
        .filter(probe -> probe.state() == ProbeRecord.State.PENDING)
        .filter(probe -> probe.expiresAt().isAfter(items.now()))
        .filter(probe -> isAwaited(onboarding, probe))
        .toList();
  }

  /** Whether the task, or an element row, still waits for what the probe looks at. */
  public boolean isAwaited(String onboarding, ProbeRecord probe) {
    return isAwaited(onboarding, tasks.of(onboarding, probe.key()), probe);
  }

  private boolean isAwaited(String onboarding, TaskRecord task, ProbeRecord probe) {
    boolean byTask =
        task.outcome() instanceof Outcome.Waiting waiting && probe.step().equals(waiting.step());
    return byTask || isAskedForARow(onboarding, probe);
  }

  /** A gate names one step of several, and none once it has passed: an optional row waits on. */
  private boolean isAskedForARow(String onboarding, ProbeRecord probe) {
    return items.list(Partition.of(onboarding), Elements.CHECKED, Verification.class).stream()
        .anyMatch(row -> row.asked() != null && row.asked().step().equals(probe.step()));
  }

  /**
   * Asks for a probe, unless the same was asked before: answers that one, with its result if there
   * is one. Every other probe of the step is withdrawn.
   *
   * @param counting the first request to look whose results count
   * @param generation the request to look that the task answers
   */
  public ProbeRecord ask(
      String onboarding,
      TaskKey key,
      String step,
      JsonNode parameters,
      long counting,
      long generation) {
    String hash = Json.hash(parameters);
    for (int attempt = 0; ; attempt++) {
      List<ProbeRecord> earlier =
          all(onboarding).stream()
              .filter(probe -> probe.isOf(key, step))
              .filter(probe -> probe.state() != ProbeRecord.State.WITHDRAWN)
              .toList();
      Optional<ProbeRecord> same =
          earlier.stream()
              .filter(probe -> probe.hash().equals(hash))
              .filter(probe -> probe.generation() >= counting)
              .filter(
                  probe ->
                      probe.state() == ProbeRecord.State.ANSWERED
                          || probe.expiresAt().isAfter(items.now()))
              .findFirst();
      if (same.isPresent()) {
        return same.get();
      }
      Instant now = items.now();
      ProbeRecord asked =
          new ProbeRecord(
              items.newUlid(items.now()),
              0,
              key,
              step,
              parameters,
              hash,
              ProbeRecord.State.PENDING,
              generation,
              now,
              now.plus(PATIENCE),
              null,
              null);
      List<Write> writes = new ArrayList<>();
      earlier.forEach(probe -> writes.add(write(onboarding, probe.withdrawn())));
      writes.add(write(onboarding, asked));
      writes.add(
          auditTrail.line(
              onboarding,
              Actor.system(key.task()),
              "probe.asked",
              key.toString(),
              step + ": " + asked.id(),
              null));
      try {
        items.write(writes);
        return asked;
      } catch (LostRaceException e) {
        if (attempt >= TRIES) {
          throw e;
        }
        // A result came for what is about to be withdrawn: look again.
      }
    }
  }

  /**
   * Takes a result and asks the task to look at it: all or nothing.
   *
   * @throws LostRaceException if another result came first, or the task waits for it no more
   */
  public void answer(String onboarding, ProbeRecord probe, ProbeRecord.Result result, Actor actor) {
    for (int attempt = 0; ; attempt++) {
      Transaction change =
          requests
              .requested(
                  onboarding,
                  probe.key(),
                  false,
                  (meta, task) -> !meta.hasEnded() && isAwaited(onboarding, task, probe))
              .orElseThrow(() -> new LostRaceException("PROBE#" + probe.id()))
              .with(write(onboarding, probe.answered(result)))
              .with(
                  auditTrail.line(
                      onboarding,
                      actor,
                      "probe.answered",
                      probe.key().toString(),
                      probe.step() + ": " + probe.id(),
                      null));
      try {
        items.write(change.writes());
        return;
      } catch (LostRaceException e) {
        if (e.getMessage().startsWith("PROBE#") || attempt >= TRIES) {
          throw e;
        }
      }
    }
  }

  /** Notes how far a job has come, once a minute at most; what comes in between is left out. */
  public void progressed(String onboarding, ProbeRecord probe, ProbeRecord.Progress reached) {
    ProbeRecord.Progress before = probe.progress();
    if (before != null && reached.at().isBefore(before.at().plus(SELDOM))) {
      return;
    }
    try {
      items.write(List.of(write(onboarding, probe.at(reached))));
    } catch (LostRaceException e) {
      // The task has withdrawn it, or another word was written: the next one comes soon.
    }
  }

  private static Write write(String onboarding, ProbeRecord probe) {
    return Write.put(
        Partition.of(onboarding), "PROBE#" + probe.id(), probe.version(), Json.tree(probe));
  }

  private static String runnerKey(String id) {
    return "RUNNER#" + id;
  }
}
