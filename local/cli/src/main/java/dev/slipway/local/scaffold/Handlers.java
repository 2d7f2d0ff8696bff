package dev.slipway.local.scaffold;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Task;
import dev.slipway.local.lint.Form;
import dev.slipway.local.lint.TaskNames;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A skeleton of a task's handler and of its test: it compiles, and says that it is one. The test of
 * a handler that asks a vendor lies in {@code local/check}; where it is there, no other is made.
 */
final class Handlers {
  private static final int COLUMNS = 100;
  private static final Form.Folder FORMS = new Form.Folder(Handlers.class);

  private final Draft draft;
  private final Checklist checklist;

  Handlers(Draft draft, Checklist checklist) {
    this.draft = draft;
    this.checklist = checklist;
  }

  void add(Checklist.Section section, Task task) {
    TaskNames names = TaskNames.of(checklist.name(), task.id());
    int dot = names.handler().lastIndexOf('.');
    String folder = names.handler().substring(0, dot).replace('.', '/');
    draft.create(
        "functions/src/main/java/%s/package-info.java".formatted(folder),
        FORMS
                .read("package-info.java.txt")
                .with("package", names.handler().substring(0, dot))
                .with("about", comment("/** ", section.title() + ": its handlers.", " */"))
                .text()
            + "\n");
    skeleton("main", "", "Handler.java.txt", task, names);
    if (!draft.has(
        "local/check/src/test/java/%sTest.java".formatted(names.handler().replace('.', '/')))) {
      skeleton("test", "Test", "HandlerTest.java.txt", task, names);
    }
  }

  private void skeleton(String tree, String suffix, String form, Task task, TaskNames names) {
    int dot = names.handler().lastIndexOf('.');
    draft.create(
        "functions/src/%s/java/%s%s.java"
            .formatted(tree, names.handler().replace('.', '/'), suffix),
        FORMS
                .read(form)
                .with("package", names.handler().substring(0, dot))
                .with("class", names.handler().substring(dot + 1))
                .with("row", task.row())
                .with("task", task.id())
                .with("about", comment(" * ", task.row() + ": " + sentence(task.title()), ""))
                .with("steps", comment("    // ", steps(task), ""))
                .text()
            + "\n");
  }

  private static String steps(Task task) {
    return task.steps().stream()
        .map(step -> step.id() + " (" + step.mode().name().toLowerCase(Locale.ROOT) + ")")
        .collect(
            Collectors.joining(
                ", ",
                "Steps: ",
                ". How each is written: docs/architecture.md, How a step is written."));
  }

  private static String sentence(String title) {
    return title.endsWith(".") ? title : title + ".";
  }

  /** As many lines as it takes; a text that ends a comment cannot stand in one. */
  private static String comment(String begin, String text, String end) {
    StringBuilder lines = new StringBuilder(begin.stripTrailing());
    int column = lines.length();
    for (String word : text.replace("*/", "*").replace("@", "(at)").split("\\s+", -1)) {
      if (column + 1 + word.length() + end.length() > COLUMNS) {
        String again = begin.replace("/**", " *").stripTrailing();
        lines.append('\n').append(again);
        column = again.length();
      }
      lines.append(' ').append(word);
      column += 1 + word.length();
    }
    return lines.append(end).toString();
  }
}
