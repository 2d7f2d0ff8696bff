package dev.slipway.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The input of a command: a file, or with {@code -} standard input.
 *
 * @param option as which it was named
 */
record InputFile(String option, Path file) {

  /** As it is. */
  byte[] bytes() {
    try {
      return file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InputFailure("%s: there is no file %s".formatted(option, file));
    } catch (IOException e) {
      throw new InputFailure("%s: %s cannot be read".formatted(option, file));
    }
  }

  /** As JSON. Nothing of it is quoted if it is none: it may be a secret. */
  JsonNode json() {
    return json(option, new String(bytes(), StandardCharsets.UTF_8));
  }

  static JsonNode json(String option, String text) {
    try {
      JsonNode value =
          Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(text);
      if (!value.isMissingNode()) {
        return value;
      }
    } catch (JsonProcessingException e) {
      throw new InputFailure(
          "%s: is no JSON, at line %d, column %d"
              .formatted(option, e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
    throw new InputFailure(option + ": is empty");
  }
}
