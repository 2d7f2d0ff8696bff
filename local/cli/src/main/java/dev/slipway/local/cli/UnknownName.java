package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.lint.Nearest;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/**
 * A name that the API does not know, and the one that was meant.
 *
 * @param given what the command was given, by the parameter's label
 */
record UnknownName(SlipwayApi api, String onboarding, UnaryOperator<String> given) {

  /** The known name nearest to the one that a problem is about; empty: none is near. */
  Optional<String> meant(ApiProblem problem) {
    try {
      return switch (problem.code()) {
        case "onboarding.unknown" -> nearest("ONBOARDING", texts(api.all(), "id"));
        case "checklist.unknown" -> nearest("CHECKLIST", new Checklists().names());
        case "task.unknown" -> nearest("TASK", new TaskNames(progress()).ids());
        case "step.unknown" -> nearest("STEP", texts(progress().path("openWork"), "step"));
        case "element.unknown" ->
            nearest("ELEMENT", texts(api.elements(onboarding).path("elements"), "element"));
        case "credential.unknown" ->
            nearest("SYSTEM", texts(api.elements(onboarding).path("credentials"), "system"));
        default -> Optional.empty();
      };
    } catch (ApiProblem | UncheckedIOException e) {
      // The first refusal counts.
      return Optional.empty();
    }
  }

  private JsonNode progress() {
    return api.onboarding(onboarding);
  }

  private Optional<String> nearest(String label, List<String> names) {
    return new Nearest(names).to(given.apply(label));
  }

  private static List<String> texts(Iterable<JsonNode> all, String field) {
    return StreamSupport.stream(all.spliterator(), false)
        .filter(each -> each.hasNonNull(field))
        .map(each -> each.path(field).asText())
        .distinct()
        .toList();
  }
}
