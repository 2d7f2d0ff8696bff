package dev.slipway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.io.InputDecorator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The one way Slipway reads and writes JSON: strict, times as ISO 8601 in UTC. A byte-order mark
 * before it, which editors on Windows write, is read over (RFC 8259, 8.1).
 */
public final class Json {
  /**
   * Refuses duplicate keys and text after the value. Records are their components: further methods
   * are no fields.
   */
  public static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(64).build())
                  .inputDecorator(new WithoutMark())
                  .build())
          .addModule(new TimeModule())
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final JsonMapper CANONICAL =
      MAPPER.rebuild().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Json() {}

  /** A record, map, list or tree as text. */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A record, map or list as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** The SHA-256 of a value, in hex, that does not depend on the order of keys. */
  public static String hash(JsonNode value) {
    try {
      Object sorted = CANONICAL.treeToValue(value, Object.class);
      byte[] bytes = CANONICAL.writeValueAsString(sorted).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes the mark from texts; from bytes the parser takes it by itself. */
  private static final class WithoutMark extends InputDecorator {
    private static final long serialVersionUID = 1L;
    private static final char MARK = '\uFEFF';

    @Override
    public InputStream decorate(IOContext context, InputStream in) {
      return in;
    }

    @Override
    public InputStream decorate(IOContext context, byte[] bytes, int offset, int length) {
      return null;
    }

    @Override
    public Reader decorate(IOContext context, Reader text) throws IOException {
      PushbackReader reader = new PushbackReader(text);
      int first = reader.read();
      if (first >= 0 && first != MARK) {
        reader.unread(first);
      }
      return reader;
    }
  }
}
