package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * Where an attempt's task stands among its instances.
 *
 * @param at axis to value, such as {@code environment} to {@code uat}; empty without instances
 * @param elements those given so far, as the instance reads them
 * @param awaited step to the tasks that must be final before it and are not
 */
record InstanceView(Map<String, String> at, JsonNode elements, Map<String, List<String>> awaited) {
  InstanceView {
    at = Map.copyOf(at);
    awaited = Map.copyOf(awaited);
  }
}
