package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.client.SlipwayApi;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Takes one onboarding from its profile to its end, through the HTTP API alone: gives what the
 * profile gives, shows the plan, starts it, shows what happens, and plays the people whom the
 * profile scripts.
 */
public final class OnboardingRun {
  /** It is looked for what is to be erased once an hour. */
  private static final Duration ERASED_WITHIN = Duration.ofHours(3);

  /** How long the state machine may rest, by its own time, between two attempts of its own. */
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMinutes(5);

  private static final int PLAN_TRIES = 3;

  private final Profile profile;
  private final RunMemory memory;
  private final Callers callers;
  private final StandIns standIns;
  private final RunView view;
  private final Pace pace;
  private final Duration timeout;
  private final BooleanSupplier interrupted;
  private OnboardingStatus last;
  private final Instant began;

  /**
   * @param data the data folder, where an earlier run of the same onboarding left its memory
   * @param timeout how long it may take, in real time
   * @param interrupted whether the person at the terminal wants to stop
   */
  public OnboardingRun(
      Profile profile,
      Optional<Path> data,
      Callers callers,
      StandIns standIns,
      RunView view,
      Pace pace,
      Duration timeout,
      BooleanSupplier interrupted) {
    this.profile = profile;
    this.memory = RunMemory.of(data, profile);
    this.callers = callers;
    this.standIns = standIns;
    this.view = view;
    this.pace = pace;
    this.timeout = timeout;
    this.interrupted = interrupted;
    this.began = pace.now();
  }

  /** The onboarding's id; empty before it was created. */
  public String onboarding() {
    return memory.onboarding();
  }

  /**
   * Gives the profile's intake values, and answers the plan; starts nothing.
   *
   * @throws InputException if a value of the profile is refused
   */
  public JsonNode plan() {
    prepareSandbox();
    String id = new IntakeDesk(profile, memory, callers, view).open();
    return callers.as(Role.MANAGER, id).plan(id);
  }

  /**
   * Runs until nothing is left to do, or nothing can be done, or the person at the terminal wants
   * to stop, whose wish also interrupts the thread.
   *
   * @throws InputException if a value of the profile is refused
   */
  public Ending run() throws InterruptedException {
    try {
      return toTheEnd();
    } catch (InterruptedException | UncheckedIOException e) {
      if (!interrupted.getAsBoolean()) {
        throw e;
      }
      return new Ending.Interrupted();
    } finally {
      if (interrupted.getAsBoolean()) {
        // The report, which comes now, is not to be interrupted any more.
        Thread.interrupted();
      }
    }
  }

  private Ending toTheEnd() throws InterruptedException {
    prepareSandbox();
    String id = new IntakeDesk(profile, memory, callers, view).open();
    SlipwayApi manager = callers.as(Role.MANAGER, id);
    Script script = new Script(profile, memory, callers, standIns, view, id);
    start(manager, id);
    script.speakEarly();
    return follow(manager, id, script);
  }

  /** The stand-ins come first: credentials are tested against them as they are stored. */
  private void prepareSandbox() {
    new Script(profile, memory, callers, standIns, view, "").prepareSandbox();
  }

  private void start(SlipwayApi manager, String id) {
    String state = StatusReader.read(manager.onboarding(id)).state();
    if (!state.equals("INTAKE") && !state.equals("STOPPED")) {
      return;
    }
    JsonNode plan = manager.plan(id);
    PlanText.lines(plan).forEach(view::line);
    for (int attempt = 1; ; attempt++) {
      try {
        manager.start(id, plan.path("hash").asText());
        view.line("Started.");
        return;
      } catch (ApiProblem e) {
        if (e.status() != 409 || attempt == PLAN_TRIES) {
          throw e;
        }
        // The onboarding changed since the plan was shown: show the new one.
        plan = manager.plan(id);
        PlanText.lines(plan).forEach(view::line);
      }
    }
  }

  private Ending follow(SlipwayApi manager, String id, Script script) throws InterruptedException {
    Instant started = Instant.now();
    Instant changedAt = pace.now();
    OnboardingStatus before = null;
    while (true) {
      if (interrupted.getAsBoolean()) {
        return new Ending.Interrupted();
      }
      pace.settle();
      OnboardingStatus now = StatusReader.read(manager.onboarding(id));
      if (!now.equals(before)) {
        show(manager, before, now);
        last = now;
        changedAt = pace.now();
        before = now;
      }
      if (now.isAllFinal() && isOver(now) && now.tasks().stream().noneMatch(TaskStatus::underWay)) {
        return new Ending.AllFinal();
      }
      if (now.state().equals("STOPPED") || now.state().equals("CANCELLED")) {
        return new Ending.Halted(now.state());
      }
      if (script.act(now, pace)) {
        pace.linger();
        continue;
      }
      Instant next = script.nextAt(now, pace.now());
      boolean stuck = next == null && !canGoOn(now);
      if (Duration.between(started, Instant.now()).compareTo(timeout) > 0) {
        return new Ending.TimedOut(Wording.open(now));
      }
      Instant limit = stuck ? changedAt.plus(BETWEEN_ATTEMPTS) : next;
      if (!pace.pause(limit) && next == null) {
        return now.isAllFinal() ? new Ending.AllFinal() : new Ending.Stuck(Wording.open(now));
      }
    }
  }

  private static boolean isOver(OnboardingStatus status) {
    return status.state().equals("COMPLETED") || status.state().equals("SIGNED_OFF");
  }

