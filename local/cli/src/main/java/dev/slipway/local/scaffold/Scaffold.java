package dev.slipway.local.scaffold;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Task;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.local.lint.TaskNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what follows from a row of a checklist: state, function, grants, sample event, and a
 * skeleton of the handler and of its test. Of a section, and of a checklist, that is not deployed
 * yet, its state machine too. It completes what is missing and changes nothing that is there.
 *
 * <pre>{@code
 * Scaffold.of(root, "hosting-provider", "technical-configuration.configure-smtp").notes();
 * }</pre>
 */
public final class Scaffold {
  private static final String CHECKLISTS = "functions/src/main/resources/checklists/";

  private final Draft draft;

  private Scaffold(Draft draft) {
    this.draft = draft;
  }

  /**
   * Makes what is missing, and writes nothing yet.
   *
   * @param root the folder with {@code template.yaml}
   * @param checklist such as {@code hosting-provider}; of its versions the highest counts
   * @param wanted a task ({@code technical-configuration.configure-smtp}), its row ({@code V01}),
   *     or a section ({@code technical-configuration}) for all of its rows that are not planned,
   *     those of elements, which its gate verifies, among them
   * @throws ScaffoldException if there is no such row, or it is planned
   */
  public static Scaffold of(Path root, String checklist, String wanted) {
    Checklist found = checklist(root, checklist);
    Draft draft = new Draft(root);
    for (Checklist.Section section : found.section(wanted).stream().toList()) {
      if (hasElementRows(section)) {
        new Machines(draft, found).addGate(section);
        new TemplateAdditions(draft, found).add(section);
        new SampleEvents(draft, found).add(section);
      }
    }
    for (Task task : tasks(found, wanted)) {
      Checklist.Section section = found.section(task.section()).orElseThrow();
      String machine = new Machines(draft, found).add(section, task);
      new TemplateAdditions(draft, found).add(section, task, machine);
      new SampleEvents(draft, found).add(section, task);
      new Handlers(draft, found).add(section, task);
    }
    return new Scaffold(draft);
  }

  /** The created files and the additions, a line each; empty if nothing is missing. */
  public List<String> notes() {
    return draft.notes();
  }

  /** Writes it. */
  public void write() {
    draft.write();
  }

  private static Checklist checklist(Path root, String name) {
    Path folder = root.resolve(CHECKLISTS).resolve(name);
    if (!Files.isDirectory(folder)) {
      throw new ScaffoldException(
          "there is no checklist `%s`; there are %s"
              .formatted(name, String.join(", ", folders(root.resolve(CHECKLISTS)))));
    }
    String version =
        folders(folder).stream()
            .max(Comparator.comparing(Scaffold::comparable))
            .orElseThrow(
                () -> new ScaffoldException("checklist `%s` has no version".formatted(name)));
    try {
      return Checklists.of(ChecklistSource.read(folder.resolve(version)).tree());
    } catch (IllegalArgumentException e) {
      throw new ScaffoldException(
          "%s%s/%s cannot be read: %s".formatted(CHECKLISTS, name, version, e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So that version 1.10.0 comes after 1.9.0. */
  private static String comparable(String version) {
    Matcher numbers = Pattern.compile("[0-9]{1,9}").matcher(version);
    return numbers.replaceAll(number -> "%09d".formatted(Integer.valueOf(number.group())));
  }

  private static List<String> folders(Path parent) {
    try (Stream<Path> inside = Files.list(parent)) {
      return inside
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasElementRows(Checklist.Section section) {
    return section.elements().stream().anyMatch(element -> element.row() != null);
  }

  private static List<Task> tasks(Checklist checklist, String wanted) {
    List<Task> found =
        checklist
            .tasks()
            .filter(
                task -> Stream.of(task.id(), task.row(), task.section()).anyMatch(wanted::equals))
            .toList();
    List<Task> built = found.stream().filter(task -> !task.planned()).toList();
    if (checklist.section(wanted).filter(Scaffold::hasElementRows).isPresent()) {
      return built;
    }
    if (found.isEmpty()) {
      throw new ScaffoldException(nothingCalled(wanted, checklist));
    }
    if (built.isEmpty()) {
      throw new ScaffoldException(
          "`%s` of checklist `%s` is planned; take `planned: true` away when you begin to build it"
              .formatted(wanted, checklist.name()));
    }
    return built;
  }

  private static String nothingCalled(String wanted, Checklist checklist) {
    String section = TaskNames.of(checklist.name(), wanted).section();
    return checklist
        .section(section)
        .map(
            there ->
                "section `%s` of checklist `%s` has no row `%s`; it has %s"
                    .formatted(
                        section,
                        checklist.name(),
                        wanted,
                        there.tasks().stream()
                            .map(task -> task.id() + " (" + task.row() + ")")
                            .collect(Collectors.joining(", "))))
        .orElseGet(
            () ->
                "checklist `%s` has no row and no section `%s`; its sections are %s"
                    .formatted(
                        checklist.name(),
                        wanted,
                        checklist.sections().stream()
                            .map(Checklist.Section::id)
                            .collect(Collectors.joining(", "))));
  }
}
