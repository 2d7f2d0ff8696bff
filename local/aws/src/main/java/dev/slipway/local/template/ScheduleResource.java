package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A function or state machine that is started by the clock.
 *
 * @param id unique in the template
 * @param targetId the logical id of a function or state machine
 * @param expression {@code rate(5 minutes)} or {@code cron(0 8 ? * MON-FRI *)}, in UTC
 * @param input what the target receives, or empty for EventBridge's own event
 */
public record ScheduleResource(
    String id, String targetId, String expression, Optional<JsonNode> input) {}
