package dev.slipway.local.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.local.stream.FailureDestination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for the queues that template's sources send failures to; a file of JSON lines. */
final class FailureLog implements FailureDestination {
  private final Optional<Path> file;
  private final List<JsonNode> messages = new CopyOnWriteArrayList<>();

  FailureLog(Optional<Path> file) {
    this.file = file;
  }

  @Override
  public void send(String arn, JsonNode report) {
    var message = JsonNodeFactory.instance.objectNode();
    message.put("destination", arn);
    message.set("message", report);
    messages.add(message);
    if (file.isPresent()) {
      try {
        Files.writeString(
            file.get(), message + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The messages since the start. */
  List<JsonNode> messages() {
    return List.copyOf(messages);
  }
}
