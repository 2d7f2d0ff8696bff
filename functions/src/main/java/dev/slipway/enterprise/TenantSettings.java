package dev.slipway.enterprise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.ResourceApi.Resource;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Settings of a tenant in the hub, by paths such as {@code dashboard.payment.enabled} in its
 * attribute {@code frontend_config} or {@code metadata}. Only what differs is changed, and read
 * back; the old values are noted before ({@code PREVIOUS frontend_config:<n>}, path to value; of a
 * path that was changed more than once the first counts). A setting with {@code <name>_readonly}
 * beside it is locked, and left as it is (mno-enterprise 4.0, tenant_config.rb).
 *
 * <p>Old values are kept as they are, so a secret is written by {@link #ensure(Map, Map, String)},
 * which keeps none.
 */
public final class TenantSettings {
  /** The attribute with what a frontend is configured by. */
  public static final String FRONTEND = "frontend_config";

  /** The attribute with what the hub itself knows of a tenant. */
  public static final String METADATA = "metadata";

  /** The attribute with the keys of third parties (mno-enterprise 4.0, plugins). */
  public static final String KEYSTORE = "keystore";

  /** What is noted of an old secret: that there was one. */
  private static final String A_SECRET = "(a secret)";

  /** The frontend tells a visitor when its configuration was made, in seconds since 1970. */
  private static final String TIMESTAMP = "config_timestamp";

  private final Work work;
  private final MnoHub hub;
  private final String attribute;
  private final String notes;

  public TenantSettings(Work work, MnoHub hub, String attribute) {
    this(work, hub, attribute, attribute);
  }

  /**
   * @param notes the name of the notes, of a task that changes several tenants
   */
  public TenantSettings(Work work, MnoHub hub, String attribute, String notes) {
    this.work = work;
    this.hub = hub;
    this.attribute = attribute;
    this.notes = notes;
  }

  /**
   * Enters what differs and is not locked.
   *
   * @param wanted path to value
   * @throws SystemTrouble of kind {@code NOT_PERMITTED} also when the hub takes the change and
   *     shows the old values still
   */
  public Finding ensure(Map<String, JsonNode> wanted) {
    return ensure(wanted, Map.of(), "");
  }

  /**
   * The same, with secrets beside the settings. The hub need not show them, so they are entered
   * once for each version, and taken away when it is put back; those that were there before are
   * then left to people.
   *
   * @param secrets path to value
   * @param version names the secrets, and gives nothing of them away
   */
  public Finding ensure(
      Map<String, JsonNode> wanted, Map<String, JsonNode> secrets, String version) {
    return alone(work, hub, () -> entered(wanted, secrets, version));
  }

  /**
   * Runs what reads all settings of a tenant and writes them back, while no other row does: else
   * one would write over what the other has changed meanwhile.
   */
  static <T> T alone(Work work, MnoHub hub, Supplier<T> change) {
    return work.alone("hub-tenant/" + hub.against() + "/" + hub.tenant().id(), change);
  }

  private Finding entered(
      Map<String, JsonNode> wanted, Map<String, JsonNode> secrets, String version) {
    Resource tenant = hub.tenant();
    ObjectNode settings = settings(tenant);
    Map<String, JsonNode> changes = new LinkedHashMap<>();
    wanted.forEach(
        (path, value) -> {
          if (!value(settings, path).equals(value) && !isLocked(settings, path)) {
            changes.put(path, value);
          }
        });
    String entered = notes + ":secrets:" + version;
    boolean isNew =
        work.remembered(Note.Kind.RESOURCE, entered).isEmpty()
            && secrets.entrySet().stream()
                .anyMatch(each -> !value(settings, each.getKey()).equals(each.getValue()));
    if (changes.isEmpty() && !isNew) {
      return finding("was as wanted: " + words(wanted));
    }
    note(settings, changes, secrets.keySet());
    secrets.forEach((path, value) -> put(settings, path, value));
    write(tenant, settings, changes);
    if (isNew) {
      work.remember(Note.Kind.RESOURCE, entered, Json.tree(work.now()));
    }
    return finding("changed: " + words(changes) + (isNew ? " and its secrets" : ""));
  }

  /** The wanted settings that the hub shows with another value, path to that value. */
  public Map<String, JsonNode> differing(Map<String, JsonNode> wanted) {
    ObjectNode settings = settings(hub.tenant());
    Map<String, JsonNode> other = new LinkedHashMap<>();
    wanted.forEach(
        (path, value) -> {
          if (!value(settings, path).equals(value)) {
            other.put(path, value(settings, path));
          }
        });
    return other;
  }

  /** Whether a setting is locked. */
  public boolean isLocked(String path) {
    return isLocked(settings(hub.tenant()), path);
  }

  /** When the frontend's configuration was changed last, in seconds since 1970; 0 for never. */
  public long changedAt() {
    return settings(hub.tenant()).path(TIMESTAMP).asLong();
  }

  /** Whether the hub shows the attribute at all. */
  public boolean isThere() {
    return hub.tenant().attributes().path(attribute).isObject();
  }

  /** All that the hub shows of the attribute; empty where it shows none. */
  public ObjectNode all() {
    return settings(hub.tenant());
  }

  /** Whether this task has changed any of them. */
  public boolean isChanged() {
    return !noted().isEmpty();
  }

  /** Puts the noted old values back; empty if none was noted, or the hub has them. */
  public Optional<Finding> putBack() {
    return alone(work, hub, this::oldPutBack);
  }

  private Optional<Finding> oldPutBack() {
    Map<String, JsonNode> old = noted();
    Resource tenant = hub.tenant();
    ObjectNode settings = settings(tenant);
    boolean isAsBefore =
        old.entrySet().stream()
            .allMatch(each -> value(settings, each.getKey()).equals(each.getValue()));
    if (isAsBefore) {
      return Optional.empty();
    }
    Map<String, JsonNode> lost = new TreeMap<>(old);
    lost.values().removeIf(value -> !value.asText().equals(A_SECRET));
    old.keySet().removeAll(lost.keySet());
    write(tenant, settings, old);
    return Optional.of(
        finding(
            "put back: "
                + words(old)
                + (lost.isEmpty() ? "" : "; to be entered by hand again: " + lost.keySet())));
  }

  /** All settings go with the change, since the hub may take them for the whole. */
  private void write(Resource tenant, ObjectNode settings, Map<String, JsonNode> changes) {
    changes.forEach((path, value) -> put(settings, path, value));
    if (attribute.equals(FRONTEND)) {
      settings.put(TIMESTAMP, work.now().getEpochSecond());
    }
    ObjectNode attributes = Json.MAPPER.createObjectNode();
    attributes.set(attribute, settings);
    hub.changeTenant(tenant, attributes);
    Map<String, JsonNode> ignored = differing(changes);
    if (!ignored.isEmpty()) {
      throw new SystemTrouble(
          MnoHub.SYSTEM,
          Kind.NOT_PERMITTED,
          hub.against()
              + " took the change, and shows the old values still: "
              + words(ignored)
              + ".",
          "PATCH tenant",
          hub.against(),
          words(ignored));
    }
  }

  private void note(
      ObjectNode settings, Map<String, JsonNode> changes, Collection<String> secrets) {
    Map<String, JsonNode> known = noted();
    Map<String, JsonNode> old = new LinkedHashMap<>();
    changes.forEach(
        (path, value) -> {
          if (!known.containsKey(path)) {
            old.put(path, value(settings, path));
          }
        });
    secrets.stream()
        .filter(path -> !known.containsKey(path))
        .forEach(
            path -> {
              boolean wasThere = !value(settings, path).asText("").isEmpty();
              old.put(path, wasThere ? Json.tree(A_SECRET) : Json.MAPPER.nullNode());
            });
    if (!old.isEmpty()) {
      work.remember(Note.Kind.PREVIOUS, notes + ":" + (notes().size() + 1), Json.tree(old));
    }
  }

  private Map<String, JsonNode> noted() {
    Map<String, JsonNode> old = new TreeMap<>();
    for (JsonNode note : notes()) {
      note.properties().forEach(each -> old.putIfAbsent(each.getKey(), each.getValue()));
    }
    return old;
  }

  private List<JsonNode> notes() {
    List<JsonNode> notes = new ArrayList<>();
    while (true) {
      Optional<JsonNode> next =
          work.remembered(Note.Kind.PREVIOUS, this.notes + ":" + (notes.size() + 1));
      if (next.isEmpty()) {
        return notes;
      }
      notes.add(next.get());
    }
  }

  private ObjectNode settings(Resource tenant) {
    return tenant.attributes().path(attribute) instanceof ObjectNode settings
        ? settings.deepCopy()
        : Json.MAPPER.createObjectNode();
  }

  /** A value; null where there is none, so that it can be noted. */
  private static JsonNode value(JsonNode settings, String path) {
    JsonNode found = settings.at(pointer(path));
    return found instanceof MissingNode ? Json.MAPPER.nullNode() : found;
  }

  private static boolean isLocked(JsonNode settings, String path) {
    return settings.at(pointer(path) + "_readonly").asBoolean();
  }

  private static void put(ObjectNode settings, String path, JsonNode value) {
    ObjectNode parent = settings;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      parent =
          parent.path(names[i]) instanceof ObjectNode child ? child : parent.putObject(names[i]);
    }
    String last = names[names.length - 1];
    if (value.isNull()) {
      parent.remove(last);
    } else {
      parent.set(last, value);
    }
  }

  private static String pointer(String path) {
    return "/" + path.replace('.', '/');
  }

  private Finding finding(String answer) {
    return new Finding("hub tenant " + attribute, hub.against(), answer);
  }

  private static String words(Map<String, JsonNode> settings) {
    return settings.entrySet().stream()
        .map(each -> each.getKey() + " = " + each.getValue())
        .collect(Collectors.joining(", "));
  }
}
