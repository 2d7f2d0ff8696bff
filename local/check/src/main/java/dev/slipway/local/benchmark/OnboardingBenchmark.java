package dev.slipway.local.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.Task;
import dev.slipway.credentials.Grade;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.Requests;
import dev.slipway.ledger.Signals;
import dev.slipway.ledger.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Onboardings that go through the whole runtime, but call no third party: every mandatory row was
 * waived and no optional one chosen before the start. So each section's execution, gate, claim,
 * commit, stream record, decision of Wake and token is there, for every row, and the figures are
 * those of Slipway and its runtime, not of the stand-ins.
 */
public final class OnboardingBenchmark {
  private static final Actor ACTOR = Actor.system("benchmark");

  /** After this time the run counts as stuck. */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Elements elements;
  private final Onboardings onboardings;
  private final Requests requests;
  private final Signals signals;
  private final InstantSource clock;
  private final Checklist checklist;
  private final Map<String, JsonNode> values;
  private final Set<String> credentials;
  private int round;

  /**
   * @param values what is given at intake
   * @param credentials the systems whose credentials are taken for valid
   */
  public OnboardingBenchmark(
      Elements elements,
      Onboardings onboardings,
      Requests requests,
      Signals signals,
      InstantSource clock,
      Checklist checklist,
      Map<String, JsonNode> values,
      Set<String> credentials) {
    this.elements = elements;
    this.onboardings = onboardings;
    this.requests = requests;
    this.signals = signals;
    this.clock = clock;
    this.checklist = checklist;
    this.values = Map.copyOf(values);
    this.credentials = Set.copyOf(credentials);
  }

  /**
   * The cost of one onboarding of several.
   *
   * @param time from the start of the first to the end of the last, by their number
   * @param processor the whole process's, by their number; does not depend on what else runs
   */
  public record Cost(Duration time, Duration processor) {}

  /** How many rows each onboarding takes to their end. */
  public long rows() {
    return checklist.tasks().filter(task -> !task.planned()).count();
  }

  /**
   * Starts so many onboardings at once, and answers what it took until the last one was complete.
   * To prepare them is not counted.
   *
   * @throws IllegalStateException if they do not come to their end
   */
  public Cost complete(int count) throws InterruptedException, ExecutionException {
    round++;
    List<String> ids = inParallel(count, this::prepare);
    // Each waiver asked Wake to look, who finds nothing to tell yet.
    while (signals.next().isPresent()) {
      Thread.sleep(100);
    }
    long began = System.nanoTime();
    long used = processor();
    start(ids);
    await(ids, Onboarding.State.COMPLETED);
    return new Cost(
        Duration.ofNanos((System.nanoTime() - began) / count),
        Duration.ofNanos((processor() - used) / count));
  }

  /**
   * Starts so many onboardings that wait for their elements, each with one execution of its own and
   * one for each section, and answers their ids.
   */
  public List<String> waiting(int count) throws InterruptedException, ExecutionException {
    return waiting(count, Set.of());
  }

  /**
   * Starts so many onboardings that wait for all their elements but some, and answers their ids.
   *
   * @param given which of the elements they have already
   */
  public List<String> waiting(int count, Set<String> given)
      throws InterruptedException, ExecutionException {
    round++;
    List<String> ids =
        inParallel(
            count,
            number -> {
              String id = create(number);
              given.forEach(element -> give(id, element));
              return id;
            });
    start(ids);
    await(ids, Onboarding.State.RUNNING);
    return ids;
  }

  private static long processor() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private void start(List<String> ids) throws InterruptedException, ExecutionException {
    inParallel(
        ids.size(),
        n -> {
          Onboarding before = onboardings.find(ids.get(n)).orElseThrow();
          Onboarding after = before.starting("benchmark", clock.instant());
          onboardings.save(before, after, ACTOR, "onboarding.started", null);
          return before.id();
        });
  }

  private void await(List<String> ids, Onboarding.State state) throws InterruptedException {
    Set<String> open = new TreeSet<>(ids);
    Instant end = Instant.now().plus(PATIENCE);
    while (!open.isEmpty()) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException(open.size() + " onboardings are not " + state + " yet");
      }
      // Not so often that the looking itself is what is measured.
      Thread.sleep(Math.clamp(open.size(), 20, 500));
      onboardings.in(state).forEach(open::remove);
    }
  }

  private String create(int number) {
    String key = "benchmark-" + round + "-" + number;
    return onboardings
        .create(key, key, "Benchmark " + number, checklist.name(), checklist.version(), ACTOR)
        .id();
  }

  private String prepare(int number) {
    String id = create(number);
    Instant now = clock.instant();
    values.keySet().forEach(element -> give(id, element));
    for (String system : credentials) {
      elements.save(
          id,
          new CredentialRecord(
              system, "", 1, Grade.VALID, "taken for valid", "v1", "v1", null, ACTOR.name(), now),
          0,
          ACTOR);
    }
    checklist
        .tasks()
        .filter(task -> !task.planned() && task.requirement() == Requirement.MANDATORY)
        .map(Task::id)
        .forEach(task -> waive(id, new TaskKey(task, ""), now));
    return id;
  }

  private void give(String id, String element) {
    elements.save(
        id,
        new ElementRecord(element, 1, values.get(element), ACTOR.name(), clock.instant()),
        0,
        ACTOR);
  }

  private void waive(String id, TaskKey key, Instant now) {
    Decision decision =
        new Decision(key, 0, Decision.Kind.WAIVE, "benchmark-1", "benchmark", now, "benchmark-2");
    requests.request(
        id, key, false, Optional.empty(), Optional.of(decision), ACTOR, "task.waived", null);
  }

  @FunctionalInterface
  private interface Numbered {
    String make(int number);
  }

  private List<String> inParallel(int count, Numbered each)
      throws InterruptedException, ExecutionException {
    List<String> made = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
      List<Future<String>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        futures.add(threads.submit(() -> each.make(number)));
      }
      for (Future<String> future : futures) {
        made.add(future.get());
      }
    }
    return made;
  }
}
