package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code administration.Config}: settings take effect in two steps. {@code changeconfigkey} saves,
 * {@code applyconfig} restarts the component, which reads what was saved. Reading shows what is
 * saved, also when it is not in effect yet; secrets are shown as they are. Both are assumptions to
 * the reader's disadvantage. Which {@code type} a key has is not public: any is accepted, and the
 * list says which one it is here.
 */
final class ConfigMethods {

  private final World world;
  private final InstantSource clock;

  ConfigMethods(World world, InstantSource clock) {
    this.world = world;
    this.clock = clock;
  }

  List<PlatformMethod> methods() {
    String service = "administration.config.";
    List<String> typeAndKey = List.of("type", "key");
    return List.of(
        PlatformMethod.of(service + "GetConfigKey", typeAndKey, this::getConfigKey),
        PlatformMethod.of(service + "GetConfigKeyByResellerId", typeAndKey, this::getConfigKey),
        PlatformMethod.of(service + "GetConfigKeys", typeAndKey, this::getConfigKeys),
        PlatformMethod.of(service + "GetAllConfigType", List.of(), this::getAllConfigType),
        PlatformMethod.of(
            service + "GetAllKeyConfigByType", List.of("type"), this::getAllKeyConfigByType),
        PlatformMethod.of(service + "FindConfigKey", List.of("value"), this::findConfigKey),
        PlatformMethod.of(service + "ChangeConfigKey", typeAndKey, this::changeConfigKey),
        PlatformMethod.of(service + "RevertConfigKey", typeAndKey, this::revertConfigKey),
        PlatformMethod.of(service + "ApplyConfig", List.of("type"), this::applyConfig));
  }

  /**
   * Saves values, as a person does in the settings page; empty when they are to be applied later.
   */
  void save(Map<String, String> values) {
    values.forEach(
        (key, value) -> {
          world.edit(Platform.SYSTEM, part -> setting(part, key).put("value", value));
        });
  }

  /** Brings everything that is saved into effect. */
  void apply(String type) {
    world.edit(
        Platform.SYSTEM,
        part -> {
          for (JsonNode each : part.path("config")) {
            ((ObjectNode) each).set("applied", each.path("value"));
          }
          ((ArrayNode) part.path("applies"))
              .addObject()
              .put("at", clock.instant().toString())
              .put("type", type);
        });
  }

  private ObjectNode getConfigKey(PlatformCall call) {
    String key = call.required("key");
    return world.read(Platform.SYSTEM, part -> show(key, setting(part, key)));
  }

  private ObjectNode getConfigKeys(PlatformCall call) {
    Optional<List<String>> keys =
        call.optional("key").map(list -> Arrays.asList(list.split("[,;] *", -1)));
    Optional<List<String>> types =
        call.optional("type").map(list -> Arrays.asList(list.split("[,;] *", -1)));
    return list(
        (key, setting) ->
            keys.map(wanted -> wanted.contains(key)).orElse(true)
                && types
                    .map(
                        wanted ->
                            keys.isPresent() || wanted.contains(setting.path("type").asText()))
                    .orElse(true));
  }

  private ObjectNode getAllConfigType(PlatformCall call) {
    return world.read(
        Platform.SYSTEM,
        part -> {
          List<String> types =
              part.path("config").properties().stream()
                  .map(each -> each.getValue().path("type").asText())
                  .distinct()
                  .toList();
          return Json.object().set("array", Json.texts(types));
        });
  }

  private ObjectNode getAllKeyConfigByType(PlatformCall call) {
    String type = call.required("type");
    return list((key, setting) -> setting.path("type").asText().equals(type));
  }

  private ObjectNode findConfigKey(PlatformCall call) {
    String value = call.required("value");
    return list((key, setting) -> key.contains(value));
  }

  private ObjectNode changeConfigKey(PlatformCall call) {
    call.required("type");
    String key = call.required("key");
    // A value that is left out empties the setting: "value" is optional in the public client.
    save(Map.of(key, call.optional("value").orElse("")));
    return Json.object();
  }

  private ObjectNode revertConfigKey(PlatformCall call) {
    String key = call.required("key");
    world.edit(
        Platform.SYSTEM,
        part -> {
          ObjectNode setting = setting(part, key);
          setting.set("value", setting.path("default"));
        });
    return Json.object();
  }

  private ObjectNode applyConfig(PlatformCall call) {
    apply(call.required("type"));
    return Json.object();
  }

  private interface Filter {
    boolean keeps(String key, JsonNode setting);
  }

  private ObjectNode list(Filter filter) {
    return world.read(
        Platform.SYSTEM,
        part -> {
          ArrayNode array = Json.array();
          for (Map.Entry<String, JsonNode> each : part.path("config").properties()) {
            if (filter.keeps(each.getKey(), each.getValue())) {
              array.add(show(each.getKey(), each.getValue()));
            }
          }
          return Json.object().set("array", array);
        });
  }

  private static ObjectNode show(String key, JsonNode setting) {
    return Json.object()
        .put("type", setting.path("type").asText())
        .put("key", key)
        .put("value", setting.path("value").asText())
        .put("defaultValue", setting.path("default").asText());
  }

  private static ObjectNode setting(ObjectNode part, String key) {
    if (part.path("config").path(key) instanceof ObjectNode setting) {
      return setting;
    }
    throw new PlatformException(
        PlatformException.NOT_FOUND, "configuration key [" + key + "] not found");
  }
}
