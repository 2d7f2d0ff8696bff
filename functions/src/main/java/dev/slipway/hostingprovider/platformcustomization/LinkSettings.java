package dev.slipway.hostingprovider.platformcustomization;

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
import dev.slipway.task.Unmet;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The platform's settings for links and name, brought to what was given. What these settings are
 * called is not public: the element names them, and what it does not name a person enters.
 *
 * <p>Changes are numbered: each is noted with the old values before the first setting is written,
 * and as applied after it was applied; so a change that was begun is ended, and none is applied a
 * second time.
 */
final class LinkSettings {
  /** No permission, or a platform without these settings: a person enters them. */
  static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND);

  private final Work work;
  private final PlatformClient platform;
  private final Map<String, String> wanted = new LinkedHashMap<>();
  private final List<String> unnamed = new ArrayList<>();

  LinkSettings(Work work, PlatformClient platform) {
    this.work = work;
    this.platform = platform;
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
    work.concerns("write-settings", List.of(values, branding.path("settings")));
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
    ObjectNode old = JsonNodeFactory.instance.objectNode();
    differing.forEach(setting -> old.put(setting.key(), setting.value().orElse(null)));
    work.remember(Note.Kind.PREVIOUS, change(), old);
    Set<String> types = new TreeSet<>();
    differing.forEach(setting -> types.add(setting.type()));
    work.remember(Note.Kind.INTENT, change(), Json.tree(types));
    for (ConfigKey setting : differing) {
      platform.changeConfigKey(setting.type(), setting.key(), wanted.get(setting.key()));
    }
    return new Finding(
        PlatformMethod.CHANGE_CONFIG_KEY.permission(),
        platform.against(),
        "changed " + String.join(", ", differing.stream().map(ConfigKey::key).toList()));
  }

  /** Looks whether the settings are as given; where they cannot be read, a statement stands. */
  Finding compare(Optional<Answer> statement) {
    if (wanted.isEmpty()) {
      statement.ifPresent(this::noteUnseen);
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
      noteUnseen(statement.get());
      return new Finding(trouble.asked(), trouble.against(), "cannot be read: " + trouble.code());
    }
    List<String> wrong = differing(present).stream().map(ConfigKey::key).toList();
    if (!wrong.isEmpty()) {
      throw new Unmet(
          "branding.settings-differ",
          "platform",
          "branding.links",
          "These settings are not as given at intake: " + String.join(", ", wrong) + ".",
          "Enter them as given, or correct the element `branding`.");
    }
    if (!unnamed.isEmpty()) {
      statement.ifPresent(this::noteUnseen);
    }
    return asGiven();
  }

  /** Whether a change was begun that is not applied yet. */
  boolean toBeApplied() {
    work.concerns("apply-settings", number());
    return work.remembered(Note.Kind.INTENT, change()).isPresent();
  }

  /** Applies the change, which restarts a component. */
  Finding apply() {
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

  /** Notes that the change is in effect. */
  void applied(boolean byMachine) {
    String how = (byMachine ? "by machine at " : "by a person before ") + work.now();
    work.remember(Note.Kind.RESOURCE, "applied:" + number(), Json.tree(how));
  }

  /** Whether every setting is named, so that reading them says what is in effect. */
  boolean allNamed() {
    return unnamed.isEmpty();
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

  /** A person changed what cannot be read: it still has to be applied, once. */
  private void noteUnseen(Answer statement) {
    String seen = "unseen:" + statement.id();
    if (work.remembered(Note.Kind.RESOURCE, seen).isEmpty()) {
      work.remember(Note.Kind.INTENT, change(), Json.tree(List.of()));
      work.remember(Note.Kind.RESOURCE, seen, Json.tree(true));
    }
  }

  private Finding asGiven() {
    return new Finding(
        PlatformMethod.GET_CONFIG_KEYS.permission(),
        platform.against(),
        "the settings are as given at intake: "
            + String.join(", ", wanted.keySet())
            + work.remembered(Note.Kind.RESOURCE, "applied:" + (number() - 1))
                .map(at -> "; applied " + at.asText() + ", the old values are noted")
                .orElse(""));
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
