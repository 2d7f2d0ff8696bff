package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.lint.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tasks and element rows of an onboarding as people call them: by id, by the row's number
 * ({@code V01}), or by the id without its section ({@code configure-smtp}); each with {@code
 * @instance}, if it has one.
 *
 * @param answer of {@code GET /onboardings/{onboarding}}
 */
record TaskNames(JsonNode answer) {

  /** The ids. */
  List<String> ids() {
    List<String> ids = new ArrayList<>();
    answer
        .path("sections")
        .forEach(
            section -> section.path("tasks").forEach(task -> ids.add(task.path("task").asText())));
    return ids;
  }

  /** The keys of the element rows, with their instances. */
  List<String> elementKeys() {
    return answer
        .path("sections")
        .valueStream()
        .flatMap(section -> section.path("elements").valueStream())
        .map(element -> element.path("key").asText())
        .toList();
  }

  /**
   * The task that is meant.
   *
   * @throws InputFailure if there is none
   */
  String id(String named) {
    int at = named.indexOf('@');
    String name = at < 0 ? named : named.substring(0, at);
    String instance = at < 0 ? "" : named.substring(at);
    Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (JsonNode section : answer.path("sections")) {
      for (JsonNode task : section.path("tasks")) {
        String id = task.path("task").asText();
        names.put(task.path("row").asText(), id);
        names.putIfAbsent(id.substring(id.indexOf('.') + 1), id);
      }
      for (JsonNode element : section.path("elements")) {
        String id = element.path("key").asText().replaceFirst("@.*", "");
        names.put(element.path("row").asText(), id);
        names.putIfAbsent(id.substring(id.indexOf('.') + 1), id);
      }
    }
    String id = names.get(name);
    if (id == null) {
      throw new InputFailure(
          "there is no task or row %s%s; `slipway show ONBOARDING` lists them"
              .formatted(name, new Nearest(names.keySet()).hint(name)));
    }
    return id + instance;
  }
}
