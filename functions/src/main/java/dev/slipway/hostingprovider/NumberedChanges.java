package dev.slipway.hostingprovider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.ConfigKey;
import dev.slipway.systems.platform.PlatformClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A task's changes of the platform's settings, numbered: each is noted with the old values (never a
 * secret) before the first setting is written, and as applied after it was applied; so a change
 * that was begun is ended, and none is applied a second time. {@link OldSettings} puts them back.
 */
public final class NumberedChanges {
  private static final String APPLY = "apply-settings";

  private final Work work;
  private final PlatformClient platform;

  public NumberedChanges(Work work, PlatformClient platform) {
    this.work = work;
    this.platform = platform;
  }

  /**
   * Writes settings. They have no effect before they are applied.
   *
   * @param differing as they stand
   * @param wanted setting to value
   * @param secret settings whose old values are not noted
   */
  public Finding write(List<ConfigKey> differing, Map<String, String> wanted, Set<String> secret) {
    ObjectNode old = JsonNodeFactory.instance.objectNode();
    Set<String> types = new TreeSet<>();
    for (ConfigKey setting : differing) {
      types.add(setting.type());
      if (!secret.contains(setting.key())) {
        old.put(setting.key(), setting.value().orElse(null));
      }
    }
    work.remember(Note.Kind.PREVIOUS, change(), old);
    work.remember(Note.Kind.INTENT, change(), Json.tree(types));
    for (ConfigKey setting : differing) {
      platform.changeConfigKey(setting.type(), setting.key(), wanted.get(setting.key()));
    }
    return new Finding(
        PlatformMethod.CHANGE_CONFIG_KEY.permission(),
        platform.against(),
        "changed " + String.join(", ", differing.stream().map(ConfigKey::key).toList()));
  }

  /** A person changed what cannot be read: it still has to be applied, once. */
  public void noteUnseen(Answer statement) {
    String seen = "unseen:" + statement.id();
    if (work.remembered(Note.Kind.RESOURCE, seen).isEmpty()) {
      work.remember(Note.Kind.INTENT, change(), Json.tree(List.of()));
      work.remember(Note.Kind.RESOURCE, seen, Json.tree(true));
    }
  }

  /**
   * Takes the step {@code apply-settings}: applies a change that was begun, which restarts a
   * component, when the maintenance window is open. Without such a change there is no step.
   *
   * @param field the element that decides the settings
   * @param look looks whether the change is in effect after a person applied it
   */
  public void applyInWindow(String field, Supplier<Finding> look) {
    if (work.remembered(Note.Kind.INTENT, change()).isEmpty()) {
      return;
    }
    work.step(APPLY)
        .field("maintenance-window")
        .machine(() -> MaintenanceWindow.await(work, "The settings are applied"));
    boolean byMachine =
        work.step(APPLY)
            .about(work.about("platform.domain").and("change", number()))
            .field(field)
            .machine(this::apply)
            .orPerson(look);
    String how = (byMachine ? "by machine at " : "by a person before ") + work.now();
    work.remember(Note.Kind.RESOURCE, "applied:" + number(), Json.tree(how));
  }

  private Finding apply() {
    JsonNode types = work.remembered(Note.Kind.INTENT, change()).orElseThrow();
    if (types.isEmpty()) {
      throw new SystemTrouble(
          "platform",
          Kind.NOT_PERMITTED,
          "A person entered the settings, so which group of them to apply is not known.",
          PlatformMethod.APPLY_CONFIG.permission(),
          platform.against(),
          "");
    }
    Optional<String> password =
        Optional.of(work.secret("platform").path("password").asText()).filter(p -> !p.isEmpty());
    types.forEach(type -> platform.applyConfig(type.asText(), password));
    return new Finding(
        PlatformMethod.APPLY_CONFIG.permission(), platform.against(), "applied change " + number());
  }

  /** How many changes were applied. */
  public int count() {
    return number() - 1;
  }

  /** How the last change came into effect, as the end of a sentence; empty before the first. */
  public String lastApplied() {
    return work.remembered(Note.Kind.RESOURCE, "applied:" + count())
        .map(at -> "; applied " + at.asText() + ", the old values are noted")
        .orElse("");
  }

  private int number() {
    int number = 1;
    while (work.remembered(Note.Kind.RESOURCE, "applied:" + number).isPresent()) {
      number++;
    }
    return number;
  }

  private String change() {
    return "change:" + number();
  }
}
