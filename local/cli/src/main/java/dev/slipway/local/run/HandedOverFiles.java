package dev.slipway.local.run;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.client.SlipwayApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that a profile's values name as {@code {"$file": "files/logo.svg"}}, beside it. */
final class HandedOverFiles {
  private final Profile profile;

  HandedOverFiles(Profile profile) {
    this.profile = profile;
  }

  /**
   * Hands over each file that a value names, and puts its hash in the place of the name.
   *
   * @param at where the profile has the value
   * @throws InputException if a file cannot be read, or is refused
   */
  JsonNode in(SlipwayApi api, String onboarding, JsonNode value, JsonPointer at) {
    if (value.isObject() && value.has("$file")) {
      return JsonNodeFactory.instance.textNode(
          upload(api, onboarding, value.path("$file").asText(), at));
    }
    if (value.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      value
          .properties()
          .forEach(
              field ->
                  copy.set(
                      field.getKey(),
                      in(api, onboarding, field.getValue(), at.appendProperty(field.getKey()))));
      return copy;
    }
    if (value.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < value.size(); i++) {
        copy.add(in(api, onboarding, value.get(i), at.appendIndex(i)));
      }
      return copy;
    }
    return value;
  }

  private String upload(SlipwayApi api, String onboarding, String name, JsonPointer at) {
    Path file = profile.file().toAbsolutePath().getParent().resolve(name);
    String place = profile.file() + ":" + profile.lines().line(at);
    try {
      String mediaType = Files.probeContentType(file);
      return api.uploadFile(
              onboarding,
              Files.readAllBytes(file),
              file.getFileName().toString(),
              mediaType == null ? "application/octet-stream" : mediaType)
          .path("sha256")
          .asText();
    } catch (IOException e) {
      throw new InputException(place + ": the file " + file + " cannot be read");
    } catch (ApiProblem e) {
      if (e.status() >= 500 || e.status() == 401 || e.status() == 403) {
        throw e;
      }
      throw new InputException(place + ": " + name + ": " + e.detail());
    }
  }
}
