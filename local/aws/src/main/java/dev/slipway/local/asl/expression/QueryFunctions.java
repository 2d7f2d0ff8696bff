package dev.slipway.local.asl.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.local.asl.jsonata.Arguments;
import dev.slipway.local.asl.jsonata.Budget;
import dev.slipway.local.asl.jsonata.Builtin;
import dev.slipway.local.asl.jsonata.Evaluation;
import dev.slipway.local.asl.jsonata.Items;
import dev.slipway.local.asl.jsonata.JsonataException;
import dev.slipway.local.asl.jsonata.Null;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The functions that Step Functions adds to JSONata, and those that differ there. Integer
 * parameters are rounded towards zero. An argument that is missing, though the signature asks for
 * it, or undefined gives an undefined result; one of another type than the signature's is an error.
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

  private final InstantSource clock;
  private final Map<String, Builtin> functions;

  /**
   * @param clock what {@code $now}, {@code $millis} and {@code $toMillis} read
   * @param random what {@code $random} and {@code $uuid} draw from
   */
  public QueryFunctions(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    Map<String, Builtin> all = new HashMap<>();
    add(all, "partition", 2, "<x?n?:a>", QueryFunctions::partition);
    add(all, "range", 3, "<n?n?n?:a<n>>", QueryFunctions::range);
    add(all, "hash", 2, "<s?s?:s>", QueryFunctions::hash);
    add(all, "parse", 1, "<s?:x>", QueryFunctions::parse);
    add(all, "random", 1, "<n?:n>", (given, ignored) -> random(given, random));
    add(all, "uuid", 0, "<:s>", (ignored, ignoredToo) -> uuid(random));
    add(all, "eval", 2, "<s?x?:x>", QueryFunctions::eval);
    this.functions = Map.copyOf(all);
  }

  InstantSource clock() {
    return clock;
  }

  /** The function of that name, or null if JSONata's own (or none) is meant. */
  Builtin find(String name) {
    return functions.get(name);
  }

  private static void add(
      Map<String, Builtin> all, String name, int arity, String signature, Builtin.Body body) {
    all.put(name, new Builtin(name, arity, signature, body));
  }

  /** An integer; null if the argument is undefined. */
  private static Long integer(Arguments given, int index) {
    Double number = given.number(index);
    return number == null ? null : number.longValue();
  }

  /** An error of a function's own, under the code that {@code $error} has as well. */
  private static JsonataException error(String message) {
    return new JsonataException("D3137", message);
  }

  /** Without a size, all elements are one chunk; there are none of size zero. */
  private static Object partition(Arguments given, Evaluation evaluation) {
    if (given.at(0) == null) {
      return null;
    }
    if (given.at(0) == Null.NULL) {
      throw new JsonataException("T0412", "Argument 1 of function \"partition\" must be an array");
    }
    List<?> elements = given.at(0) instanceof List<?> list ? list : List.of(given.at(0));
    Long asked = integer(given, 1);
    long size = asked == null ? elements.size() : asked;
    if (size < 0) {
      throw error("Second argument must be zero or greater");
    }
    if (size == 0 || elements.isEmpty()) {
      return null;
    }
    evaluation.budget().takeItems(2.0 * elements.size());
    Items chunks = new Items();
    for (int from = 0; from < elements.size(); from += (int) Math.min(size, elements.size())) {
      long to = Math.min(elements.size(), from + size);
      chunks.add(new Items(elements.subList(from, (int) to)));
    }
    return chunks;
  }

  /**
   * A sequence, as JSONata's own {@code [a..b]}: a single element stands for itself, and nothing
   * for none. So does a step that is zero or leads away from the end.
   */
  private static Object range(Arguments given, Evaluation evaluation) {
    Long first = integer(given, 0);
    Long last = integer(given, 1);
    Long step = integer(given, 2);
    if (first == null || last == null || step == null || step == 0) {
      return null;
    }
    double steps = Math.floor(((double) last - (double) first) / (double) step);
    if (steps < 0) {
      return null;
    }
    if (steps >= LONGEST_RANGE) {
      throw Budget.memoryExceeded();
    }
    evaluation.budget().takeItems(steps + 1);
    Items values = Items.sequence();
    for (long i = 0; i <= (long) steps; i++) {
      values.add((double) (first + i * step));
    }
    return values;
  }

  private static Object hash(Arguments given, Evaluation evaluation) {
    String content = given.text(0);
    String algorithm = given.text(1);
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

  private static Object parse(Arguments given, Evaluation evaluation) {
    String text = given.text(0);
    if (text == null) {
      return null;
    }
    try {
      evaluation.budget().take(10.0 * text.length());
      JsonNode parsed = JSON.readTree(text);
      if (parsed.isMissingNode() || hasInfinity(parsed)) {
        throw error("Invalid JSON");
      }
      return Values.toJsonata(parsed);
    } catch (JsonProcessingException e) {
      throw error("Invalid JSON: " + e.getOriginalMessage());
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

  private static Object random(Arguments given, RandomGenerator random) {
    Long seed = integer(given, 0);
    return seed == null ? random.nextDouble() : new Random(seed).nextDouble();
  }

  /** The service has no such function, and says so when it is called. */
  private static Object eval(Arguments given, Evaluation evaluation) {
    throw new JsonataException("T1006", "Attempted to invoke a non-function");
  }

  private static Object uuid(RandomGenerator random) {
    long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
    long variant1 = (random.nextLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(version4, variant1).toString();
  }
}
