package dev.slipway.systems.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM text (RFC 7468). Text around the blocks is explanatory and ignored.
 *
 * @param label such as {@code CERTIFICATE}
 * @param headers those of RFC 1421, by which OpenSSL says how it encrypted a key
 * @param base64 the content without line breaks
 */
record PemBlock(String label, Map<String, String> headers, String base64) {
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");

  /** The blocks of a text, in order; a block that does not end is left out. */
  static List<PemBlock> of(String text) {
    List<PemBlock> blocks = new ArrayList<>();
    Matcher begin = BEGIN.matcher(text);
    int from = 0;
    while (begin.find(from)) {
      int end = text.indexOf("-----END " + begin.group(1) + "-----", begin.end());
      if (end < 0) {
        break;
      }
      blocks.add(block(begin.group(1), text.substring(begin.end(), end)));
      from = end;
    }
    return blocks;
  }

  private static PemBlock block(String label, String content) {
    Map<String, String> headers = new LinkedHashMap<>();
    StringBuilder base64 = new StringBuilder();
    for (String line : content.lines().map(String::strip).toList()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
      } else {
        base64.append(line);
      }
    }
    return new PemBlock(label, headers, base64.toString());
  }

  /**
   * Whether a text holds a private key of whichever kind, whole or not.
   *
   * @param text at any length
   */
  static boolean holdsPrivateKey(String text) {
    return BEGIN.matcher(text).results().anyMatch(begin -> isKey(begin.group(1)));
  }

  private static boolean isKey(String label) {
    return label.endsWith("PRIVATE KEY");
  }

  /** Whether it is a private key. */
  boolean isPrivateKey() {
    return isKey(label);
  }

  /**
   * The content.
   *
   * @throws IllegalArgumentException if it is not Base64
   */
  byte[] content() {
    return Base64.getDecoder().decode(base64);
  }

  /** Bytes as a PEM text. */
  static String text(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
