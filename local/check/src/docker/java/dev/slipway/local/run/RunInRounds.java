package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.schedule.LocalTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Takes an onboarding from its profile to its end as {@link OnboardingRun} does, but in rounds: a
 * run is started, looks at everything it can reach, and is stopped; people answer while nothing
 * runs; another run is started. For an engine that cannot look again at what waits (LocalStack's
 * Step Functions).
 */
public final class RunInRounds {
  private static final int MOST_ROUNDS = 90;

  private final Profile profile;
  private final RunMemory memory;
  private final Callers callers;
  private final StandIns standIns;
  private final RunView view;
  private final BiPredicate<OnboardingStatus, String> restsAtEngine;
  private final Consumer<String> stopped;
  private final Duration patience;

  /**
   * @param restsAtEngine whether the engine has nothing to do for the execution of that name but to
   *     wait for people, as things stand
   * @param stopped called when a run was stopped, with its execution's name
   * @param patience how long a step may take
   */
  public RunInRounds(
      Profile profile,
      Callers callers,
      StandIns standIns,
      RunView view,
      BiPredicate<OnboardingStatus, String> restsAtEngine,
      Consumer<String> stopped,
      Duration patience) {
    this.profile = profile;
    this.memory = RunMemory.of(Optional.empty(), profile);
    this.callers = callers;
    this.standIns = standIns;
    this.view = view;
    this.restsAtEngine = restsAtEngine;
    this.stopped = stopped;
    this.patience = patience;
  }

  /** Runs until the onboarding is completed; answers how many runs that took. */
  public int run() throws InterruptedException {
    new Script(profile, memory, callers, standIns, view, "").prepareSandbox();
    String id = new IntakeDesk(profile, memory, callers, view).open();
    SlipwayApi manager = callers.as(Role.MANAGER, id);
    Script script = new Script(profile, memory, callers, standIns, view, id);
    script.speakEarly();
    String before = "";
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      OnboardingStatus status = round(manager, id);
      if (status.state().equals("COMPLETED")) {
        return round;
      }
      manager.stop(id, "People answer while nothing runs.");
      status = await(manager, id, "STOPPED");
      stopped.accept(status.id() + "-" + status.run());
      boolean acted = script.act(status, new RealPace(LocalTime.real()));
      String now = String.join("\n", status.tasks().stream().map(Wording::line).toList());
      if (!acted && now.equals(before)) {
        throw new IllegalStateException("nothing can go on: " + Wording.open(status));
      }
      before = now;
    }
    throw new IllegalStateException("not completed after " + MOST_ROUNDS + " runs");
  }

  /** The onboarding; empty before it was created. */
  public String onboarding() {
    return memory.onboarding();
  }

  private OnboardingStatus round(SlipwayApi manager, String id) throws InterruptedException {
    JsonNode plan = manager.plan(id);
    manager.start(id, plan.path("hash").asText());
    view.line("Run started.");
    Instant latest = Instant.now().plus(patience);
    OnboardingStatus before = null;
    int restful = 0;
    while (true) {
      OnboardingStatus now = StatusReader.read(manager.onboarding(id));
      show(before, now);
      // The engine is asked last: its histories are what costs most here.
      boolean rests =
          now.equals(before)
              && now.state().equals("RUNNING")
              && restsAtEngine.test(now, now.id() + "-" + now.run());
      restful = rests ? restful + 1 : 0;
      if (restful >= 3 || now.state().equals("COMPLETED")) {
        return now;
      }
      if (!now.equals(before)) {
        latest = Instant.now().plus(patience);
      } else if (Instant.now().isAfter(latest)) {
        throw new IllegalStateException(
            "nothing happens, and it does not rest either: " + now.state() + ", " + now.tasks());
      }
      before = now;
      Thread.sleep(400);
    }
  }

  private OnboardingStatus await(SlipwayApi manager, String id, String state)
      throws InterruptedException {
    Instant latest = Instant.now().plus(patience);
    while (true) {
      OnboardingStatus now = StatusReader.read(manager.onboarding(id));
      if (now.state().equals(state)) {
        return now;
      }
      if (Instant.now().isAfter(latest)) {
        throw new IllegalStateException("is " + now.state() + ", not " + state);
      }
      Thread.sleep(300);
    }
  }

  private void show(OnboardingStatus before, OnboardingStatus now) {
    for (TaskStatus task : now.tasks()) {
      if ((task.isFinal() || task.isOpen()) && !Wording.isTold(before, task)) {
        view.line(Wording.line(task));
      }
    }
  }
}
