package dev.slipway.hostingprovider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.platform.ConfigKey;
import dev.slipway.systems.platform.PlatformClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings of the platform as they stood before a task changed them. Its changes are numbered, and
 * each noted the old values of what it changed ({@code PREVIOUS change:<n>}, setting to value): of
 * a setting that was changed more than once, the first counts. Secrets were never noted.
 */
public final class OldSettings {
  private final Work work;
  private final PlatformClient platform;
  private final String field;

  /**
   * @param field the element that decides the settings, for problems
   */
  public OldSettings(Work work, PlatformClient platform, String field) {
    this.work = work;
    this.platform = platform;
    this.field = field;
  }

  /** Writes what stood there, and applies it inside the maintenance window. */
  public void putBack(String request) {
    String name = "put-back:" + request;
    if (work.remembered(Note.Kind.RESOURCE, name).isEmpty()) {
      work.proof(field, () -> write(name));
      if (work.optionalElement("maintenance-window").isPresent()) {
        MaintenanceWindow.await(work, "The old settings are applied");
      }
    }
    work.proof(field, () -> apply(name));
  }

  private Finding write(String name) {
    Map<String, String> old = noted();
    if (old.isEmpty()) {
      throw new UnmetRequirement(
          "put-back.nothing-noted",
          "slipway",
          field,
          "No setting's old value was noted.",
          "Retry the task, or do without it.");
    }
    List<ConfigKey> present = platform.configKeys(List.copyOf(old.keySet()));
    Set<String> types = new TreeSet<>();
    present.forEach(setting -> types.add(setting.type()));
    work.remember(Note.Kind.INTENT, name, Json.tree(types));
    List<String> written = new ArrayList<>();
    for (ConfigKey setting : present) {
      String before = old.get(setting.key());
      written.add(setting.key() + " = " + before);
      if (!setting.value().orElse("").equals(before)) {
        platform.changeConfigKey(setting.type(), setting.key(), before);
      }
    }
    return new Finding(
        PlatformMethod.CHANGE_CONFIG_KEY.permission(),
        platform.against(),
        "put back: " + String.join(", ", written));
  }

  private Map<String, String> noted() {
    Map<String, String> old = new LinkedHashMap<>();
    for (int number = 1; ; number++) {
      Optional<JsonNode> change = work.remembered(Note.Kind.PREVIOUS, "change:" + number);
      if (change.isEmpty()) {
        return old;
      }
      change
          .get()
          .properties()
          .forEach(setting -> old.putIfAbsent(setting.getKey(), setting.getValue().asText("")));
    }
  }

  private Finding apply(String name) {
    if (work.remembered(Note.Kind.RESOURCE, name).isEmpty()) {
      Optional<String> password =
          Optional.of(work.secret("platform").path("password").asText())
              .filter(text -> !text.isEmpty());
      work.remembered(Note.Kind.INTENT, name)
          .orElseGet(JsonNodeFactory.instance::arrayNode)
          .forEach(type -> platform.applyConfig(type.asText(), password));
      work.remember(Note.Kind.RESOURCE, name, Json.tree(work.now()));
    }
    return new Finding(
        PlatformMethod.APPLY_CONFIG.permission(),
        platform.against(),
        "the old settings were applied at "
            + work.remembered(Note.Kind.RESOURCE, name).orElseThrow().asText()
            + "; passwords were never noted, and are as the task set them");
  }
}
