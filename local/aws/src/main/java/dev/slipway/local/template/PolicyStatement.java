package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/**
 * A statement of a policy as the template has it, references resolved.
 *
 * @param file where it stands
 * @param line where it begins, counted from 1
 * @param resource the logical id of the resource in which it stands
 */
public record PolicyStatement(JsonNode json, Path file, int line, String resource) {

  /** The error of a part of the statement that cannot be used. */
  public TemplateException problem(String problem) {
    return new TemplateException(file, line, resource, problem);
  }
}
