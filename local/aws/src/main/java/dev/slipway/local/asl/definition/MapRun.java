package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One run of a Map state.
 *
 * @param processor the states to run for each item
 * @param items the items, before any ItemSelector
 * @param inputs the input of each iteration
 * @param concurrency at most so many at once; 0 for all
 */
public record MapRun(
    StateGroup processor, List<JsonNode> items, List<JsonNode> inputs, int concurrency) {}
