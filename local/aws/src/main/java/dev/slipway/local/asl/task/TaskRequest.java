package dev.slipway.local.asl.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One attempt of a task.
 *
 * @param id names this attempt, unique across executions and the same after a restore
 * @param executionArn the execution that asks
 * @param state name of the Task state
 * @param mapIndexes index of the iteration in each Map around the state, outermost first
 * @param resource the state's {@code Resource}
 * @param pattern what the resource's suffix asks for
 * @param arguments the evaluated {@code Arguments} (the state's input where there are none)
 * @param credentials the evaluated {@code RoleArn} of {@code Credentials}
 * @param timeout the evaluated {@code TimeoutSeconds}
 * @param heartbeat the evaluated {@code HeartbeatSeconds}
 * @param attempt 0 for the first try, then the number of the retry
 * @param taskToken token of this attempt, for {@code .waitForTaskToken} and {@code .sync}; a new
 *     attempt has a new one
 */
public record TaskRequest(
    String id,
    String executionArn,
    String state,
    List<Integer> mapIndexes,
    String resource,
    IntegrationPattern pattern,
    JsonNode arguments,
    Optional<String> credentials,
    Optional<Duration> timeout,
    Optional<Duration> heartbeat,
    int attempt,
    Optional<String> taskToken) {

  public TaskRequest {
    mapIndexes = List.copyOf(mapIndexes);
  }
}
