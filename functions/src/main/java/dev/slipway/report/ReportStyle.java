package dev.slipway.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style element of the reports' HTML, which the pages' policy has to know by its hash. */
public final class ReportStyle {
  /** Its SHA-256 in base 64; a test says the new one after a change of the style. */
  public static final String SHA256 = "t+WtFJozgBAQMXVRgTUhIG9CLB2tRLFYH8Ef0CGu6Aw=";

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
