package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The source of an element's value. */
final class GivenValue {
  @ArgGroup(multiplicity = "1")
  private Place place;

  /** One of the two. */
  private static final class Place {
    @Option(names = "--value", paramLabel = "JSON", description = "The value itself.")
    private String text;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "A JSON file with the value; - is standard input.")
    private Path file;
  }

  JsonNode json() {
    return place.file == null
        ? InputFile.json("--value", place.text)
        : new InputFile("--file", place.file).json();
  }
}
