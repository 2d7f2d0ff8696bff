package dev.slipway.local.sandbox.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The little PromQL that health checks need, over the metric {@code up} of the configured targets:
 * selectors with {@code =} matchers, a range such as {@code up[10m]}, {@code timestamp}, {@code
 * time()}, {@code max min sum count avg}, and a difference. A sample older than five minutes is
 * stale and left out of an instant selector, as in Prometheus; a range shows it with its own time.
 */
final class Samples {

  private static final Duration LOOKBACK = Duration.ofMinutes(5);
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final Pattern SELECTOR =
      Pattern.compile(
          "([a-zA-Z_:][\\w:]*+)\\s*+(?:\\{([^{}]*+)\\})?\\s*+(?:\\[(\\d++)([smhd])\\])?");
  private static final Pattern MATCHER = Pattern.compile("(?<!\\w)(\\w++)\\s*+=\\s*+\"([^\"]*+)\"");
  private static final Pattern FUNCTION =
      Pattern.compile("(max|min|sum|count|avg|timestamp)\\s*\\((.*)\\)", Pattern.DOTALL);

  private record Series(Map<String, String> labels, double value) {}

  private final JsonNode targets;
  private final Instant now;
  private final Instant newest;

  Samples(JsonNode targets, Instant now, Duration age) {
    this.targets = targets;
    this.now = now;
    this.newest = now.minus(age);
  }

  /**
   * The result of an instant query.
   *
   * @throws IllegalArgumentException when the expression is not understood
   */
  ObjectNode query(String expression) {
    String text = expression.strip();
    Matcher selector = SELECTOR.matcher(text);
    if (selector.matches() && selector.group(3) != null) {
      return matrix(selector);
    }
    ObjectNode data = Json.object();
    if (text.equals("time()")) {
      data.put("resultType", "scalar").set("result", point(now, seconds(now)));
      return data;
    }
    data.put("resultType", "vector");
    ArrayNode result = data.putArray("result");
    for (Series series : vector(text)) {
      ObjectNode entry = result.addObject();
      entry.set("metric", Json.of(series.labels()));
      entry.set("value", point(now, series.value()));
    }
    return data;
  }

  private List<Series> vector(String text) {
    int minus = text.indexOf(" - ");
    if (minus > 0) {
      String left = text.substring(0, minus).strip();
      List<Series> right = vector(text.substring(minus + 3).strip());
      if (!left.equals("time()")) {
        throw new IllegalArgumentException("unsupported expression: " + text);
      }
      return right.stream()
          .map(each -> new Series(unnamed(each.labels()), seconds(now) - each.value()))
          .toList();
    }
    Matcher function = FUNCTION.matcher(text);
    if (function.matches()) {
      return apply(function.group(1), function.group(2).strip());
    }
    Matcher selector = SELECTOR.matcher(text);
    if (!selector.matches()) {
      throw new IllegalArgumentException("parse error: unexpected \"" + text + "\"");
    }
    return newest.isBefore(now.minus(LOOKBACK)) ? List.of() : select(selector);
  }

  private List<Series> apply(String function, String argument) {
    List<Series> input = vector(argument);
    if (function.equals("timestamp")) {
      return input.stream()
          .map(each -> new Series(unnamed(each.labels()), seconds(newest)))
          .toList();
    }
    if (input.isEmpty()) {
      return List.of();
    }
    var values = input.stream().mapToDouble(Series::value).summaryStatistics();
    double value =
        switch (function) {
          case "max" -> values.getMax();
          case "min" -> values.getMin();
          case "sum" -> values.getSum();
          case "count" -> values.getCount();
          default -> values.getAverage();
        };
    return List.of(new Series(Map.of(), value));
  }

  private List<Series> select(Matcher selector) {
    List<Series> found = new ArrayList<>();
    if (!selector.group(1).equals("up")) {
      return found;
    }
    Map<String, String> wanted = new TreeMap<>();
    Matcher matcher = MATCHER.matcher(selector.group(2) == null ? "" : selector.group(2));
    while (matcher.find()) {
      wanted.put(matcher.group(1), matcher.group(2));
    }
    for (JsonNode target : targets) {
      Map<String, String> labels = new TreeMap<>();
      labels.put("__name__", "up");
      labels.put("job", target.path("job").asText());
      labels.put("instance", target.path("instance").asText());
      if (labels.entrySet().containsAll(wanted.entrySet())) {
        found.add(new Series(labels, target.path("health").asText().equals("up") ? 1 : 0));
      }
    }
    return found;
  }

  private ObjectNode matrix(Matcher selector) {
    long unit =
        switch (selector.group(4)) {
          case "s" -> 1;
          case "m" -> 60;
          case "h" -> 3600;
          default -> 86400;
        };
    Instant start = now.minusSeconds(Math.min(86400, Long.parseLong(selector.group(3)) * unit));
    ObjectNode data = Json.object().put("resultType", "matrix");
    ArrayNode result = data.putArray("result");
    for (Series series : newest.isBefore(start) ? List.<Series>of() : select(selector)) {
      ObjectNode entry = result.addObject();
      entry.set("metric", Json.of(series.labels()));
      List<JsonNode> points = new ArrayList<>();
      for (Instant at = newest; at.isAfter(start); at = at.minus(INTERVAL)) {
        points.addFirst(point(at, series.value()));
      }
      entry.putArray("values").addAll(points);
    }
    return data;
  }

  private static Map<String, String> unnamed(Map<String, String> labels) {
    Map<String, String> rest = new TreeMap<>(labels);
    rest.remove("__name__");
    return rest;
  }

  private static ArrayNode point(Instant at, double value) {
    String text = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return Json.array().add(seconds(at)).add(text);
  }

  private static double seconds(Instant at) {
    return at.toEpochMilli() / 1000.0;
  }
}
