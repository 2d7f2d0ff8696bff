package dev.slipway.hostingprovider.platformcustomization;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.hostingprovider.NumberedChanges;
import dev.slipway.ledger.Answer;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.ConfigKey;
import dev.slipway.systems.platform.PlatformClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The platform's settings for links and name, brought to what was given. The names of these
 * settings are not public: the element gives them, and a person enters each setting that it does
 * not name.
 */
final class LinkSettings {
  /** No permission, or a platform without these settings: a person enters them. */
  private static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND);

  private final Work work;
  private final PlatformClient platform;
  private final NumberedChanges changes;
  private final Map<String, String> wanted = new LinkedHashMap<>();
  private final List<String> unnamed = new ArrayList<>();

  LinkSettings(Work work, PlatformClient platform) {
    this.work = work;
    this.platform = platform;
    this.changes = new NumberedChanges(work, platform);
    JsonNode branding = work.element("branding");
    Map<String, String> values = BrandingLinks.of(work);
    if (branding.hasNonNull("platformName")) {
      values.put("platformName", branding.path("platformName").asText());
    }
    values.forEach(
        (field, value) -> {
          String key = branding.path("settings").path(field).asText();
          if (key.isEmpty()) {
            unnamed.add(field);
          } else {
            wanted.put(key, value);
          }
        });
  }

  /** The step that enters the settings. */
  PersonStep step() {
    return work.step("write-settings")
        .about("platform.domain", "branding.links", "branding.platformName", "branding.settings")
        .field("branding.links")
        .leftToPerson(LEFT_TO_PERSON);
  }

  /** Writes the settings that differ. They have no effect before they are applied. */
  Finding write() {
    if (!unnamed.isEmpty()) {
      throw notFound(
          "The element `branding.settings` does not say what the settings for "
              + String.join(", ", unnamed)
              + " are called.");
    }
    List<ConfigKey> differing = differing(read());
    if (differing.isEmpty()) {
      return asGiven();
    }
    return changes.write(differing, wanted, Set.of());
  }

  /** Looks whether the settings are as given; where they cannot be read, a statement stands. */
  Finding compare(Optional<Answer> statement) {
    if (wanted.isEmpty()) {
      statement.ifPresent(changes::noteUnseen);
      return new Finding(
          "settings of links", platform.against(), "not named: it rests on the live page");
    }
    List<ConfigKey> present;
    try {
      present = read();
    } catch (SystemTrouble trouble) {
      if (statement.isEmpty() || !LEFT_TO_PERSON.contains(trouble.kind())) {
        throw trouble;
      }
      changes.noteUnseen(statement.get());
      return new Finding(trouble.asked(), trouble.against(), "cannot be read: " + trouble.code());
    }
    List<String> wrong = differing(present).stream().map(ConfigKey::key).toList();
    if (!wrong.isEmpty()) {
      throw new UnmetRequirement(
          "branding.settings-differ",
          "platform",
          "branding.links",
          "These settings are not as given at intake: " + String.join(", ", wrong) + ".",
          "Enter them as given, or correct the element `branding`.");
    }
    if (!unnamed.isEmpty()) {
      statement.ifPresent(changes::noteUnseen);
    }
    return asGiven();
  }

  /** The changes made so far. */
  NumberedChanges changes() {
    return changes;
  }

  /** Whether every setting is named, so that reading them says what is in effect. */
  boolean allNamed() {
    return unnamed.isEmpty();
  }

  private Finding asGiven() {
    return new Finding(
        PlatformMethod.GET_CONFIG_KEYS.permission(),
        platform.against(),
        "the settings are as given at intake: "
            + String.join(", ", wanted.keySet())
            + changes.lastApplied());
  }

  private List<ConfigKey> read() {
    List<ConfigKey> present = platform.configKeys(List.copyOf(wanted.keySet()));
    List<String> unknown = new ArrayList<>(wanted.keySet());
    unknown.removeAll(present.stream().map(ConfigKey::key).toList());
    if (!unknown.isEmpty()) {
      throw notFound("The platform lists no settings " + String.join(", ", unknown) + ".");
    }
    return present;
  }

  private List<ConfigKey> differing(List<ConfigKey> present) {
    return present.stream()
        .filter(setting -> !setting.value().orElse("").equals(wanted.get(setting.key())))
        .toList();
  }

  private SystemTrouble notFound(String message) {
    return new SystemTrouble(
        "platform",
        Kind.NOT_FOUND,
        message,
        PlatformMethod.GET_CONFIG_KEYS.permission(),
        platform.against(),
        "");
  }
}
