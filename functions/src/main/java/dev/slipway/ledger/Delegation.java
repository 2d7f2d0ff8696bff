package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * One item of a party's open work that was handed to a colleague, who is told of it from then on.
 *
 * @param key the task
 * @param step the step; empty for what the task asks without naming a step
 * @param version counts the writes
 * @param name of the colleague, for people
 * @param email of the colleague
 * @param by who delegated it
 * @param at when
 * @param reason why
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delegation(
    TaskKey key,
    String step,
    long version,
    String name,
    String email,
    String by,
    Instant at,
    String reason) {}
