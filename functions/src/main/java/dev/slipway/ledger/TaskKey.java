package dev.slipway.ledger;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Map;

/**
 * A task of one onboarding, or one instance of it: {@code products.grant-tenant-rights@uat.acme}.
 *
 * @param task the checklist's id of the task
 * @param instance the environment, tenant or application; empty when there is only one
 */
public record TaskKey(String task, String instance) {
  /** Names that are not just written with a capital; a key has lower-case letters only. */
  private static final Map<String, String> WRITTEN =
      Map.of(
          "uat", "UAT", "mnohub", "MnoHub", "connec", "Connec!", "impac", "Impac!", "nex", "Nex!");

  public TaskKey {
    if (task == null || task.isBlank()) {
      throw new IllegalArgumentException("task: must be named");
    }
    instance = instance == null ? "" : instance;
  }

  /** Reads {@code task} or {@code task@instance}. */
  public static TaskKey parse(String text) {
    int at = text.indexOf('@');
    return at < 0
        ? new TaskKey(text, "")
        : new TaskKey(text.substring(0, at), text.substring(at + 1));
  }

  @Override
  public String toString() {
    return instance.isEmpty() ? task : task + "@" + instance;
  }

  /** An instance as people read it: {@code UAT, Acme} of {@code uat.acme}. */
  public static String place(String instance) {
    return Arrays.stream(instance.split("\\.")).map(TaskKey::written).collect(joining(", "));
  }

  private static String written(String part) {
    String words = part.replace('-', ' ');
    return words.isEmpty()
        ? words
        : WRITTEN.getOrDefault(part, Character.toUpperCase(words.charAt(0)) + words.substring(1));
  }

  /** A title with its instance, if it has one: {@code Deploy the stack (UAT, Acme)}. */
  public static String named(String title, String instance) {
    return instance.isEmpty() ? title : title + " (" + place(instance) + ")";
  }
}
