package dev.slipway.local.run;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.client.SlipwayApi;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The people of a profile: does what it lets them do, each thing once and in order, when the API
 * shows that it is asked.
 */
final class Script {
  private final Profile profile;
  private final RunMemory memory;
  private final Callers callers;
  private final StandIns standIns;
  private final RunView view;
  private final String onboarding;

  /**
   * When each scripted thing was first asked for; a task that is looked at again goes on asking.
   */
  private final Map<String, Instant> askedSince = new HashMap<>();

  Script(
      Profile profile,
      RunMemory memory,
      Callers callers,
      StandIns standIns,
      RunView view,
      String onboarding) {
    this.profile = profile;
    this.memory = memory;
    this.callers = callers;
    this.standIns = standIns;
    this.view = view;
    this.onboarding = onboarding;
  }

  /** A scripted thing, due some time. */
  private record Next(String name, Instant due, Runnable action) {}

  /** The stand-ins become as the profile wants them; once. */
  void prepareSandbox() {
    List<ProfileAction> actions = profile.sandbox();
    for (int i = 0; i < actions.size(); i++) {
      ProfileAction action = actions.get(i);
      String place =
          place(profile.lines().line(JsonPointer.compile("/sandbox/" + i))) + "sandbox[" + i + "]";
      once("sandbox:" + i, () -> perform(place, action, Role.ENGINEER));
    }
  }

  /** Says what people say before they are asked; once. */
  void speakEarly() {
    for (int i = 0; i < profile.people().size(); i++) {
      PersonsStep step = profile.people().get(i);
      if (step.early()) {
        String name = name(i);
        once(name, () -> complete(name, step));
      }
    }
  }

  private void once(String name, Runnable action) {
    if (!memory.isDone(name)) {
      action.run();
      memory.done(name);
    }
  }

  /** Does everything that is due, one thing after the other; answers whether it did anything. */
  boolean act(OnboardingStatus status, Pace pace) throws InterruptedException {
    boolean acted = false;
    Instant now = pace.now();
    for (TaskStatus task : status.tasks()) {
      Optional<Next> next = next(task, now);
      if (next.isPresent() && !now.isBefore(next.get().due())) {
        next.get().action().run();
        memory.done(next.get().name());
        pace.settle();
        acted = true;
      }
    }
    return acted;
  }

  /** The time of the next act, if the status stays as it is; null: never. */
  Instant nextAt(OnboardingStatus status, Instant now) {
    return status.tasks().stream()
        .flatMap(task -> next(task, now).stream())
        .map(Next::due)
        .min(Instant::compareTo)
        .orElse(null);
  }

  /** The profile's next act for a task in its present status. */
  private Optional<Next> next(TaskStatus task, Instant now) {
    if (!task.isOpen() || task.underWay()) {
      return Optional.empty();
    }
    for (int i = 0; i < profile.people().size(); i++) {
      PersonsStep step = profile.people().get(i);
      boolean fits =
          task.outcome().equals("WAITING")
              && step.task().equals(task.key())
              && step.step().equals(task.step());
      if (fits && !step.early() && !memory.isDone(name(i))) {
        String name = name(i);
        Instant since = askedSince.computeIfAbsent(name, key -> now);
        return Optional.of(new Next(name, since.plus(step.after()), () -> complete(name, step)));
      }
    }
    for (int i = 0; i < profile.corrections().size(); i++) {
      Correction correction = profile.corrections().get(i);
      String name = "correction:" + i + ":" + correction.task();
      if (fits(correction, task) && !memory.isDone(name)) {
        Instant since = askedSince.computeIfAbsent(name, key -> now);
        return Optional.of(
            new Next(name, since.plus(correction.after()), () -> correct(name, correction)));
      }
    }
    return Optional.empty();
  }

  private static boolean fits(Correction correction, TaskStatus task) {
    String code = task.problem() == null ? "" : task.problem().code();
    return correction.task().equals(task.key())
        && correction.outcome().equals(task.outcome())
        && (correction.code().isEmpty() || correction.code().equals(code));
  }

  private String name(int index) {
    PersonsStep step = profile.people().get(index);
    return "people:" + index + ":" + step.task() + "/" + step.step();
  }

  /** Plays what happens after go-live. */
  void playLater(int index) {
    LaterEvent event = profile.afterGoLive().get(index);
    performAll(
        "later:" + index, place(event.line()) + "afterGoLive", event.actions(), Role.ENGINEER);
  }

  private void correct(String name, Correction correction) {
    performAll(
        name, place(correction.line()) + "corrections", correction.actions(), correction.as());
  }

  /** Each action is noted by itself: a killed run goes on with the one that it had not come to. */
  private void performAll(String name, String place, List<ProfileAction> actions, Role role) {
    for (int i = 0; i < actions.size(); i++) {
      ProfileAction action = actions.get(i);
      once(name + ":" + i, () -> perform(place, action, role));
    }
  }

