package dev.slipway.local.asl.jsonata;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Percent-encoding as ECMA-262, 19.2.6, has it. */
final class UrlFunctions {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String UNRESERVED = LETTERS + "-_.!~*'()";
  private static final String RESERVED = ";/?:@&=+$,#";

  private UrlFunctions() {}

  static Map<String, Builtin> all() {
    return new Library.Shelf()
        .of(
            "encodeUrlComponent",
            1,
            "<s-:s>",
            (given, e) -> encode("encodeUrlComponent", given.text(0), UNRESERVED, e.budget()))
        .of(
            "encodeUrl",
            1,
            "<s-:s>",
            (given, e) -> encode("encodeUrl", given.text(0), UNRESERVED + RESERVED, e.budget()))
        .of(
            "decodeUrlComponent",
            1,
            "<s-:s>",
            (given, e) -> decode("decodeUrlComponent", given.text(0), "", e.budget()))
        .of(
            "decodeUrl",
            1,
            "<s-:s>",
            (given, e) -> decode("decodeUrl", given.text(0), RESERVED, e.budget()))
        .all();
  }

  private static JsonataException malformed(String function, String url) {
    return new JsonataException(
        "D3140", "Malformed URL passed to $%s(): \"%s\"".formatted(function, url));
  }

  private static String encode(String function, String url, String kept, Budget budget) {
    budget.take(3.0 * url.length());
    StringBuilder encoded = new StringBuilder();
    for (int at = 0; at < url.length(); ) {
      budget.step();
      int c = url.codePointAt(at);
      at += Character.charCount(c);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        throw malformed(function, url);
      }
      if (kept.indexOf(c) >= 0) {
        encoded.appendCodePoint(c);
      } else {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          encoded.append("%%%02X".formatted(b));
        }
      }
    }
    return encoded.toString();
  }

  /**
   * @param kept characters that stay encoded
   */
  private static String decode(String function, String url, String kept, Budget budget) {
    budget.take(2.0 * url.length());
    StringBuilder decoded = new StringBuilder();
    for (int at = 0; at < url.length(); ) {
      budget.step();
      if (url.charAt(at) != '%') {
        decoded.append(url.charAt(at++));
        continue;
      }
      int first = octet(function, url, at);
      int length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) octet(function, url, at + 3 * i);
      }
      String character;
      try {
        character = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        throw malformed(function, url);
      }
      int end = at + 3 * length;
      decoded.append(kept.contains(character) ? url.substring(at, end) : character);
      at = end;
    }
    return decoded.toString();
  }

  private static int octet(String function, String url, int at) {
    int high = at + 2 < url.length() && url.charAt(at) == '%' ? digit(url.charAt(at + 1)) : -1;
    int low = high < 0 ? -1 : digit(url.charAt(at + 2));
    if (low < 0) {
      throw malformed(function, url);
    }
    return 16 * high + low;
  }

  private static int digit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }
}
