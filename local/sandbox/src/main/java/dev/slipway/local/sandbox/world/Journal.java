package dev.slipway.local.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An append-only list of entries that, given a file, outlives the process: one JSON line each,
 * written before the entry counts.
 */
public final class Journal<T> {

  private final List<T> entries = new ArrayList<>();
  private final Optional<Path> file;
  private final Function<T, JsonNode> writer;

  /**
   * @param file where the entries are kept; empty to forget them at the end
   * @param writer an entry's JSON
   * @param reader the inverse of {@code writer}
   */
  public Journal(Optional<Path> file, Function<T, JsonNode> writer, Function<JsonNode, T> reader) {
    this.file = file;
    this.writer = writer;
    file.filter(Files::exists).ifPresent(existing -> load(existing, reader));
  }

  /** Appends one entry. */
  public synchronized void add(T entry) {
    if (file.isPresent()) {
      try {
        Files.writeString(
            file.get(),
            writer.apply(entry) + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException("The sandbox cannot write " + file.get(), e);
      }
    }
    entries.add(entry);
  }

  /** All entries, oldest first. */
  public synchronized List<T> all() {
    return List.copyOf(entries);
  }

  /** Forgets everything. */
  public synchronized void clear() {
    entries.clear();
    if (file.isPresent()) {
      try {
        Files.deleteIfExists(file.get());
      } catch (IOException e) {
        throw new UncheckedIOException("The sandbox cannot clear " + file.get(), e);
      }
    }
  }

  private void load(Path existing, Function<JsonNode, T> reader) {
    try {
      List<String> lines = Files.readAllLines(existing);
      for (int i = 0; i < lines.size(); i++) {
        boolean whole = i < lines.size() - 1 || isJson(lines.get(i));
        // A kill in the middle of a write leaves half a last line: that entry never counted.
        if (whole) {
          entries.add(reader.apply(Json.parse(lines.get(i))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox cannot read " + existing, e);
    }
  }

  private static boolean isJson(String line) {
    try {
      return Json.parse(line).isObject();
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
