package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.client.SlipwayApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Left in a data folder while a process serves it, so that another one finds the API. Readable by
 * its owner only, for the token in it is good until that process ends.
 *
 * @param sandbox the control address of the third parties' stand-ins
 */
record ServingNote(URI api, String token, URI sandbox) {
  private static final String NAME = "serving.json";

  /** Leaves the note; closing takes it away. */
  AutoCloseable leave(Path folder) {
    Path file = folder.resolve(NAME);
    new OwnersFile(file)
        .write(
            Json.MAPPER
                    .createObjectNode()
                    .put("api", api.toString())
                    .put("token", token)
                    .put("sandbox", sandbox.toString())
                + System.lineSeparator());
    return () -> Files.deleteIfExists(file);
  }

  /** The API as the folder's onboarding manager sees it. */
  SlipwayApi manager() {
    return new SlipwayApi(SlipwayApi.httpClient(), api, token);
  }

  /** The note in a folder, if there is one. */
  static Optional<ServingNote> in(Path folder) {
    try {
      JsonNode note = Json.MAPPER.readTree(Files.readString(folder.resolve(NAME)));
      return Optional.of(
          new ServingNote(
              URI.create(note.path("api").asText()),
              note.path("token").asText(),
              URI.create(note.path("sandbox").asText())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
