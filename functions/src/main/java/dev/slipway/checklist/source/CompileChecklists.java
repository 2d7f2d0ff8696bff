package dev.slipway.checklist.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A step of the build: compiles the checklists' YAML to the JSON that the artifact carries.
 * Arguments: the folder of the sources, the folder to write to. Ends with 1 and a message that
 * names the file if one cannot be compiled.
 */
public final class CompileChecklists {
  private final Path sources;
  private final Path target;

  private CompileChecklists(Path sources, Path target) {
    this.sources = sources;
    this.target = target;
  }

  /** Compiles. */
  public static void main(String[] arguments) throws IOException {
    try {
      new CompileChecklists(Path.of(arguments[0]), Path.of(arguments[1])).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException {
    write("index.json", Yaml.tree(Files.readString(sources.resolve("index.yaml"))));
    for (Path checklist : folders(sources)) {
      for (Path version : folders(checklist)) {
        compile(version);
      }
    }
  }

  private void compile(Path folder) throws IOException {
    String place = sources.relativize(folder).toString().replace('\\', '/');
    try {
      JsonNode tree = ChecklistSource.read(folder).tree();
      Checklists.of(tree);
      write(place + ".json", tree);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("checklists/" + place + "/" + e.getMessage(), e);
    }
  }

  private void write(String file, JsonNode tree) throws IOException {
    Path path = target.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, Json.MAPPER.writeValueAsBytes(tree));
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(Files::isDirectory).sorted().toList();
    }
  }
}
