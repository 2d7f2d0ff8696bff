package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.customer.AttachedFiles;
import dev.slipway.local.customer.ElementChange;
import dev.slipway.local.customer.Mistakes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Saves what a customer's file changes: first all of it is looked at, then all of it is saved. */
final class ElementSaving {
  private final ApplyCommand command;
  private final SlipwayApi api;
  private final String onboarding;
  private final List<ElementChange> changes;
  private final Effects shown = new Effects();

  ElementSaving(
      ApplyCommand command, SlipwayApi api, String onboarding, List<ElementChange> changes) {
    this.command = command;
    this.api = api;
    this.onboarding = onboarding;
    this.changes = changes;
  }

  /**
   * The effect of the changes; ends the command if the API refuses one of them. What a check finds
   * may be mended by another of the changes: that is seen as they are saved.
   */
  Effects preview(Mistakes mistakes) {
    for (ElementChange change : changes) {
      try {
        shown.add(api.previewElement(onboarding, change.element(), change.after()));
      } catch (ApiProblem e) {
        if (isByCheck(e) && changes.size() > 1) {
          continue;
        }
        if (e.status() != 403 && e.status() != 404 && e.status() != 422) {
          throw e;
        }
        String at = Mistakes.element(change.element());
        JsonNode errors = e.body().path("errors");
        errors.forEach(
            error ->
                mistakes.add(at + error.path("field").asText(), error.path("message").asText()));
        if (errors.isEmpty()) {
          mistakes.add(at, e.body().path("detail").asText());
        }
      }
    }
    mistakes.throwIfAny();
    return shown;
  }

  /** A check reads other elements too: those of the same file may have to be saved before. */
  private static boolean isByCheck(ApiProblem problem) {
    return problem.code().equals("element.check");
  }

  /**
   * Saves them, each over the version that was compared; one that a check refuses once more after
   * the others.
   */
  void save(AttachedFiles files) {
    Set<String> there =
        api.files(onboarding)
            .valueStream()
            .map(file -> file.path("sha256").asText())
            .collect(Collectors.toSet());
    files.handOver(api, onboarding, there);
    Deque<ElementChange> left = new ArrayDeque<>(changes);
    Set<ElementChange> refused = new HashSet<>();
    int saved = 0;
    while (!left.isEmpty()) {
      ElementChange change = left.removeFirst();
      try {
        JsonNode answer = save(change);
        command.say(
            "%s is saved, version %d."
                .formatted(change.element(), answer.path("version").asLong()));
        answer
            .path("rechecked")
            .forEach(task -> command.say("  looked at again: " + task.asText()));
        saved++;
      } catch (ApiProblem e) {
        if (isByCheck(e) && !left.isEmpty() && refused.add(change)) {
          left.addLast(change);
          continue;
        }
        if (e.status() != 412 && e.status() != 409 && !isByCheck(e)) {
          throw e;
        }
        throw new CommandFailure(
            "%s: %s%n  Before that, %d of %d elements were saved; the same command shows what is left."
                .formatted(
                    change.element(), e.body().path("detail").asText(), saved, changes.size()));
      }
    }
  }

  /** Effects move with what is saved before; only what was not shown is not agreed to. */
  private JsonNode save(ElementChange change) {
    try {
      return api.saveElement(onboarding, change.element(), change.after(), change.replaced(), null);
    } catch (ApiProblem e) {
      if (!e.code().equals("effect.not-seen")) {
        throw e;
      }
      Effects now = new Effects();
      now.addTasks(e.body().path("effect"));
      if (!command.isAgreed() && !shown.tasks().containsAll(now.tasks())) {
        throw new CommandFailure(
            "%s: it would do something else than was shown, because somebody changed the"
                    .formatted(change.element())
                + " onboarding meanwhile; give the command again to see what");
      }
      return api.saveElement(
          onboarding,
          change.element(),
          change.after(),
          change.replaced(),
          e.body().path("currentHash").asText());
    }
  }
}
