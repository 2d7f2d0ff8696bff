package dev.slipway.local.run;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.client.SlipwayApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files that a profile's values name as {@code {"$file": "files/logo.svg"}}, beside it, and the
 * certificates of {@link SandboxCertificates}.
 */
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
      return upload(api, onboarding, value.path("$file").asText(), at);
    }
    if (value.isObject() && value.has(SandboxCertificates.TEXT)) {
      byte[] text = value.path(SandboxCertificates.TEXT).asText().getBytes(StandardCharsets.UTF_8);
      return upload(api, onboarding, text, "chain.pem", "application/x-pem-file", at);
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

  private JsonNode upload(SlipwayApi api, String onboarding, String name, JsonPointer at) {
    Path file = profile.file().toAbsolutePath().getParent().resolve(name);
    try {
      String mediaType = Files.probeContentType(file);
      return upload(
          api,
          onboarding,
          Files.readAllBytes(file),
          file.getFileName().toString(),
          mediaType == null ? "application/octet-stream" : mediaType,
          at);
    } catch (IOException e) {
      throw new InputException(place(at) + ": the file " + file + " cannot be read");
    }
  }

  private JsonNode upload(
      SlipwayApi api,
      String onboarding,
      byte[] content,
      String name,
      String mediaType,
      JsonPointer at) {
    try {
      return api.uploadFile(onboarding, content, name, mediaType).path("sha256");
    } catch (ApiProblem e) {
      if (e.status() >= 500 || e.status() == 401 || e.status() == 403) {
        throw e;
      }
      throw new InputException(place(at) + ": " + name + ": " + e.detail());
    }
  }

  private String place(JsonPointer at) {
    return profile.file() + ":" + profile.lines().line(at);
  }
}
