package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A metric filter of CloudWatch Logs, which makes metrics of log lines. Nothing here counts; tests
 * hold its definition against what is logged.
 *
 * @param properties references resolved
 */
public record MetricFilterResource(String logicalId, JsonNode properties) {}
