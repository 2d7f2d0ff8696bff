package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One item that a Map runs for: {@code $states.context.Map.Item}.
 *
 * @param index {@code Index}, from 0
 * @param value {@code Value}, before any ItemSelector
 */
public record MapItem(int index, JsonNode value) {}
