package dev.slipway.checklist;

import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One version of one checklist. A released version never changes: an onboarding stays on the
 * version it began with.
 *
 * @param name such as {@code hosting-provider}
 * @param version such as {@code 1.0.0}
 * @param title for people
 * @param dimensions what tasks may have instances for, by name
 * @param promotion which instances are tried before which; null: none
 * @param sections in the order of the guide
 */
public record Checklist(
    String name,
    String version,
    String title,
    Map<String, Dimension> dimensions,
    Promotion promotion,
    List<Section> sections) {
  /** How a problem's field begins that points at a credential. */
  private static final String CREDENTIAL = "credential:";

  public Checklist {
    dimensions = dimensions == null ? Map.of() : withNames(dimensions);
    sections = List.copyOf(sections);
  }

  private static Map<String, Dimension> withNames(Map<String, Dimension> dimensions) {
    Map<String, Dimension> named = new LinkedHashMap<>();
    dimensions.forEach(
        (name, each) ->
            named.put(
                name,
                each.of().isEmpty()
                    ? new Dimension(List.of(name), each.keys(), each.most(), each.none())
                    : each));
    return Collections.unmodifiableMap(named);
  }

  /**
   * One heading of the checklist.
   *
   * @param id such as {@code technical-configuration}
   * @param elements needed before start
   * @param tasks to accomplish, in the order of the guide
   */
  public record Section(String id, String title, List<Element> elements, List<Task> tasks) {
    public Section {
      elements = elements == null ? List.of() : List.copyOf(elements);
      tasks = tasks == null ? List.of() : tasks.stream().map(task -> task.in(id)).toList();
    }

    /** The pseudo-task that waits for the section's elements. */
    public String gate() {
      return id + ".gate";
    }

    /** An element's row, as people decide about it: {@code products.tenant-look@acme}. */
    public TaskKey row(Element element, String instance) {
      return new TaskKey(id + "." + element.id(), instance);
    }

    private Optional<Task> elementRow(String key) {
      return elements.stream()
          .filter(element -> element.row() != null && row(element, "").task().equals(key))
          .map(e -> Task.ofPeople(key, e.row(), e.title(), e.requirement(), List.of()))
          .findFirst();
    }

    /** The pseudo-task that waits, where the section has ended early, for it to go on. */
    public String resume() {
      return id + ".resume";
    }
  }

  /** All tasks, in order. */
  public Stream<Task> tasks() {
    return sections.stream().flatMap(section -> section.tasks().stream());
  }

  /** All elements, in order. */
  public Stream<Element> elements() {
    return sections.stream().flatMap(section -> section.elements().stream());
  }

  /** A task by its id. */
  public Optional<Task> task(String id) {
    return tasks().filter(task -> task.id().equals(id)).findFirst();
  }

  /**
   * What people can decide to do without: a task, or an element that is a row.
   *
   * @param id of the task, or the section's and the element's: {@code infrastructure.certificates}
   */
  public Optional<Task> row(String id) {
    return task(id)
        .or(
            () ->
                sections.stream().flatMap(section -> section.elementRow(id).stream()).findFirst());
  }

  /** A value that is asked for, by its id. */
  public Optional<Element> element(String id) {
    return elements().filter(element -> element.is(Element.Kind.VALUE, id)).findFirst();
  }

  /** A credential that is asked for, by its system; a value may have the same id. */
  public Optional<Element> credential(String system) {
    return elements().filter(element -> element.is(Element.Kind.CREDENTIAL, system)).findFirst();
  }

  /**
   * The party that gives the field to which a problem points.
   *
   * @param field such as {@code mail-server.host} or {@code credential:smtp}; may be null
   * @return empty if no party gives that field
   */
  public Optional<Party> giver(String field) {
    if (field == null) {
      return Optional.empty();
    }
    boolean ofCredential = field.startsWith(CREDENTIAL);
    String id =
        (ofCredential ? field.substring(CREDENTIAL.length()) : field)
            .replaceFirst("[@./\\[].*", "");
    return (ofCredential ? credential(id) : element(id)).map(Element::party);
  }

  /**
   * A dimension by its name.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Dimension dimension(String name) {
    Dimension dimension = dimensions.get(name);
    if (dimension == null) {
      throw new IllegalArgumentException(
          "per: the checklist has no dimension " + name + "; it has " + dimensions.keySet());
    }
    return dimension;
  }

  /** A section by its id. */
  public Optional<Section> section(String id) {
    return sections.stream().filter(section -> section.id().equals(id)).findFirst();
  }
}
