package dev.slipway.local.report;

import dev.slipway.local.aws.DurableFiles;
import dev.slipway.report.Report;
import dev.slipway.report.ReportHtml;
import dev.slipway.report.ReportJson;
import dev.slipway.report.ReportMarkdown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a report and what belongs beside it: {@code FILE} as it was signed, {@code FILE.sig},
 * {@code FILE.pub}, and for people Markdown and one HTML page.
 */
public final class ReportFiles {
  private final Path file;
  private final List<Path> written = new ArrayList<>();

  /**
   * @param file where the JSON goes
   */
  public ReportFiles(Path file) {
    this.file = file;
  }

  /**
   * Writes all of them, each whole or not at all.
   *
   * @param json the very bytes that were signed
   * @param signature detached, in DER
   * @param publicKey in PEM
   * @return the files written
   */
  public List<Path> write(byte[] json, byte[] signature, String publicKey) {
    Report report = ReportJson.read(json);
    put(file, json);
    put(ReportVerification.signatureOf(file), signature);
    put(file.resolveSibling(file.getFileName() + ".pub"), text(publicKey));
    put(beside(".md"), text(ReportMarkdown.of(report)));
    put(beside(".html"), text(ReportHtml.of(report)));
    return List.copyOf(written);
  }

  /** {@code report.json} becomes {@code report.md}; any other name gets it behind. */
  private Path beside(String extension) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.replaceFirst("\\.json$", "") + extension);
  }

  private void put(Path path, byte[] content) {
    Path whole = path.toAbsolutePath();
    try {
      Files.createDirectories(whole.getParent());
      DurableFiles.replace(whole, content);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be written: " + e.getMessage(), e);
    }
    written.add(path);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
