package dev.slipway.local.lint;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A copy of what lint reads of the project, to be broken. It has one checklist, hosting-provider:
 * each mistake is looked for in a third of the time.
 */
public final class ProjectCopy {
  private static final String ONLY = "hosting-provider";

  /** Where a parameter, a resource or an output of the template begins. */
  private static final Pattern BLOCK = Pattern.compile("(?m)^(?=  \\w+:$)");

  public static final String VERSION = ProjectReader.CHECKLISTS + ONLY + "/1.0.0/";
  public static final String HEAD = VERSION + ChecklistSource.HEAD;
  public static final String CHECKLIST = VERSION + "technical-configuration.yaml";
  public static final String LOCK = ProjectReader.CHECKLISTS + "checklists.lock";
  public static final String TEMPLATE = "template.yaml";
  public static final String SECTION =
      "statemachines/hosting-provider/technical-configuration.asl.json";
  public static final String ONBOARDING = "statemachines/hosting-provider/onboarding.asl.json";

  /** Statements whose last resource was taken out. */
  private static final Pattern OF_NOTHING =
      Pattern.compile(
          "(?m)^ +- Statement:\n( +#.*\n)* +- Effect: .*\n +Action: .*\n +Resource:\n(?! +-)");

  private final Path root;
  private final Set<String> handlers = new TreeSet<>();

  private ProjectCopy(Path root) {
    this.root = root;
  }

  /** The project that this test belongs to. */
  public static Path project() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve(TEMPLATE))) {
      at = at.getParent();
    }
    return at;
  }

  /** A copy in which every handler that the template names is taken to be there. */
  public static ProjectCopy into(Path folder) throws IOException {
    ProjectCopy copy = new ProjectCopy(folder);
    for (String part : List.of(TEMPLATE, "statemachines", "events", ProjectReader.CHECKLISTS)) {
      copyTree(project().resolve(part), folder.resolve(part));
    }
    for (String checklist : new Checklists().names()) {
      if (!checklist.equals(ONLY)) {
        copy.remove(checklist);
      }
    }
    for (String line : Files.readAllLines(folder.resolve(TEMPLATE))) {
      if (line.strip().startsWith("Handler: ")) {
        copy.handlers.add(line.strip().substring("Handler: ".length()));
      }
    }
    copy.write(LOCK, copy.lockLines());
    return copy;
  }

  /** Takes out a checklist, its machines, functions and events, and what names them. */
  private void remove(String checklist) throws IOException {
    removeTree(root.resolve(ProjectReader.CHECKLISTS).resolve(checklist));
    removeTree(root.resolve("statemachines").resolve(checklist));
    String index = ProjectReader.CHECKLISTS + "index.yaml";
    write(index, read(index).replaceFirst("(?m)^" + checklist + ":\n(  .*\n)+", ""));
    String handlers = TaskNames.handlerPackage(checklist);
    String machine = TaskNames.machine(checklist, "");
    Checklist gone = new Checklists().newest(checklist);
    Set<String> kept =
        new Checklists().newest(ONLY).elements().map(Element::id).collect(Collectors.toSet());
    String secrets =
        gone.elements()
            .map(Element::id)
            .filter(id -> !kept.contains(id))
            .collect(Collectors.joining("|"));
    Pattern named = Pattern.compile(machine + "|}/\\*/(" + secrets + ")[@-]");
    StringBuilder template = new StringBuilder();
    for (String block : (Iterable<String>) BLOCK.splitAsStream(read(TEMPLATE))::iterator) {
      if (!block.contains(handlers) && !block.startsWith("  " + machine)) {
        block
            .lines()
            .filter(line -> !named.matcher(line).find())
            .forEach(line -> template.append(line).append('\n'));
      }
    }
    write(TEMPLATE, OF_NOTHING.matcher(template).replaceAll(""));
    Files.delete(root.resolve("events/executions").resolve(checklist + ".json"));
    Set<String> sections =
        gone.sections().stream().map(Checklist.Section::id).collect(Collectors.toSet());
    try (Stream<Path> events = Files.list(root.resolve("events/tasks"))) {
      for (Path event : (Iterable<Path>) events::iterator) {
        if (sections.contains(event.getFileName().toString().replaceFirst("\\..*", ""))) {
          Files.delete(event);
        }
      }
    }
  }

  private static void removeTree(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) walk.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }

  /** The lock's lines for the checklists as they stand. */
  String lockLines() throws IOException {
    StringBuilder lines = new StringBuilder();
    Path checklists = root.resolve(ProjectReader.CHECKLISTS);
    try (Stream<Path> versions = Files.find(checklists, 2, (path, is) -> is.isDirectory())) {
      for (Path version : (Iterable<Path>) versions.sorted()::iterator) {
        Path name = checklists.relativize(version);
        if (name.getNameCount() == 2) {
          lines
              .append(name)
              .append(": ")
              .append(Json.hash(ChecklistSource.read(version).tree()))
              .append('\n');
        }
      }
    }
    return lines.toString();
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(path, target);
        }
      }
    }
  }

  /** Where it lies. */
  public Path root() {
    return root;
  }

  public String read(String file) throws IOException {
    return Files.readString(root.resolve(file));
  }

  public void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }

  public void delete(String file) throws IOException {
    Files.delete(root.resolve(file));
  }

  /** Replaces the first occurrence after the anchor; answers its line. */
  public int replace(String file, String anchor, String old, String replacement)
      throws IOException {
    String text = read(file);
    int from = text.indexOf(anchor);
    assertTrue(from >= 0, () -> file + " has no " + anchor);
    int at = text.indexOf(old, from);
    assertTrue(at >= 0, () -> file + " has no " + old + " after " + anchor);
    write(file, text.substring(0, at) + replacement + text.substring(at + old.length()));
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  public void removeHandler(String name) {
    assertTrue(handlers.remove(name), name);
  }

  public void addHandler(String name) {
    handlers.add(name);
  }

  /** What lint finds; the lock, which follows every change of the checklist, left aside. */
  public List<LintFinding> lint() {
    return new ArrayList<>(
        lintWithLock().stream()
            .filter(finding -> !finding.rule().equals("released-version-changed"))
            .toList());
  }

  /** Asserts that lint finds it, in whatever line. */
  void assertFound(String rule, String file, String text) {
    assertFound(rule, file, 0, text);
  }

  /**
   * Asserts that lint finds it.
   *
   * @param line 0: in whatever line
   * @param text a part of the message
   */
  void assertFound(String rule, String file, int line, String text) {
    List<LintFinding> found = lint();
    assertTrue(
        found.stream()
            .anyMatch(
                finding ->
                    finding.rule().equals(rule)
                        && finding.file().equals(file)
                        && (line == 0 || finding.line() == line)
                        && finding.message().contains(text)),
        () ->
            "%s at %s:%d with \"%s\", but found:%n%s"
                .formatted(
                    rule,
                    file,
                    line,
                    text,
                    found.stream().map(LintFinding::toString).collect(Collectors.joining("\n"))));
  }

  List<LintFinding> lintWithLock() {
    return new Lint(new Known(handlers)).check(root);
  }

  /** Handlers by name alone, so that these tests need none. */
  private record Known(Set<String> names) implements HandlerClasses {
    @Override
    public boolean has(String className) {
      return names.contains(className);
    }

    @Override
    public List<String> taskFunctions(String packagePrefix) {
      return names.stream().filter(name -> name.startsWith(packagePrefix)).toList();
    }
  }
}
