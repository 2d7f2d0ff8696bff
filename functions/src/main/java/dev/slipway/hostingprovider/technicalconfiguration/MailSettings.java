package dev.slipway.hostingprovider.technicalconfiguration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.hostingprovider.NumberedChanges;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
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
 * The platform's mail settings, brought to what was given; the password is compared by its version,
 * for the platform does not show it.
 */
final class MailSettings {
  /** No permission, or a platform that does not list these settings: a person enters them. */
  private static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND);

  private static final String PASSWORD = "smtp.mail.password";

  private final Work work;
  private final PlatformClient platform;
  private final NumberedChanges changes;
  private final Map<String, String> wanted = new LinkedHashMap<>();

  MailSettings(Work work, PlatformClient platform) {
    this.work = work;
    this.platform = platform;
    this.changes = new NumberedChanges(work, platform);
    JsonNode server = work.element("mail-server");
    JsonNode login = work.secret("smtp");
    wanted.put("smtp.mail.host", server.path("host").asText());
    wanted.put("smtp.mail.port", server.path("port").asText());
    wanted.put("smtp.mail.user", login.path("user").asText());
    wanted.put(PASSWORD, login.path("password").asText());
    wanted.put("smtp.mail.ssl", server.path("encryption").asText());
    wanted.put("smtp.mail.from", server.path("from").asText());
    wanted.put("smtp.mail.type", server.path("type").asText("MULTIPART"));
  }

  /** The step that enters the settings. */
  PersonStep step() {
    return work.step("write-settings")
        .about(work.about("platform.domain", "mail-server").and("smtp", work.secretVersion("smtp")))
        .field("mail-server")
        .leftToPerson(LEFT_TO_PERSON);
  }

  /** Writes the settings that differ. They have no effect before they are applied. */
  Finding write() {
    List<ConfigKey> differing = differing(read());
    if (differing.isEmpty()) {
      return asGiven();
    }
    Finding written = changes.write(differing, wanted, Set.of(PASSWORD));
    work.remember(Note.Kind.RESOURCE, passwordNote(), Json.tree(true));
    return written;
  }

  /** Looks whether the settings are as given; where they may not be read, a statement stands. */
  Finding compare(Optional<Answer> statement) {
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
    if (statement.isPresent()) {
      notePassword(present);
    }
    List<String> wrong = differing(present).stream().map(ConfigKey::key).toList();
    if (!wrong.isEmpty()) {
      throw new UnmetRequirement(
          "smtp.settings-differ",
          "platform",
          "mail-server",
          "These settings are not as given at intake: " + String.join(", ", wrong) + ".",
          "Enter them as given, or correct the element `mail-server`.");
    }
    return asGiven();
  }

  /** The changes made so far. */
  NumberedChanges changes() {
    return changes;
  }

  /** A version of the credential names the password without giving anything of it away. */
  private String passwordNote() {
    return "password:" + work.secretVersion("smtp") + ":" + platform.against();
  }

  /** A person entered a password that the platform does not show. */
  private void notePassword(List<ConfigKey> present) {
    if (present.stream().noneMatch(s -> s.key().equals(PASSWORD) && !isHidden(s))) {
      work.remember(Note.Kind.RESOURCE, passwordNote(), Json.tree(true));
    }
  }

  private Finding asGiven() {
    return new Finding(
        PlatformMethod.GET_CONFIG_KEYS.permission(),
        platform.against(),
        "the settings smtp.mail.* are as given at intake" + changes.lastApplied());
  }

  private List<ConfigKey> read() {
    List<ConfigKey> present = new ArrayList<>(platform.configKeys(List.copyOf(wanted.keySet())));
    List<String> unknown = new ArrayList<>(wanted.keySet());
    unknown.removeAll(present.stream().map(ConfigKey::key).toList());
    unknown.remove(PASSWORD);
    if (!unknown.isEmpty()) {
      throw new SystemTrouble(
          "platform",
          Kind.NOT_FOUND,
          "The platform does not list the settings " + String.join(", ", unknown) + ".",
          PlatformMethod.GET_CONFIG_KEYS.permission(),
          platform.against(),
          "");
    }
    if (present.stream().noneMatch(setting -> setting.key().equals(PASSWORD))) {
      present.add(new ConfigKey(present.getFirst().type(), PASSWORD, Optional.empty()));
    }
    return present;
  }

  private List<ConfigKey> differing(List<ConfigKey> present) {
    return present.stream().filter(setting -> !isAsGiven(setting)).toList();
  }

  private boolean isAsGiven(ConfigKey setting) {
    return setting.value().orElse("").equals(wanted.get(setting.key()))
        || (setting.key().equals(PASSWORD)
            && isHidden(setting)
            && work.remembered(Note.Kind.RESOURCE, passwordNote()).isPresent());
  }

  private static boolean isHidden(ConfigKey setting) {
    return setting.value().orElse("").chars().allMatch(c -> c == '*' || c == '\u2022');
  }
}
