package dev.slipway.local.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.client.SlipwayApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The files that a customer's file names beside it, as {@code logo: {$file: logo.svg}}. Their
 * hashes are known at once, so that values can be compared and checked before anything is handed
 * over.
 */
public final class AttachedFiles {
  private static final String NAME = "$file";

  /** In the place of a file's hash that is not known: the one mistake is enough. */
  private static final String UNREAD = "0".repeat(64);

  private final Path folder;
  private final Mistakes mistakes;
  private final Map<String, Path> named = new LinkedHashMap<>();

  /**
   * @param folder where relative names begin
   * @param mistakes takes down which files cannot be read
   */
  public AttachedFiles(Path folder, Mistakes mistakes) {
    this.folder = folder;
    this.mistakes = mistakes;
  }

  /** The value with the hash of each file in the place of its name. */
  public JsonNode in(JsonNode value, String pointer) {
    if (value.isObject() && value.has(NAME)) {
      return JsonNodeFactory.instance.textNode(hash(value.path(NAME).asText(), pointer));
    }
    if (value.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      value
          .properties()
          .forEach(f -> copy.set(f.getKey(), in(f.getValue(), pointer + "/" + f.getKey())));
      return copy;
    }
    if (value.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      value.forEach(item -> copy.add(in(item, pointer + "/" + copy.size())));
      return copy;
    }
    return value;
  }

  private String hash(String name, String pointer) {
    Path file = folder.resolve(name);
    try {
      String hash = dev.slipway.ledger.Files.sha256(Files.readAllBytes(file));
      named.put(hash, file);
      return hash;
    } catch (IOException e) {
      mistakes.add(pointer, "the file " + file + " cannot be read");
      return UNREAD;
    }
  }

  /**
   * Hands over those that are not there yet.
   *
   * @param there the hashes of those that are
   */
  public void handOver(SlipwayApi api, String onboarding, Set<String> there) {
    named.forEach(
        (hash, file) -> {
          if (!there.contains(hash)) {
            try {
              String mediaType = Files.probeContentType(file);
              api.uploadFile(
                  onboarding,
                  Files.readAllBytes(file),
                  file.getFileName().toString(),
                  mediaType == null ? "application/octet-stream" : mediaType);
            } catch (IOException e) {
              throw new UncheckedIOException(file + " cannot be read", e);
            }
          }
        });
  }
}
