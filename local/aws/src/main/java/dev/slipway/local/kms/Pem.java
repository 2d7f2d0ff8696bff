package dev.slipway.local.kms;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Texts as RFC 7468 has them: base 64 between lines that say what it is. */
public final class Pem {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  /**
   * Writes a block.
   *
   * @param label such as {@code PUBLIC KEY}
   */
  public static String of(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(der), label);
  }

  /**
   * Reads the first block of that label; empty if there is none.
   *
   * @throws IllegalArgumentException if its content is not base 64
   */
  public static Optional<byte[]> read(String label, String text) {
    var block =
        Pattern.compile(
                "-----BEGIN " + label + "-----\\s+([A-Za-z0-9+/=\\s]*)-----END " + label + "-----")
            .matcher(text);
    return block.find()
        ? Optional.of(Base64.getDecoder().decode(block.group(1).replaceAll("\\s", "")))
        : Optional.empty();
  }
}
