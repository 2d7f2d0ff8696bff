package dev.slipway.local.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.RuleWords;
import dev.slipway.ledger.Party;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The file that a person fills in to start a customer, for {@link CustomerFile} to read: every
 * element of a checklist with its title, its guidance and an example that its schema allows. Words
 * stand behind {@code ##}. An element that is optional, or asked for only under a condition, stands
 * behind {@code # }: taken away, as editors do when they uncomment, the rest is YAML in its place.
 *
 * <pre>
 *   ## Mail server
 *   ## The SMTP server through which the platform sends its e-mails.
 *   mail-server:
 *     ## A host name such as smtp.example.com.
 *     host: smtp.example.com
 *     # dkimSelector: example
 * </pre>
 */
public final class CustomerTemplate {
  private final Checklist checklist;
  private final ElementText texts = new ElementText();
  private final String name;
  private final Map<String, JsonNode> values;
  private final Set<String> credentials;

  public CustomerTemplate(Checklist checklist) {
    this(checklist, "Customer Example GmbH", Map.of(), Set.of());
  }

  private CustomerTemplate(
      Checklist checklist, String name, Map<String, JsonNode> values, Set<String> credentials) {
    this.checklist = checklist;
    this.name = name;
    this.values = values;
    this.credentials = credentials;
  }

  /**
   * The same with what a customer gives.
   *
   * @param given values by element, instead of the examples
   * @param systems whose credentials are given
   * @param folder where the files are that values name; null: where the file will stand
   */
  public CustomerTemplate with(
      String customer, Map<String, JsonNode> given, Set<String> systems, Path folder) {
    Map<String, JsonNode> moved = new HashMap<>();
    given.forEach((id, value) -> moved.put(id, moved(value, folder)));
    return new CustomerTemplate(checklist, customer, moved, systems);
  }

  private static JsonNode moved(JsonNode value, Path folder) {
    JsonNode copy = value.deepCopy();
    if (folder != null) {
      copy.findParents("$file")
          .forEach(
              file ->
                  ((ObjectNode) file)
                      .put("$file", folder.resolve(file.path("$file").asText()).toString()));
    }
    return copy;
  }

  /** The whole file. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        ElementText.words(
            "%s (%s %s): what Slipway needs to know of one customer."
                .formatted(checklist.title(), checklist.name(), checklist.version())));
    lines.add("##");
    lines.addAll(
        ElementText.words(
            "Fill it in, then `slipway apply FILE` says what it changes and what that would do, asks,"
                + " and saves all of it. Give it again at any time: what is unchanged stays as it is."));
    lines.addAll(
        ElementText.words(
            "Lines with ## are words. Lines with # are optional, or asked for only under the condition"
                + " above them: take the # and the blank behind it away to give them."));
    lines.add("");
    lines.add("checklist: " + YamlText.key(checklist.name()));
    lines.addAll(
        ElementText.words(
            "The customer's name, for people. By it the same file finds its onboarding."));
    lines.add("name: " + YamlText.key(name));
    lines.add("");
    lines.add("elements:");
    for (Checklist.Section section : checklist.sections()) {
      List<Element> elements = of(section, Element.Kind.VALUE);
      if (!elements.isEmpty()) {
        lines.add("");
        lines.add("  ## ---- " + section.title() + " ----");
        elements.forEach(element -> lines.addAll(YamlText.indented(block(element))));
      }
    }
    List<Element> credentials =
        checklist.sections().stream()
            .flatMap(section -> of(section, Element.Kind.CREDENTIAL).stream())
            .toList();
    if (!credentials.isEmpty()) {
      lines.add("");
      lines.addAll(
          ElementText.words(
              "Credentials never stand in this file, only which fields are asked for. `slipway apply`"
                  + " asks whoever gives them, hidden on the terminal, or reads them from --secrets"
                  + " FILE."));
      lines.add("credentials:");
      credentials.forEach(element -> lines.addAll(YamlText.indented(credential(element))));
    }
    return String.join("\n", lines).replaceAll("\n{3,}", "\n\n") + "\n";
  }

  private static List<Element> of(Checklist.Section section, Element.Kind kind) {
    return section.elements().stream().filter(element -> element.kind() == kind).toList();
  }

  private List<String> block(Element element) {
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(head(element));
    JsonNode example = values.get(element.id());
    List<String> field =
        element.per() == null
            ? texts.of(element.id(), element.schema(), example)
            : perInstance(element, example);
    lines.addAll(isAlwaysAsked(element) || example != null ? field : ElementText.commented(field));
    return lines;
  }

  private List<String> credential(Element element) {
    List<String> lines = new ArrayList<>(head(element));
    boolean asked = isAlwaysAsked(element) || credentials.contains(element.id());
    for (JsonNode form : ExampleValue.forms(element.schema())) {
      List<String> required = form.path("required").valueStream().map(JsonNode::asText).toList();
      form.path("properties")
          .properties()
          .forEach(
              field -> {
                if (!required.contains(field.getKey())) {
                  lines.addAll(
                      ElementText.words(
                          "Also %s: %s"
                              .formatted(
                                  field.getKey(),
                                  field.getValue().path("description").asText(""))));
                }
              });
      boolean first = form.equals(ExampleValue.forms(element.schema()).getFirst());
      String fields = "%s: [%s]".formatted(YamlText.key(element.id()), String.join(", ", required));
      if (first) {
        lines.add(asked ? fields : "# " + fields);
      } else {
        lines.addAll(ElementText.words("Or instead of that: " + fields));
      }
    }
    lines.add("");
    return lines;
  }

  /** Below the element, by instance; an example has the names of the axes for a key. */
  private List<String> perInstance(Element element, JsonNode given) {
    List<String> lines = new ArrayList<>(List.of(YamlText.key(element.id()) + ":"));
    if (given == null) {
      String key = String.join(".", checklist.dimension(element.per()).of());
      lines.addAll(YamlText.indented(texts.of(key, element.schema(), null)));
    } else {
      given
          .properties()
          .forEach(
              each ->
                  lines.addAll(
                      YamlText.indented(
                          texts.of(each.getKey(), element.schema(), each.getValue()))));
    }
    return lines;
  }

  private static boolean isAlwaysAsked(Element element) {
    return element.condition() == null && element.requirement() == Requirement.MANDATORY;
  }

  private static List<String> head(Element element) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        ElementText.words(
            element.title()
                + (element.requirement() == Requirement.OPTIONAL ? " (optional)" : "")
                + (element.party() == Party.CUSTOMER ? "" : " (given by the vendor's side)")));
    lines.addAll(ElementText.words(element.guidance() == null ? "" : element.guidance()));
    if (element.per() != null) {
      lines.addAll(ElementText.words("One for each " + element.per() + ", by its key."));
    }
    if (element.condition() != null) {
      lines.addAll(
          ElementText.words(
              "Asked for only if "
                  + new RuleWords(new FileNames()).say(element.condition())
                  + "."));
    }
    return lines;
  }
}
