package dev.slipway.local.customer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ElementForm;
import dev.slipway.api.FieldError;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what a customer's file gives to the checklist, before an onboarding is there.
 *
 * @param mistakes takes down what is wrong
 */
public record CustomerCheck(Checklist checklist, Mistakes mistakes) {
  private static final ElementForm FORM = new ElementForm();

  /**
   * The values by the name that each has in the API: of an element that is given for each of
   * several, the file has them below it by instance, and the API as {@code tenant-look@acme}.
   */
  public Map<String, JsonNode> named(Map<String, JsonNode> values) {
    Map<String, JsonNode> named = new LinkedHashMap<>();
    values.forEach(
        (id, value) -> {
          Optional<String> per = checklist.element(id).map(Element::per);
          if (per.isEmpty()) {
            named.put(id, value);
          } else if (value.isObject()) {
            value
                .properties()
                .forEach(each -> named.put(id + "@" + each.getKey(), each.getValue()));
          } else {
            mistakes.add(
                "/elements/" + id, "is given for each " + per.get() + ": name them below it");
          }
        });
    return named;
  }

  /** Looks at the values, by name. */
  public void elements(Map<String, JsonNode> values) {
    values.forEach(
        (name, value) -> {
          String id = id(name);
          String at = Mistakes.element(name);
          Optional<Element> element = checklist.element(id);
          if (element.isEmpty()) {
            boolean credential = checklist.credential(id).isPresent();
            mistakes.add(
                at,
                credential
                    ? "is a credential: it stands below `credentials`, without its value"
                    : "the checklist asks for no such element" + hint(Element.Kind.VALUE, id));
            return;
          }
          for (FieldError error : FORM.errors(element.get(), value)) {
            mistakes.add(at + error.field(), told(error, value.at(error.field())));
          }
        });
  }

  /** YAML takes 0.50 for a number, which is meant as a text. */
  private static String told(FieldError error, JsonNode value) {
    boolean bare = value.isNumber() || value.isBoolean();
    return bare && error.message().equals("must be of type string")
        ? error.message() + ": put it in quotes"
        : error.message();
  }

  /** Looks at the names of the credentials' fields. */
  public void credentials(Map<String, List<String>> fields) {
    fields.forEach(
        (system, names) -> {
          String at = "/credentials/" + system;
          Optional<Element> element = checklist.credential(system);
          if (element.isEmpty()) {
            mistakes.add(
                at,
                "the checklist asks for no such credential"
                    + hint(Element.Kind.CREDENTIAL, system));
            return;
          }
          List<String> known = new ArrayList<>();
          for (JsonNode form : ExampleValue.forms(element.get().schema())) {
            form.path("properties").fieldNames().forEachRemaining(known::add);
          }
          for (String name : names) {
            if (!known.contains(name)) {
              mistakes.add(
                  at, "has no field %s; there are %s".formatted(name, String.join(", ", known)));
            }
          }
        });
  }

  /** The errors of a credential's fields, in words that quote nothing of them. */
  public List<String> secret(String system, JsonNode fields) {
    return checklist
        .credential(id(system))
        .map(
            element ->
                FORM.errors(element, fields).stream()
                    .map(
                        error ->
                            (system + error.field()).replace('/', '.') + ": " + error.message())
                    .toList())
        .orElseGet(
            () ->
                List.of(
                    "the checklist asks for no credential "
                        + system
                        + hint(Element.Kind.CREDENTIAL, system)));
  }

  /** Without its instance. */
  private static String id(String name) {
    return name.replaceFirst("@.*", "");
  }

  private String hint(Element.Kind kind, String id) {
    return new Nearest(
            checklist.elements().filter(each -> each.kind() == kind).map(Element::id).toList())
        .hint(id);
  }
}
