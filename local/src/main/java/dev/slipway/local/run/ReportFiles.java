package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.function.Function;

/** Writes a report as JSON, and for people beside it as Markdown. */
public final class ReportFiles {
  private ReportFiles() {}

  /**
   * Writes both files, each whole or not at all.
   *
   * @param json where the JSON goes
   * @param markdown renders a report
   */
  public static void write(Path json, JsonNode report, Function<JsonNode, String> markdown) {
    AtomicFile.write(json, report.toPrettyString() + "\n");
    AtomicFile.write(beside(json), markdown.apply(report));
  }

  /** {@code report.json} becomes {@code report.md}; any other name gets {@code .md} behind it. */
  public static Path beside(Path json) {
    String name = json.getFileName().toString();
    return json.resolveSibling(name.replaceFirst("\\.json$", "") + ".md");
  }
}
