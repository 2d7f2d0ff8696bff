package dev.slipway.local.customer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.lint.Nearest;
import dev.slipway.local.lint.Source;
import dev.slipway.local.lint.UnreadableException;
import dev.slipway.local.lint.YamlSource;
import dev.slipway.local.run.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of one customer, as a person fills in a {@link CustomerTemplate}: YAML, of which JSON
 * is a part.
 *
 * @param checklist its name; empty: not said
 * @param name the customer's; empty: not said
 * @param elements id to value, as they stand in the file
 * @param credentials system to the names of the fields that are asked for; the file holds no values
 */
public record CustomerFile(
    Source source,
    String checklist,
    String name,
    Map<String, JsonNode> elements,
    Map<String, List<String>> credentials) {
  private static final List<String> PARTS = List.of("checklist", "name", "elements", "credentials");

  /**
   * Reads it.
   *
   * @param file as messages name it
   * @throws InputException if it is not as it must be; names each mistake with its line
   */
  public static CustomerFile read(String file, String text) {
    Source source = parsed(file, text);
    Mistakes mistakes = new Mistakes(source);
    JsonNode tree = source.tree();
    if (!tree.isObject()) {
      throw new InputException(file + ":1: must have the fields " + String.join(", ", PARTS));
    }
    tree.fieldNames()
        .forEachRemaining(
            part -> {
              if (!PARTS.contains(part)) {
                mistakes.add(
                    "/" + part,
                    "is unknown; there are "
                        + String.join(", ", PARTS)
                        + new Nearest(PARTS).hint(part));
              }
            });
    CustomerFile read =
        new CustomerFile(
            source,
            text(tree, "checklist", mistakes),
            text(tree, "name", mistakes),
            elements(tree.path("elements"), mistakes),
            credentials(tree.path("credentials"), mistakes));
    mistakes.throwIfAny();
    return read;
  }

  private static Source parsed(String file, String text) {
    try {
      Source read = YamlSource.read(file, text);
      // Numbers become those that the API's answers have, so that equal values are equal.
      return new Source(file, Json.MAPPER.readTree(read.tree().toString()), read.lines());
    } catch (UnreadableException e) {
      throw new InputException(file + ":" + e.line() + ": " + e.getMessage());
    } catch (JsonProcessingException e) {
      throw new InputException(file + ": is nested too deep");
    }
  }

  private static String text(JsonNode tree, String part, Mistakes mistakes) {
    JsonNode value = tree.path(part);
    if (!value.isMissingNode() && (!value.isTextual() || value.textValue().isBlank())) {
      mistakes.add("/" + part, "must be a text");
    }
    return value.asText("").strip();
  }

  private static Map<String, JsonNode> elements(JsonNode part, Mistakes mistakes) {
    Map<String, JsonNode> elements = new LinkedHashMap<>();
    if (!part.isObject() && !part.isNull() && !part.isMissingNode()) {
      mistakes.add("/elements", "must name elements with their values");
    }
    part.properties()
        .forEach(
            element -> {
              if (element.getValue().isNull()) {
                mistakes.add(
                    "/elements/" + element.getKey(),
                    "has no value: give one, or put a # before the line");
              }
              elements.put(element.getKey(), element.getValue());
            });
    return elements;
  }

  private static Map<String, List<String>> credentials(JsonNode part, Mistakes mistakes) {
    Map<String, List<String>> credentials = new LinkedHashMap<>();
    if (!part.isObject() && !part.isNull() && !part.isMissingNode()) {
      mistakes.add("/credentials", "must name systems with the fields that are asked for");
    }
    part.properties()
        .forEach(
            system -> {
              List<String> fields = new ArrayList<>();
              system.getValue().forEach(field -> fields.add(field.asText()));
              if (!system.getValue().isArray() || fields.isEmpty()) {
                mistakes.add(
                    "/credentials/" + system.getKey(),
                    "must list the names of the fields, such as [user, password]; values never stand"
                        + " in this file: take them out, and give them hidden or with --secrets");
              }
              credentials.put(system.getKey(), List.copyOf(fields));
            });
    return credentials;
  }
}
