package dev.slipway.hostingprovider;

import dev.slipway.systems.net.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small archive such as end users deploy. */
public final class TestArchive {
  private TestArchive() {}

  /** One page, zipped: the same bytes at every attempt. */
  public static Bytes zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry page = new ZipEntry("index.html");
      page.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
      zip.putNextEntry(page);
      zip.write("<!doctype html><title>Slipway</title>\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.of(bytes.toByteArray());
  }
}
