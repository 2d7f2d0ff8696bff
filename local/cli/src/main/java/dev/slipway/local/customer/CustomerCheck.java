package dev.slipway.local.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.api.ElementForm;
import dev.slipway.api.FieldError;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.context.FunctionContext;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementChecks;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.local.lint.Nearest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Holds what a customer's file gives to the checklist, before an onboarding is there.
 *
 * @param mistakes takes down what is wrong
 */
public record CustomerCheck(Checklist checklist, Mistakes mistakes) {
  private static final ElementForm FORM = new ElementForm();
  private static final InstantSource CLOCK = InstantSource.system();
  private static final ElementChecks CHECKS =
      ElementChecks.all(FunctionContext.of(Map.of(), CLOCK));

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
          List<FieldError> errors = FORM.errors(element.get(), value);
          for (FieldError error : errors) {
            mistakes.add(at + error.field(), told(error, value.at(error.field())));
          }
          if (errors.isEmpty()) {
            checks(element.get(), value)
                .forEach(
                    error ->
                        mistakes.add(at + error.field(), error.message() + " " + error.nextStep()));
          }
        });
  }

  /**
   * The errors that checks find by the value alone. What a check reads beside it, the API has: it
   * finds the others as the value is saved.
   */
  private static List<ElementFinding> checks(Element element, JsonNode value) {
    AtomicBoolean readsFiles = new AtomicBoolean();
    CheckSubject subject =
        new CheckSubject(
            element,
            Map.of(),
            value,
            JsonNodeFactory.instance.objectNode(),
            Map.of(),
            sha256 -> {
              readsFiles.set(true);
              return Optional.empty();
            },
            CLOCK.instant());
    List<ElementFinding> findings =
        element.inputs().isEmpty() && element.credentials().isEmpty()
            ? CHECKS.check(subject)
            : List.of();
    return readsFiles.get()
        ? List.of()
        : findings.stream().filter(ElementFinding::isError).toList();
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
