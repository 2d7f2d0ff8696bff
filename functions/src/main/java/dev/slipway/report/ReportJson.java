package dev.slipway.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A report as JSON (UTF-8, indented by two blanks, lines end in LF): the form that is signed. The
 * bytes of a signed report are kept, and never made anew.
 */
public final class ReportJson {
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter WRITER =
      Json.MAPPER.writer(
          new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER));

  private ReportJson() {}

  /** The report's bytes. */
  public static byte[] bytes(Report report) {
    return written(report);
  }

  /** An addendum's bytes. */
  public static byte[] bytes(Addendum addendum) {
    return written(addendum);
  }

  private static byte[] written(Object document) {
    try {
      return (WRITER.writeValueAsString(document) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The report as a tree. */
  public static JsonNode tree(Report report) {
    return Json.tree(report);
  }

  /**
   * A report from its tree.
   *
   * @throws IllegalArgumentException if the tree is none
   */
  public static Report of(JsonNode tree) {
    try {
      return Json.MAPPER.treeToValue(tree, Report.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this is not a report: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a report.
   *
   * @throws UncheckedIOException if the bytes are none
   */
  public static Report read(byte[] bytes) {
    try {
      return Json.MAPPER.readValue(bytes, Report.class);
    } catch (IOException e) {
      throw new UncheckedIOException("this is not a report: " + e.getMessage(), e);
    }
  }

  /**
   * Reads an addendum.
   *
   * @throws UncheckedIOException if the bytes are none
   */
  public static Addendum addendum(byte[] bytes) {
    try {
      return Json.MAPPER.readValue(bytes, Addendum.class);
    } catch (IOException e) {
      throw new UncheckedIOException("this is not an addendum: " + e.getMessage(), e);
    }
  }
}
