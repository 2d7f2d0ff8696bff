package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An alarm of CloudWatch. Nothing here goes off; tests hold its definition against what functions
 * and services tell.
 *
 * @param properties references resolved
 */
public record AlarmResource(String logicalId, JsonNode properties) {}
