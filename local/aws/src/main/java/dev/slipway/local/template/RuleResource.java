package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A function or state machine that is started by events on a bus.
 *
 * @param targetId the logical id of a function or state machine
 * @param bus the name of the bus
 * @param pattern which events
 */
public record RuleResource(String id, String targetId, String bus, JsonNode pattern) {}
