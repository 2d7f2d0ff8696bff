package dev.slipway.local.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The position up to which each shard was handled, in a file if there is one. A checkpoint that is
 * lost means that records are delivered again, never that they are missed.
 */
final class Checkpoints {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<Path> file;
  private final Map<String, String> sequenceNumbers = new ConcurrentHashMap<>();

  Checkpoints(Optional<Path> file) {
    this.file = file;
    if (file.isPresent() && Files.exists(file.get())) {
      try {
        JSON.readTree(Files.readAllBytes(file.get()))
            .properties()
            .forEach(entry -> sequenceNumbers.put(entry.getKey(), entry.getValue().asText()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  Optional<String> of(String shardId) {
    return Optional.ofNullable(sequenceNumbers.get(shardId));
  }

  void advance(String shardId, String sequenceNumber) {
    sequenceNumbers.put(shardId, sequenceNumber);
    file.ifPresent(this::write);
  }

  private void write(Path target) {
    ObjectNode json = JSON.createObjectNode();
    sequenceNumbers.forEach(json::put);
    try {
      var temporary = target.resolveSibling(target.getFileName() + ".new");
      Files.write(temporary, JSON.writeValueAsBytes(json));
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