  private String place(int line) {
    return profile.file() + ":" + line + ": ";
  }

  private void complete(String name, PersonsStep step) {
    performAll(name, place(step.line()) + "people", step.acts(), step.as());
    if (step.statement() == null) {
      return;
    }
    view.line(
        "%s says of %s, %s: %s"
            .formatted(person(step.as()), step.task(), step.step(), step.statement()));
    SlipwayApi api = callers.as(step.as(), onboarding);
    JsonNode values =
        step.values() == null
            ? null
            : new HandedOverFiles(profile)
                .in(api, onboarding, step.values(), JsonPointer.empty().appendProperty("people"));
    try {
      api.complete(onboarding, step.task(), step.step(), step.statement(), values);
    } catch (ApiProblem e) {
      tellIfLate(e);
    }
  }

  /** A statement made just before a kill is made again: the API answers that it has it already. */
  private void tellIfLate(ApiProblem problem) {
    if (problem.status() != 409) {
      throw problem;
    }
    view.line("(was said before: " + problem.detail() + ")");
  }

  /** A refusal of the stand-ins is told with its place in the profile. */
  private void perform(String place, ProfileAction action, Role role) {
    try {
      perform(action, role);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "%s: the third party refuses it (%s): %s".formatted(place, word(action), e.getMessage()));
    }
  }

  private static String word(ProfileAction action) {
    return switch (action) {
      case ProfileAction.PerformAct act -> "act " + act.act();
      case ProfileAction.PatchWorld world -> "world";
      case ProfileAction.AddFault fault -> "fault";
      default -> action.getClass().getSimpleName();
    };
  }

  private void perform(ProfileAction action, Role role) {
    switch (action) {
      case ProfileAction.GiveElement give -> giveElement(give, role);
      case ProfileAction.GiveCredential give -> {
        JsonNode answer =
            callers.as(role, onboarding).storeCredential(onboarding, give.system(), give.fields());
        view.line(
            "%s stores another credential for %s: %s"
                .formatted(person(role), give.system(), answer.path("grade").asText()));
      }
      case ProfileAction.PerformAct act -> {
        view.line(person(role) + " acts outside Slipway: " + act.act());
        standIns.perform(act.act(), act.details());
      }
      case ProfileAction.PatchWorld world -> standIns.patch(world.patch());
      case ProfileAction.AddFault fault -> standIns.add(fault.fault());
      case ProfileAction.ClearFaults clear -> standIns.clearFaults();
      case ProfileAction.LookFromInside look -> lookFromInside(look, role);
      case ProfileAction.Decide decide -> decide(decide, role);
    }
  }

  private void giveElement(ProfileAction.GiveElement give, Role role) {
    SlipwayApi api = callers.as(role, onboarding);
    JsonNode before = IntakeDesk.given(api, onboarding).get(give.element());
    view.line("%s gives another value for %s".formatted(person(role), give.element()));
    JsonNode value =
        new HandedOverFiles(profile)
            .in(api, onboarding, give.value(), JsonPointer.empty().appendProperty("corrections"));
    api.saveElement(
        onboarding,
        give.element(),
        value,
        before == null ? OptionalLong.empty() : OptionalLong.of(before.path("version").asLong()));
  }

  private void lookFromInside(ProfileAction.LookFromInside look, Role role) {
    view.line(person(role) + " lets a probe runner look from inside: " + look.name());
    standIns.lookFromInside(
        look.name(),
        () ->
            callers
                .as(role, onboarding)
                .enrolProbeRunner(onboarding, look.name())
                .path("code")
                .asText(),
        look.logins(),
        view::line);
  }

  private void decide(ProfileAction.Decide decide, Role role) {
    boolean second = decide.kind() == ProfileAction.Decide.Kind.APPROVE;
    SlipwayApi api = callers.as(role, onboarding, second);
    String task = decide.task();
    String reason = decide.reason();
    view.line(
        "%s decides: %s %s: %s"
            .formatted(
                person(role),
                decide.kind().name().toLowerCase(java.util.Locale.ROOT),
                task,
                reason));
    try {
      switch (decide.kind()) {
        case RETRY -> api.retry(onboarding, task, reason);
        case SKIP -> api.skip(onboarding, task, reason);
        case WAIVE -> api.waive(onboarding, task, reason);
        case APPROVE -> api.approve(onboarding, task, reason);
      }
    } catch (ApiProblem e) {
      tellIfLate(e);
    }
  }

  private static String person(Role role) {
    return switch (role) {
      case MANAGER -> "The onboarding manager";
      case CUSTOMER -> "The customer";
      case ENGINEER -> "The engineer";
    };
  }
}
