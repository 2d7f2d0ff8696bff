package dev.slipway.api;

/**
 * An error in one field of a request.
 *
 * @param field a JSON pointer into the body; empty for the body itself
 * @param code the kind of error
 * @param message for a person; never quotes the value
 */
public record FieldError(String field, String code, String message) {}
