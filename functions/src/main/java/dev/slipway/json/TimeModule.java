package dev.slipway.json;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * The two types of {@code java.time} that Slipway's records have, as ISO 8601. Jackson's own module
 * for all of them costs a cold start 30 ms more.
 */
final class TimeModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  TimeModule() {
    add(Instant.class, Instant::parse);
    add(Duration.class, Duration::parse);
  }

  private <T> void add(Class<T> type, Function<String, T> parse) {
    addSerializer(new ToStringSerializer(type));
    addDeserializer(type, new Parsed<>(type, parse));
  }

  private static final class Parsed<T> extends FromStringDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> parse;

    Parsed(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    protected T _deserialize(String text, DeserializationContext context) throws IOException {
      try {
        return parse.apply(text);
      } catch (DateTimeException e) {
        throw context.weirdStringException(text, _valueClass, e.getMessage());
      }
    }
  }
}
