package dev.slipway.log;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/**
 * Metrics that AWS does not know by itself, as one log line in CloudWatch's embedded metric format:
 * CloudWatch reads them from the log group, so nobody has to be called. Namespace {@code Slipway},
 * one dimension, {@code Stack}.
 */
public final class Metrics {
  /** Counts the onboardings that a scheduled function had to leave aside, to go on with others. */
  public static final String SKIPPED = "OnboardingsSkipped";

  private static final String NAMESPACE = "Slipway";
  private static final String DIMENSION = "Stack";

  private final ObjectNode values = JsonNodeFactory.instance.objectNode();
  private final ArrayNode definitions = JsonNodeFactory.instance.arrayNode();
  private final String stack;

  /**
   * @param stack tells one deployment's metrics from another's
   */
  public Metrics(String stack) {
    this.stack = stack;
  }

  /** How many there are. */
  public Metrics count(String name, long value) {
    return metric(name, "Count", value);
  }

  /** A duration, or an age. */
  public Metrics seconds(String name, Duration value) {
    return metric(name, "Seconds", value.toSeconds());
  }

  private Metrics metric(String name, String unit, long value) {
    definitions.addObject().put("Name", name).put("Unit", unit);
    values.put(name, value);
    return this;
  }

  /** Writes the line. */
  public void write(Log log, Instant now) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    ObjectNode meta = line.putObject("_aws").put("Timestamp", now.toEpochMilli());
    ObjectNode directive = meta.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", NAMESPACE);
    directive.putArray("Dimensions").addArray().add(DIMENSION);
    directive.set("Metrics", definitions.deepCopy());
    line.put(DIMENSION, stack);
    line.setAll(values);
    log.write(line);
  }
}
