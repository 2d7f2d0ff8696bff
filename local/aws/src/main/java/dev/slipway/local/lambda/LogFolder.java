package dev.slipway.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One file of JSON lines per function, {@code <function>.jsonl}. */
public final class LogFolder implements LogSink {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  public LogFolder(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void log(Line line) {
    try {
      Files.writeString(
          folder.resolve(line.function() + ".jsonl"),
          json(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      // A log that cannot be written must not fail the function.
      System.getLogger(LogFolder.class.getName())
          .log(System.Logger.Level.DEBUG, "log line lost", e);
    }
  }

  /** Lines that are JSON objects keep their fields; other text becomes the message of one. */
  private static String json(Line line) {
    var object = JSON.createObjectNode();
    object.put("timestamp", line.at().toString());
    object.put("function", line.function());
    object.put("requestId", line.requestId());
    if (parsed(line.text()) instanceof ObjectNode fields) {
      object.setAll(fields);
    } else {
      object.put("message", line.text());
    }
    return object.toString();
  }

  private static JsonNode parsed(String text) {
    if (!text.startsWith("{")) {
      return null;
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
