package dev.slipway.local.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.template.MetricFilterResource;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric filter of the template: counts the lines of one log group whose field has one of several
 * values, which is what is used of CloudWatch's filter patterns here.
 */
record MetricFilter(
    String logGroup, String field, Set<String> values, String namespace, String metric) {
  private static final Pattern TERM = Pattern.compile("\\(\\$\\.(\\w+) = \"(\\w+)\"\\)");

  static MetricFilter of(MetricFilterResource resource) {
    JsonNode properties = resource.properties();
    String pattern = properties.path("FilterPattern").asText();
    Set<String> fields = new HashSet<>();
    Set<String> values = new HashSet<>();
    Matcher terms = TERM.matcher(pattern);
    while (terms.find()) {
      fields.add(terms.group(1));
      values.add(terms.group(2));
    }
    JsonNode made = properties.path("MetricTransformations");
    boolean understood =
        TERM.matcher(pattern).replaceAll("").replace("||", "").replaceAll("[{} ]", "").isEmpty()
            && fields.size() == 1
            && made.size() == 1
            && made.path(0).path("MetricValue").asText().equals("1")
            && !made.path(0).has("Dimensions");
    if (!understood) {
      throw new IllegalArgumentException("not understood here: " + properties);
    }
    return new MetricFilter(
        properties.path("LogGroupName").asText(),
        fields.iterator().next(),
        values,
        made.path(0).path("MetricNamespace").asText(),
        made.path(0).path("MetricName").asText());
  }

  /** Counts a line, if it is one of those. */
  void look(String group, JsonNode line, Instant at, Observations observations) {
    if (logGroup.equals(group) && values.contains(line.path(field).asText())) {
      observations.add(namespace, metric, Map.of(), at, 1);
    }
  }
}
