package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files: the uploader that end users' archives go through ({@code storage.uploader.Upload}, a
 * multipart POST; it works once its storage is mounted; {@code environment.deployment.GetArchives}
 * lists them), and files inside containers.
 */
final class FileMethods {

  private final World world;

  FileMethods(World world) {
    this.world = world;
  }

  List<PlatformMethod> methods() {
    List<String> nameAndPath = List.of("envName", "path");
    String file = "environment.file.";
    return List.of(
        PlatformMethod.of("storage.uploader.Upload", List.of("file"), this::upload),
        PlatformMethod.of("environment.deployment.GetArchives", List.of(), this::archives),
        PlatformMethod.of(file + "Write", nameAndPath, this::write),
        PlatformMethod.of(file + "Create", nameAndPath, this::write),
        PlatformMethod.of(file + "Read", nameAndPath, this::read),
        PlatformMethod.of(file + "Delete", nameAndPath, this::delete),
        PlatformMethod.of(file + "GetList", nameAndPath, this::list),
        PlatformMethod.of(file + "Upload", List.of("envName", "destPath"), this::fetch));
  }

  private ObjectNode upload(PlatformCall call) {
    Multipart.File file =
        call.file()
            .orElseThrow(
                () ->
                    new PlatformException(
                        PlatformException.INVALID_PARAMETER, "parameter [file] is required"));
    return world.change(
        Platform.SYSTEM,
        part -> {
          JsonNode uploader = part.path("uploader");
          if (!uploader.path("mounted").asBoolean()) {
            throw new PlatformException(
                PlatformException.INTERNAL,
                "java.io.IOException: the storage of the uploader is not available");
          }
          if (file.content().length > uploader.path("freeBytes").asLong()) {
            throw new PlatformException(
                PlatformException.INTERNAL, "java.io.IOException: No space left on device");
          }
          ((ObjectNode) uploader)
              .withArrayProperty("files")
              .addObject()
              .put("name", file.name())
              .put("size", file.content().length)
              .put("uid", call.caller().uid());
          return Json.object()
              .put("name", file.name())
              .put("size", file.content().length)
              .put(
                  "file",
                  "http://" + SandboxDefaults.PLATFORM_HOST + "/xssu/rest/download/" + file.name());
        });
  }

  private ObjectNode archives(PlatformCall call) {
    ObjectNode answer = Json.object();
    ArrayNode array = answer.putArray("array");
    world.read(
        Platform.SYSTEM,
        part -> {
          for (JsonNode file : part.path("uploader").path("files")) {
            if (file.path("uid").asInt() == call.caller().uid()) {
              array.addObject().setAll((ObjectNode) file.deepCopy());
            }
          }
          return null;
        });
    return answer;
  }

  private ObjectNode write(PlatformCall call) {
    change(call, files -> files.put(call.required("path"), call.optional("body").orElse("")));
    return Json.object();
  }

  /** The file's source is a URL that the platform fetches: it is noted, not fetched. */
  private ObjectNode fetch(PlatformCall call) {
    change(
        call,
        files ->
            files.put(call.required("destPath"), "fetched from " + call.required("sourcePath")));
    return Json.object();
  }

  private ObjectNode read(PlatformCall call) {
    String path = call.required("path");
    return Json.object()
        .put(
            "body",
            file(files(call), path)
                .orElseThrow(
                    () ->
                        new PlatformException(
                            PlatformException.NOT_FOUND, "file [" + path + "] not found")));
  }

  private ObjectNode delete(PlatformCall call) {
    change(call, files -> files.remove(call.required("path")));
    return Json.object();
  }

  private ObjectNode list(PlatformCall call) {
    String folder = call.optional("path").orElse("/");
    ObjectNode answer = Json.object();
    for (Map.Entry<String, JsonNode> file : files(call).properties()) {
      if (file.getKey().startsWith(folder)) {
        answer
            .withArrayProperty("array")
            .addObject()
            .put("path", file.getKey())
            .put("isDir", false)
            .put("size", file.getValue().asText().length());
      }
    }
    return answer;
  }

  private static Optional<String> file(JsonNode files, String path) {
    return Optional.ofNullable(files.get(path)).map(JsonNode::asText);
  }

  private JsonNode files(PlatformCall call) {
    return world.read(
        Platform.SYSTEM,
        part ->
            EnvironmentMethods.own(part, call.caller().uid(), call.required("envName"))
                .path("files")
                .deepCopy());
  }

  private interface Change {
    void apply(ObjectNode files);
  }

  private void change(PlatformCall call, Change change) {
    world.edit(
        Platform.SYSTEM,
        part ->
            change.apply(
                EnvironmentMethods.own(part, call.caller().uid(), call.required("envName"))
                    .withObjectProperty("files")));
  }
}
