package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where an element's value stands. */
final class GivenValue {
  @Option(names = "--value", paramLabel = "JSON", description = "The value itself.")
  private String text;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A JSON file with the value; - is standard input.")
  private Path file;

  JsonNode json() {
    return file == null ? Given.json("--value", text) : new Given("--file", file).json();
  }
}