  /** Whether a machine is at work, or will look again by itself. */
  private static boolean canGoOn(OnboardingStatus status) {
    boolean starting =
        status.runBeingReplaced()
            || status.state().equals("STARTING")
            || status.state().equals("STOPPING");
    boolean working =
        status.tasks().stream()
            .anyMatch(task -> task.underWay() || (task.isOpen() && task.looksAgainAt() != null));
    // Nothing open and nothing final: a step between two tasks that takes its time.
    boolean between = status.tasks().stream().noneMatch(TaskStatus::isOpen) && !status.isAllFinal();
    return starting || working || (between && status.state().equals("RUNNING"));
  }

  private void show(SlipwayApi manager, OnboardingStatus before, OnboardingStatus now) {
    for (TaskStatus task : now.tasks()) {
      boolean worthTelling = task.isFinal() || task.isOpen();
      if (worthTelling && !Wording.isTold(before, task)) {
        view.line(Wording.line(task));
        if (wentBack(before, task)) {
          new WhyBack(manager.newestEvents(now.id()))
              .of(task.key())
              .ifPresent(why -> view.line("     " + task.row() + " was final; " + why));
        }
      }
    }
    view.status(now);
  }

  /** One that waits for another row says so itself. */
  private static boolean wentBack(OnboardingStatus before, TaskStatus task) {
    return before != null
        && task.isOpen()
        && task.dependsOn().isEmpty()
        && before.task(task.key()).filter(TaskStatus::isFinal).isPresent();
  }

  /** How many rows came to what, and how long it took; empty before anything was seen. */
  public Optional<String> totals() {
    return Optional.ofNullable(last)
        .map(status -> Wording.totals(status, Duration.between(began, pace.now())));
  }

  /**
   * Signs off as the manager, unless that has been done before; answers who did. Where the last
   * looks at the rows are old, has them looked at again first.
   *
   * @throws ApiProblem if a mandatory row is not final, or does not hold any more
   */
  public String signOff() throws InterruptedException {
    String id = memory.onboarding();
    SlipwayApi manager = callers.as(Role.MANAGER, id);
    if (isSignedOff(manager, id)) {
      return manager.signOff(id).path("by").asText();
    }
    try {
      return signOff(manager, id);
    } catch (ApiProblem e) {
      if (!e.code().equals("sign-off.old-looks")) {
        throw e;
      }
      view.line("Looks at everything again, for the last looks are old.");
      manager.lookAgain(id, "before the sign-off");
      follow(manager, id, new Script(profile, memory, callers, standIns, view, id));
      return signOff(manager, id);
    }
  }

  private static String signOff(SlipwayApi manager, String id) {
    return manager.signOff(id, "").at("/signOff/by").asText();
  }

  /**
   * Goes on after the sign-off until the data is erased: it is looked at again, and what the
   * profile says happens meanwhile.
   *
   * @param everyDays how often it is looked at
   * @param say takes a line for each look, and for what it found
   */
  public void afterGoLive(int everyDays, Consumer<String> say) throws InterruptedException {
    String id = memory.onboarding();
    SlipwayApi manager = callers.as(Role.MANAGER, id);
    Script script = new Script(profile, memory, callers, standIns, view, id);
    Instant signedAt = pace.now();
    JsonNode looks = manager.scheduleLooks(id, everyDays);
    say.accept(
        "Looked at again every %s until its data is erased at %s."
            .formatted(everyDays == 1 ? "day" : everyDays + " days", looks.path("until").asText()));
    Instant end = Instant.parse(looks.path("until").asText()).plus(ERASED_WITHIN);
    int told = 0;
    int played = 0;
    while (looks.has("until")) {
      Instant next = end;
      if (played < profile.afterGoLive().size()) {
        Instant due = signedAt.plus(profile.afterGoLive().get(played).after());
        if (!due.isAfter(pace.now())) {
          script.playLater(played++);
          continue;
        }
        next = due.isBefore(next) ? due : next;
      }
      pace.pause(next);
      pace.settle();
      looks = manager.looks(id);
      if (looks.has("until") && !pace.now().isBefore(end)) {
        throw new IllegalStateException("the data was to be erased by " + end);
      }
      List<JsonNode> addenda = new ArrayList<>();
      looks.path("addenda").forEach(addenda::add);
      for (JsonNode addendum : addenda.reversed()) {
        if (addendum.path("number").asInt() > told) {
          told = addendum.path("number").asInt();
          new AddendumText(manager.addendum(id, told)).lines().forEach(say);
        }
      }
    }
    say.accept("Its data is erased: it is not looked at any more.");
  }

  /**
   * The onboarding's report as it is now, signed; the one that was signed off, if it was.
   *
   * @param signer signs one that was not
   */
  public SignedBytes report(UnaryOperator<byte[]> signer) {
    String id = memory.onboarding();
    SlipwayApi manager = callers.as(Role.MANAGER, id);
    boolean signedOff = isSignedOff(manager, id);
    byte[] content = manager.report(id);
    return new SignedBytes(
        content,
        signedOff
            ? Base64.getDecoder().decode(manager.signOff(id).path("signature").asText())
            : signer.apply(content));
  }

  private static boolean isSignedOff(SlipwayApi manager, String id) {
    return manager.onboarding(id).path("onboarding").path("state").asText().equals("SIGNED_OFF");
  }

  /** The open items as the API shows them now, each with who is waited for and why. */
  public List<String> open() {
    String id = memory.onboarding();
    return Wording.open(StatusReader.read(callers.as(Role.MANAGER, id).onboarding(id)));
  }
}
