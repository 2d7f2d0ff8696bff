package dev.slipway.local.lint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.checklist.source.SharedDefinitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
    List<ChecklistFile> checklists = checklists();
    return new Project(
        checklists,
        tree(CHECKLISTS + "index.yaml", YamlSource::read),
        tree(CHECKLISTS + "checklists.lock", YamlSource::read),
        tree("template.yaml", YamlSource::read).map(TemplateFile::new),
        machines(),
        events(),
        skeletons(checklists),
        List.copyOf(unreadable));
  }

  private List<ChecklistFile> checklists() {
    List<ChecklistFile> checklists = new ArrayList<>();
    for (String head : files(CHECKLISTS, "/" + ChecklistSource.HEAD)) {
      String folder = head.substring(0, head.length() - ChecklistSource.HEAD.length());
      String[] names = folder.substring(CHECKLISTS.length()).split("/", -1);
      tree(head, YamlSource::read)
          .map(tree -> checklist(names[0], names[1], folder, tree))
          .ifPresent(checklists::add);
    }
    return checklists;
  }

  private ChecklistFile checklist(String name, String version, String folder, LocatedNode head) {
    Map<String, String> texts = new TreeMap<>();
    for (String file : files(folder, ".yaml")) {
      texts.put(file.substring(folder.length()), text(file));
    }
    SharedDefinitions shared =
        texts.containsKey(ChecklistSource.SHARED)
            ? tree(folder + ChecklistSource.SHARED, YamlSource::read)
                .map(tree -> new SharedDefinitions((ObjectNode) tree.node()))
                .orElse(SharedDefinitions.NONE)
            : SharedDefinitions.NONE;
    List<ChecklistFile.Section> sections = new ArrayList<>();
    for (LocatedNode id : head.at("sections").items()) {
      tree(folder + id.text().orElse("") + ".yaml", (file, text) -> section(file, text, shared))
          .ifPresent(at -> sections.add(new ChecklistFile.Section(at.text("id"), at)));
    }
    return new ChecklistFile(
        name, version, ChecklistFile.Whole.of(new ChecklistSource(texts)), head, sections);
  }

  private static Source section(String file, String text, SharedDefinitions shared)
      throws UnreadableException {
    Source source = YamlSource.read(file, text);
    try {
      return new Source(file, shared.putIn(source.tree()), source.lines());
    } catch (IllegalArgumentException e) {
      throw new UnreadableException(1, e.getMessage());
    }
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

  private Map<String, LocatedNode> events() {
    Map<String, LocatedNode> events = new TreeMap<>();
    for (String file : files("events/", ".json")) {
      tree(file, JsonSource::read).ifPresent(tree -> events.put(file, tree));
    }
    return events;
  }

  private Set<String> skeletons(List<ChecklistFile> checklists) {
    return checklists.stream()
        .flatMap(ChecklistFile::builtTasks)
        .map(task -> task.names().handler())
        .filter(
            handler -> {
              String file = HandlersRule.source(handler);
              return Files.exists(root.resolve(file))
                  && text(file).contains(HandlersRule.NOT_BUILT);
            })
        .collect(Collectors.toSet());
  }

  private Optional<LocatedNode> tree(String file, Format format) {
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
