package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The call of a Task state, fully evaluated.
 *
 * @param resource what performs it
 * @param arguments the input
 * @param credentials a role to perform it with
 * @param timeoutSeconds after so long it has failed
 * @param heartbeatSeconds after so long without a sign of life it has failed
 */
public record TaskCall(
    String resource,
    JsonNode arguments,
    Optional<String> credentials,
    Optional<Long> timeoutSeconds,
    Optional<Long> heartbeatSeconds) {}
