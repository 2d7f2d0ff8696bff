package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.util.List;

/**
 * Copies of an environment's files in the backup storage. People make and restore them in the user
 * interface; no public client knows a method for it. So the two methods here are assumed, and are
 * unknown (HTTP 404) unless the world's {@code platform.backup.api} is true. With {@code
 * platform.backup.slow} a restore is accepted, and carried out when a person does it by hand.
 */
final class BackupMethods {

  private static final String SERVICE = "environment.backup.";

  private final World world;

  BackupMethods(World world) {
    this.world = world;
  }

  static boolean owns(PlatformMethod method) {
    return method.name().startsWith(SERVICE);
  }

  boolean areOffered() {
    return world.read(Platform.SYSTEM, part -> part.path("backup").path("api").asBoolean(false));
  }

  private boolean isSlow() {
    return world.read(Platform.SYSTEM, part -> part.path("backup").path("slow").asBoolean(false));
  }

  List<PlatformMethod> methods() {
    List<String> name = List.of("envName");
    return List.of(
        PlatformMethod.of(
            SERVICE + "Create",
            name,
            call -> {
              requireOwn(call);
              return Json.object().put("id", backUp(call.required("envName")));
            }),
        PlatformMethod.of(
            SERVICE + "Restore",
            name,
            call -> {
              requireOwn(call);
              if (!isSlow()) {
                restore(call.required("envName"));
              }
              return Json.object();
            }));
  }

  /** Copies an environment's files; answers the copy's id. */
  String backUp(String name) {
    return world.change(
        Platform.SYSTEM,
        part -> {
          ObjectNode backup = part.withObjectProperty("backup");
          if (backup.path("storage").asText("").isEmpty()) {
            throw new PlatformException(
                PlatformException.INTERNAL, "No backup storage is connected");
          }
          ObjectNode copies = backup.withObjectProperty("copies");
          JsonNode files = environment(part, name).path("files").deepCopy();
          copies.set(name, files);
          return name + "-" + AddressMethods.nextId(part);
        });
  }

  /** Puts an environment's files back as they were copied. */
  void restore(String name) {
    world.edit(
        Platform.SYSTEM,
        part -> {
          JsonNode copy = part.path("backup").path("copies").path(name);
          if (copy.isMissingNode()) {
            throw new PlatformException(
                PlatformException.NOT_FOUND, "There is no backup of " + name);
          }
          JsonNode files = copy.deepCopy();
          environment(part, name).set("files", files);
        });
  }

  private void requireOwn(PlatformCall call) {
    world.edit(
        Platform.SYSTEM,
        part -> EnvironmentMethods.own(part, call.caller().uid(), call.required("envName")));
  }

  private static ObjectNode environment(ObjectNode part, String name) {
    if (part.path("environments").path(name) instanceof ObjectNode environment) {
      return environment;
    }
    throw new PlatformException(PlatformException.NOT_FOUND, "There is no environment " + name);
  }
}
