package dev.slipway.local.lint;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One version of a checklist, as its file stands.
 *
 * @param name its folder
 * @param version its file's name
 */
record ChecklistFile(String name, String version, String text, Located tree) {

  /** A section. */
  record Section(String id, Located at) {}

  /** A value or a credential that is asked for. */
  record Element(String id, Located at) {
    boolean isCredential() {
      return at.text("kind").equals("credential");
    }
  }

  /** A row. */
  record Task(TaskNames names, Located at) {
    String id() {
      return names.id();
    }

    boolean isPlanned() {
      return at.text("planned").equals("true");
    }

    List<Located> dependsOn() {
      return at.at("dependsOn").items();
    }
  }

  List<Section> sections() {
    return tree.at("sections").items().stream().map(at -> new Section(at.text("id"), at)).toList();
  }

  List<Element> elements() {
    return sections().stream()
        .flatMap(section -> section.at().at("elements").items().stream())
        .map(at -> new Element(at.text("id"), at))
        .toList();
  }

  List<Task> tasks() {
    return sections().stream().flatMap(section -> tasks(section).stream()).toList();
  }

  List<Task> tasks(Section section) {
    return section.at().at("tasks").items().stream()
        .map(at -> new Task(new TaskNames(name, section.id(), at.text("id")), at))
        .toList();
  }

  Stream<Task> builtTasks() {
    return tasks().stream().filter(task -> !task.isPlanned());
  }

  /** The sections of which a task is built. */
  List<Section> builtSections() {
    return sections().stream()
        .filter(section -> tasks(section).stream().anyMatch(task -> !task.isPlanned()))
        .toList();
  }

  Set<String> taskIds() {
    return tasks().stream().map(Task::id).collect(Collectors.toSet());
  }

  Set<String> valueIds() {
    return elements().stream()
        .filter(element -> !element.isCredential())
        .map(Element::id)
        .collect(Collectors.toSet());
  }

  Set<String> credentialIds() {
    return elements().stream()
        .filter(Element::isCredential)
        .map(Element::id)
        .collect(Collectors.toSet());
  }
}
