package dev.slipway.local.asl.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The functions that Step Functions adds to JSONata, and those of JSONata that depend on time.
 * Integer parameters are rounded down. An undefined first argument gives an undefined result.
 */
public final class QueryFunctions {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final List<String> ALGORITHMS =
      List.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

  private final Map<String, Jsonata.JFunction> functions;

  /**
   * @param clock what {@code $now} and {@code $millis} read
   * @param random what {@code $random} and {@code $uuid} draw from
   */
  public QueryFunctions(InstantSource clock, RandomGenerator random) {
    this.functions =
        Map.of(
            "partition", function(QueryFunctions::partition),
            "range", function(QueryFunctions::range),
            "hash", function(QueryFunctions::hash),
            "parse", function(QueryFunctions::parse),
            "random", function(arguments -> random(arguments, random)),
            "uuid", function(arguments -> uuid(random)),
            "millis", function(arguments -> clock.millis()),
            "now", function(arguments -> now(clock, arguments)));
  }

  /** The function of that name, or null if JSONata's own (or none) is meant. */
  Jsonata.JFunction find(String name) {
    return functions.get(name);
  }

  private interface Body {
    Object apply(List<?> arguments);
  }

  private static Jsonata.JFunction function(Body body) {
    return new Jsonata.JFunction((input, arguments) -> body.apply((List<?>) arguments), null);
  }

  private static Object argument(List<?> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : null;
  }

  private static long integer(String function, List<?> arguments, int index) {
    if (argument(arguments, index) instanceof Number number) {
      return (long) Math.floor(number.doubleValue());
    }
    throw mismatch(function, index);
  }

  private static IllegalArgumentException mismatch(String function, int index) {
    return new IllegalArgumentException(
        "T0410: Argument %d of function \"%s\" does not match function signature"
            .formatted(index + 1, function));
  }

  private static Object partition(List<?> arguments) {
    Object first = argument(arguments, 0);
    if (first == null) {
      return null;
    }
    List<?> elements = first instanceof List<?> list ? list : List.of(first);
    long size = integer("partition", arguments, 1);
    if (size <= 0) {
      throw new IllegalArgumentException("the chunk size of $partition must be a positive integer");
    }
    List<Object> chunks = new ArrayList<>();
    for (int from = 0; from < elements.size(); from += (int) size) {
      long to = Math.min(elements.size(), from + size);
      chunks.add(new ArrayList<>(elements.subList(from, (int) to)));
    }
    return chunks;
  }

  /** A sequence, as JSONata's own {@code [a..b]}: a single element stands for itself. */
  private static Object range(List<?> arguments) {
    if (argument(arguments, 0) == null) {
      return null;
    }
    long first = integer("range", arguments, 0);
    long last = integer("range", arguments, 1);
    long step = arguments.size() < 3 ? 1 : integer("range", arguments, 2);
    if (step == 0) {
      throw new IllegalArgumentException("the step of $range must not be zero");
    }
    List<Object> values = Utils.createSequence();
    for (long value = first; step > 0 ? value <= last : value >= last; value += step) {
      values.add(value);
      if (values.size() > 1_000_000) {
        throw new IllegalArgumentException("$range must not have more than a million elements");
      }
    }
    return values;
  }

  private static Object hash(List<?> arguments) {
    Object content = argument(arguments, 0);
    if (content == null) {
      return null;
    }
    if (!(argument(arguments, 1) instanceof String algorithm) || !ALGORITHMS.contains(algorithm)) {
      throw new IllegalArgumentException(
          "the algorithm of $hash must be one of " + String.join(", ", ALGORITHMS));
    }
    String text = content instanceof String string ? string : Values.toJson(content).toString();
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object parse(List<?> arguments) {
    Object text = argument(arguments, 0);
    if (text == null) {
      return null;
    }
    if (!(text instanceof String string)) {
      throw mismatch("parse", 0);
    }
    try {
      return Values.toJsonata(JSON.readTree(string));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("$parse: " + e.getOriginalMessage(), e);
    }
  }

  private static Object random(List<?> arguments, RandomGenerator random) {
    Object seed = argument(arguments, 0);
    if (seed == null) {
      return random.nextDouble();
    }
    return new Random(integer("random", arguments, 0)).nextDouble();
  }

  private static Object uuid(RandomGenerator random) {
    long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
    long variant1 = (random.nextLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(version4, variant1).toString();
  }

  private static Object now(InstantSource clock, List<?> arguments) {
    return Functions.dateTimeFromMillis(
        clock.millis(), (String) argument(arguments, 0), (String) argument(arguments, 1));
  }
}
