package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the status of an onboarding out of the API's answer. */
public final class StatusReader {
  private StatusReader() {}

  /** Reads an answer of {@code GET /onboardings/{onboarding}}. */
  public static OnboardingStatus read(JsonNode answer) {
    // A waiting task without a row of its own (a section's gate, once for each of its parties)
    // comes
    // before its section's rows.
    Map<String, List<JsonNode>> open = new LinkedHashMap<>();
    for (JsonNode work : answer.path("openWork")) {
      if (!work.has("about")) {
        String task = work.path("task").asText();
        // Several instances that are asked the same are one piece of work.
        List<String> instances = texts(work.path("instances"));
        (instances.size() < 2
                ? Stream.of(task)
                : instances.stream().map(instance -> task + "@" + instance))
            .forEach(key -> open.computeIfAbsent(key, each -> new ArrayList<>()).add(work));
      }
    }
    List<OnboardingStatus.Section> sections = new ArrayList<>();
    List<TaskStatus> tasks = new ArrayList<>();
    for (JsonNode section : answer.path("sections")) {
      String id = section.path("section").asText();
      sections.add(
          new OnboardingStatus.Section(
              id, section.path("title").asText(), ElementStatus.of(section.path("elements"))));
      Map<String, JsonNode> rows = new LinkedHashMap<>();
      section.path("tasks").forEach(task -> rows.put(key(task), task));
      open.forEach(
          (key, asked) -> {
            if (asked.getFirst().path("section").asText().equals(id) && !rows.containsKey(key)) {
              // All there is to know of it is that it is open.
              asked.forEach(work -> tasks.add(task(key, "", id, work, work)));
            }
          });
      rows.forEach((key, task) -> tasks.add(task(key, id, task, open)));
    }
    JsonNode onboarding = answer.path("onboarding");
    return new OnboardingStatus(
        onboarding.path("id").asText(),
        onboarding.path("name").asText(),
        onboarding.path("state").asText(),
        onboarding.path("run").asInt(),
        onboarding.path("runBeingReplaced").asBoolean(),
        sections,
        tasks);
  }

  private static TaskStatus task(
      String key, String section, JsonNode task, Map<String, List<JsonNode>> open) {
    return task(
        key,
        task.path("row").asText(),
        section,
        task,
        open.getOrDefault(key, List.of(MissingNode.getInstance())).getFirst());
  }

  private static TaskStatus task(
      String key, String row, String section, JsonNode task, JsonNode work) {
    return new TaskStatus(
        key,
        row,
        title(task, key),
        section,
        task.path("outcome").asText("PENDING"),
        task.path("why").asText(""),
        work.path("party").asText(""),
        work.path("step").asText(""),
        texts(work.path("waitsFor")),
        work.path("instructions").asText(""),
        work.hasNonNull("until") ? Instant.parse(work.path("until").asText()) : null,
        trouble(work.path("problem")),
        task.path("attempts").asInt(),
        work.path("underWay").asBoolean() || task.path("beingPerformed").asBoolean());
  }

  private static String title(JsonNode task, String key) {
    String instance = task.path("instance").asText("");
    return task.path("title").asText(key) + (instance.isEmpty() ? "" : " (" + instance + ")");
  }

  private static String key(JsonNode task) {
    String instance = task.path("instance").asText("");
    String id = task.path("task").asText();
    return instance.isEmpty() ? id : id + "@" + instance;
  }

  private static TaskStatus.Trouble trouble(JsonNode problem) {
    return problem.isObject()
        ? new TaskStatus.Trouble(
            problem.path("code").asText(""),
            problem.path("field").asText(""),
            problem.path("message").asText(""),
            problem.path("nextStep").asText(""))
        : null;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
