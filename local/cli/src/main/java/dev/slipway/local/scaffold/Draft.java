package dev.slipway.local.scaffold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that are going to be written: none is before all of them could be made. */
final class Draft {
  private final Path root;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  Draft(Path root) {
    this.root = root;
  }

  boolean has(String file) {
    return texts.containsKey(file) || Files.exists(root.resolve(file));
  }

  String text(String file) {
    return texts.computeIfAbsent(file, this::read);
  }

  /** Makes a file that is not there yet. */
  void create(String file, String text) {
    if (!has(file)) {
      texts.put(file, text);
      notes.add("new  " + file);
    }
  }

  /** Changes a file that is there; a text that stays the same is no change. */
  void change(String file, String text, String what) {
    if (!text(file).equals(text)) {
      texts.put(file, text);
      notes.add("     " + file + ": " + what);
    }
  }

  /** The created files and the additions, a line each, in order. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  void write() {
    texts.forEach(
        (file, text) -> {
          Path path = root.resolve(file);
          try {
            if (!Files.exists(path) || !Files.readString(path).equals(text)) {
              Files.createDirectories(path.getParent());
              Files.writeString(path, text);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
          }
        });
  }

  private String read(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
