package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A state machine as the service keeps it.
 *
 * @param type {@code STANDARD} or {@code EXPRESS}
 * @param logging the logging configuration as given, or an empty object
 */
record DefinedMachine(
    String arn,
    String name,
    Definition definition,
    String roleArn,
    String type,
    JsonNode logging,
    Instant created,
    String revisionId) {}
