package dev.slipway.web;

import dev.slipway.report.ReportStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The files of the pages: joined, compressed and named by their hash when the function starts. So
 * script and style may be kept by browsers for a year, and another version has another name.
 */
final class Assets {
  /** Under it are the files that never change; then their hash. */
  private static final String KEPT = "/app/_/";

  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String ASKED_EACH_TIME = "no-cache";
  private static final String DAY = "public, max-age=86400";

  private final Asset index;
  private final Map<String, Asset> files;
  private final String reportStyle;

  /**
   * A file as it is sent.
   *
   * @param plain its bytes in base 64, which is how the gateway takes bytes
   * @param compressed the same by gzip
   * @param tag its ETag
   */
  record Asset(String mediaType, String cacheControl, String plain, String compressed, String tag) {
    static Asset of(String mediaType, String cacheControl, String text) {
      byte[] plain = text.getBytes(StandardCharsets.UTF_8);
      return new Asset(
          mediaType,
          cacheControl,
          Base64.getEncoder().encodeToString(plain),
          Base64.getEncoder().encodeToString(gzip(plain)),
          "\"" + hash(text).substring(0, 16) + "\"");
    }
  }

  Assets(SignInSettings settings) {
    String script = new Bundle(path -> text("/web" + path)).of("/app/js/app.js");
    String style = text("/web/app/app.css");
    String scriptPath = KEPT + hash(script).substring(0, 16) + "/app.js";
    String stylePath = KEPT + hash(style).substring(0, 16) + "/app.css";
    index =
        Asset.of(
            "text/html; charset=utf-8",
            ASKED_EACH_TIME,
            text("/web/app/index.html")
                .replace("{{settings}}", settings.json())
                .replace("{{script}}", scriptPath)
                .replace("{{style}}", stylePath));
    files =
        Map.of(
            scriptPath,
            Asset.of("text/javascript; charset=utf-8", FOREVER, script),
            stylePath,
            Asset.of("text/css; charset=utf-8", FOREVER, style),
            "/favicon.ico",
            Asset.of("image/svg+xml", DAY, text("/web/app/icon.svg")));
    reportStyle = Base64.getEncoder().encodeToString(sha256(ReportStyle.text()));
  }

  /** The SHA-256 of the style element of the reports' HTML, in base 64. */
  String reportStyle() {
    return reportStyle;
  }

  /**
   * The file at a path: each page is the one document, which looks at its address itself; empty if
   * there is nothing.
   */
  Optional<Asset> at(String path) {
    return path.startsWith(KEPT) || !isPage(path)
        ? Optional.ofNullable(files.get(path))
        : Optional.of(index);
  }

  private static boolean isPage(String path) {
    return path.equals("/app") || path.startsWith("/app/");
  }

  private static String text(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(out) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(sha256(text));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
