package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The acts of people in the platform's user interfaces, or of its vendor for them, because no
 * public method exists (Docker account, uploader, backup), or because their token lacks the
 * permission (settings, addresses).
 */
final class PlatformActs {

  private final World world;
  private final ConfigMethods config;
  private final AddressMethods addresses;
  private final BackupMethods backups;

  PlatformActs(World world, ConfigMethods config, AddressMethods addresses, BackupMethods backups) {
    this.backups = backups;
    this.world = world;
    this.config = config;
    this.addresses = addresses;
  }

  Map<String, Act> acts() {
    return Map.of(
        "assign-docker-account", this::assignDockerAccount,
        "install-uploader", this::installUploader,
        "connect-backup-storage", this::connectBackupStorage,
        "change-settings", this::changeSettings,
        "add-external-ips", this::addExternalIps,
        "grant-permission", this::grantPermission,
        "back-up-container", this::backUpContainer,
        "restore-container", this::restoreContainer);
  }

  private JsonNode assignDockerAccount(JsonNode details) {
    ObjectNode account =
        Json.object().put("user", text(details, "user")).put("token", text(details, "token"));
    world.edit(Platform.SYSTEM, part -> part.withObjectProperty("docker").set("account", account));
    return Json.object().put("user", account.path("user").asText());
  }

  private JsonNode installUploader(JsonNode details) {
    world.edit(
        Platform.SYSTEM,
        part ->
            part.withObjectProperty("uploader")
                .put("mounted", true)
                .put("export", details.path("export").asText("")));
    return Json.object().put("mounted", true);
  }

  private JsonNode connectBackupStorage(JsonNode details) {
    String storage = text(details, "storage");
    world.edit(Platform.SYSTEM, part -> part.withObjectProperty("backup").put("storage", storage));
    return Json.object().put("storage", storage);
  }

  /** {@code settings} by key; they are applied unless {@code apply} is false. */
  private JsonNode changeSettings(JsonNode details) {
    Map<String, String> values = new LinkedHashMap<>();
    details
        .path("settings")
        .properties()
        .forEach(each -> values.put(each.getKey(), each.getValue().asText()));
    return reporting(
        () -> {
          config.save(values);
          if (details.path("apply").asBoolean(true)) {
            config.apply("by hand");
          }
        });
  }

  private JsonNode addExternalIps(JsonNode details) {
    return reporting(
        () ->
            addresses.add(
                text(details, "from"), text(details, "to"), details.path("region").asText("eu1")));
  }

  /** {@code methods} are given to {@code token}, and no longer denied. */
  private JsonNode grantPermission(JsonNode details) {
    String token = text(details, "token");
    world.edit(
        Platform.SYSTEM,
        part -> {
          if (!(part.path("tokens").path(token) instanceof ObjectNode entry)) {
            throw new IllegalArgumentException("There is no such token");
          }
          for (String method : Json.strings(details.path("methods"))) {
            entry.withArrayProperty("permissions").add(method);
            entry.set(
                "denied",
                Json.texts(
                    Json.strings(entry.path("denied")).stream()
                        .filter(each -> !each.equals(method))
                        .toList()));
          }
        });
    return Json.object();
  }

  private JsonNode backUpContainer(JsonNode details) {
    return reporting(() -> backups.backUp(text(details, "envName")));
  }

  private JsonNode restoreContainer(JsonNode details) {
    return reporting(() -> backups.restore(text(details, "envName")));
  }

  private static JsonNode reporting(Runnable act) {
    try {
      act.run();
    } catch (PlatformException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return Json.object();
  }

  private static String text(JsonNode details, String name) {
    String value = details.path(name).asText("");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("\"" + name + "\" is missing");
    }
    return value;
  }
}
