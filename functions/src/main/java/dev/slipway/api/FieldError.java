package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An error in one field of a request.
 *
 * @param field a JSON pointer into the body; empty for the body itself
 * @param code the kind of error
 * @param message for a person; never quotes the value
 * @param schema the evaluation path of the rule, such as {@code /oneOf/0/properties/free/const}, by
 *     which a form knows the branch; null of no schema's rule
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldError(String field, String code, String message, String schema) {
  /** Of no schema's rule. */
  public FieldError(String field, String code, String message) {
    this(field, code, message, null);
  }

  /** The same within a part of the body. */
  FieldError below(String pointer) {
    return new FieldError(pointer + field, code, message, schema);
  }
}
