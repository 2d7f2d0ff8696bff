package dev.slipway.checklist;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Party;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Reads a checklist as the build compiled it. {@link Checklists#of} refuses what has not the form
 * of a checklist and is used by the build; here that is known already. Reading field by field costs
 * a cold start 50 ms less of processor time, which Jackson spends on looking at the records.
 */
final class ChecklistReader {
  private ChecklistReader() {}

  static Checklist checklist(JsonNode node) {
    return new Checklist(
        text(node, "name"),
        text(node, "version"),
        text(node, "title"),
        map(node, "dimensions", ChecklistReader::dimension),
        node.has("promotion") ? promotion(node.get("promotion")) : null,
        list(node, "sections", ChecklistReader::section));
  }

  private static Checklist.Section section(JsonNode node) {
    return new Checklist.Section(
        text(node, "id"),
        text(node, "title"),
        list(node, "elements", ChecklistReader::element),
        list(node, "tasks", ChecklistReader::task));
  }

  private static Element element(JsonNode node) {
    return new Element(
        text(node, "id"),
        text(node, "title"),
        constant(node, "kind", Element.Kind::valueOf),
        constant(node, "requirement", Requirement::valueOf),
        text(node, "condition"),
        constant(node, "party", Party::valueOf),
        text(node, "row"),
        text(node, "per"),
        map(node, "parts", JsonNode::textValue),
        constant(node, "asked", Element.Asked::valueOf),
        list(node, "checks", JsonNode::textValue),
        list(node, "looks", JsonNode::textValue),
        list(node, "inputs", JsonNode::textValue),
        list(node, "credentials", JsonNode::textValue),
        list(node, "apart", JsonNode::textValue),
        node.get("schema"),
        text(node, "guidance"),
        node.path("personal").booleanValue());
  }

  private static Task task(JsonNode node) {
    return new Task(
        text(node, "id"),
        text(node, "row"),
        text(node, "title"),
        constant(node, "requirement", Requirement::valueOf),
        text(node, "per"),
        text(node, "where"),
        node.has("promote") ? new Promote(text(node.get("promote"), "from")) : null,
        text(node, "condition"),
        text(node, "chosenBy"),
        constant(node, "mode", Mode::valueOf),
        list(node, "inputs", JsonNode::textValue),
        list(node, "credentials", ChecklistReader::credentialUse),
        list(node, "dependsOn", ChecklistReader::dependency),
        node.path("planned").booleanValue(),
        text(node, "guidance"),
        text(node, "documentation"),
        text(node, "waivedWith"),
        list(node, "steps", ChecklistReader::step));
  }

  private static Step step(JsonNode node) {
    String due = text(node, "due");
    return new Step(
        text(node, "id"),
        text(node, "title"),
        constant(node, "mode", Mode::valueOf),
        text(node, "condition"),
        text(node, "onlyIf"),
        text(node, "byPerson"),
        constant(node, "party", Party::valueOf),
        due == null ? null : Duration.parse(due),
        list(node, "shows", JsonNode::textValue),
        list(node, "waitFor", ChecklistReader::dependency),
        text(node, "notBefore"),
        text(node, "instructions"),
        text(node, "check"),
        node.get("values"));
  }

  private static Dimension dimension(JsonNode node) {
    return new Dimension(
        list(node, "of", JsonNode::textValue),
        text(node, "keys"),
        node.has("most") ? node.get("most").intValue() : null,
        text(node, "none"));
  }

  private static Promotion promotion(JsonNode node) {
    return new Promotion(
        text(node, "axis"), text(node, "from"), text(node, "to"), text(node, "acceptance"));
  }

  private static Dependency dependency(JsonNode node) {
    return node.isTextual()
        ? new Dependency(node.textValue())
        : new Dependency(
            text(node, "task"),
            map(node, "only", ChecklistReader::texts),
            map(node, "when", ChecklistReader::texts));
  }

  private static CredentialUse credentialUse(JsonNode node) {
    return node.isTextual()
        ? new CredentialUse(node.textValue())
        : new CredentialUse(text(node, "system"), map(node, "when", ChecklistReader::texts));
  }

  private static List<String> texts(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).map(JsonNode::textValue).toList();
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).textValue();
  }

  /** Checklists write some constants in lower case with hyphens, and others as they are. */
  private static <T> T constant(JsonNode node, String field, Function<String, T> named) {
    String name = text(node, field);
    return name == null ? null : named.apply(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static <T> List<T> list(JsonNode node, String field, Function<JsonNode, T> read) {
    return StreamSupport.stream(node.path(field).spliterator(), false).map(read).toList();
  }

  private static <T> Map<String, T> map(JsonNode node, String field, Function<JsonNode, T> read) {
    Map<String, T> map = new LinkedHashMap<>();
    node.path(field)
        .properties()
        .forEach(each -> map.put(each.getKey(), read.apply(each.getValue())));
    return map;
  }
}
