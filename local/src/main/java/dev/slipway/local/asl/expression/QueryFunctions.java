package dev.slipway.local.asl.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The functions that Step Functions adds to JSONata, and those of JSONata that depend on time.
 * Integer parameters are rounded towards zero. An argument that is missing, though the signature
 * asks for it, or undefined gives an undefined result; one of another type than the signature's is
 * an error.
 */
public final class QueryFunctions {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final List<String> ALGORITHMS =
      List.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

  /** The elements that fit into the memory the service gives to an expression. */
  private static final long LONGEST_RANGE = 360_145;

  private final Map<String, Jsonata.JFunction> functions;

  /**
   * @param clock what {@code $now} and {@code $millis} read
   * @param random what {@code $random} and {@code $uuid} draw from
   */
  public QueryFunctions(InstantSource clock, RandomGenerator random) {
    Map<String, Jsonata.JFunction> all = new HashMap<>(StandardFunctions.ALL);
    all.putAll(TextFunctions.ALL);
    all.putAll(
        Map.of(
            "partition", function("partition", 2, "<an?:a>", QueryFunctions::partition),
            "range", function("range", 3, "<nnn?:a<n>>", QueryFunctions::range),
            "hash", function("hash", 2, "<ss?:s>", QueryFunctions::hash),
            "parse", function("parse", 1, "<s?:x>", QueryFunctions::parse),
            "random", function("random", 1, "<n?:n>", arguments -> random(arguments, random)),
            "uuid", function("uuid", 0, "<:s>", arguments -> uuid(random)),
            "millis", function("millis", 0, "<:n>", arguments -> clock.millis()),
            "now", function("now", 2, "<s?s?:s>", arguments -> now(clock, arguments)),
            "eval", function("eval", 2, "<sx?:x>", QueryFunctions::eval)));
    this.functions = Map.copyOf(all);
  }

  /** The function of that name, or null if the evaluator's own (or none) is meant. */
  Jsonata.JFunction find(String name) {
    return functions.get(name);
  }

  /** With a signature, without which {@code $map} and its kin could not be given the function. */
  private static Jsonata.JFunction function(
      String name, int arity, String signature, LibraryFunction.Body body) {
    return new LibraryFunction(name, arity, signature, body);
  }

  /** An integer; null if the argument is undefined. The signature lets JSON's null pass. */
  private static Long integer(String function, List<?> arguments, int index) {
    return switch (LibraryFunction.argument(arguments, index)) {
      case null -> null;
      case Number number -> (long) number.doubleValue();
      default -> throw mismatch(function, index);
    };
  }

  /** A string; null if the argument is undefined. */
  private static String text(String function, List<?> arguments, int index) {
    return switch (LibraryFunction.argument(arguments, index)) {
      case null -> null;
      case String text -> text;
      default -> throw mismatch(function, index);
    };
  }

  private static IllegalArgumentException mismatch(String function, int index) {
    return new IllegalArgumentException(
        "T0410: Argument %d of function \"%s\" does not match function signature"
            .formatted(index + 1, function));
  }

  /** An error of a function's own, under the code that {@code $error} has as well. */
  private static IllegalArgumentException error(String message) {
    return new IllegalArgumentException("D3137: " + message);
  }

  /** Without a size, all elements are one chunk; there are none of size zero. */
  private static Object partition(List<?> arguments) {
    Object first = LibraryFunction.argument(arguments, 0);
    if (first == null) {
      return null;
    }
    if (!(first instanceof List<?> elements)) {
      throw mismatch("partition", 0);
    }
    Long given = integer("partition", arguments, 1);
    long size = given == null ? elements.size() : given;
    if (size < 0) {
      throw error("Second argument must be zero or greater");
    }
    if (size == 0 || elements.isEmpty()) {
      return null;
    }
    List<Object> chunks = new ArrayList<>();
    for (int from = 0; from < elements.size(); from += (int) Math.min(size, elements.size())) {
      long to = Math.min(elements.size(), from + size);
      chunks.add(new ArrayList<>(elements.subList(from, (int) to)));
    }
    return chunks;
  }

  /**
   * A sequence, as JSONata's own {@code [a..b]}: a single element stands for itself, and nothing
   * for none. So does a step that is zero or leads away from the end.
   */
  private static Object range(List<?> arguments) {
    Long first = integer("range", arguments, 0);
    Long last = integer("range", arguments, 1);
    Long step = integer("range", arguments, 2);
    if (first == null || last == null || step == null || step == 0) {
      return null;
    }
    double steps = Math.floor(((double) last - (double) first) / (double) step);
    if (steps < 0) {
      return null;
    }
    if (steps >= LONGEST_RANGE) {
      throw new IllegalArgumentException(
          "Expression evaluation memory limit exceeded: Check for excessive memory usage");
    }
    List<Object> values = Utils.createSequence();
    for (long i = 0; i <= (long) steps; i++) {
      values.add(first + i * step);
    }
    return values;
  }

  private static Object hash(List<?> arguments) {
    String content = text("hash", arguments, 0);
    String algorithm = text("hash", arguments, 1);
    if (content == null || algorithm == null) {
      return null;
    }
    if (!ALGORITHMS.contains(algorithm)) {
      throw error("Second argument must be one of " + String.join(", ", ALGORITHMS));
    }
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm).digest(content.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object parse(List<?> arguments) {
    String text = text("parse", arguments, 0);
    if (text == null) {
      return null;
    }
    try {
      JsonNode parsed = JSON.readTree(text);
      if (parsed.isMissingNode() || hasInfinity(parsed)) {
        throw error("Invalid JSON");
      }
      return Values.toJsonata(parsed);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("D3137: Invalid JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Whether a number is too large for a double. */
  private static boolean hasInfinity(JsonNode node) {
    if (node.isNumber()) {
      return Double.isInfinite(node.doubleValue());
    }
    for (JsonNode child : node) {
      if (hasInfinity(child)) {
        return true;
      }
    }
    return false;
  }

  private static Object random(List<?> arguments, RandomGenerator random) {
    Long seed = integer("random", arguments, 0);
    return seed == null ? random.nextDouble() : new Random(seed).nextDouble();
  }

  /** The service has no such function, and says so when it is called. */
  private static Object eval(List<?> arguments) {
    throw new IllegalArgumentException("T1006: Attempted to invoke a non-function");
  }

  private static Object uuid(RandomGenerator random) {
    long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
    long variant1 = (random.nextLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(version4, variant1).toString();
  }

  private static Object now(InstantSource clock, List<?> arguments) {
    return Functions.dateTimeFromMillis(
        clock.millis(), text("now", arguments, 0), text("now", arguments, 1));
  }
}
