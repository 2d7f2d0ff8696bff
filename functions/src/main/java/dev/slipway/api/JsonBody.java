package dev.slipway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.json.Pointers;
import dev.slipway.systems.tls.CertificateCheck;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads a body as JSON, strictly: one value, no key twice, nothing that the ledger could not keep
 * exactly as it was sent.
 */
final class JsonBody {
  /** DynamoDB nests 32 levels deep; the ledger's own levels take a few. */
  private static final int DEEPEST = 24;

  /** DynamoDB's numbers: 38 digits, about 1E-130 to 1E+125. */
  private static final int MOST_DIGITS = 38;

  private static final int LARGEST_EXPONENT = 120;

  private static final Pattern MEDIA_TYPE = Pattern.compile("application/([a-z0-9.-]+\\+)?json");

  private final boolean namesKeys;

  private JsonBody(boolean namesKeys) {
    this.namesKeys = namesKeys;
  }

  /** Of a body whose keys may be told. */
  static JsonNode read(ApiEvent event, int limit) {
    return new JsonBody(true).value(event, limit);
  }

  /** Of a body of which nothing may be told, its keys included: they could be secrets misplaced. */
  static JsonNode readSecret(ApiEvent event, int limit) {
    return new JsonBody(false).value(event, limit);
  }

  /**
   * The value.
   *
   * @throws Refusal 400, 413 or 415; where it is wrong, but never what was there
   */
  private JsonNode value(ApiEvent event, int limit) {
    event
        .header("content-type")
        .map(type -> type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT))
        .filter(type -> !MEDIA_TYPE.matcher(type).matches())
        .ifPresent(
            type -> {
              throw Refusal.of(
                      415, "body.media-type", "The body must be JSON: send application/json.")
                  .at("Content-Type");
            });
    JsonNode value = parse(text(event.bytes(limit)));
    check(value, "", 1);
    return value;
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("The body is not UTF-8.");
    }
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode value = Json.MAPPER.readTree(text);
      if (value == null || value.isMissingNode()) {
        throw Refusal.of(400, "body.missing", "The request needs a body.").at("body");
      }
      return value;
    } catch (JsonProcessingException e) {
      // The parser's own message quotes the body.
      throw malformed(
          e.getLocation() == null
              ? "The body is not JSON."
              : "The body is not JSON (or has a key twice): see line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ".");
    }
  }

  private static Refusal malformed(String detail) {
    return Refusal.of(400, "body.malformed", detail).at("body");
  }

  private void check(JsonNode node, String pointer, int depth) {
    if (depth > DEEPEST) {
      throw unusable("body.too-deep", pointer, "is nested more than " + DEEPEST + " levels deep");
    }
    switch (node.getNodeType()) {
      case OBJECT ->
          node.properties()
              .forEach(
                  field -> {
                    String at = pointer + "/" + Pointers.escape(field.getKey());
                    if (field.getKey().isEmpty() || !isUnicode(field.getKey())) {
                      throw unusable("body.key", pointer, "has a key that is empty or no text");
                    }
                    check(field.getValue(), at, depth + 1);
                  });
      case ARRAY -> {
        for (int i = 0; i < node.size(); i++) {
          check(node.get(i), pointer + "/" + i, depth + 1);
        }
      }
      case NUMBER -> checkNumber(node, pointer);
      case STRING -> {
        if (!isUnicode(node.textValue())) {
          throw unusable("body.text", pointer, "is no text: half of a character is missing");
        }
        if (namesKeys && CertificateCheck.holdsPrivateKey(node.textValue())) {
          throw unusable(
              "body.private-key",
              pointer,
              "holds a private key, which belongs into a credential; nothing was stored");
        }
      }
      default -> {}
    }
  }

  private void checkNumber(JsonNode node, String pointer) {
    boolean finite = !node.isFloatingPointNumber() || Double.isFinite(node.doubleValue());
    BigDecimal number = finite ? node.decimalValue().stripTrailingZeros() : null;
    if (number == null
        || number.precision() > MOST_DIGITS
        || Math.abs((long) number.precision() - number.scale()) > LARGEST_EXPONENT) {
      throw unusable("body.number", pointer, "is a number too large, or with too many digits");
    }
  }

  private static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private Refusal unusable(String code, String pointer, String what) {
    boolean whole = !namesKeys || pointer.isEmpty();
    String where = whole ? "The body" : "`" + pointer + "`";
    return Refusal.of(422, code, where + " " + what + ".").at(whole ? "body" : pointer);
  }
}
