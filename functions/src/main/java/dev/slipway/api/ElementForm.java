package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Element;
import java.util.List;

/**
 * Holds what people give to what a checklist asks for: a value to its schema and to what it must
 * mean, a credential's fields to their schema. The command line tells mistakes by it before an
 * onboarding is there.
 */
public final class ElementForm {
  private final SchemaCheck schemas = new SchemaCheck();

  /** The errors; their messages quote nothing of the value. */
  public List<FieldError> errors(Element element, JsonNode value) {
    if (element.kind() == Element.Kind.CREDENTIAL) {
      return value.isObject()
          ? schemas.errors(element.schema(), value)
          : List.of(new FieldError("", "schema.type", "must be an object"));
    }
    List<FieldError> errors =
        value.isNull()
            ? List.of(new FieldError("", "schema.type", "must not be null"))
            : schemas.errors(element.schema(), value);
    return errors.isEmpty() ? ElementMeaning.errors(element.id(), value) : errors;
  }
}
