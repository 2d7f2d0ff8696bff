package dev.slipway.local.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads what lint looks at. */
final class ProjectReader {
  static final String CHECKLISTS = "functions/src/main/resources/checklists/";

  private final Path root;
  private final List<LintFinding> unreadable = new ArrayList<>();

  ProjectReader(Path root) {
    this.root = root;
  }

  private interface Format {
    Source read(String file, String text) throws UnreadableException;
  }

  Project read() {
    return new Project(
        checklists(),
        tree(CHECKLISTS + "index.yaml", YamlSource::read),
        tree(CHECKLISTS + "checklists.lock", YamlSource::read),
        tree("template.yaml", YamlSource::read).map(TemplateFile::new),
        machines(),
        events(),
        List.copyOf(unreadable));
  }

  private List<ChecklistFile> checklists() {
    List<ChecklistFile> checklists = new ArrayList<>();
    for (String file : files(CHECKLISTS, ".yaml")) {
      String inside = file.substring(CHECKLISTS.length());
      int slash = inside.indexOf('/');
      if (slash > 0) {
        String version = inside.substring(slash + 1, inside.length() - ".yaml".length());
        tree(file, YamlSource::read)
            .map(tree -> new ChecklistFile(inside.substring(0, slash), version, text(file), tree))
            .ifPresent(checklists::add);
      }
    }
    return checklists;
  }

  private List<Machine> machines() {
    List<Machine> machines = new ArrayList<>();
    for (String file : files("statemachines/", ".asl.json")) {
      Path path = Path.of(file);
      String folder = path.getName(path.getNameCount() - 2).toString();
      String name = path.getFileName().toString();
      tree(file, JsonSource::read)
          .map(
              tree ->
                  new Machine(
                      folder, name.substring(0, name.length() - ".asl.json".length()), tree))
          .ifPresent(machines::add);
    }
    return machines;
  }

  private Map<String, Located> events() {
    Map<String, Located> events = new TreeMap<>();
    for (String file : files("events/", ".json")) {
      tree(file, JsonSource::read).ifPresent(tree -> events.put(file, tree));
    }
    return events;
  }

  private Optional<Located> tree(String file, Format format) {
    if (!Files.isRegularFile(root.resolve(file))) {
      unreadable.add(new LintFinding(file, 1, "unreadable", "there is no such file"));
      return Optional.empty();
    }
    try {
      return Optional.of(format.read(file, text(file)).root());
    } catch (UnreadableException e) {
      unreadable.add(new LintFinding(file, e.line(), "unreadable", e.getMessage()));
      return Optional.empty();
    }
  }

  private String text(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private List<String> files(String folder, String suffix) {
    if (!Files.isDirectory(root.resolve(folder))) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(root.resolve(folder))) {
      return walk.filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString().replace('\\', '/'))
          .filter(file -> file.endsWith(suffix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be read", e);
    }
  }
}
