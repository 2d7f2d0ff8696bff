package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Element;
import java.util.List;

/**
 * Holds what people give to the schema that the checklist has for it: a value, or a credential's
 * fields. The command line tells mistakes by it before an onboarding is there.
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
    return value.isNull()
        ? List.of(new FieldError("", "schema.type", "must not be null"))
        : schemas.errors(element.schema(), value);
  }
}
