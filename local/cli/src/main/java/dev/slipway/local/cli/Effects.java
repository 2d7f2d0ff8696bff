package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The combined effect of several elements, from the previews of each. */
final class Effects {
  private final Map<String, JsonNode> tasks = new LinkedHashMap<>();
  private final Map<String, JsonNode> missing = new LinkedHashMap<>();

  /** Adds an answer of {@code POST …/elements/{element}/preview}. */
  void add(JsonNode preview) {
    addTasks(preview.path("tasks"));
    preview.path("missing").forEach(each -> missing.put(each.path("field").asText(), each));
  }

  void addTasks(JsonNode changes) {
    for (JsonNode task : changes) {
      String id = task.path("task").asText();
      if (!tasks.containsKey(id) || isUnchanged(tasks.get(id))) {
        tasks.put(id, task);
      }
    }
  }

  private static boolean isUnchanged(JsonNode task) {
    return task.path("effect").asText().equals("UNCHANGED");
  }

  /** The tasks that are affected. */
  Set<String> tasks() {
    return tasks.entrySet().stream()
        .filter(task -> !isUnchanged(task.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /**
   * For people.
   *
   * @param given the elements that are given by the way, and so are not asked for
   */
  List<String> lines(Set<String> given) {
    ArrayNode left = JsonNodeFactory.instance.arrayNode();
    missing.forEach(
        (field, each) -> {
          if (!given.contains(field)) {
            left.add(each);
          }
        });
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    tasks.values().forEach(all::add);
    return EffectText.lines(all, left);
  }
}
