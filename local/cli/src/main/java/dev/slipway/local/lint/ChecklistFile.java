package dev.slipway.local.lint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.source.ChecklistSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One version of a checklist, as its files stand.
 *
 * @param name its folder
 * @param version the folder in it
 * @param whole all files in one piece
 * @param tree {@code checklist.yaml}
 * @param sections the sections' files, shared definitions in their places
 */
record ChecklistFile(
    String name,
    String version,
    Whole whole,
    LocatedNode tree,
    List<ChecklistFile.Section> sections) {

  /** A section. */
  record Section(String id, LocatedNode at) {}

  /** A value or a credential that is asked for. */
  record Element(String id, LocatedNode at) {
    boolean isCredential() {
      return at.text("kind").equals("credential");
    }
  }

  /** A row. */
  record Task(TaskNames names, LocatedNode at) {
    String id() {
      return names.id();
    }

    boolean isPlanned() {
      return at.text("planned").equals("true");
    }

    List<LocatedNode> dependsOn() {
      return ids(at.at("dependsOn"), "task");
    }

    /** The systems whose credentials the task reads. */
    List<LocatedNode> credentials() {
      return ids(at.at("credentials"), "system");
    }

    /** What the task waits for, before it begins or at one of its steps. */
    List<LocatedNode> awaited() {
      List<LocatedNode> all = new ArrayList<>(dependsOn());
      at.at("steps").items().forEach(step -> all.addAll(ids(step.at("waitFor"), "task")));
      return all;
    }

    /** The ids in a list: each entry is one, or has it below that key. */
    private static List<LocatedNode> ids(LocatedNode list, String key) {
      return list.items().stream()
          .map(each -> each.node().isObject() ? each.at(key) : each)
          .toList();
    }
  }

  /**
   * The sections in one piece. It is made once, since rules ask for it at each condition.
   *
   * @param tree empty if it cannot be compiled
   * @param checklist as the functions read it; empty if it has not the form of one
   * @param mistake what keeps it from being compiled, or the functions from reading it, such as a
   *     mistyped key
   */
  record Whole(Optional<JsonNode> tree, Optional<Checklist> checklist, Optional<String> mistake) {

    static Whole of(ChecklistSource source) {
      JsonNode tree;
      try {
        tree = source.tree();
      } catch (IllegalArgumentException e) {
        return new Whole(Optional.empty(), Optional.empty(), Optional.of(e.getMessage()));
      }
      try {
        return new Whole(Optional.of(tree), Optional.of(Checklists.of(tree)), Optional.empty());
      } catch (IllegalArgumentException e) {
        return new Whole(Optional.of(tree), Optional.empty(), Optional.of(e.getMessage()));
      }
    }
  }

  /** The names of its dimensions. */
  Set<String> dimensions() {
    return tree.at("dimensions").fields().keySet();
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

  /** The sections of which a task is built, or an element is a row, which the gate verifies. */
  List<Section> builtSections() {
    return sections().stream()
        .filter(
            section ->
                tasks(section).stream().anyMatch(task -> !task.isPlanned())
                    || section.at().at("elements").items().stream()
                        .anyMatch(element -> element.at("row").exists()))
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
