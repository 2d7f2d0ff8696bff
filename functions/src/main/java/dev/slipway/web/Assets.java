package dev.slipway.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The files of the pages: joined, compressed and named by their hash when the function starts. So
 * script and style may be kept by browsers for a year, and another version has another name.
 */
final class Assets {
  /** Under it are the files that never change; then their hash. */
  private static final String KEPT = "/app/_/";

  /**
   * A character for each byte, for nothing but ASCII is looked for in the texts: a third of the
   * work.
   */
  private static final Charset BYTES = StandardCharsets.ISO_8859_1;

  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String ASKED_EACH_TIME = "no-cache";
  private static final String DAY = "public, max-age=86400";

  private final Asset index;
  private final Map<String, Asset> files;

  /** A file as it is sent. It is compressed when it is first asked for, not when all begins. */
  static final class Asset {
    private final String mediaType;
    private final String cacheControl;
    private final byte[] plain;
    private final String hash;
    private byte[] compressed;

    private Asset(String mediaType, String cacheControl, String text) {
      this.mediaType = mediaType;
      this.cacheControl = cacheControl;
      this.plain = text.getBytes(BYTES);
      this.hash = Assets.hash(plain);
    }

    String mediaType() {
      return mediaType;
    }

    String cacheControl() {
      return cacheControl;
    }

    /** Sixteen digits, other ones for other bytes. */
    String hash() {
      return hash;
    }

    /** Its ETag. */
    String tag() {
      return '"' + hash + '"';
    }

    /** Its bytes in base 64, which is how the gateway takes bytes. */
    String plain() {
      return Base64.getEncoder().encodeToString(plain);
    }

    /** The same by gzip. */
    synchronized String compressed() {
      if (compressed == null) {
        compressed = gzip(plain);
      }
      return Base64.getEncoder().encodeToString(compressed);
    }
  }

  Assets(SignInSettings settings) {
    Asset script =
        new Asset(
            "text/javascript; charset=utf-8",
            FOREVER,
            new Bundle(path -> text("/web" + path)).of("/app/js/app.js"));
    Asset style = new Asset("text/css; charset=utf-8", FOREVER, text("/web/app/app.css"));
    String scriptPath = KEPT + script.hash() + "/app.js";
    String stylePath = KEPT + style.hash() + "/app.css";
    index =
        new Asset(
            "text/html; charset=utf-8",
            ASKED_EACH_TIME,
            text("/web/app/index.html")
                .replace("{{settings}}", settings.json())
                .replace("{{script}}", scriptPath)
                .replace("{{style}}", stylePath));
    files =
        Map.of(
            scriptPath,
            script,
            stylePath,
            style,
            "/favicon.ico",
            new Asset("image/svg+xml", DAY, text("/web/app/icon.svg")));
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
      return in == null ? null : new String(in.readAllBytes(), BYTES);
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

  /** Names the file and protects nothing: to start Java's digests would take forty milliseconds. */
  private static String hash(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits((int) checksum.getValue()) + hex.toHexDigits(Arrays.hashCode(bytes));
  }
}
