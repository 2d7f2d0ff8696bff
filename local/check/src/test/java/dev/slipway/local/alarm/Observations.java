package dev.slipway.local.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.lambda.LogSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What CloudWatch would know: the metrics in log lines, and those that AWS publishes by itself. */
final class Observations implements LogSink {

  /** Which metric it is, to the letter. */
  record Metric(String namespace, String name, Map<String, String> dimensions) {
    Metric {
      dimensions = Map.copyOf(new TreeMap<>(dimensions));
    }
  }

  private record Value(Metric metric, Instant at, double value) {}

  private final Collection<Value> values = new CopyOnWriteArrayList<>();

  void add(String namespace, String name, Map<String, String> dimensions, Instant at, double one) {
    values.add(new Value(new Metric(namespace, name, dimensions), at, one));
  }

  /** Reads the embedded metric format as CloudWatch does. */
  @Override
  public void log(Line line) {
    if (!line.text().startsWith("{")) {
      return;
    }
    JsonNode object;
    try {
      object = Json.MAPPER.readTree(line.text());
    } catch (IOException e) {
      throw new IllegalStateException("a log line is no JSON: " + line.text(), e);
    }
    Instant at = Instant.ofEpochMilli(object.at("/_aws/Timestamp").asLong());
    for (JsonNode directive : object.at("/_aws/CloudWatchMetrics")) {
      for (JsonNode set : directive.path("Dimensions")) {
        Map<String, String> dimensions = new TreeMap<>();
        set.forEach(name -> dimensions.put(name.asText(), object.path(name.asText()).asText()));
        for (JsonNode metric : directive.path("Metrics")) {
          String name = metric.path("Name").asText();
          if (!object.path(name).isNumber()) {
            throw new IllegalStateException("no number " + name + " in " + line.text());
          }
          add(
              directive.path("Namespace").asText(),
              name,
              dimensions,
              at,
              object.path(name).asDouble());
        }
      }
    }
  }

  /** The values of a metric in one period. */
  List<Double> values(Metric metric, Instant from, Duration period) {
    return values.stream()
        .filter(value -> value.metric().equals(metric))
        .filter(value -> !value.at().isBefore(from) && value.at().isBefore(from.plus(period)))
        .map(Value::value)
        .toList();
  }
}
