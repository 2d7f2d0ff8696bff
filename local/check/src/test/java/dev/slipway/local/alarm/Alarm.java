package dev.slipway.local.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.alarm.Observations.Metric;
import dev.slipway.local.template.AlarmResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** An alarm of the template, evaluated as CloudWatch evaluates what is used of alarms here. */
record Alarm(String name, List<Metric> metrics, JsonNode definition) {

  static Alarm of(AlarmResource resource) {
    JsonNode properties = resource.properties();
    List<Metric> metrics = new ArrayList<>();
    if (properties.has("Metrics")) {
      boolean returned = false;
      for (JsonNode one : properties.get("Metrics")) {
        if (one.has("Expression")) {
          if (!one.get("Expression").asText().equals("SUM(METRICS())") || returned) {
            throw new IllegalArgumentException("not understood here: " + one);
          }
          returned = true;
        } else if (one.path("ReturnData").asBoolean(true)) {
          throw new IllegalArgumentException("two results: " + one);
        } else {
          metrics.add(metric(one.at("/MetricStat/Metric")));
        }
      }
    } else {
      metrics.add(metric(properties));
    }
    return new Alarm(resource.logicalId(), List.copyOf(metrics), properties);
  }

  private static Metric metric(JsonNode json) {
    Map<String, String> dimensions = new TreeMap<>();
    json.path("Dimensions")
        .forEach(one -> dimensions.put(one.path("Name").asText(), one.path("Value").asText()));
    return new Metric(
        json.path("Namespace").asText(), json.path("MetricName").asText(), dimensions);
  }

  /**
   * Whether it would be in the state ALARM, by what is known up to a time. Periods begin at whole
   * multiples of their length. The newest is not over yet, and counts by what it has; until it is
   * over, what the one before it told still stands.
   */
  boolean rings(Observations observations, Instant now) {
    Duration period = Duration.ofSeconds(first("Period").asInt());
    Instant newest =
        Instant.ofEpochSecond(now.getEpochSecond() / period.toSeconds() * period.toSeconds());
    return breaches(observations, newest, period)
        || breaches(observations, newest.minus(period), period);
  }

  private boolean breaches(Observations observations, Instant newest, Duration period) {
    int evaluated = definition.path("EvaluationPeriods").asInt();
    int needed = definition.path("DatapointsToAlarm").asInt(evaluated);
    int breaching = 0;
    for (int back = 0; back < evaluated; back++) {
      Optional<Double> value = value(observations, newest.minus(period.multipliedBy(back)), period);
      if (value.map(this::breaches).orElseGet(this::silenceBreaches)) {
        breaching++;
      }
    }
    return breaching >= needed;
  }

  private JsonNode first(String field) {
    return definition.has(field)
        ? definition.get(field)
        : definition.path("Metrics").findValue(field);
  }

  private Optional<Double> value(Observations observations, Instant from, Duration period) {
    List<Double> values =
        metrics.stream()
            .flatMap(metric -> observations.values(metric, from, period).stream())
            .toList();
    String statistic =
        definition.has("Statistic") ? definition.get("Statistic").asText() : first("Stat").asText();
    OptionalDouble value =
        switch (statistic) {
          case "Maximum" -> values.stream().mapToDouble(Double::doubleValue).max();
          case "Sum" ->
              values.isEmpty()
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(values.stream().mapToDouble(Double::doubleValue).sum());
          default -> throw new IllegalArgumentException("not understood here: " + statistic);
        };
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  private boolean breaches(double value) {
    double threshold = definition.path("Threshold").asDouble();
    return switch (definition.path("ComparisonOperator").asText()) {
      case "GreaterThanThreshold" -> value > threshold;
      case "GreaterThanOrEqualToThreshold" -> value >= threshold;
      default -> throw new IllegalArgumentException("not understood here: " + definition);
    };
  }

  private boolean silenceBreaches() {
    return definition.path("TreatMissingData").asText().equals("breaching");
  }
}
