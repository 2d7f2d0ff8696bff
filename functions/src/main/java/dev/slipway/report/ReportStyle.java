package dev.slipway.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style element of the reports' HTML, which the pages' policy has to know by its hash. */
public final class ReportStyle {
  private ReportStyle() {}

  /** What stands between the element's tags, to the letter. */
  public static String text() {
    try (InputStream in = ReportStyle.class.getResourceAsStream("/report/report.css")) {
      return "\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
